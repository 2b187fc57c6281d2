"""The closed vocabularies of a case: what each word in a sheet means, and what to do with one nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from data_access.imports import Known
from jobs.imports import spots
from jobs.imports.choices import Choice, Choices
from jobs.imports.spots import folded
from texts import LANGUAGES, said_in
from vocabulary.enums import Board, CaseResult, CaseStatus, CaseType, Channel, Field, Level, ReporterKind, Urgency
from vocabulary.refusals import NotPossible, home_of_words

ENUMERATIONS: Mapping[str, type[StrEnum]] = {
    "channel": Channel,
    "type": CaseType,
    "board": Board,
    "field": Field,
    "urgency": Urgency,
    "reporter_kind": ReporterKind,
    "level": Level,
    "status": CaseStatus,
    "result": CaseResult,
}
# Further words of offices, beside our own in both languages.
ALSO: Mapping[str, Mapping[StrEnum, str]] = {
    "channel": {
        Channel.HOTLINE: "12345 热线 电话 来电 热线电话 语音 热线来电 市民热线 政务热线 12345电话",
        Channel.MESSAGE: "网站 网络 网上 互联网 微信 小程序 app 微博 留言 信箱 领导信箱 市长信箱 邮件 短信 网络渠道",
        Channel.WALK_IN: "窗口 现场 上门 来人来访",
        Channel.GRID: "网格 网格员 巡查 网格上报",
        Channel.HOME_VISIT: "入户 走访",
        Channel.TRANSFER: "交办 转办 上级 上级转办 交办件",
    },
    "type": {
        CaseType.CONSULT: "咨询类 政策咨询",
        CaseType.HELP: "求助类 求决 求决类 诉求求助",
        CaseType.COMPLAINT: "投诉类",
        CaseType.REPORT: "举报类 检举",
        CaseType.SUGGESTION: "建议 意见 建议类 意见类 意见建议类 建言献策",
        CaseType.PRAISE: "表扬类 感谢 感谢类 表扬感谢",
    },
    "urgency": {
        Urgency.EMERGENCY: "特急 特别紧急 非常紧急",
        Urgency.URGENT: "加急 较急 比较紧急",
        Urgency.NORMAL: "普通 正常 不紧急 平件 常规",
        Urgency.COMPLEX: "复杂 疑难复杂",
    },
    "status": {
        CaseStatus.PENDING: "未受理 待处理 待办 未处理",
        CaseStatus.ASSIGNED: "已派发 已交办 待签收",
        CaseStatus.HANDLING: "处理中 在办 办理 承办中 正在办理 待办结 待回复",
        CaseStatus.FINISHED: "办结 已完成 完成 已回复 已答复 已处理 已解决 结案 已结案",
        CaseStatus.ARCHIVED: "归档",
        CaseStatus.FOLLOWED_UP: "已回访办结",
        CaseStatus.RETURNED: "已退单 退回 已退回",
        CaseStatus.WITHDRAWN: "已撤回 撤销 已撤销 撤单",
        CaseStatus.REJECTED: "不受理 已拒绝",
        CaseStatus.MERGED: "并案 合并 已合并",
    },
    "result": {CaseResult.SOLVED: "已解决"},
}
YES_NO: Mapping[str, tuple[str, str]] = {
    "resident_solved": (
        "是 已解决 解决 yes true 1 √ ✓ y 完全解决",
        "否 未解决 没有解决 不解决 no false 0 × ✗ n 尚未解决",
    ),
    "resident_satisfied": (
        "是 满意 非常满意 很满意 基本满意 比较满意 yes true 1 √ ✓ y",
        "否 不满意 非常不满意 很不满意 no false 0 × ✗ n 不太满意",
    ),
}
GROUNDS = ("grid", "building")
CLOSED = (*ENUMERATIONS, *YES_NO, *GROUNDS)
"""Fields whose every word must mean something."""
OFFERED: Mapping[str, tuple[Choice, ...]] = {
    "village": (Choice.KEEP, Choice.LEAVE),
    "lead_unit": (Choice.CREATE, Choice.EMPTY, Choice.LEAVE),
}
"""What can be chosen for a word of a field without a vocabulary; one of a closed field is given a meaning or these:"""
AS_WELL = (Choice.EMPTY, Choice.LEAVE)
_EMPTY = "- -- --- — —— / \\ \\n null none nan nil 无 暂无 空 未填 未评价 未回访 未知 n/a"
_NOTHING = frozenset(_EMPTY.split())
_KINDS = ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区")


@dataclass
class Unknown:
    """A word that nobody knows: where it first stands, in how many rows, what was chosen for it (None: nothing)."""

    field: str
    word: str
    row: int
    rows: int
    chosen: str | None


@dataclass
class Words:
    """The meaning of each word of one sheet; `unknown` gathers those without one.

    Our own export (`own`) has villages that somebody chose to keep before.
    """

    known: Known
    choices: Choices
    own: bool = False
    unknown: dict[tuple[str, str], Unknown] = field(default_factory=dict)

    def meaning(self, name: str, word: str, row: int) -> str | int | bool | Choice:
        """What a word stands for, or what to do with it (KEEP: leave it as it stands). NotPossible if nobody says."""
        if name == "village":
            ours = self.own or is_ours(word, self.known.community)
            return Choice.KEEP if ours else self._chosen(name, word, row)
        if name == "lead_unit":
            return Choice.KEEP if word in self.known.units else self._chosen(name, word, row)
        found = self._found(name, word)
        return self._chosen(name, word, row) if found is None else found

    def _chosen(self, name: str, word: str, row: int) -> str | int | bool | Choice:
        chosen = self._noted(name, word, row).chosen
        if chosen is None:
            refusal = "imports.other_village" if name == "village" else "imports.unknown_word"
            raise NotPossible(refusal, value=word, ours=self.known.community)
        if chosen in OFFERED.get(name, AS_WELL):
            return Choice(chosen)
        found = None if name in OFFERED else self._found(name, chosen)
        if found is None:
            raise NotPossible("imports.no_such_meaning", value=word, chosen=chosen)
        return found

    def _found(self, name: str, word: str) -> str | int | bool | None:
        if name == "grid":
            return self.known.grids.get(word)
        return spots.building(word, self.known) if name == "building" else vocabulary(name).get(folded(word))

    def _noted(self, name: str, word: str, row: int) -> Unknown:
        seen = self.unknown.get((name, word))
        if seen is None:
            chosen = self.choices.of(name, word) or (Choice.CREATE if name == "lead_unit" else None)
            seen = self.unknown[name, word] = Unknown(name, word, row, 0, chosen)
        seen.rows += 1
        return seen


def can_mean(name: str, meaning: str) -> bool:
    """Can this be chosen for a word of the field? Grids and buildings are looked up when the sheet is read."""
    if meaning in OFFERED.get(name, AS_WELL):
        return True
    return name not in OFFERED and (name in GROUNDS or folded(meaning) in vocabulary(name))


@cache
def says_nothing(word: str) -> bool:
    """Is this a dash or the like, with which programs fill a cell that is empty?"""
    return folded(word) in _NOTHING


@cache
def vocabulary(name: str) -> Mapping[str, str | bool]:
    """What each folded word of a field means."""
    if name in YES_NO:
        return {word: said for words, said in zip(YES_NO[name], (True, False), strict=True) for word in words.split()}
    kind = ENUMERATIONS[name]
    found: dict[str, str | bool] = {}
    for member in kind:
        own = (said_in(language, f"{home_of_words(kind)}.{member.value}") for language in LANGUAGES)
        for word in (member.value, *own, *ALSO.get(name, {}).get(member, "").split()):
            found.setdefault(folded(word), member.value)
    return found


def is_ours(village: str, community: str) -> bool:
    """Is this our community's name, with or without its kind, district and street before it?"""
    ours, said = _bare(community), _bare(village)
    return bool(ours) and said.endswith(ours) and (said == ours or said.removesuffix(ours)[-1] in "道镇乡区市/-·,、")


def _bare(name: str) -> str:
    plain = folded(name)
    for kind in _KINDS:
        if plain.endswith(kind) and len(plain) > len(kind):
            return plain.removesuffix(kind)
    return plain
