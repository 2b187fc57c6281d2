"""The kept map on a page: hosts its ground, sends what changes, brings clicks back to Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import streamlit as st

from geo.ground import ground, shape
from geo.ink import Tone
from geo.neighbourhood import Area
from geo.seals import CHARACTERS, picture
from texts import language, t
from vocabulary.enums import PlaceKind

What = Literal["point", "block", "dot", "ground"]
STATIC = Path(__file__).parent.parent / "static" / "map"
BUTTONS = 47
"""Pixels that the row of buttons takes on a phone."""

_host = st.components.v2.component(
    "town_map",
    html='<div class="room"><iframe></iframe></div>',
    css=(STATIC / "host.css").read_text(encoding="utf-8"),
    js=(STATIC / "host.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Picked:
    """A point by its id, a block by the number of its building, a dot by its id, the ground by "latitude,longitude"."""

    what: What
    id: str

    @classmethod
    def on_ground(cls, lat: float, lon: float) -> "Picked":
        """A place where nothing stands."""
        return cls("ground", f"{lat:.4f},{lon:.4f}")

    @property
    def at(self) -> tuple[float, float]:
        """Latitude and longitude, to about ten metres, of what is on the ground."""
        lat, lon = self.id.split(",")
        return float(lat), float(lon)


@dataclass(frozen=True)
class Point:
    """A seal, a count, or both: `mark` is the character in the seal, `text` the lines under `label` in the popup."""

    id: str
    lat: float
    lon: float
    label: str
    kind: PlaceKind | None = None
    mark: str = ""
    text: tuple[str, ...] = ()
    paused: bool = False
    count: int | str | None = None


@dataclass(frozen=True)
class Dots:
    """Columns of equal length; the tone of a dot is a colour of geo.ink."""

    id: Sequence[str]
    lat: Sequence[float]
    lon: Sequence[float]
    tone: Sequence[Tone]


def town_map(
    key: str,
    *,
    points: Sequence[Point],
    shades: Mapping[str, int] | None = None,
    dots: Dots | None = None,
    stamp: str | int | None = None,
    selected: Picked | str | None = None,
    height: int | str = 440,
    on_pick: Callable[[Picked], object] | None = None,
    title: str | None = None,
    blocks: bool = True,
    anywhere: bool = False,
    area: Area | None = None,
) -> Picked | None:
    """The map; what was clicked since the last run, once. `on_pick` hears of it before the page runs.

    `shades`: building number → step 0–4. `dots` are sent, and drawn anew, when `stamp` changes. `selected` names a
    point (a str) or whatever was picked. `blocks=False` where a click on a building means nothing, `anywhere` where
    one on open ground means something.
    `height`: the most it takes, in pixels or as CSS. `area`: what the database holds in place of the bundled drawing.
    """
    spoken = language()
    grounds = [ground(spoken, dark, area) for dark in (False, True)]
    data = {
        "name": key,
        "grounds": grounds,
        "title": title or t("map.title"),
        "tall": f"{height}px" if isinstance(height, int) else height,
        "fit": f"calc({shape(area):.4f} * 100cqw + {BUTTONS}px)",
        "points": [_sent(point) for point in points],
        "shades": dict(shades or {}),
        "dots": dots and {"id": list(dots.id), "lat": list(dots.lat), "lon": list(dots.lon), "tone": list(dots.tone)},
        "stamp": stamp,
        "selected": _chosen(selected),
        "blocks": blocks,
        "anywhere": anywhere,
    }
    return _picked(_host(key=key, data=data, on_picked_change=lambda: _tell(key, on_pick)).picked)


def map_caption(points: Sequence[Point] = (), counts: str | None = None) -> None:
    """The legend of the seals shown, what a count means, and that nothing here was surveyed."""
    seals = dict.fromkeys((point.kind, point.mark) for point in points if point.kind)
    items = [_entry(picture(kind, mark), _called(kind, mark)) for kind, mark in seals if kind]
    if counts:
        items.append(f'<span style="{ITEM}"><b style="{DISC}">3</b>{escape(counts)}</span>')
    if any(point.paused for point in points):
        items.append(f'<span style="{ITEM}"><b style="{HOLLOW}"></b>{escape(t("map.paused"))}</span>')
    items.append(f'<span style="{ITEM}">{escape(t("map.schematic"))}</span>')
    st.html(f'<div style="{ROW}">{"".join(items)}</div>')


ROW = "display:flex;flex-wrap:wrap;gap:4px 14px;font-size:.875rem;line-height:1.5;color:var(--soft,inherit)"
ITEM = "display:inline-flex;align-items:center;gap:5px"
DISC = (
    "display:inline-grid;place-items:center;width:19px;height:19px;border:2px solid #A8381F;border-radius:50%;"
    "background:#fff;color:#8A2A16;font-size:.8125rem;line-height:1"
)
HOLLOW = "display:inline-block;width:14px;height:14px;border:1.5px dashed currentColor;border-radius:50%"


def _entry(svg: str, words: str) -> str:
    image = f'<img alt="" width="22" height="22" src="data:image/svg+xml,{quote(svg)}">'
    return f'<span style="{ITEM}">{image}{escape(words)}</span>'


def _called(kind: PlaceKind, mark: str) -> str:
    """A workshop's seal stands for its trade."""
    trade = next((trade for trade, character in CHARACTERS.items() if character == mark), None)
    return t(f"words.trade.{trade}") if trade else t(f"words.place_kind.{kind}")


def _sent(point: Point) -> dict[str, Any]:
    row: dict[str, Any] = {"id": point.id, "lat": point.lat, "lon": point.lon, "label": point.label}
    row |= {"kind": point.kind, "mark": point.mark, "text": list(point.text), "paused": point.paused}
    return row if point.count is None else row | {"count": str(point.count)}


def _chosen(selected: Picked | str | None) -> dict[str, str] | None:
    if isinstance(selected, Picked):
        return {"what": selected.what, "id": selected.id}
    return {"what": "point", "id": selected} if selected else None


def _picked(raw: Mapping[str, Any] | None) -> Picked | None:
    return Picked(raw["what"], str(raw["id"])) if raw else None


def _tell(key: str, on_pick: Callable[[Picked], object] | None) -> None:
    picked = _picked(st.session_state[key].get("picked"))
    if picked and on_pick:
        on_pick(picked)
