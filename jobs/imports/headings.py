"""Which column of a sheet is which field: headings recognised by name in any order, the rest mapped by hand."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from jobs.imports.choices import Choices
from texts import LANGUAGES, known, said_in, t
from vocabulary.refusals import NotPossible

# By field, the nearest name first: where a sheet has several, the first one is meant.
NAMES: Mapping[str, str] = {
    "source": "数据源 数据来源系统",
    "number": "留言编号 工单编号 诉求编号 编号 工单号 受理编号 案件编号 事件编号 业务编号 流水号 受理单号",
    "channel": "来源 渠道 诉求来源 来源渠道 受理渠道 反映渠道 工单来源",
    "type": "工单类型 诉求类型 事项类型 类型 诉求类别",
    "nature": "工单性质 诉求性质 性质",
    "category": "问题分类 诉求分类 事项分类 分类 问题类别 事项类别",
    "level1": "一级分类 一级标签 一级类别",
    "level2": "二级分类 二级标签 二级类别",
    "level3": "三级分类 三级标签 三级类别",
    "tags": "标签 诉求标签 关键词",
    "urgency": "缓急 紧急程度 缓急程度 紧急级别 优先级",
    "title": "留言主题 诉求标题 标题 主题 工单标题 事项标题 诉求主题",
    "body": "留言详情 诉求内容 内容 工单内容 留言内容 详情 诉求详情 反映内容 来电内容 主要内容 问题描述 诉求描述",
    "reply": "答复意见 答复内容 回复内容 答复 回复意见 回复 办理结果 处理结果 办理情况 处理情况 办理意见 处理意见",
    "replied_at": "答复时间 回复时间",
    "received_at": "留言时间 收到时间 来电时间 诉求时间 登记时间 受理时间 反映时间 提交时间 创建时间 上报时间",
    "accepted_at": "受理时间",
    "first_contact_at": "首次联系时间 联系时间",
    "assigned_at": "派单时间 交办时间 转办时间",
    "due_at": "办理期限 截止时间 到期时间 办结期限 办结时限 限办时间 要求办结时间",
    "finished_at": "办结时间 完成时间 结案时间 办毕时间",
    "status": "状态 工单状态 办理状态 当前状态 处理状态",
    "result": "办结成效",
    "resident_solved": "是否解决 解决情况 解决与否",
    "resident_satisfied": "是否满意 满意情况 满意度 满意与否",
    "votes_for": "点赞数 点赞 赞成数",
    "votes_against": "反对数 反对 点踩数",
    "lead_unit": "承办单位 主办单位 责任单位 承办部门 办理单位 处置单位 主办部门",
    "village": "村/社区 村社区 社区 所属社区 村(社区) 村居 社区/村 所属村/社区",
    "grid": "网格 所属网格 网格名称",
    "building": "楼栋 楼号 栋号",
    "spot": "小区点位 点位 发生地址 事发地址 事发地点 诉求地址 具体地址 详细地址 地址 地点 小区 小区名称 位置",
    "reporter_kind": "诉求人类型 诉求人类别 人员类别",
    "board": "板块",
    "field": "领域",
    "level": "责任层级",
    "extension_reason": "延期原因 延期理由",
    "suspension_reason": "挂账原因 挂账理由",
    "reporter_code": "留言用户 用户编号 用户 诉求人编号",
    "reporter_name": "诉求人 来电人 诉求人姓名 来电人姓名 联系人 反映人 姓名 市民姓名 投诉人",
    "reporter_phone": "联系电话 来电号码 联系方式 电话 手机号 手机 手机号码 联系号码 来电电话",
    "reporter_address": "联系地址 诉求人地址 家庭住址 住址 来电人地址",
}
FIELDS = tuple(NAMES)
CONTACT: Mapping[str, str] = {f"reporter_{part}": part for part in ("code", "name", "phone", "address")}
PASSED_OVER = ("序号", "id", "id号")
PETITION, HOTLINE, OTHER = "petition", "hotline", "sheet"
_MARKS = {
    PETITION: ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情"),
    HOTLINE: (
        "工单编号",
        "工单类型",
        "工单性质",
        "诉求内容",
        "派单时间",
        "受理时间",
        "承办单位",
        "小区点位",
        "来电号码",
    ),
}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_DECORATION = re.compile(r"[\s*:;·\"'_]+")


@dataclass(frozen=True)
class Columns:
    """`places` gives each field's column. `unknown` headings are neither known nor mapped nor left out by hand."""

    headings: tuple[str, ...]
    places: Mapping[str, int]
    unknown: tuple[str, ...]
    source: str

    def heading(self, field: str) -> str:
        """The heading under which the file has this field; our own name for it where it has none."""
        return self.headings[self.places[field]] if field in self.places else field_name(field)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a sheet of cases must have: a number, when it came in, and a title or a text (ours may lack these)."""
        wanted = [field for field in ("number", "received_at") if field not in self.places]
        return tuple(wanted if {"title", "body", "source"} & set(self.places) else [*wanted, "body"])


def recognise(headings: tuple[str, ...], choices: Choices) -> Columns:
    """NotPossible for a mapping of a heading that is not there, and for two headings mapped to one field."""
    by_hand = _by_hand(headings, choices)
    free = {at: heading for at, heading in enumerate(headings) if heading not in by_hand}
    places = {field: headings.index(heading) for heading, field in by_hand.items() if field}
    wanted = {at: names for at, heading in free.items() if (names := _spellings(heading)) is not None}
    for field in FIELDS:
        if field not in places and (found := _nearest(field, wanted, set(places.values()))) is not None:
            places[field] = found
    unknown = tuple(free[at] for at in wanted if at not in places.values())
    return Columns(headings, places, unknown, choices.source or _source(headings))


def field_name(field: str) -> str:
    """The reader's name for a field: the heading it has in an export."""
    return t(f"imports.field.{field}")


