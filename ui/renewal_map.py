"""The map of renewal: each project's mode in a disc, its buildings shaded by how far it is."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import streamlit as st

from geo.neighbourhood import Area
from texts import t
from ui import words
from ui.parts import empty
from ui.renewal_chosen import choose
from ui.town_area import area
from ui.town_map import Picked, Point, town_map
from vocabulary.questions import Viewer

APART = 0.00022
"""How far apart, in degrees of longitude, discs of projects on the same spot stand."""
FIFTH = 25


@dataclass(frozen=True)
class Spot:
    lat: float
    lon: float


def town(viewer: Viewer, there: pl.DataFrame, names: dict[str, str], chosen: str | None) -> None:
    """The map, its legend, and how many projects have no place on it."""
    drawn = area(viewer)
    points, missing = _points(there, drawn, names)
    if not points:
        empty(t("renewal.map_none"))
        return
    town_map(
        "renewal-map",
        points=points,
        shades=shades(there),
        selected=chosen,
        on_pick=_pick(there, names),
        area=drawn,
        height=480,
    )
    st.html(f'<p class="note under">{_legend(there)}{t("map.schematic")}{missing}</p>')


def shades(there: pl.DataFrame) -> dict[str, int]:
    """The step 0–4 of each building: how far its projects are, by area."""
    sums: dict[str, list[float]] = {}
    for buildings, whole, done in there.select("buildings", "area_m2", "done_m2").iter_rows():
        for number in json.loads(buildings):
            whole_sum, done_sum = sums.setdefault(number, [0, 0])
            sums[number] = [whole_sum + whole, done_sum + done]
    return {number: int(done / whole * 100) // FIFTH for number, (whole, done) in sums.items()}


def _points(there: pl.DataFrame, drawn: Area, names: dict[str, str]) -> tuple[list[Point], str]:
    taken: dict[Spot, int] = {}
    points = []
    for row in there.iter_rows(named=True):
        spot = _spot(row["buildings"], row["lat"], row["lon"], drawn)
        if spot is None:
            continue
        place = taken[spot] = taken.get(spot, -1) + 1
        mode = t(f"renewal.word.mode.{row['mode']}")
        function = t(f"renewal.word.function.{row['function']}")
        progress = t("renewal.map_progress", progress=row["progress"], area=words.number(row["area_m2"]))
        points.append(
            Point(
                id=row["number"],
                lat=spot.lat,
                lon=spot.lon + place * APART,
                label=names.get(row["number"], row["number"]),
                text=(f"{mode} · {function}", progress),
                count=t(f"renewal.mark.{row['mode']}"),
            )
        )
    missing = there.height - len(points)
    return points, t("renewal.map_missing", count=missing) if missing else ""


def _spot(buildings: str, lat: float | None, lon: float | None, drawn: Area) -> Spot | None:
    """Its own place, or the middle of its buildings."""
    if lat is not None and lon is not None:
        return Spot(lat, lon)
    numbers = json.loads(buildings)
    here = [building for building in drawn.buildings if building.number in numbers]
    if not here:
        return None
    return Spot(sum(each.lat for each in here) / len(here), sum(each.lon for each in here) / len(here))


def _legend(there: pl.DataFrame) -> str:
    modes = t("renewal.join").join(
        t("renewal.map_mode", mark=t(f"renewal.mark.{mode}"), mode=t(f"renewal.word.mode.{mode}"))
        for mode in dict.fromkeys(there["mode"])
    )
    return t("renewal.map_legend", modes=modes)


def _pick(there: pl.DataFrame, names: dict[str, str]) -> Callable[[Picked], None]:
    """A disc stands for its project, a building for the first one on it; nothing opens for who may read no rows."""

    def take(picked: Picked) -> None:
        found = there.select("number", "buildings").iter_rows()
        on_it = [number for number, buildings in found if picked.id in (number, *json.loads(buildings))]
        if on_it and names:
            choose("project", on_it[0])

    return take
