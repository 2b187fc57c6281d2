"""The stalls' day log on the service points' page, and the agreements that end, for those who read stalls' rows."""

from datetime import datetime, time
from html import escape

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import places, stall_days, stalls
from data_access.stall_days import StallDayFacts
from metrics.stalls import ending
from texts import language, t
from ui import words
from ui.choosing import chosen
from ui.forms import Row, day, done, fresh, quiet
from ui.loading import load
from ui.parts import log, panel, plain
from ui.worked import worked
from vocabulary.enums import PlaceStatus, Trade
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word

WARNED = 60
OPENS, CLOSES = time(9), time(17)
NAMES = {"stall_id": "which", "day": "day", "opened_at": "opened", "closed_at": "ended", "customers": "count"}


def books(viewer: Viewer, period: Period) -> None:
    """The agreements that end, the logged days, and for the stalls' feeder the forms; nothing for a presenter."""
    if not access.allows(viewer, Permission.SEE_STALL_ROWS):
        return
    writes = access.allows(viewer, Permission.WRITE_STALLS)
    known = {row["stall_id"]: _name(viewer, row) for row in load(stalls.stalls, viewer).iter_rows(named=True)}
    left, right = st.columns([1.6, 1], gap="small")
    with left:
        row = _days(viewer, period, known, writes=writes)
    with right:
        _ending(viewer)
        if writes and known:
            with panel(_title(row, known), key="stall-day-form"):
                work(viewer, row) if row else _log(viewer)


def _title(row: Row | None, known: dict[int, str]) -> str:
    return f"{known[row['stall_id']]} {row['day']}" if row else t("service_points.log_title")


def _name(viewer: Viewer, row: Row) -> str:
    """The workshop in the reader's language, its stall and trade."""
    place = _called(load(places.places, viewer))[row["place"]]
    return t("service_points.stall_named", place=place, number=row["stall"], trade=word(Trade(row["trade"])))


@worked
def _called(known: pl.DataFrame) -> dict[str, str]:
    english = language() == "en"
    names = known[["code", "name", "name_en"]].iter_rows()
    return {code: (english and name_en) or name for code, name, name_en in names}


def _days(viewer: Viewer, period: Period, known: dict[int, str], *, writes: bool) -> Row | None:
    rows = list(load(stall_days.logged, viewer, period.since, period.until).iter_rows(named=True))
    note = t("service_points.days_note" if writes else "service_points.days_note_read", count=len(rows))
    with panel(t("service_points.days_title"), note, key="stall-days"):
        if rows:
            return chosen("stall-days", rows, _shown(rows, known))
        quiet(t("service_points.days_none"))
    return None


def _shown(rows: list[Row], known: dict[int, str]) -> pl.DataFrame:
    times = {
        t(f"service_points.{NAMES[name]}"): [
            words.clock_time(row[name]) if row[name] is not None else words.NONE for row in rows
        ]
        for name in ("opened_at", "closed_at")
    }
    counts = [words.NONE if row["customers"] is None else words.number(row["customers"]) for row in rows]
    return pl.DataFrame(
        {
            t("service_points.day"): [f"{row['day']:%Y-%m-%d}" for row in rows],
            t("service_points.which"): [known[row["stall_id"]] for row in rows],
            **times,
            t("service_points.count"): counts,
        }
    )


def _ending(viewer: Viewer) -> None:
    found = worked(ending)(load(stalls.stalls, viewer), clock.today(), WARNED)
    note = t("service_points.ending_note", count=found.height)
    with panel(t("service_points.ending_title"), note, key="stall-agreements"):
        if found.is_empty():
            quiet(t("service_points.ending_none"))
            return
        st.markdown("\n".join(f"- {_ends(viewer, row)}" for row in found.iter_rows(named=True)))


def _ends(viewer: Viewer, row: Row) -> str:
    key = "service_points.ending_row" if row["left"] >= 0 else "service_points.ended_row"
    return t(key, stall=plain(_name(viewer, row)), day=row["agreement_to"], left=row["left"])


def work(viewer: Viewer, row: Row) -> None:
    """What can be done with the chosen day: closed while it is open, corrected, its corrections read."""
    if row["closed_at"] is None:
        _close(viewer, row)
    with st.expander(t("service_points.correct_title")):
        _correct(viewer, row)
    _history(viewer, row)


def _log(viewer: Viewer) -> None:
    if not _choices(viewer, None):
        quiet(t("service_points.stalls_none"))
        return
    key = fresh("stall-day")
    with st.form(key, border=False):
        facts = _facts(viewer, key, None)
        quiet(t("service_points.log_help"))
        sent = st.form_submit_button(t("service_points.log"), type="primary")
    if sent:
        said = t("service_points.logged", stall=_said(viewer, facts), day=facts.day)
        done(said, "stall-day", stall_days.log_day, viewer, facts)


