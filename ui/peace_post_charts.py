"""The peace post in pictures: types and outcomes, months, themes and decisions, mediators, what came again."""

from collections.abc import Iterable
from datetime import date

import polars as pl
import streamlit as st

from charts import peace_post as charts
from data_access import peace_post
from metrics import peace_post as figures
from texts import t
from ui import words
from ui.loading import load
from ui.parts import chart, panel
from ui.worked import worked
from vocabulary.peace_post import DisputeType, Mediator, Theme
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import word

MONTHS = 12
SHOWN = 5


def pictures(viewer: Viewer, period: Period) -> None:
    """Four panels, two by two."""
    disputes = load(peace_post.disputes, viewer, period.since, period.until, Filters())
    with st.grid(2, min_column_width=420, gap="small"):
        _types(disputes, period)
        _themes(viewer, period)
        _months(viewer, period.until)
        _who_and_again(disputes, period)


def _types(disputes: pl.DataFrame, period: Period) -> None:
    frame = worked(figures.outcomes_by_type)(period, disputes)
    total = int(frame["disputes"].sum())
    note = t("peace_post.types_note", count=total, days=_days(period))
    with panel(t("peace_post.types_title"), note, key="pp-types"):
        if not total:
            st.markdown(f":gray[{t('peace_post.types_none')}]")
            return
        parts = _parts((word(DisputeType(kind)), n) for kind, n in _sums(frame, "dispute_type", "disputes").iter_rows())
        chart(charts.outcomes_by_type, frame, key="pp-types-chart", alt=t("peace_post.types_alt", parts=parts))


def _themes(viewer: Viewer, period: Period) -> None:
    opinions = load(peace_post.opinions, viewer, period.since, period.until, Filters())
    frame = worked(figures.decisions_by_theme)(period, opinions)
    total = int(frame["opinions"].sum())
    note = t("peace_post.themes_note", count=total, days=_days(period))
    with panel(t("peace_post.themes_title"), note, key="pp-themes"):
        if not total:
            st.markdown(f":gray[{t('peace_post.themes_none')}]")
            return
        parts = _parts((word(Theme(theme)), n) for theme, n in _sums(frame, "theme", "opinions").iter_rows())
        chart(charts.decisions_by_theme, frame, key="pp-themes-chart", alt=t("peace_post.themes_alt", parts=parts))


def _months(viewer: Viewer, until: date) -> None:
    months = Period(_months_back(until), until)
    found = load(peace_post.disputes, viewer, months.since, months.until, Filters())
    frame = worked(figures.by_month)(months, found)
    opened, settled = int(frame["opened"].sum()), int(frame["settled"].sum())
    with panel(t("peace_post.months_title"), t("peace_post.months_note"), key="pp-months"):
        if not opened + settled:
            st.markdown(f":gray[{t('peace_post.types_none')}]")
            return
        alt = t("peace_post.months_alt", opened=opened, settled=settled)
        chart(charts.by_month, frame, key="pp-months-chart", alt=alt)


def _who_and_again(disputes: pl.DataFrame, period: Period) -> None:
    with panel(t("peace_post.who_title"), t("peace_post.who_note", days=_days(period)), key="pp-who"):
        who = _busy(period, disputes)
        if who.is_empty():
            st.markdown(f":gray[{t('peace_post.who_none')}]")
        else:
            shown = _by_mediator(who).to_arrow()
            st.dataframe(shown, hide_index=True, row_height=36, height="content", key="pp-who-table")
        st.markdown(f"**{t('peace_post.again_title')}** :small[:gray[{t('peace_post.again_note')}]]")
        again = worked(figures.again)(period, disputes)
        if again.is_empty():
            st.markdown(f":gray[{t('peace_post.again_none')}]")
            return
        st.dataframe(_again(again).to_arrow(), hide_index=True, row_height=36, height="content", key="pp-again-table")


@worked
def _sums(frame: pl.DataFrame, by: str, column: str) -> pl.DataFrame:
    return frame.group_by(by).agg(pl.col(column).sum()).sort(column, descending=True)


@worked
def _busy(period: Period, disputes: pl.DataFrame) -> pl.DataFrame:
    return figures.by_mediator(period, disputes).filter(pl.col("closed") > 0)


def _by_mediator(who: pl.DataFrame) -> pl.DataFrame:
    rows = list(who.iter_rows(named=True))
    return pl.DataFrame(
        {
            t("peace_post.mediators"): [word(Mediator(row["mediator"])) for row in rows],
            t("peace_post.settled_of"): [f"{row['settled']} / {row['closed']}" for row in rows],
            t("metrics.mediation_success.name"): [words.share(row["rate"]) for row in rows],
        }
    )


def _again(again: pl.DataFrame) -> pl.DataFrame:
    rows = list(again.head(SHOWN).iter_rows(named=True))
    return pl.DataFrame(
        {
            t("columns.grid"): [row["grid"] for row in rows],
            t("columns.dispute_type"): [word(DisputeType(row["dispute_type"])) for row in rows],
            t("peace_post.within_a_year"): [row["disputes"] for row in rows],
            t("peace_post.last_on"): [str(row["last_on"]) for row in rows],
        }
    )


def _months_back(until: date) -> date:
    index = until.year * 12 + until.month - MONTHS
    return date(index // 12, index % 12 + 1, 1)


def _days(period: Period) -> str:
    return f"{words.day(period.since)} – {words.day(period.until)}"


def _parts(counted: Iterable[tuple[str, int]]) -> str:
    return t("peace_post.join").join(t("peace_post.part", name=name, count=words.number(n)) for name, n in counted)
