"""The hospital in pictures: a group's rates by month, and the way from the residents to the controlled."""

import polars as pl
import streamlit as st

import clock
from charts import health as charts
from data_access import health
from metrics import health as figures
from texts import t
from ui import words
from ui.forms import quiet
from ui.health_head import month_named
from ui.loading import load
from ui.parts import chart, panel
from ui.worked import worked
from vocabulary.health import HealthGroup, HealthNumber
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word

SHOWN = 6
MONTHS = 24


def pictures(viewer: Viewer, group: HealthGroup, period: Period) -> None:
    """Three panels: months, the funnel, what is missing."""
    told = load(health.months, viewer, period.since, period.until)
    left, right = st.columns([1.35, 1], gap="small")
    with left:
        _trend(group, told)
    with right:
        _funnel(group, period, told)
        _missing(viewer)


def _trend(group: HealthGroup, told: pl.DataFrame) -> None:
    parts = tuple(part.name for part in figures.parts_of(group))
    frame = _last_months(group, told)
    with panel(t("health.trend_title"), t("health.trend_note"), key="health-trend"):
        if frame.is_empty():
            quiet(t("health.chart_none"))
            return
        last = max(frame["on"])
        said = t("health.join").join(
            t("health.trend_part", name=t(f"health.part.{part}"), rate=words.share(rate))
            for on, part, rate in frame[["on", "part", "rate"]].iter_rows()
            if on == last
        )
        month = month_named(last)
        alt = t("health.trend_alt", group=word(group), month=month, parts=said)
        chart(charts.rates, frame, parts, key="health-trend-chart", alt=alt)


@worked
def _last_months(group: HealthGroup, told: pl.DataFrame) -> pl.DataFrame:
    return figures.trend(group, told).tail(MONTHS * len(figures.parts_of(group)))


def _funnel(group: HealthGroup, period: Period, told: pl.DataFrame) -> None:
    frame = worked(figures.funnel)(group, period, told)
    newest = worked(figures.newest)(period, worked(figures.of_group)(group, told))
    month = month_named(newest["month"][0]) if newest.height else words.NONE
    with panel(t("health.funnel_title"), t("health.funnel_note", month=month), key="health-funnel"):
        if frame.is_empty():
            quiet(t("health.chart_none"))
            return
        parts = t("health.join").join(
            t("health.funnel_part", name=word(HealthNumber(stage)), people=words.number(people))
            for stage, people in frame[["stage", "people"]].iter_rows()
        )
        alt = t("health.funnel_alt", group=word(group), month=month, parts=parts)
        chart(charts.stages, _said(frame), key="health-funnel-chart", alt=alt)


@worked
def _said(frame: pl.DataFrame) -> pl.DataFrame:
    said = [_people(people, of, share) for _, people, of, share in frame.iter_rows()]
    return frame.select("stage", "people", said=pl.Series(said, dtype=pl.String))


def _people(people: int, of: str | None, share: float | None) -> str:
    if of is None or share is None:
        return words.number(people)
    named = {"of": word(HealthNumber(of)), "share": words.share(share)}
    return t("health.of_stage", people=words.number(people), **named)


def _missing(viewer: Viewer) -> None:
    frame = load(health.missing, viewer, clock.today())
    with panel(t("health.missing_title"), t("health.missing_note", count=frame.height), key="health-missing"):
        if frame.is_empty():
            quiet(t("health.missing_none"))
            return
        rows = [
            t("health.missing_row", month=month_named(month), group=word(HealthGroup(group)))
            for month, group in frame.head(SHOWN).iter_rows()
        ]
        st.markdown("\n".join(f"- {row}" for row in rows))
        if frame.height > SHOWN:
            quiet(t("health.missing_more", count=frame.height - SHOWN))
