"""The ground of the map, drawn by Folium once per content and kept by its hash."""

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import lru_cache
from html import escape
from math import cos, radians
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from geo import neighbourhood
from geo.ink import Ink, ink
from geo.neighbourhood import CENTRE, Area, Spot, bundled
from geo.seals import SEALS
from texts import Language, language, speaking, t

PARTS = ("seals", "labels", "blocks", "controls", "touch", "points")
SCRIPTS = ("leaflet/leaflet", "leaflet/dollar", *(f"map/{part}" for part in PARTS))
STYLES = ("leaflet/leaflet", "map/points")
TAGS = {"zh": "zh-CN", "en": "en"}
HALF_SIDE = 0.003
"""Degrees around the centre that an area without any building shows."""

_kept: dict[str, bytes] = {}


class OfflineMap(folium.Map):
    """A Folium map whose every file comes from our own host."""

    default_js = [(f"{name}.js", f"/assets/{name}.js") for name in SCRIPTS]  # noqa: RUF012 - Folium's own attribute
    default_css = [(f"{name}.css", f"/assets/{name}.css") for name in STYLES]  # noqa: RUF012 - the same


class Bridge(MacroElement):
    """Hands the finished map to points.js; added last, so that it runs after Folium's own script."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "ground.open({{ this._parent.get_name() }}, {{ this.group.get_name() }}, {{ this.settings|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, group: folium.FeatureGroup, settings: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self.group, self.settings = "Bridge", group, settings


def ground(spoken: Language, dark: bool, area: Area | None = None) -> str:
    """The hash of a ground; the bundled neighbourhood unless an area of the database is given."""
    return _kept_ground(spoken, dark, area or bundled())


def page(sha: str) -> bytes | None:
    """The HTML behind a hash that `ground` returned in this process."""
    return _kept.get(sha)


@lru_cache(maxsize=16)
def shape(area: Area | None = None) -> float:
    """Height over width of what a ground shows, for a frame without empty bands."""
    (south, west), (north, east) = _bounds(area or bundled())
    return (north - south) / ((east - west) * cos(radians((north + south) / 2)))


@lru_cache(maxsize=64)
def _kept_ground(spoken: Language, dark: bool, area: Area) -> str:
    with speaking(spoken):
        html = _settled(_rendered(_drawn(ink(dark), area), ink(dark))).encode()
    sha = hashlib.sha256(html).hexdigest()[:20]
    _kept[sha] = html
    return sha


def _drawn(paper: Ink, area: Area) -> OfflineMap:
    """Bottom to top: scenery, blocks, grids, labels, then an empty group for the seals."""
    town = OfflineMap(
        location=CENTRE,
        zoom_start=17,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        scroll_wheel_zoom=False,
        zoom_snap=0.1,
        zoom_delta=0.6,
    )
    town.options |= {"min_zoom": 13, "max_zoom": 20}  # Folium gives its own two to tile layers only
    for layer in (*(_scenery(paper) if area.scenery else ()), _blocks(paper, area)):
        layer.add_to(town)
    _grids(paper, area).add_to(town)
    for label in _labels(area):
        label.add_to(town)
    group = folium.FeatureGroup(name="seals", control=False)
    group.add_to(town)
    folium.LayerControl(collapsed=False).add_to(town)
    Bridge(group, _settings(paper, area)).add_to(town)
    return town


def _scenery(paper: Ink) -> Iterator[folium.GeoJson]:
    yield _still("ground", fillColor=paper.ground, color=paper.ground_edge, weight=1.5, dashArray="2 4")
    yield _still("plaza", fillColor=paper.plaza, color=paper.plaza, weight=1)
    yield _still("house", fillColor=paper.plaza, color=paper.lane_edge, weight=1)
    yield _still("lane", fill=False, color=paper.lane_edge, weight=2.4)
    yield _still("lane", fillColor=paper.lane, weight=0)
    yield _still("gate", fillColor=paper.mark, weight=0)
    yield _trees(paper)


def _still(part: str, **style: Any) -> folium.GeoJson:
    """One part of the scenery, dead to the pointer."""
    look = {"interactive": False, "fillOpacity": 1, **style}
    return folium.GeoJson(
        _collection(neighbourhood.scenery(part)),
        style_function=lambda _: look,
        smooth_factor=0.3,
        control=False,
    )


def _trees(paper: Ink) -> folium.GeoJson:
    look = {
        "interactive": False,
        "fill": True,
        "fillColor": paper.tree,
        "fillOpacity": 0.85,
        "color": paper.tree_edge,
        "weight": 1,
    }
    return folium.GeoJson(
        _collection(neighbourhood.scenery("tree")),
        marker=folium.Circle(radius=5),
        style_function=lambda feature: {**look, "radius": feature["properties"]["radius"]},
        control=False,
    )


def _blocks(paper: Ink, area: Area) -> folium.GeoJson:
    """A feature with an id can be picked."""
    look = {"fillColor": paper.block, "fillOpacity": 1, "color": paper.block_edge, "weight": 1}
    blocks = [
        neighbourhood.polygon(building.outline, id=building.number, name=_called(building.number))
        for building in area.buildings
    ]
    return folium.GeoJson(_collection(blocks), style_function=lambda _: look, smooth_factor=0, control=False)


def _grids(paper: Ink, area: Area) -> folium.FeatureGroup:
    """A layer of its own that the reader switches on."""
    layer = folium.FeatureGroup(name=t("map.grids"), show=False)
    look = {"interactive": False, "fill": False, "color": paper.mark, "weight": 2, "dashArray": "7 5"}
    outlines = _collection([neighbourhood.polygon(grid.outline) for grid in area.grids])
    folium.GeoJson(outlines, style_function=lambda _: look, smooth_factor=0.3).add_to(layer)
    for grid in area.grids:
        name = grid.name if language() == "zh" else grid.name_en
        _label(neighbourhood.middle(grid.outline), "grid", _option(name)).add_to(layer)
    return layer


def _labels(area: Area) -> Iterator[folium.Marker]:
    for building in area.buildings:
        options = _option(_called(building.number)) + _option(building.number, "short")
        yield _label((building.lat, building.lon), "block", options, building.number)
    if area.scenery:
        yield from _names()


def _names() -> Iterator[folium.Marker]:
    """A name with several spots is written once, at the first free one."""
    for feature in neighbourhood.scenery("name"):
        of = feature["properties"]
        name = of["name"] if language() == "zh" else of["name_en"]
        for lon, lat in feature["geometry"]["coordinates"]:
            yield _label((lat, lon), of["kind"], _option(name, of["turn"]))


def _called(number: str) -> str:
    return t("map.building", number=number)


def _option(words: str, manner: str = "full") -> str:
    return f'<span class="say {manner}">{escape(words)}</span>'


def _label(spot: Spot, kind: str, options: str, block: str | None = None) -> folium.Marker:
    """labels.js shows one of the options, or none."""
    of = "" if block is None else f' data-block="{escape(block)}"'
    html = f'<span class="words {kind}" data-kind="{kind}"{of}>{options}</span>'
    icon = folium.DivIcon(html=html, class_name="label", icon_size=(0, 0))
    return folium.Marker(spot, icon=icon, interactive=False, keyboard=False)


def _settings(paper: Ink, area: Area) -> dict[str, Any]:
    """What points.js needs to know of this drawing."""
    kinds = {
        str(kind): {**asdict(seal), "bare": seal.bare_dark if paper.scheme == "dark" else seal.bare}
        for kind, seal in SEALS.items()
    }
    words = {name: t(f"map.{name}") for name in WORDS}
    plain = {"fill": paper.block, "edge": paper.block_edge, "chosen": paper.mark, "shaded": paper.shade_edge}
    shades = [asdict(shade) for shade in paper.shades]
    return {
        "bounds": _bounds(area),
        "kinds": kinds,
        "words": words,
        "block": plain,
        "shades": shades,
        "tones": paper.tones,
    }


WORDS = ("zoom_in", "zoom_out", "whole", "close", "layers", "two_fingers", "blocks", "title")


def _bounds(area: Area) -> tuple[Spot, Spot]:
    """South-west and north-east of all that is drawn."""
    outlines = [building.outline for building in area.buildings] + [grid.outline for grid in area.grids]
    if area.scenery:
        rings = [feature["geometry"]["coordinates"][0] for feature in neighbourhood.scenery("ground")]
        outlines += [tuple((lat, lon) for lon, lat in ring) for ring in rings]
    spots = [spot for outline in outlines for spot in outline] or [
        (CENTRE[0] + side * HALF_SIDE, CENTRE[1] + side * HALF_SIDE) for side in (-1, 1)
    ]
    lats, lons = zip(*spots, strict=True)
    return (min(lats), min(lons)), (max(lats), max(lons))


def _collection(of: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Copies, because Folium numbers the features it is given."""
    return {"type": "FeatureCollection", "features": [dict(feature) for feature in of]}


def _rendered(town: OfflineMap, paper: Ink) -> str:
    figure: Any = town.get_root()
    figure.header.add_child(folium.Element(_head(paper)))
    html: str = figure.render().replace("<html>", f'<html lang="{TAGS[language()]}">', 1)
    return re.sub(r'<meta name="viewport"[^>]*>', VIEWPORT, html, count=1)


VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
"""Folium's own forbids zooming the page."""


def _head(paper: Ink) -> str:
    inks = {name: value for name, value in asdict(paper).items() if isinstance(value, str) and name != "scheme"}
    properties = ";".join(f"--{name.replace('_', '-')}:{value}" for name, value in inks.items())
    return f"<title>{t('map.title')}</title><style>:root{{{properties};color-scheme:{paper.scheme}}}</style>"


def _settled(html: str) -> str:
    """Folium's random ids become n0, n1 …: the same content has the same hash, also after a restart."""
    numbers, names = itertools.count(), dict[str, str]()
    return re.sub(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", lambda hit: _named(hit[0], names, numbers), html)


def _named(found: str, names: dict[str, str], numbers: Iterator[int]) -> str:
    if found not in names:
        names[found] = f"n{next(numbers)}"
    return names[found]
