"""Coverage for a chosen k in the period of the page, by building, grid, band or tier, and the people behind it."""

import polars as pl
import streamlit as st

import access
from access import Permission
from jobs import canteen_page
from jobs.canteen_page import BY, Coverage
from metrics.coverage import Cell
from metrics.meals import SMALL
from texts import t
from ui import words
from ui.evidence_rows import rows_table
from ui.forms import quiet
from ui.loading import load
from ui.parts import empty, panel
from vocabulary.enums import AgeBand, Role
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word

MOST = 31


def coverage(viewer: Viewer, period: Period) -> None:
    """The panel with its two choices, the table and, opened, its rows."""
    days = t("canteen.page.days", since=words.day(period.since), until=words.day(period.until))
    with panel(t("canteen.page.coverage_title"), days, key="canteen-coverage"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            by = _by(viewer)
            k = _k(viewer)
        found = load(canteen_page.coverage, viewer, period, by, k)
        if found.rows.is_empty():
            empty(t("meals.page.no_residents") if by != "tier" else t("canteen.page.no_holders"))
            return
        st.markdown(_sentence(found, k))
        st.dataframe(_shown(found, by), hide_index=True, row_height=40, height="content", key="canteen-coverage-table")
        quiet(t("canteen.page.coverage_tier" if by == "tier" else "canteen.page.coverage_note"))
        if by != "tier" and access.allows(viewer, Permission.SEE_MEAL_ROWS):
            _rows(viewer, period, k)


def _k(viewer: Viewer) -> int:
    """A presenter asks for one day only: the difference of two k would tell of few people."""
    if viewer.role is Role.PRESENTER:
        return 1
    return int(st.number_input(t("canteen.page.coverage_k"), 1, MOST, 1, key="canteen-k", width=180))


def _by(viewer: Viewer) -> str:
    """A tier tells of a person's group: no till chooses it."""
    own = [by for by in BY if by != "tier" or viewer.role is not Role.FEEDER]
    found = st.segmented_control(
        t("canteen.page.coverage_by"),
        own,
        default=own[0],
        format_func=lambda by: t(f"canteen.page.by.{by}"),
        key="canteen-by",
        required=True,
    )
    return found or own[0]


def _sentence(found: Coverage, k: int) -> str:
    if found.served is None:
        return t("words.small_cell")
    return t(
        "canteen.page.coverage_said",
        k=k,
        served=words.number(found.served),
        residents=words.number(found.residents),
        share=words.share(found.mean),
    )


def _shown(found: Coverage, by: str) -> pl.DataFrame:
    rows = list(found.rows.iter_rows(named=True))
    few, small = t("words.too_few"), f"<{SMALL}"
    share = {Cell.FEW: few, Cell.SMALL: small, Cell.HIDDEN: t("meals.page.hidden")}
    return pl.DataFrame(
        {
            t(f"canteen.page.by.{by}"): [_name(by, row["name"]) for row in rows],
            t("canteen.page.served"): [_count(row["served"]) for row in rows],
            t("columns.residents") if by != "tier" else t("canteen.page.holders"): [
                _count(row["residents"]) for row in rows
            ],
            t("meals.page.coverage"): [share.get(Cell(row["cell"])) or words.share(row["rate"]) for row in rows],
        }
    )


def _name(by: str, name: str) -> str:
    if by == "building":
        return words.building(name)
    return word(AgeBand(name)) if by == "band" else name


def _count(value: int | None) -> str:
    return words.NONE if value is None else words.number(value)


def _rows(viewer: Viewer, period: Period, k: int) -> None:
    if not st.toggle(t("canteen.page.coverage_rows"), key="canteen-coverage-open"):
        return
    frame = load(canteen_page.coverage_rows, viewer, period, k)
    st.markdown(f":small[{t('words.rows_count', rows=words.number(frame.height))}]")
    rows_table(frame, "canteen-coverage-rows")
