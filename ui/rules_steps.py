"""What each of the five steps of deliberation asks for."""

import streamlit as st

import clock
from data_access import renewal
from data_access.renewal import Rule
from texts import t
from ui.forms import choice, done, fresh
from ui.loading import load
from ui.parts import panel
from ui.rules_parts import from_on, saved, versions
from vocabulary.questions import Viewer
from vocabulary.refusals import word
from vocabulary.renewal import Step


def steps(viewer: Viewer) -> None:
    left, right = st.columns([1.6, 1], gap="small")
    found = load(renewal.rules, viewer, clock.today())
    with left, panel(t("rules.part.steps"), key="rules-steps"):
        rows = [
            {
                t("rules.step"): word(step),
                t("rules.votes"): "✓" if rule.votes else "",
                t("rules.quorum"): str(rule.quorum),
                t("rules.pass_percent"): str(rule.pass_percent) if rule.votes else "",
                t("rules.opinions"): str(rule.opinions or ""),
                t("rules.publicity_days"): str(rule.publicity_days or ""),
            }
            for step, rule in found.items()
        ]
        versions(rows, "steps-table")
    with right, panel(t("rules.save"), key="rules-step-form"):
        chosen = choice(t("rules.step"), Step, "rule-step-which")
        now = found[chosen]
        form = f"rule-step-{chosen.value}"
        key = fresh(form)
        with st.form(key, border=False):
            votes = st.checkbox(t("rules.votes"), now.votes, key=f"{key}-votes")
            rule = Rule(
                chosen,
                votes,
                _number("quorum", key, now.quorum),
                _number("pass_percent", key, now.pass_percent),
                _number("opinions", key, now.opinions),
                _number("publicity_days", key, now.publicity_days),
            )
            since = from_on(key)
            if st.form_submit_button(t("rules.save"), type="primary"):
                done(saved(since), form, renewal.change_rule, viewer, rule, since)


def _number(name: str, key: str, now: int) -> int:
    return int(st.number_input(t(f"rules.{name}"), value=now, step=1, key=f"{key}-{name}"))
