"""What metrics should reach, and the price tiers of the canteen."""

import streamlit as st

from data_access import canteen, rules
from data_access.canteen import TierFacts
from metrics.catalogue import METRICS
from metrics.figure import Kind
from texts import known, language, t
from ui import words
from ui.forms import choice, done, fresh
from ui.loading import load
from ui.parts import panel
from ui.rules_parts import from_on, saved, versions, when
from vocabulary.enums import TierKind
from vocabulary.questions import Viewer
from vocabulary.refusals import word

BANDS = ("canteen_margin_least", "canteen_margin_most")
"""Targets that belong to a metric of another key."""


def targets(viewer: Viewer) -> None:
    left, right = st.columns([1.6, 1], gap="small")
    with left, panel(t("rules.part.targets"), key="rules-targets"):
        rows = [
            {
                t("rules.metric"): _name(row["metric"]),
                t("rules.value"): _value(row["metric"], row["value"]),
                t("rules.now"): when(row["from_on"], row["to_on"]),
            }
            for row in load(rules.target_versions, viewer).iter_rows(named=True)
        ]
        versions(rows, "targets-table")
    with right, panel(t("rules.save"), t("rules.percent_hint"), key="rules-target-form"):
        form = "rule-target"
        key = fresh(form)
        with st.form(key, border=False):
            metric = st.selectbox(
                t("rules.metric"),
                [*METRICS, *BANDS],
                format_func=_name,
                key=f"{key}-metric",
                filter_mode="contains",
            )
            typed = float(st.number_input(t("rules.value"), value=0.0, step=1.0, format="%.2f", key=f"{key}-value"))
            since = from_on(key)
            if st.form_submit_button(t("rules.save"), type="primary"):
                value = typed / 100 if is_rate(metric) else typed
                done(saved(since), form, rules.set_target, viewer, metric, value, since)


def is_rate(metric: str) -> bool:
    """Is the target of this metric a share, written as a percentage?"""
    return metric in BANDS or METRICS[metric].kind is Kind.RATE


def tiers(viewer: Viewer) -> None:
    left, right = st.columns([1.6, 1], gap="small")
    with left, panel(t("rules.part.tiers"), key="rules-tiers"):
        rows = [
            {
                t("rules.tier_name"): (row["name_en"] if language() == "en" else None) or row["name"],
                t("rules.tier_kind"): word(TierKind(row["kind"])),
                t("rules.value"): _tier_value(TierKind(row["kind"]), row["value"]),
                t("rules.tier_priority"): str(row["priority"]),
                t("rules.now"): when(row["from_on"], row["to_on"]),
            }
            for row in load(canteen.tier_versions, viewer).iter_rows(named=True)
        ]
        versions(rows, "tiers-table")
    with right, panel(t("rules.save"), key="rules-tier-form"):
        _tier_form(viewer)


def _tier_form(viewer: Viewer) -> None:
    form = "rule-tier"
    key = fresh(form)
    with st.form(key, border=False):
        code = st.text_input(t("rules.tier_code"), key=f"{key}-code", autocomplete="off")
        name = st.text_input(t("rules.tier_name"), key=f"{key}-name", autocomplete="off")
        kind = choice(t("rules.tier_kind"), TierKind, f"{key}-kind")
        typed = float(st.number_input(t("rules.tier_value"), value=0.0, step=1.0, format="%.2f", key=f"{key}-value"))
        priority = int(st.number_input(t("rules.tier_priority"), value=50, step=1, key=f"{key}-priority"))
        since = from_on(key)
        if st.form_submit_button(t("rules.save"), type="primary"):
            value = round(typed) if kind is TierKind.PERCENT else round(typed * 100)
            facts = TierFacts(code.strip(), name.strip(), kind, value, since, priority)
            done(saved(since), form, canteen.add_tier, viewer, facts)


def _name(metric: str) -> str:
    key = f"metrics.{metric}.name"
    return t(key) if known(key) else t(f"canteen.target.{metric}") if known(f"canteen.target.{metric}") else metric


def _value(metric: str, value: float) -> str:
    if metric not in METRICS and metric not in BANDS:
        return f"{value:g}"
    return words.share(value) if is_rate(metric) else f"{value:g}"


def _tier_value(kind: TierKind, value: int) -> str:
    return f"{value}%" if kind is TierKind.PERCENT else words.money(value)
