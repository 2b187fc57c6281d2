"""The limits of cases and the rules that are one number."""

import streamlit as st

import clock
from data_access import rules
from data_access.rules import USUAL, Limit
from texts import t
from ui.forms import choice, choice_or_none, done, fresh
from ui.loading import load
from ui.parts import panel
from ui.rules_parts import from_on, saved, versions, when
from vocabulary.enums import CaseType, Urgency
from vocabulary.questions import Viewer
from vocabulary.refusals import word
from vocabulary.rules import LimitKind, LimitUnit, Number


def limits(viewer: Viewer) -> None:
    left, right = st.columns([1.6, 1], gap="small")
    with left, panel(t("rules.part.limits"), key="rules-limits"):
        rows = [
            {
                t("rules.kind"): word(LimitKind(row["kind"])),
                t("rules.urgency"): word(Urgency(row["urgency"])) if row["urgency"] else t("rules.every"),
                t("rules.type"): word(CaseType(row["type"])) if row["type"] else t("rules.every"),
                t("rules.amount"): f"{row['amount']} {word(LimitUnit(row['unit']))}",
                t("rules.in_force"): when(row["from_on"], row["to_on"]),
            }
            for row in load(rules.limits, viewer).iter_rows(named=True)
        ]
        versions(rows, "limits-table")
    with right, panel(t("rules.save"), key="rules-limit-form"):
        form = "rule-limit"
        key = fresh(form)
        with st.form(key, border=False):
            kind = choice(t("rules.kind"), LimitKind, f"{key}-kind")
            urgency = choice_or_none(t("rules.urgency"), Urgency, f"{key}-urgency", t("rules.every"))
            case_type = choice_or_none(t("rules.type"), CaseType, f"{key}-type", t("rules.every"))
            amount = int(st.number_input(t("rules.amount"), value=5, step=1, key=f"{key}-amount"))
            unit = choice(t("rules.unit"), LimitUnit, f"{key}-unit", LimitUnit.WORKING_DAYS)
            since = from_on(key)
            if st.form_submit_button(t("rules.save"), type="primary"):
                limit = Limit(amount, unit)
                done(saved(since), form, rules.set_limit, viewer, kind, case_type, urgency, limit, since)


def numbers(viewer: Viewer) -> None:
    left, right = st.columns([1.6, 1], gap="small")
    frame = load(rules.numbers, viewer)
    with left, panel(t("rules.part.numbers"), key="rules-numbers"):
        set_by_office = [
            {
                t("rules.name"): word(Number(row["name"])),
                t("rules.value"): f"{row['value']:g}",
                t("rules.in_force"): when(row["from_on"], row["to_on"]),
            }
            for row in frame.iter_rows(named=True)
        ]
        today = clock.today()
        ruled = set(frame.filter(frame["from_on"] <= today)["name"])
        usual = [
            {t("rules.name"): word(name), t("rules.value"): f"{value:g}", t("rules.in_force"): t("rules.usual")}
            for name, (value, _, _) in USUAL.items()
            if name.value not in ruled
        ]
        versions([*set_by_office, *usual], "numbers-table")
    with right, panel(t("rules.save"), key="rules-number-form"):
        form = "rule-number"
        key = fresh(form)
        with st.form(key, border=False):
            name = choice(t("rules.name"), Number, f"{key}-name")
            value = float(st.number_input(t("rules.value"), value=0.0, step=0.1, format="%.2f", key=f"{key}-value"))
            since = from_on(key)
            if st.form_submit_button(t("rules.save"), type="primary"):
                done(saved(since), form, rules.set_number, viewer, name, value, since)
