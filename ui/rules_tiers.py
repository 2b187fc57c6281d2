"""The price tiers of the canteen: whom each is for, what it takes off, who pays for that, from when to when."""

from datetime import date
from typing import Any

import streamlit as st

from data_access import canteen
from data_access.canteen import TierFacts
from texts import language, t
from ui import words
from ui.forms import EARLIEST, LATEST, Row, choice, choice_or_none, done, fresh
from ui.loading import load
from ui.parts import panel
from ui.rules_parts import from_on, saved, versions, when
from vocabulary.canteen import DinerGroup
from vocabulary.enums import AgeBand, TierKind
from vocabulary.questions import Viewer
from vocabulary.refusals import word

FORM = "rule-tier"
NEW = ""


def tiers(viewer: Viewer) -> None:
    """Every version of every tier, and the form of the next one."""
    known = load(canteen.tier_versions, viewer).to_dicts()
    left, right = st.columns([1.6, 1], gap="small")
    with left, panel(t("rules.part.tiers"), t("rules.tier_note"), key="rules-tiers"):
        versions([_line(row) for row in known], "tiers-table")
    with right, panel(t("rules.save"), t("rules.tier_save_note"), key="rules-tier-form"):
        _form(viewer, {row["code"]: row for row in known})


def _line(row: Row) -> dict[str, str]:
    return {
        t("rules.tier_name"): _name(row),
        t("rules.tier_for"): _for_whom(row),
        t("rules.value"): _value(row),
        t("rules.tier_priority"): str(row["priority"]),
        t("rules.tier_adds"): t("rules.tier_added" if row["adds"] else "rules.tier_best"),
        t("rules.tier_payer"): f"{row['payer']} {row['claim_percent']}%" if row["payer"] else t("rules.tier_nobody"),
        t("rules.in_force"): when(row["from_on"], row["to_on"]),
    }


def _name(row: Row) -> str:
    return str((row["name_en"] if language() == "en" else None) or row["name"])


def _for_whom(row: Row) -> str:
    group = word(DinerGroup(row["diner_group"])) if row["diner_group"] else ""
    band = t("rules.tier_from_band", band=word(AgeBand(row["from_band"]))) if row["from_band"] else ""
    return " · ".join(part for part in (group, band) if part) or t("rules.tier_everyone")


def _value(row: Row) -> str:
    said = f"{row['value']}%" if row["kind"] == TierKind.PERCENT else words.money(row["value"])
    return f"{word(TierKind(row['kind']))} {said}"


def _form(viewer: Viewer, newest: dict[str, Row]) -> None:
    """A version of a tier begins with what its newest says; a new tier begins empty."""
    chosen = st.selectbox(
        t("rules.tier_which"),
        [NEW, *newest],
        format_func=lambda code: _name(newest[code]) if code else t("rules.tier_new"),
        key="tier-which",
        filter_mode=None,
    )
    now = newest.get(chosen, {})
    key = f"{fresh(FORM)}-{chosen}"
    with st.form(key, border=False):
        facts = _facts(key, now)
        if st.form_submit_button(t("rules.save"), type="primary"):
            done(saved(facts.from_on), FORM, canteen.add_tier, viewer, facts)


def _facts(key: str, now: Row) -> TierFacts:
    code = now.get("code") or st.text_input(t("rules.tier_code"), key=f"{key}-code", autocomplete="off").strip()
    name = _text("tier_name", f"{key}-name", now.get("name"))
    name_en = _text("tier_name_en", f"{key}-name-en", now.get("name_en"))
    group = choice_or_none(
        t("rules.tier_group"), DinerGroup, f"{key}-group", t("rules.tier_any_group"), now.get("diner_group")
    )
    band = choice_or_none(t("rules.tier_band"), AgeBand, f"{key}-band", t("rules.tier_any_age"), now.get("from_band"))
    kind = choice(t("rules.tier_kind"), TierKind, f"{key}-kind", now.get("kind"))
    typed = float(
        st.number_input(t("rules.tier_value"), value=_typed(now), step=1.0, format="%.2f", key=f"{key}-value")
    )
    priority = int(st.number_input(t("rules.tier_priority"), value=now.get("priority", 50), step=1, key=f"{key}-prio"))
    adds = st.checkbox(t("rules.tier_adds_long"), value=bool(now.get("adds")), key=f"{key}-adds")
    payer = _text("tier_payer", f"{key}-payer", now.get("payer"))
    percent = int(
        st.number_input(t("rules.tier_claim"), 0, 100, now.get("claim_percent", 100), step=1, key=f"{key}-claim")
    )
    value = round(typed) if kind is TierKind.PERCENT else round(typed * 100)
    since, until = from_on(key), _until(f"{key}-until")
    return TierFacts(
        *(code, name, kind, value, since, priority, until, name_en or None),
        *(group, band, adds, payer or None, percent),
    )


def _typed(now: Row) -> float:
    value = float(now.get("value", 0))
    return value if now.get("kind") == TierKind.PERCENT else value / 100


def _text(label: str, key: str, now: Any) -> str:
    return st.text_input(t(f"rules.{label}"), now or "", key=key, autocomplete="off").strip()


def _until(key: str) -> date | None:
    chosen = st.date_input(t("rules.tier_until"), None, EARLIEST, LATEST, format="YYYY-MM-DD", key=key)
    return chosen if isinstance(chosen, date) else None
