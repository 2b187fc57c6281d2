"""Three levels of responsibility: figures, what to look at first, and open and overdue by level and by unit."""

from html import escape

import polars as pl
import streamlit as st

from access import OPERATOR
from data_access import first_days, responsibility
from jobs.figures import Card
from metrics.responsibility import counted_by, standing
from texts import t
from ui import parts, words
from ui.case_words import own_name
from ui.evidence import cards
from ui.filters import period_bar
from ui.links import linked
from ui.loading import load
from ui.parts import empty, panel
from ui.worked import worked
from vocabulary.enums import Level
from vocabulary.questions import Filters, Period, Span, Viewer
from vocabulary.refusals import word
from vocabulary.steward import Matter

KEYS = ("open_matters", "overdue_matters", "unowned_matters", "whistle_meetings", "urgent_solved")
FIRST = 12
counted = worked(counted_by)
ROW, HEAD = 36, 38
PAGES = {
    Matter.CASE: ("cases", "case"),
    Matter.PROPOSAL: ("renewal", "proposal"),
    Matter.PROJECT: ("renewal", "project"),
}


def head(_viewer: Viewer) -> Period:
    chosen: list[Period] = []
    parts.head(t("steward.title"), t("steward.subtitle"), lambda: chosen.append(period_bar("steward", Span.MONTH)))
    return chosen[0]


def answered(viewer: Viewer, period: Period) -> pl.DataFrame:
    """What was open on the period's last day."""
    return load(responsibility.answered, viewer, period.until, period.until, Filters())


def nothing_yet(_viewer: Viewer) -> bool:
    return load(first_days.earliest, OPERATOR) is None


def none() -> str:
    return t("steward.none")


def figures(viewer: Viewer, period: Period) -> dict[str, Card]:
    return cards(viewer, KEYS, period, Filters(), "steward")


def sentence(shown: dict[str, Card]) -> str:
    said = {name: words.number(shown[f"{name}_matters"].figure.value or 0) for name in ("open", "overdue", "unowned")}
    return t("steward.lead", **said)


def attention(viewer: Viewer, period: Period, found: pl.DataFrame) -> None:
    """What nobody answers for, then the longest overdue; each line leads to it."""
    first = _first(period, found)
    with panel(t("steward.attention"), t("steward.attention_note"), key="steward-attention"):
        if first.is_empty():
            empty(t("steward.none_attention"))
            return
        items = "".join(f"<li>{_line(viewer, row)}</li>" for row in first.iter_rows(named=True))
        st.html(f'<ol class="today">{items}</ol>')


@worked
def _first(period: Period, found: pl.DataFrame) -> pl.DataFrame:
    open_now = standing(period, found)
    unowned = open_now.filter(pl.col("unowned_on") <= period.until)
    late = open_now.filter(pl.col("overdue_on") <= period.until).sort("overdue_on")
    return pl.concat([unowned, late]).unique(["matter", "id"], maintain_order=True).head(FIRST)


def _line(viewer: Viewer, row: dict[str, object]) -> str:
    matter = Matter(str(row["matter"]))
    page, name = PAGES[matter]
    where = {name: [str(row["id"])], **({"show": ["all"]} if matter is Matter.CASE else {})}
    case = linked(escape(f"{row['number']} {parts.plain(str(row['title']))}"), viewer, page, where)
    unit = own_name(_text(row["unit"]), _text(row["unit_en"])) or t("steward.unowned")
    late = t("steward.overdue_since", day=words.day(row["overdue_on"])) if row["overdue_on"] else ""  # type: ignore[arg-type]
    behind = " · ".join(escape(part) for part in (word(matter), unit, late) if part)
    return f"{case} <small>{behind}</small>"


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def levels(period: Period, found: pl.DataFrame) -> None:
    """By level and matter, and by unit."""
    left, right = st.columns(2, gap="small")
    with left, panel(t("steward.levels"), t("steward.levels_note"), key="steward-levels"):
        rows = counted(period, found, "level", "matter")
        _table(
            "levels-table",
            {
                t("steward.level"): [word(Level(one)) if one else t("steward.no_level") for one in rows["level"]],
                t("steward.matter"): [word(Matter(one)) for one in rows["matter"]],
            },
            rows,
        )
    with right, panel(t("steward.by_unit"), key="steward-units"):
        rows = counted(period, found, "unit", "unit_en")
        names = [own_name(*pair) or t("steward.no_unit") for pair in rows[["unit", "unit_en"]].iter_rows()]
        _table("units-table", {t("steward.unit"): names}, rows)


def _table(key: str, first: dict[str, list[str]], rows: pl.DataFrame) -> None:
    shown = pl.DataFrame({**first, t("steward.open"): rows["open"], t("steward.overdue"): rows["overdue"]})
    st.dataframe(
        shown.to_arrow(), hide_index=True, row_height=ROW, height=min(420, HEAD + ROW * max(1, shown.height)), key=key
    )
