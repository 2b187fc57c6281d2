"""The list of service points beside their map: choosing in one chooses in the other."""

import streamlit as st

import clock
from texts import t
from ui.parts import plain
from ui.service_filters import LIST, choose
from ui.service_places import Door, Spot, door_words, seal, turns
from ui.town_area import area
from ui.town_map import Picked, map_caption, town_map
from vocabulary.questions import Viewer

BADGES = {
    Door.OPEN: "green",
    Door.SHUT: "gray",
    Door.PAUSED: "orange",
    Door.CLOSED: "gray",
    Door.UNKNOWN: "gray",
}


def town(viewer: Viewer, shown: list[Spot], chosen: Spot | None) -> None:
    """The map of the service points that are shown."""
    points = [seal(spot) for spot in shown]
    town_map(
        "service-map",
        points=points,
        selected=chosen.code if chosen else None,
        on_pick=_pick,
        blocks=False,
        area=area(viewer),
        height=520,
    )
    map_caption(points)


def names(shown: list[Spot], chosen: Spot | None) -> None:
    """The list, one choice of all."""
    if not shown:
        st.markdown(f":gray[{t('service_points.list_none')}]")
        return
    known = {spot.code: spot for spot in shown}
    st.session_state[LIST] = chosen.code if chosen else None
    st.radio(
        t("service_points.list_title"),
        list(known),
        format_func=lambda code: _name(known[code]),
        key=LIST,
        on_change=_choose,
        label_visibility="collapsed",
        width="stretch",
    )


def _name(spot: Spot) -> str:
    said = turns(spot, clock.now())
    return f"{plain(spot.name)} :{BADGES[spot.door]}-badge[{door_words(spot)}]" + (
        f" :small[:gray[{said}]]" if said else ""
    )


def _pick(picked: Picked) -> None:
    if picked.what == "point":
        choose(picked.id)


def _choose() -> None:
    choose(st.session_state[LIST])
