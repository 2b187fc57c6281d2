"""The head of the service points: who they are, what is open now, and three figures."""

import streamlit as st

import clock
from data_access import stalls, workdays
from texts import t
from ui import parts, words
from ui.evidence import cards
from ui.filters import period_bar
from ui.loading import load
from ui.overview_head import community
from ui.parts import plain
from ui.service_filters import only_open
from ui.service_places import Door, Spot, open_count
from vocabulary.questions import Filters, Period, Viewer

FIGURES = ("stalls_open", "stall_customers")


def head(viewer: Viewer) -> Period:
    """Title, community, this minute, badges, and the period that was chosen."""
    chosen: list[Period] = []
    today = clock.today()
    subtitle = t(
        "service_points.subtitle",
        community=load(community, viewer) or t("words.community"),
        day=words.day(today),
        weekday=words.day_of_week(today),
    )
    parts.head(t("service_points.title"), subtitle, lambda: chosen.append(period_bar("service_points")))
    return chosen[0]


def sentence(viewer: Viewer, spots: list[Spot]) -> str:
    """HTML of ours: what is open at this minute, and whether the day is an unusual one."""
    here, all_of_them = open_count(spots)
    parts_of_it = [t("service_points.lead", open=here, all=all_of_them)]
    agreed = [row for row in load(stalls.openings, viewer, clock.today()).iter_rows(named=True) if row["agreed"]]
    opened = [row for row in agreed if row["opened_at"]]
    if agreed:
        parts_of_it.append(t("service_points.lead_stalls", opened=len(opened), agreed=len(agreed)))
    if customers := sum(row["customers"] or 0 for row in opened):
        parts_of_it.append(t("service_points.lead_customers", customers=words.number(customers)))
    return "".join(parts_of_it) + t("service_points.lead_stop") + _unusual(viewer)


def _unusual(viewer: Viewer) -> str:
    """A public holiday on a weekday, or a working weekend: the usual hours may not hold."""
    works = load(workdays.calendar, viewer).works.get(clock.today())
    if works is None:
        return ""
    return " " + t("service_points.makeup" if works else "service_points.holiday")


def figures(viewer: Viewer, spots: list[Spot], period: Period) -> None:
    """The stalls' two figures, and how many service points are open now with the list of them."""
    left, right = st.columns([2, 1], gap="small")
    with right:
        _open_now(spots)
    with left:
        cards(viewer, FIGURES, period, Filters(), "service_points")


def _open_now(spots: list[Spot]) -> None:
    here, all_of_them = open_count(spots)
    with st.container(border=True, key="card-open-now", height="stretch", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f"**{t('service_points.open_title')}**", width="stretch")
            with st.popover(t("words.definition"), type="tertiary"):
                st.markdown(t("service_points.open_definition"))
        unit = t("service_points.places_unit")
        st.metric(t("service_points.open_title"), f"{here} :small[:gray[{unit}]]", label_visibility="collapsed")
        share = f"{here / all_of_them:.1%}" if all_of_them else "0%"
        note = t("service_points.open_of", open=here, all=all_of_them)
        st.html(f'<div class="target" style="--v:{share}"><i></i></div><p class="note"><span>{note}</span></p>')
        if shut := [plain(spot.name) for spot in spots if spot.door not in (Door.OPEN, Door.CLOSED)]:
            names = t("service_points.list_join").join(shut)
            st.markdown(f":small[:gray[{t('service_points.not_open', names=names)}]]")
        st.space("stretch")
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f":small[:gray[{t('words.as_of_short', at=words.clock_time(clock.now()))}]]", width="content")
            st.button(
                t("service_points.open_rows", count=here),
                key="open-now-rows",
                type="tertiary",
                icon=":material/chevron_right:",
                icon_position="right",
                on_click=only_open,
            )
