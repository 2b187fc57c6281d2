"""A service point as a reader meets it: its name, whether it is open now, its seal on the map."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

import polars as pl

import clock
from data_access import places, stalls
from geo.seals import character
from texts import language, t
from ui.loading import load
from ui.town_map import Point
from ui.worked import worked
from vocabulary.enums import Accuracy, PlaceKind, PlaceStatus, Trade
from vocabulary.questions import Viewer
from vocabulary.refusals import word

LAST = time(23, 59)
"""How the hours of a column say that a day ends open."""


class Door(StrEnum):
    """Whether one can go there now."""

    OPEN = "open"
    SHUT = "shut"
    PAUSED = "paused"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Spot:
    """A service point now; `trades` are those of its stalls, `hours` the JSON of its column."""

    code: str
    kind: PlaceKind
    name: str
    address: str | None
    lat: float
    lon: float
    accuracy: Accuracy
    hours: str
    step_free: bool | None
    phone: str | None
    note: str | None
    door: Door
    trades: tuple[Trade, ...]

    @property
    def mark(self) -> str:
        """The character in its seal: a workshop of one trade shows that."""
        return character(self.kind, self.trades[0] if len(self.trades) == 1 else None)


def spots(viewer: Viewer) -> list[Spot]:
    """All service points, as they are at this minute."""
    minute = clock.now().replace(second=0, microsecond=0)
    return worked(_spots)(load(places.places, viewer), load(stalls.stalls, viewer), minute)


def _spots(points: pl.DataFrame, known: pl.DataFrame, now: datetime) -> list[Spot]:
    trades = _trades(known)
    return [_spot(row, trades.get(row["code"], ()), now) for row in points.iter_rows(named=True)]


def _trades(known: pl.DataFrame) -> dict[str, tuple[Trade, ...]]:
    found: dict[str, tuple[Trade, ...]] = {}
    for place, trade in zip(known["place"], known["trade"], strict=True):
        found[place] = tuple(dict.fromkeys((*found.get(place, ()), Trade(trade))))
    return found


def _spot(row: dict[str, object], trades: tuple[Trade, ...], now: datetime) -> Spot:
    same = {name: row[name] for name in ("code", "lat", "lon", "address", "hours", "step_free", "phone", "note")}
    english = row["name_en"] if language() == "en" else None
    return Spot(
        **same,  # type: ignore[arg-type]
        kind=PlaceKind(str(row["kind"])),
        name=str(english or row["name"]),
        accuracy=Accuracy(str(row["accuracy"])),
        door=door_of(str(row["status"]), str(row["hours"]), now),
        trades=trades,
    )


def door_of(status: str, hours: str, now: datetime) -> Door:
    """Open or shut by its hours at this minute, unless it is paused or closed for good, or no hours are known."""
    if status != PlaceStatus.OPEN:
        return Door(status)
    known = places.hours_of(hours)
    if not any(known.by_weekday):
        return Door.UNKNOWN
    return Door.OPEN if known.hold_at(now) else Door.SHUT


def turns(spot: Spot, now: datetime) -> str:
    """When that changes today: until 19:00, opens at 11:00; nothing for one that is paused or stays as it is."""
    spans = places.hours_of(spot.hours).on(now.date())
    if spot.door is Door.OPEN:
        closes = next(closes for opens, closes in spans if opens <= now.time() < closes)
        return "" if closes == LAST else t("service_points.until", at=f"{closes:%H:%M}")
    later = [opens for opens, _ in spans if opens > now.time()]
    return t("service_points.opens", at=f"{later[0]:%H:%M}") if spot.door is Door.SHUT and later else ""


def today(spot: Spot) -> str:
    """Today's hours: 07:00–09:00、11:00–13:00, or that it does not open today."""
    known = places.hours_of(spot.hours)
    if not any(known.by_weekday):
        return t("service_points.hours_unknown")
    return _spans(known.on(clock.today())) or t("service_points.not_today")


def week(spot: Spot) -> list[tuple[str, str]]:
    """The hours of the week, days with the same hours in one line: (周一至周五, 09:00–17:00)."""
    known = places.hours_of(spot.hours).by_weekday
    runs: list[tuple[int, int]] = []
    for day in range(len(known)):
        if runs and known[runs[-1][0]] == known[day]:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    rests = t("service_points.rests")
    return [(_days(first, last), _spans(known[first]) or rests) for first, last in runs]


def _days(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return t("service_points.daily")
    names = [t(f"news.weekday.{day + 1}") for day in (first, last)]
    return names[0] if first == last else t("service_points.days", first=names[0], last=names[1])


def _spans(spans: tuple[tuple[time, time], ...]) -> str:
    if spans == ((time(), LAST),):
        return t("service_points.all_day")
    return t("service_points.list_join").join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans)


def door_words(spot: Spot) -> str:
    return t(f"service_points.door.{spot.door.value}")


def seal(spot: Spot) -> Point:
    """Its seal, with what its popup says: the kind, whether it is open, today's hours."""
    kind = words_of_kind(spot)
    said = f"{door_words(spot)} · {today(spot)}"
    return Point(
        id=spot.code,
        lat=spot.lat,
        lon=spot.lon,
        label=spot.name,
        kind=spot.kind,
        mark=spot.mark,
        text=tuple(line for line in (kind, said, spot.address or "") if line and line != spot.name),
        paused=spot.door in (Door.PAUSED, Door.CLOSED),
    )


def words_of_kind(spot: Spot) -> str:
    """Its kind, and the trades of a workshop: 惠民巧匠坊 · 配钥匙."""
    trades = t("service_points.list_join").join(word(trade) for trade in spot.trades)
    return f"{word(spot.kind)} · {trades}" if trades else word(spot.kind)


def open_count(found: list[Spot]) -> tuple[int, int]:
    """How many are open now, of those that are not closed for good."""
    here = [spot for spot in found if spot.door is not Door.CLOSED]
    return sum(spot.door is Door.OPEN for spot in here), len(here)
