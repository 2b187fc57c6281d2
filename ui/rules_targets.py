"""What metrics should reach."""

import streamlit as st

from data_access import rules
from metrics.catalogue import METRICS
from metrics.figure import Kind
from texts import known, t
from ui import words
from ui.forms import done, fresh
from ui.loading import load
from ui.parts import panel
from ui.rules_parts import from_on, saved, versions, when
from vocabulary.questions import Viewer

BANDS = ("canteen_margin_least", "canteen_margin_most")
"""Targets that belong to a metric of another key."""


def targets(viewer: Viewer) -> None:
    left, right = st.columns([1.6, 1], gap="small")
    with left, panel(t("rules.part.targets"), key="rules-targets"):
        rows = [
            {
                t("rules.metric"): _name(row["metric"]),
                t("rules.value"): _value(row["metric"], row["value"]),
                t("rules.in_force"): when(row["from_on"], row["to_on"]),
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


def _name(metric: str) -> str:
    key = f"metrics.{metric}.name"
    return t(key) if known(key) else t(f"canteen.target.{metric}") if known(f"canteen.target.{metric}") else metric


def _value(metric: str, value: float) -> str:
    if metric not in METRICS and metric not in BANDS:
        return f"{value:g}"
    return words.share(value) if is_rate(metric) else f"{value:g}"
