"""The map of the open cases: how many stand at each building; a click narrows the page to one building."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from data_access import cases
from geo.neighbourhood import Area
from texts import t
from ui import words
from ui.filters_cases import NOW, change
from ui.loading import load
from ui.parts import panel
from ui.town_area import area
from ui.town_map import Picked, Point, map_caption, town_map
from vocabulary.questions import Filters, Viewer

COUNT = "open "


def town(viewer: Viewer, filters: Filters, opened: cases.CaseDetail | None = None) -> None:
    """The panel with the map, its legend and what it cannot show; the point of the opened case, if it has one."""
    drawn = area(viewer)
    found = load(cases.map_counts, viewer, filters)
    counts = Counter[str | None]()
    for building, count in zip(found["building"], found["cases"], strict=True):
        counts[building] += count
    placed = {building.number for building in drawn.buildings}
    elsewhere = sum(count for building, count in counts.items() if building not in placed)
    with panel(t("cases.map_title"), t("cases.map_note"), key="cases-map"):
        town_map(
            "cases-map",
            points=_discs(drawn, counts),
            selected=_ringed(filters, opened),
            on_pick=_pick,
            area=drawn,
            height=440,
        )
        map_caption(counts=t("cases.map_count"))
        if elsewhere < sum(counts.values()):
            said = t("cases.map_elsewhere", count=words.number(elsewhere)) if elsewhere else ""
        else:
            said = t("cases.map_none")
        if said:
            st.markdown(f":small[:gray[{said}]]")


def _ringed(filters: Filters, opened: cases.CaseDetail | None) -> Picked | None:
    """The point of the opened case, else the one building that the filter asks for."""
    if opened and opened.lat is not None and opened.lon is not None:
        return Picked.on_ground(opened.lat, opened.lon)
    return Picked("block", filters.buildings[0]) if len(filters.buildings) == 1 else None


def _discs(drawn: Area, counts: Mapping[str | None, int]) -> list[Point]:
    return [
        Point(
            id=f"{COUNT}{building.number}",
            lat=building.corner[0],
            lon=building.corner[1],
            label=t("cases.map_label", number=building.number, count=words.number(counts[building.number])),
            count=counts[building.number],
        )
        for building in drawn.buildings
        if counts.get(building.number)
    ]


def _pick(picked: Picked) -> None:
    """A building narrows the page to itself, a second time lets go; a disc stands for its building."""
    number = picked.id.removeprefix(COUNT)
    now: Filters = st.session_state[NOW]
    change(buildings=() if now.buildings == (number,) else (number,))
