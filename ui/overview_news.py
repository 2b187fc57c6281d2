"""What changed lately, as sentences with links, newest first."""

from datetime import datetime, timedelta

import streamlit as st

import clock
from data_access.news import CaseNews, ImportNews, MealNews, News, StallNews, Turn, news
from texts import t
from ui import address, parts, words
from ui.links import linked
from ui.loading import load
from vocabulary.cases import Show
from vocabulary.enums import DROPPED_STATUSES, CaseStatus, MealKind, Trade
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import word

SHOWN = 8
OPENED = "news opened"


def log(viewer: Viewer) -> None:
    """The newest items, all of them when asked for."""
    found = load(news, viewer)
    if not found:
        st.markdown(f":gray[{t('overview.news_none')}]")
        return
    opened = st.session_state.get(OPENED, False)
    shown = found if opened else found[:SHOWN]
    parts.log([_told(item, viewer, newest=item is found[0]) for item in shown])
    if len(found) > SHOWN:
        label = t("overview.news_fewer") if opened else t("overview.news_all", count=len(found))
        st.button(label, key="news-all", type="tertiary", on_click=_turn)


def _turn() -> None:
    st.session_state[OPENED] = not st.session_state.get(OPENED, False)


def _told(item: News, viewer: Viewer, *, newest: bool) -> tuple[str, str, str, str]:
    sentence, note = said(item, viewer)
    mark = "late" if alarming(item) else "now" if newest else ""
    return mark, _when(item.at), sentence, note


def alarming(item: News) -> bool:
    """Does this ask for somebody's attention?"""
    return isinstance(item, CaseNews) and (item.turn in (Turn.RETURNED, Turn.REOPENED) or item.emergencies > 0)


def _when(at: datetime) -> str:
    shown = words.clock_time(at)
    return shown if at.date() == clock.today() else t("news.yesterday", at=shown)


def said(item: News, viewer: Viewer) -> tuple[str, str]:
    """The sentence, as HTML of ours, and the note beneath it."""
    match item:
        case CaseNews():
            return _of_cases(item, viewer)
        case MealNews():
            return _of_meals(item, viewer)
        case StallNews():
            return _of_stalls(item, viewer)
        case ImportNews():
            return _of_import(item, viewer)


def _of_cases(item: CaseNews, viewer: Viewer) -> tuple[str, str]:
    sentence = t(f"news.{item.turn}", cases=words.number(item.cases))
    if item.emergencies and item.turn is Turn.FILED:
        sentence += t("news.emergencies", emergencies=words.number(item.emergencies))
    asked = address.written(filters_of(item))
    if item.case_id is not None:
        asked["case"] = [str(item.case_id)]
    return linked(sentence, viewer, "cases", asked), t("news.join").join(item.titles)


def filters_of(item: CaseNews) -> Filters:
    """The filters under which the list of cases shows these, and at most others like them."""
    day = Period(item.at.date(), item.at.date())
    match item.turn:
        case Turn.FILED:
            return Filters(period=day, show=Show.RECEIVED)
        case Turn.FINISHED:
            return Filters(period=day, show=Show.FINISHED)
        case Turn.RETURNED:
            return Filters(statuses=(CaseStatus.RETURNED.value,), show=Show.OPEN)
        case Turn.REOPENED:
            return Filters(statuses=(CaseStatus.REOPENING.value,), show=Show.OPEN)
        case Turn.DROPPED:
            return Filters(statuses=tuple(status.value for status in DROPPED_STATUSES), show=Show.ALL)


def _of_meals(item: MealNews, viewer: Viewer) -> tuple[str, str]:
    counts = {"meals": words.number(item.meals), "change": _change(item)}
    if item.meal is None:
        sentence = t("news.meal_day", **counts)
    else:
        sentence = t("news.meal", meal=word(MealKind(item.meal)), **counts)
    day = Period(item.at.date(), item.at.date())
    note = t("news.elderly", elderly=words.number(item.elderly))
    return linked(sentence, viewer, "meals", address.written(Filters(period=day))), note


def _change(item: MealNews) -> str:
    """How it compares with the same weekday before; nothing when that had no meal to compare with."""
    if not item.before:
        return ""
    weekday = t(f"news.weekday.{(item.at - timedelta(7)).isoweekday()}")
    named, delta = t("news.last_week", weekday=weekday), item.meals - item.before
    how = "same" if delta == 0 else "more" if delta > 0 else "fewer"
    return t(f"news.meal_{how}", weekday=named, count=words.number(abs(delta)))


def _of_stalls(item: StallNews, viewer: Viewer) -> tuple[str, str]:
    sentence = t("news.stalls", opened=item.opened, agreed=item.agreed)
    missing = t("news.list").join(stall_name(number, trade) for number, trade in item.missing)
    return linked(sentence, viewer, "service_points", {}), t("news.missing", stalls=missing) if missing else ""


def stall_name(number: str, trade: Trade) -> str:
    """1号 配钥匙."""
    return t("service_points.stall_name", number=number, trade=word(trade))


def _of_import(item: ImportNews, viewer: Viewer) -> tuple[str, str]:
    counts = {"new": words.number(item.new), "changed": words.number(item.changed)}
    days = item.since and item.until and Period(item.since, item.until)
    note = t("news.import_days", since=words.day(days.since), until=words.day(days.until)) if days else ""
    if item.kind != "cases":
        return t("news.import_other", **counts), note
    chosen = Filters(period=days or None, batch=item.batch, show=Show.ALL)
    return linked(t("news.import_cases", **counts), viewer, "cases", address.written(chosen)), note
