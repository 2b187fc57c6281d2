"""Whom the canteen reaches: coverage by building and by band, each row with its n/N and its rows behind."""

import polars as pl
import streamlit as st

from charts.meals import coverage as coverage_chart
from jobs.meals_page import Reach
from metrics.coverage import LAGGING, Cell
from metrics.meals import ELDER
from texts import t
from ui import words
from ui.meals_lead import span_words
from ui.meals_rows import Behind, button
from ui.parts import chart, plain
from ui.worked import worked
from vocabulary.enums import AgeBand
from vocabulary.questions import Op, Period, Rows, Viewer, Where
from vocabulary.refusals import word

BUILDING, BAND = 24, 36
PANEL = 70
"""Pixels that the frame and title of another panel, and the gap to it, take."""
RESIDENT = Where("resident", Op.IN, (True,))
SIGN = "▼ "


def behind(column: str, period: Period) -> Behind:
    """The residents served, who have a building or a band to stand in; and all the residents counted."""
    return Behind(
        key=f"meals-{column}",
        name=t(f"meals.page.by_{column}"),
        days=period,
        rows=Rows("served_elders", (RESIDENT, Where(column, Op.GIVEN))),
        of=Rows("resident_elders", column="residents"),
    )


def room(reach: Reach) -> int:
    """Pixels that a chart above the bands has, for both columns to end together."""
    return min(360, max(190, BUILDING * reach.buildings.height - BAND * reach.bands.height - PANEL))


def by_building(viewer: Viewer, reach: Reach, period: Period) -> None:
    """The panel of buildings, the best first, those that lag behind marked and named beneath."""
    note = t("meals.page.by_building_note", when=span_words(period), mean=words.share(reach.mean))
    with st.container(border=True, key="panel-meals-building", height="stretch", gap="xsmall"):
        _title(viewer, behind("building", period), note)
        _chart(reach.buildings, "building", reach.mean)
        st.html(f'<p class="note under"><span>{_foot(reach)}</span></p>')


def by_band(viewer: Viewer, reach: Reach, period: Period) -> None:
    """The panel of age bands, the youngest first."""
    note = t("meals.page.by_band_note", when=span_words(period))
    with st.container(border=True, key="panel-meals-band", height="stretch", gap="xsmall"):
        _title(viewer, behind("band", period), note)
        _chart(reach.bands, "band", reach.mean)


def _title(viewer: Viewer, rows: Behind, note: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"**{plain(rows.name)}** :small[:gray[{plain(note)}]]", width="stretch")
        button(viewer, rows)


def _chart(frame: pl.DataFrame, column: str, mean: float | None) -> None:
    if frame.is_empty():
        st.markdown(f":gray[{t('meals.page.no_residents')}]")
        return
    drawn = said(frame, column, mean)
    each = zip(drawn["name"], drawn["share"], drawn["of"], strict=True)
    parts = t("meals.page.list_stop").join(f"{name} {share} {of}".replace("  ", " ") for name, share, of in each)
    alt = t("meals.page.coverage_alt", name=t(f"meals.page.by_{column}"), parts=parts)
    height = BUILDING if column == "building" else BAND
    chart(coverage_chart, drawn, frame.height, height, key=f"meals-{column}-chart", alt=alt)


@worked
def said(frame: pl.DataFrame, column: str, mean: float | None) -> pl.DataFrame:
    """The chart's rows in words: name, rate, mean, lagging, share, of. Nothing that a cell keeps back goes along."""
    rows = list(frame.iter_rows(named=True))
    shown = [Cell(row["cell"]) is Cell.SHOWN for row in rows]
    return pl.DataFrame(
        {
            "name": [_name(column, row[column]) for row in rows],
            "rate": [row["rate"] if open_ else None for row, open_ in zip(rows, shown, strict=True)],
            "mean": [mean for _ in rows],
            "lagging": [row["lagging"] for row in rows],
            "share": [
                (SIGN if row["lagging"] else "") + words.share(row["rate"]) if open_ else ""
                for row, open_ in zip(rows, shown, strict=True)
            ],
            "of": [_of(row["cell"], row["served"], row["residents"]) for row in rows],
        },
        schema={
            "name": pl.String,
            "rate": pl.Float64,
            "mean": pl.Float64,
            "lagging": pl.Boolean,
            "share": pl.String,
            "of": pl.String,
        },
    )


def _of(cell: str, served: int | None, residents: int | None) -> str:
    match Cell(cell):
        case Cell.SHOWN:
            return f"{words.number(served or 0)} / {words.number(residents or 0)}"
        case Cell.SMALL:
            return f"<5 / {words.number(residents or 0)}"
        case Cell.HIDDEN:
            return t("meals.page.hidden")
        case Cell.FEW:
            return t("words.too_few")


def _name(column: str, value: str) -> str:
    if column == "band":
        return word(AgeBand(value)) if value in ELDER else value
    return words.building(value)


def _foot(reach: Reach) -> str:
    """What the mark means, and why some rows say nothing."""
    lines = []
    if reach.buildings["lagging"].any() and reach.mean is not None:
        bar = words.share(reach.mean * LAGGING)
        lines.append(t("meals.page.lagging", bar=bar, part=f"{LAGGING:.0%}"))
    if reach.buildings["cell"].is_in([Cell.SMALL.value, Cell.HIDDEN.value]).any():
        lines.append(t("meals.page.kept_back"))
    return "<br>".join(lines)
