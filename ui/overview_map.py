"""The overview's map: the service points and how many cases are open at each building."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

import access
from data_access import open_cases
from geo.neighbourhood import Area
from texts import t
from ui import address, words
from ui.loading import load
from ui.parts import panel, plain
from ui.service_places import Spot, door_words, seal, spots, today
from ui.town_area import area
from ui.town_map import Picked, Point, map_caption, town_map
from vocabulary.cases import Show
from vocabulary.questions import Filters, Viewer

PAGES = Path(__file__).parent.parent / "pages"
PICKED = "overview picked"
COUNT = "open "
Counts = dict[str | None, int]
"""Open cases by the number of their building; None for those at none."""


def town(viewer: Viewer) -> None:
    """The panel with the map, its legend, and beneath it what was picked on it."""
    found, drawn = spots(viewer), area(viewer)
    counts: dict[str | None, int] = dict(load(open_cases.open_by_building, viewer).iter_rows())
    with panel(t("overview.map_title"), _note(drawn, counts), key="map"):
        _town(found, drawn, counts)
        _explain(viewer, found, counts)


def _note(drawn: Area, counts: Counts) -> str:
    """What the numbers are, and how many open cases stand at none of these buildings."""
    here = sum(counts.get(building.number, 0) for building in drawn.buildings)
    elsewhere = sum(counts.values()) - here
    if not here:
        return t("overview.map_note_none")
    return t("overview.map_note") + (t("overview.map_elsewhere", count=words.number(elsewhere)) if elsewhere else "")


def _town(found: list[Spot], drawn: Area, counts: Counts) -> None:
    points = [seal(spot) for spot in found]
    town_map(
        "overview-map",
        points=[*points, *_discs(drawn, counts)],
        selected=st.session_state.get(PICKED),
        on_pick=_pick,
        area=drawn,
        height=520,
    )
    map_caption(points, t("overview.map_count") if counts else None)


def _discs(drawn: Area, counts: Counts) -> list[Point]:
    return [
        Point(
            id=f"{COUNT}{building.number}",
            lat=building.corner[0],
            lon=building.corner[1],
            label=t("overview.building_count", number=building.number, count=words.number(counts[building.number])),
            count=counts[building.number],
        )
        for building in drawn.buildings
        if counts.get(building.number)
    ]


def _pick(picked: Picked) -> None:
    """A disc stands for its building."""
    on_disc = picked.what == "point" and picked.id.startswith(COUNT)
    st.session_state[PICKED] = Picked("block", picked.id.removeprefix(COUNT)) if on_disc else picked


def _explain(viewer: Viewer, found: list[Spot], counts: Counts) -> None:
    picked: Picked | None = st.session_state.get(PICKED)
    if picked is None:
        return
    with st.container(key="map-picked", horizontal=True, vertical_alignment="center", gap="small"):
        if picked.what == "block":
            _building(viewer, picked.id, counts.get(picked.id, 0))
        for spot in found:
            if picked.what == "point" and spot.code == picked.id:
                _place(viewer, spot)


def _building(viewer: Viewer, number: str, count: int) -> None:
    said = "building" if count else "building_none"
    st.markdown(t(f"overview.{said}", number=plain(number), count=words.number(count)), width="content")
    if count and "cases" in access.pages(viewer):
        chosen = Filters(buildings=(number,), show=Show.OPEN)
        _go("cases", "see_cases", address.written(chosen))


def _place(viewer: Viewer, spot: Spot) -> None:
    st.markdown(f"**{plain(spot.name)}** {door_words(spot)} · {plain(today(spot))}", width="content")
    if "service_points" in access.pages(viewer):
        _go("service_points", "see_place", {"place": spot.code})


def _go(page: str, words_key: str, query: Mapping[str, str | list[str]]) -> None:
    st.page_link(
        PAGES / f"{page}.py",
        label=t(f"overview.{words_key}"),
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=query,
    )
