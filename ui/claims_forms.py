"""The claim ledger's forms for those who edit the rules: a new claim, its correction, its end. Mounted by `section`."""

from datetime import date

import polars as pl
import streamlit as st

import clock
from data_access import claims
from data_access.claims import ClaimFacts
from metrics.catalogue import METRICS
from texts import t
from ui import words
from ui.choosing import chosen
from ui.claims_ledger import in_language, published_value
from ui.forms import EARLIEST, Row, choice, day, done, fresh, quiet
from ui.loading import load
from ui.parts import empty, panel
from vocabulary.claims import ClaimScope, ClaimUnit, Qualifier, System
from vocabulary.questions import Viewer
from vocabulary.refusals import word

NEW = "claim-new"


def section(viewer: Viewer) -> None:
    """All claims there ever were, and beside them the form for a new one, or for the one that was chosen."""
    rows = list(load(claims.every_claim, viewer).iter_rows(named=True))
    left, right = st.columns([1.5, 1], gap="small")
    with left, panel(t("claims.form.list"), t("claims.form.list_note", count=len(rows)), key="claims-list"):
        if not rows:
            empty(t("claims.none"))
        row = chosen("claims-table", rows, _shown(rows)) if rows else None
    with right:
        if row is None:
            with panel(t("claims.form.new"), key="claims-form"):
                edit(viewer, None)
            return
        with panel(t("claims.form.correct", said=in_language(row, "said")), key="claims-form"):
            edit(viewer, row)
        with panel(t("claims.form.close", said=in_language(row, "said")), key="claims-close"):
            close(viewer, row)


def _shown(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            t("claims.form.system"): [word(System(row["system"])) for row in rows],
            t("claims.published"): [in_language(row, "said") for row in rows],
            t("claims.form.value"): [published_value(row) for row in rows],
            t("claims.form.days"): [_days(row) for row in rows],
        }
    )


def _days(row: Row) -> str:
    if row["to_on"] is None:
        return t("claims.open_from", from_on=row["from_on"])
    return t("claims.open_until", from_on=row["from_on"], to_on=row["to_on"])


def edit(viewer: Viewer, row: Row | None) -> None:
    """A new claim, or the correction of the one that was chosen."""
    form = f"claim-{row['id']}-{row['version']}" if row else NEW
    key = fresh(form)
    with st.form(key, border=False):
        facts = _facts(key, row or {})
        why = _reason(key) if row else ""
        sent = st.form_submit_button(t("claims.form.save" if row else "claims.form.add"), type="primary")
    if not sent:
        return
    if facts is None:
        st.error(t("claims.form.blank"), icon=":material/error:")
    elif row is None:
        done(t("claims.form.added", said=facts.said_zh), form, claims.add_claim, viewer, facts)
    else:
        said = t("claims.form.corrected", said=facts.said_zh)
        done(said, form, claims.correct_claim, viewer, row["id"], row["version"], why, facts)


def _facts(key: str, row: Row) -> ClaimFacts | None:
    """What was typed; None when the number was left empty."""
    system = choice(t("claims.form.system"), System, f"{key}-system", row.get("system"))
    figure = _text(key, row, "figure")
    st.caption(t("claims.form.figure_help"))
    said_zh, said_en = _text(key, row, "said_zh"), _text(key, row, "said_en")
    left, middle, right = st.columns(3)
    with left:
        value = st.number_input(t("claims.form.value"), value=row.get("value"), step=1, key=f"{key}-value")
    with middle:
        unit = choice(t("claims.form.unit"), ClaimUnit, f"{key}-unit", row.get("unit"))
    with right:
        high = st.number_input(t("claims.form.high"), value=row.get("high"), step=1, key=f"{key}-high")
    qualifier = choice(t("claims.form.qualifier"), Qualifier, f"{key}-qualifier", row.get("qualifier"))
    scope = choice(t("claims.form.scope"), ClaimScope, f"{key}-scope", row.get("scope"))
    metric = _metric(key, row)
    note, note_en = _text(key, row, "note"), _text(key, row, "note_en")
    published_in, published_in_en = _text(key, row, "published_in"), _text(key, row, "published_in_en")
    published_on, from_on = _when(key, row)
    if value is None:
        return None
    return ClaimFacts(
        figure=figure,
        system=system,
        said_zh=said_zh,
        qualifier=qualifier,
        value=int(value),
        unit=unit,
        scope=scope,
        published_in=published_in,
        from_on=from_on,
        high=None if high is None else int(high),
        metric=metric,
        published_on=published_on,
        said_en=said_en,
        published_in_en=published_in_en,
        note=note,
        note_en=note_en,
    )


def _text(key: str, row: Row, name: str) -> str:
    typed = st.text_input(t(f"claims.form.{name}"), row.get(name) or "", max_chars=200, key=f"{key}-{name}")
    return typed.strip()


def _metric(key: str, row: Row) -> str | None:
    """A figure of the catalogue; one that is not there yet stays as it was."""
    now = row.get("metric") or ""
    keys = ["", *METRICS] if now in METRICS or not now else ["", now, *METRICS]
    picked = st.selectbox(t("claims.form.metric"), keys, keys.index(now), format_func=_named, key=f"{key}-metric")
    return picked or None


def _named(key: str) -> str:
    if not key:
        return t("claims.form.no_metric")
    return t(f"metrics.{key}.name") if key in METRICS else key


def _when(key: str, row: Row) -> tuple[date | None, date]:
    left, right = st.columns(2)
    with left:
        published_on = st.date_input(
            t("claims.form.published_on"),
            row.get("published_on"),
            min_value=EARLIEST,
            format="YYYY-MM-DD",
            key=f"{key}-published",
        )
    with right:
        from_on = day(t("claims.form.from_on"), f"{key}-from", row.get("from_on"))
    return published_on if isinstance(published_on, date) else None, from_on


def _reason(key: str) -> str:
    return st.text_input(t("claims.form.reason"), key=f"{key}-why", max_chars=200)


def close(viewer: Viewer, row: Row) -> None:
    """Ends a claim; of one that has ended its days."""
    if row["to_on"] is not None:
        quiet(_days(row))
        return
    form = f"claim-end-{row['id']}-{row['version']}"
    key = fresh(form)
    with st.form(key, border=False):
        to_on = day(t("claims.form.to_on"), f"{key}-to", clock.today())
        why = _reason(key)
        sent = st.form_submit_button(t("claims.form.end"))
    if sent:
        said = t("claims.form.closed", said=in_language(row, "said"), day=words.day(to_on))
        done(said, form, claims.close_claim, viewer, row["id"], row["version"], why, to_on)
