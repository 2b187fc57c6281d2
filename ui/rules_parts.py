"""What the parts of the rules page share: its head, the choice of the part, tables of versions, the first day."""

from datetime import date
from enum import StrEnum
from html import escape

import polars as pl
import streamlit as st

import clock
from access import OPERATOR
from data_access import canteen, rules, workdays
from texts import t
from ui import parts, words
from ui.forms import day
from ui.loading import load
from vocabulary.questions import Viewer

ROW, HEAD, TALL = 36, 38, 420


class Part(StrEnum):
    LIMITS = "limits"
    NUMBERS = "numbers"
    WORKDAYS = "workdays"
    HOURS = "hours"
    CLOSED = "closed"
    TARGETS = "targets"
    TIERS = "tiers"
    STEPS = "steps"
    PLACES = "places"
    CLAIMS = "claims"
    SUGGESTION = "suggestion"


def head(viewer: Viewer) -> None:
    """Title, how many rules hold, and the warning for a year whose make-up days are not known."""
    parts.head(t("rules.title"), t("rules.subtitle"))
    today = clock.today()
    counts = {
        "limits": _holding(load(rules.limits, viewer), today),
        "targets": _holding(load(rules.target_versions, viewer), today),
        "tiers": _holding(load(canteen.tier_versions, viewer), today),
    }
    parts.lead(t("rules.lead", **{name: words.number(count) for name, count in counts.items()}))
    calendar = load(workdays.calendar, OPERATOR)
    for year in (today.year, today.year + 1):
        if not calendar.announced(year):
            st.warning(escape(t("rules.not_announced", year=year)), icon=":material/event_busy:")


def chosen_part() -> Part:
    """The part the address names, or the one chosen since."""
    asked = st.query_params.get("part")
    now = Part(asked) if asked in set(Part) else Part.LIMITS
    chosen = st.segmented_control(
        t("rules.title"),
        list(Part),
        default=now,
        format_func=lambda part: t(f"rules.part.{part.value}"),
        key="rules-part",
        label_visibility="collapsed",
        required=True,
        wrap=True,
    )
    found = chosen or now
    if st.query_params.get("part") != found.value:
        st.query_params["part"] = found.value
    return found


def from_on(key: str) -> date:
    """From which day a rule is to hold, today unless said."""
    return day(t("rules.from_on"), f"{key}-from")


def when(from_day: date, to_day: date | None) -> str:
    """Now, from a day to come, or the days on which it held."""
    today = clock.today()
    if from_day > today:
        return t("rules.coming", day=words.day(from_day))
    if to_day is None or to_day >= today:
        return t("rules.now")
    return f"{words.day(from_day)} – {words.day(to_day)}"


def versions(rows: list[dict[str, str]], key: str) -> None:
    """A table of rules, each with when it holds; the sentence of an empty one."""
    if not rows:
        parts.empty(t("rules.none_set"))
        return
    shown = pl.DataFrame(rows)
    height = min(TALL, HEAD + ROW * shown.height)
    st.dataframe(shown, hide_index=True, row_height=ROW, height=height, key=key)


def saved(since: date) -> str:
    return t("rules.saved", day=words.day(since))


def _holding(frame: pl.DataFrame, today: date) -> int:
    return frame.filter(pl.col("from_on") <= today, pl.col("to_on").is_null() | (pl.col("to_on") >= today)).height