def _close(viewer: Viewer, row: Row) -> None:
    name = f"stall-day-close-{row['id']}"
    key = fresh(name)
    with st.form(key, border=False):
        ended = st.time_input(t("service_points.ended"), clock.now().time(), key=f"{key}-to", step=300)
        count = st.number_input(t("service_points.count"), value=row["customers"], step=1, key=f"{key}-n")
        sent = st.form_submit_button(t("service_points.close"), type="primary")
    if sent and count is None:
        st.error(t("service_points.refused.customers_missing"), icon=":material/error:")
    elif sent:
        moment = datetime.combine(row["day"], ended, clock.SHANGHAI)
        said = t("service_points.closed_said", stall=_name(viewer, row), day=row["day"])
        done(said, name, stall_days.close_day, viewer, row["id"], row["version"], moment, count)


def _correct(viewer: Viewer, row: Row) -> None:
    name = f"stall-day-correct-{row['id']}-{row['version']}"
    key = fresh(name)
    with st.form(key, border=False):
        facts = _facts(viewer, key, row)
        reason = st.text_input(t("service_points.reason"), key=f"{key}-why", max_chars=200)
        sent = st.form_submit_button(t("service_points.correct"))
    if sent:
        said = t("service_points.corrected", stall=_said(viewer, facts), day=facts.day)
        done(said, name, stall_days.correct_day, viewer, row["id"], row["version"], reason, facts)


def _choices(viewer: Viewer, row: Row | None) -> dict[int, Row]:
    """The stalls a day can be of: those not closed, and when one is corrected, all."""
    known = load(stalls.stalls, viewer).iter_rows(named=True)
    return {one["stall_id"]: one for one in known if row or one["status"] != PlaceStatus.CLOSED}


def _facts(viewer: Viewer, key: str, row: Row | None) -> StallDayFacts:
    now = row or {}
    known = _choices(viewer, row)
    index = list(known).index(now["stall_id"]) if row else 0
    names = {stall_id: _name(viewer, one) for stall_id, one in known.items()}
    which = st.selectbox(
        t("service_points.which"), names, index, format_func=names.__getitem__, key=f"{key}-which", filter_mode=None
    )
    on = day(t("service_points.day"), f"{key}-day", now.get("day"))
    left, right = st.columns(2)
    with left:
        opened = st.time_input(t("service_points.opened"), _time(now.get("opened_at"), OPENS), key=f"{key}-from")
        count = st.number_input(t("service_points.count"), value=now.get("customers"), step=1, key=f"{key}-n")
    with right:
        ended = st.time_input(t("service_points.ended"), _time(now.get("closed_at"), CLOSES), key=f"{key}-to")
        over = st.checkbox(t("service_points.ended_unsaid"), now.get("closed_at") is not None, key=f"{key}-over")
    stall = known[which]
    closed = datetime.combine(on, ended, clock.SHANGHAI) if over else None
    return StallDayFacts(stall["place"], stall["stall"], datetime.combine(on, opened, clock.SHANGHAI), closed, count)


def _time(moment: datetime | None, otherwise: time) -> time:
    return moment.time() if moment else otherwise


def _said(viewer: Viewer, facts: StallDayFacts) -> str:
    stall = load(stalls.stalls, viewer).filter(place=facts.place, stall=facts.stall).row(0, named=True)
    return _name(viewer, stall)


def _history(viewer: Viewer, row: Row) -> None:
    changes = load(stall_days.history, viewer, row["id"])
    if not changes:
        return
    st.markdown(f"**{t('service_points.history_title')}**")
    log([("", words.moment(one["at"]), _why(one), _changes(viewer, one)) for one in changes])


def _why(one: Row) -> str:
    return t("service_points.why", reason=escape(access.masked(one["reason"])))


def _changes(viewer: Viewer, one: Row) -> str:
    return t("service_points.join").join(
        t(
            "service_points.changed",
            name=t(f"service_points.{NAMES[name]}"),
            before=_value(viewer, name, before),
            after=_value(viewer, name, one["after"][name]),
        )
        for name, before in one["before"].items()
    )


def _value(viewer: Viewer, name: str, value: object) -> str:
    if value is None:
        return words.NONE
    if name == "stall_id":
        return escape(_name(viewer, load(stalls.stalls, viewer).filter(stall_id=value).row(0, named=True)))
    return words.moment(datetime.fromisoformat(str(value))) if name.endswith("_at") else escape(str(value))
