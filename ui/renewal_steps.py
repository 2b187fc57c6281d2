"""Deliberation on its page: the five steps drawn, the list of proposals and where they wait."""

import polars as pl
import streamlit as st

import access
from access import Permission
from charts.renewal import funnel as funnel_chart
from charts.renewal import step_days as days_chart
from data_access import renewal
from jobs.renewal import funnel
from texts import t
from ui import renewal_filing, renewal_story, words
from ui.loading import load
from ui.parts import chart, empty, panel, plain
from ui.renewal_chosen import chosen, table
from ui.worked import worked
from vocabulary.questions import Period, Viewer
from vocabulary.renewal import ProposalState

SHOWN = ("open", "ended", "all")


def deliberation(viewer: Viewer, period: Period) -> None:
    """Charts for everyone; lists and stories for those who may read rows."""
    _charts(viewer, period)
    if not access.allows(viewer, Permission.SEE_RENEWAL):
        return
    listed = load(renewal.proposal_list, viewer)
    renewal_filing.new(viewer)
    if listed.is_empty():
        empty(t("renewal.no_proposals"))
        return
    here = _list(listed)
    number = chosen("proposal", dict(listed[["id", "number"]].iter_rows()))
    if number is None:
        st.markdown(f":gray[{t('renewal.pick_proposal') if here.height else t('renewal.none_here')}]")
        return
    renewal_story.show(viewer, load(renewal.story, viewer, number))


def _charts(viewer: Viewer, period: Period) -> None:
    steps = load(funnel, viewer, period)
    over = f"{words.day(period.since)} – {words.day(period.until)}"
    with st.grid(2, min_column_width=420, gap="small"):
        with panel(t("renewal.funnel_title"), t("renewal.funnel_note", when=over), key="funnel"):
            if steps["stood"].sum():
                chart(funnel_chart, steps, key="funnel-chart", alt=_aloud(steps, "funnel_alt"))
                st.html(f'<p class="note">{_waiting(steps)}</p>')
            else:
                st.markdown(f":gray[{t('renewal.none_in_period')}]")
        with panel(t("renewal.days_title"), t("renewal.days_note", when=over), key="step-days"):
            if steps["passed"].sum():
                chart(days_chart, steps, key="days-chart", alt=_aloud(steps, "days_alt"))
            else:
                st.markdown(f":gray[{t('renewal.none_passed_in_period')}]")


def _aloud(steps: pl.DataFrame, key: str) -> str:
    return t("renewal.join").join(
        t(
            f"renewal.{key}",
            step=t(f"renewal.word.step.{row['step']}"),
            stood=row["stood"],
            passed=row["passed"],
            days=words.NONE if row["days"] is None else words.number(row["days"], 1),
        )
        for row in steps.iter_rows(named=True)
    )


def _waiting(steps: pl.DataFrame) -> str:
    """Where proposals wait when the period is over."""
    parts = t("renewal.join").join(
        t("renewal.waits_at", step=t(f"renewal.word.step.{step}"), count=count)
        for step, count in steps[["step", "waiting"]].iter_rows()
        if count
    )
    return t("renewal.waiting", parts=parts) if parts else t("renewal.waiting_none")


def _list(listed: pl.DataFrame) -> pl.DataFrame:
    """The list with its three scopes; each scope's count is the length of its list. Gives what is shown."""
    scopes = {**_scopes(listed), "all": listed}
    with panel(t("renewal.list_title"), t("renewal.list_note"), key="proposals"):
        scope = st.segmented_control(
            t("renewal.list_title"),
            SHOWN,
            default="open",
            format_func=lambda name: t(f"renewal.scope.{name}", count=scopes[name].height),
            key="proposal-scope",
            label_visibility="collapsed",
            required=True,
        )
        here = scopes[scope or "open"]
        if here.is_empty():
            st.markdown(f":gray[{t('renewal.none_here')}]")
        else:
            table("proposal", _shown(here), here["number"].to_list())
    return here


@worked
def _scopes(listed: pl.DataFrame) -> dict[str, pl.DataFrame]:
    is_open = pl.col("state") == ProposalState.OPEN.value
    return {"open": listed.filter(is_open), "ended": listed.filter(~is_open)}


def _shown(here: pl.DataFrame) -> pl.DataFrame:
    rows = list(here.iter_rows(named=True))
    return pl.DataFrame(
        {
            t("renewal.column.title"): [row["title"] for row in rows],
            t("renewal.column.step"): [_stands(row["step"], row["state"]) for row in rows],
            t("renewal.column.waiting"): [row["waiting"] for row in rows],
            t("renewal.column.lacks"): [lacking(row["lacks"], row["state"]) for row in rows],
            t("renewal.column.number"): [row["number"] for row in rows],
            t("renewal.column.filed_on"): [f"{row['filed_on']:%Y-%m-%d}" for row in rows],
            t("renewal.column.grid"): [row["grid"] or t("renewal.whole") for row in rows],
        },
        schema_overrides={t("renewal.column.waiting"): pl.Int64},
    )


def _stands(step: int, state: str) -> str:
    """At which step it waits, or how it ended."""
    if state == ProposalState.OPEN:
        return f"{step} {t(f'renewal.word.step.{step}')}"
    return t(f"renewal.word.proposal_state.{state}")


def lacking(lacks: list[str] | None, state: str) -> str:
    """What the present step still asks for."""
    if state != ProposalState.OPEN:
        return words.NONE
    said = t("renewal.join").join(t(f"renewal.word.lack.{lack}") for lack in lacks or [])
    return plain(said) if said else t("renewal.only_meeting")
