"""How well the suggestion does on cases it has not seen: one part of a file, or one file, teaches; another is judged.

`python -m bench.suggestion [FILE.xlsx] [--unseen FILE.xlsx] [--json]`: the earlier 70 % of the file teach and the
later 30 % are judged; with `--unseen` the whole of the one teaches and the whole of the other is judged. Labels are
the column 一级分类 (or 一级标签). A file without one, such as the petitions of `../shared/data`, is labelled by which
field of work the departments named in the *reply* belong to; the petition alone is what is learnt from. Such labels
are a stand-in and wrong at times: read the figures as a lower bound.
"""

import argparse
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sheets import reading
from suggesting import macro_f1, rightness, silent, train
from suggesting.bayes import Suggestion

REAL = Path(__file__).parents[2] / "shared" / "data" / "petitions_with_replies.xlsx"
THRESHOLDS = (0.4, 0.6, 0.8)
TEACHES = 0.7
OWN_LABEL = ("一级分类", "一级标签")
FIELDS = {
    "城乡建设": "住建 住房 城乡建设 房产 规划局 城管 国土 自然资源 城市管理 房屋",
    "环境保护": "环保局 环境保护局 生态环境 环保分局",
    "交通运输": "交通局 交通运输 交警 公交 运管 公路",
    "教育文体": "教育局 教育厅 文化 体育局 教体",
    "劳动和社会保障": "人社 人力资源 社保 劳动监察 劳动保障",
    "商贸旅游": "商务局 旅游 工商 市场监 电力 供电 食品药品",
    "卫生计生": "卫计 卫健 卫生 计生 医疗",
}


@dataclass(frozen=True)
class Labelled:
    """A text with its label, and when it was received."""

    at: str
    text: str
    label: str


@dataclass(frozen=True)
class AtThreshold:
    """With a least certainty: the share of cases it stays silent on, and the share of its suggestions that is right."""

    threshold: float
    silent: float
    right: float | None


@dataclass(frozen=True)
class Result:
    taught: int
    judged: int
    labels: int
    macro_f1: float
    accuracy: float
    mean_share: float
    thresholds: tuple[AtThreshold, ...]


def labelled(file: Path) -> list[Labelled]:
    """The rows of a file that have a label, the earliest first."""
    sheet = reading.read(file.read_bytes(), file.name)
    at = {name: n for n, name in enumerate(sheet.headings)}
    own = next((at[name] for name in OWN_LABEL if name in at), None)
    found = []
    for row in sheet.rows:
        text = f"{row.cells[at['留言主题']]}\n{row.cells[at['留言详情']]}"
        label = str(row.cells[own] or "") if own is not None else by_reply(str(row.cells[at["答复意见"]] or ""))
        if label:
            found.append(Labelled(_sortable(row.cells[at["留言时间"]]), text, label))
    return sorted(found, key=lambda one: one.at)


def by_reply(reply: str) -> str:
    """The field of work whose departments a reply names at least twice as often as those of any other, else nothing."""
    named = sorted(((sum(map(reply.count, words.split())), field) for field, words in FIELDS.items()), reverse=True)
    (most, field), (next_most, _) = named[:2]
    return field if most and most >= 2 * next_most else ""


def judged(teaching: list[Labelled], unseen: list[Labelled]) -> Result:
    """What a model of the one says of the other."""
    names = sorted({one.label for one in teaching} | {one.label for one in unseen})
    model = train([one.text for one in teaching], [names.index(one.label) for one in teaching], len(names)).model
    found = [model.suggest(one.text) for one in unseen]
    own = [names.index(one.label) for one in unseen]
    lines = rightness(found, own, len(names))
    known = [one for one in found if one]
    return Result(
        taught=len(teaching),
        judged=len(unseen),
        labels=len(names),
        macro_f1=round(macro_f1(lines) or 0, 3),
        accuracy=round(sum(line.recognised for line in lines) / len(unseen), 3),
        mean_share=round(sum(one.share for one in known) / len(known), 3),
        thresholds=tuple(
            AtThreshold(least, round(silent(lines, least) or 0, 3), _right(found, own, least)) for least in THRESHOLDS
        ),
    )


def _right(found: list[Suggestion | None], own: list[int], least: float) -> float | None:
    said = [one.label == label for one, label in zip(found, own, strict=True) if one and one.share >= least]
    return round(sum(said) / len(said), 3) if said else None


def _sortable(value: object) -> str:
    moment = value if isinstance(value, datetime) else datetime.strptime(str(value), "%Y/%m/%d %H:%M:%S")  # noqa: DTZ007
    return moment.isoformat()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path, nargs="?", default=REAL)
    asked.add_argument("--unseen", type=Path)
    asked.add_argument("--json", action="store_true")
    chosen = asked.parse_args()
    if not chosen.file.is_file():
        asked.error(f"there is no file {chosen.file}")
    every = labelled(chosen.file)
    cut = int(len(every) * TEACHES)
    result = judged(every, labelled(chosen.unseen)) if chosen.unseen else judged(every[:cut], every[cut:])
    if chosen.json:
        print(json.dumps(asdict(result), ensure_ascii=False))
        return
    print(f"taught {result.taught}  judged {result.judged}  labels {result.labels}")
    print(f"macro-F1 {result.macro_f1}  accuracy {result.accuracy}  mean share {result.mean_share}")
    for one in result.thresholds:
        print(
            f"at {one.threshold:.0%}: silent {one.silent:.1%}, right {'-' if one.right is None else f'{one.right:.1%}'}"
        )


if __name__ == "__main__":
    main()