def field_named(said: str) -> str:
    """The field of a key or of a name in either language. NotPossible for any other word."""
    wanted = normal(said)
    for field in FIELDS:
        if wanted in (normal(field), *_names(field)):
            return field
    raise NotPossible("imports.no_such_field", said=said, known="、".join(FIELDS))


def normal(text: str) -> str:
    """A name as names are compared: narrow, small, without spaces, stars and colons."""
    return _DECORATION.sub("", unicodedata.normalize("NFKC", text).casefold())


def masked_heading(field: str) -> str:
    """The heading of a column that the export covered; an import passes it over."""
    return t("imports.masked_heading", heading=field_name(field))


def _by_hand(headings: tuple[str, ...], choices: Choices) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading, field in choices.columns:
        if heading not in headings:
            raise NotPossible("imports.no_such_heading", heading=heading)
        if field and field in found.values():
            raise NotPossible("imports.mapped_twice", field=field_name(field))
        found[heading] = field
    return found


def _spellings(heading: str) -> tuple[str, ...] | None:
    """The heading as it stands and without what is in brackets; None for one that is passed over."""
    whole = normal(heading)
    if whole in _passed_over() or any(whole.endswith(mark) for mark in _mask_marks()):
        return None
    return whole, _BRACKETS.sub("", whole)


def _nearest(field: str, wanted: Mapping[int, tuple[str, ...]], taken: set[int]) -> int | None:
    for name in _names(field):
        for at, spellings in wanted.items():
            if at not in taken and name in spellings:
                return at
    return None


def _source(headings: tuple[str, ...]) -> str:
    there = {normal(heading) for heading in headings}
    marks = {source: len(there.intersection(names)) for source, names in _MARKS.items()}
    best = max(marks, key=lambda source: marks[source])
    return best if marks[best] else OTHER


@cache
def _names(field: str) -> tuple[str, ...]:
    own = (said_in(language, f"imports.field.{field}") for language in LANGUAGES)
    return tuple(dict.fromkeys(normal(name) for name in (*own, *NAMES[field].split())))


@cache
def _passed_over() -> frozenset[str]:
    reasons = (said_in(language, "imports.reason_heading") for language in LANGUAGES)
    return frozenset(normal(name) for name in (*reasons, *PASSED_OVER))


@cache
def _mask_marks() -> tuple[str, ...]:
    return tuple(normal(mark) for mark in _each_language("imports.masked_heading"))


def _each_language(key: str) -> Iterator[str]:
    assert known(key)
    for language in LANGUAGES:
        yield said_in(language, key, heading="")
