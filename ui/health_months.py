"""The reported months of a group on the page, and for the hospital the form that reports or corrects one."""

from datetime import date, timedelta
from html import escape

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import health
from data_access.health import HealthFacts
from texts import t
from ui import words
from ui.choosing import chosen
from ui.forms import Row, choice, day, done, fresh, quiet
from ui.health_head import month_named
from ui.loading import load
from ui.parts import log, panel
from vocabulary.health import HealthGroup, HealthNumber
from vocabulary.questions import Viewer
from vocabulary.refusals import word

NEW = "health-new"
ACROSS = 3


def months(viewer: Viewer, group: HealthGroup) -> None:
    """The table of months; those who may write have the form beside it."""
    writes = access.allows(viewer, Permission.WRITE_HEALTH)
    told = load(health.months, viewer, clock.today(), clock.today())
    rows = [row for row in told.iter_rows(named=True) if row["health_group"] == group][::-1]
    left, right = st.columns([1.5, 1], gap="small") if writes else (st.container(), None)
    note = t("health.rows_note" if writes else "health.rows_note_read", group=word(group), count=len(rows))
    with left, panel(t("health.rows_title"), note, key="health-rows"):
        if not rows:
            quiet(t("health.chart_none"))
        row = chosen("health-months", rows, _shown(rows)) if rows else None
        if row:
            corrections_of(viewer, row)
    if right is not None:
        title = t("health.new_title")
        if row:
            title = t("health.correct_title", month=month_named(row["month"]), group=word(group))
        with right, panel(title, key="health-form"):
            form(viewer, group, row)


def _shown(rows: list[Row]) -> pl.DataFrame:
    numbers = {
        word(number): ["" if row[number.value] is None else words.number(row[number.value]) for row in rows]
        for number in HealthNumber
    }
    return pl.DataFrame({t("health.month"): [f"{row['month']:%Y-%m}" for row in rows], **numbers})


def corrections_of(viewer: Viewer, row: Row) -> None:
    """What was corrected in a month, why, from what to what; nothing where nothing was."""
    changes = load(health.history, viewer, row["id"])
    if not changes:
        return
    st.markdown(f"**{t('health.history_title')}**")
    log([("", words.moment(one["at"]), _reason(one), _changes(one)) for one in changes])


def _reason(one: Row) -> str:
    return t("health.why", reason=escape(access.masked(one["reason"])))


def _changes(one: Row) -> str:
    return t("health.join").join(
        t("health.changed", name=_name(name), before=_value(name, before), after=_value(name, one["after"][name]))
        for name, before in one["before"].items()
    )


def _name(column: str) -> str:
    return word(HealthNumber(column)) if column in set(HealthNumber) else t(f"columns.{column}")


def _value(column: str, value: str | int | None) -> str:
    if value is None:
        return words.NONE
    return word(HealthGroup(str(value))) if column == "health_group" else str(value)


def form(viewer: Viewer, group: HealthGroup, row: Row | None) -> None:
    """Reports a month of the group, or corrects the one that was chosen; what was typed stays on a refusal."""
    name = f"health-{row['id']}-{row['version']}" if row else f"{NEW}-{group.value}"
    key = fresh(name)
    with st.form(key, border=False):
        left, right = st.columns(2)
        with left:
            month = day(t("health.month"), f"{key}-month", row["month"] if row else _last_month())
        with right:
            told = choice(t("health.group_label"), HealthGroup, f"{key}-group", group)
        numbers = _numbers(key, row)
        why = st.text_input(t("health.reason"), key=f"{key}-why", max_chars=200) if row else ""
        quiet(t("health.form_help"))
        sent = st.form_submit_button(t("health.correct" if row else "health.add"), type="primary")
    if not sent:
        return
    blank = [number for number in HealthNumber if numbers[number] is None and number is not HealthNumber.CONTROLLED]
    if blank:
        st.error(t("health.refused.blank", name=word(blank[0])), icon=":material/error:")
        return
    facts = HealthFacts(month, told, **{number.value: value for number, value in numbers.items()})  # type: ignore[arg-type]
    named = {"month": month_named(month), "group": word(told)}
    if row is None:
        done(t("health.added", **named), name, health.add_month, viewer, facts)
    else:
        write = (row["id"], row["version"], why, facts)
        done(t("health.corrected", **named), name, health.correct_month, viewer, *write)


def _numbers(key: str, row: Row | None) -> dict[HealthNumber, int | None]:
    """Boxes that begin empty: a number that was forgotten is no nought."""
    found: dict[HealthNumber, int | None] = {}
    columns = st.columns(ACROSS)
    for n, number in enumerate(HealthNumber):
        now = row[number.value] if row else None
        with columns[n % ACROSS]:
            found[number] = st.number_input(word(number), value=now, step=1, key=f"{key}-{number.value}")
    return found


def _last_month() -> date:
    return clock.today().replace(day=1) - timedelta(1)
