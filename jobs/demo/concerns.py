"""What is brought to the demo's community on a day: cases as they are filed, before anybody works on them."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

import clock
from geo import neighbourhood as drawn
from jobs.demo.days import festival
from jobs.demo.matters import Matter, Story, matters, phrases
from vocabulary.enums import CaseType, Channel, ReporterKind, Urgency

A_DAY = (7.4, 6.8, 6.4, 6.4, 6.6, 4.4, 3.6)  # Monday to Sunday: about six
CHANNELS: dict[Channel, float] = {
    Channel.HOTLINE: 30,
    Channel.GRID: 16,
    Channel.WALK_IN: 12,
    Channel.PHONE: 10,
    Channel.HOME_VISIT: 8,
    Channel.MESSAGE: 8,
    Channel.COURTYARD: 6,
    Channel.VOLUNTEER: 5,
    Channel.PEACE_POST: 4,
    Channel.DISCUSSION: 3,
    Channel.TRANSFER: 3,
}
AT_THE_OFFICE = frozenset({Channel.WALK_IN, Channel.PHONE, Channel.DISCUSSION, Channel.TRANSFER})
# Chances by hour from 7 to 22: two humps for the office, a long evening for the rest.
OFFICE_HOURS = {9: 9, 10: 10, 11: 6, 14: 8, 15: 9, 16: 7, 17: 2}
ANY_HOURS = dict(zip(range(7, 23), (2, 5, 8, 9, 7, 4, 4, 6, 7, 6, 5, 5, 6, 5, 3, 1), strict=True))
REPORTERS: dict[ReporterKind | None, float] = {
    ReporterKind.RESIDENT: 70,
    ReporterKind.RENTER: 14,
    ReporterKind.MERCHANT: 7,
    ReporterKind.OTHER: 3,
    None: 6,
}
K = TypeVar("K")


@dataclass(frozen=True)
class Concern:
    """A case as it came in; `building` and `grid` are ids, None where they are not known."""

    number: str
    received_at: datetime
    channel: Channel
    type: CaseType
    urgency: Urgency
    reporter: ReporterKind | None
    matter: int
    title: str
    body: str
    reply: str
    building: int | None
    grid: int | None
    spot: str | None


def brought(day: date, seed: int) -> list[Concern]:
    """The concerns of a whole day in the order they came: the same for the same seed and day."""
    chance = random.Random(f"{seed} {day} concerns")
    usual = A_DAY[day.weekday()] * (0.55 if festival(day) else 1)
    some = [_concern(chance, day) for _ in range(_poisson(chance, usual))]
    some.sort(key=lambda one: one.received_at)
    return [_numbered(one, f"JF{day:%Y%m%d}-{n:03d}") for n, one in enumerate(some, 1)]


def drawn_from(chance: random.Random, shares: Mapping[K, float]) -> K:
    """One of the keys, by their shares."""
    return chance.choices(list(shares), list(shares.values()))[0]


def _concern(chance: random.Random, day: date) -> Concern:
    known = matters()
    index = chance.choices(range(len(known)), [matter.weight for matter in known])[0]
    matter, story = known[index], chance.choice(known[index].stories)
    quiet = day.isoweekday() >= 6 or festival(day) is not None
    channel = drawn_from(chance, {c: share for c, share in CHANNELS.items() if not (quiet and c in AT_THE_OFFICE)})
    building, grid, spot = _place(chance, story)
    block = drawn.buildings()[building - 1].number if building else "小区"
    words = {
        "b": f"{block}栋" if building else block,
        "u": f"{chance.randint(1, 4)}单元",
        "f": f"{chance.randint(2, 8)}楼",
        "when": phrases().one(chance, "when"),
        "spot": spot or phrases().one(chance, "spots"),
    }
    where = f"{words['b']}{words['u']}" if building and story.names("u") else words["b"] if building else spot
    return Concern(
        number="",
        received_at=_moment(chance, day, OFFICE_HOURS if channel in AT_THE_OFFICE else ANY_HOURS),
        channel=channel,
        type=_type(chance, matter, story),
        urgency=drawn_from(chance, matter.urgencies),
        reporter=drawn_from(chance, REPORTERS),
        matter=index,
        title=story.title.format(**words),
        body=story.body.format(**words),
        reply=story.reply.format(**words),
        building=building,
        grid=grid,
        spot=where,
    )


def _place(chance: random.Random, story: Story) -> tuple[int | None, int | None, str | None]:
    """Building, grid and public spot; a story without a place is often not located, then its grid waits."""
    blocks, codes = drawn.buildings(), [grid.code for grid in drawn.grids()]
    if story.names("b") or story.names("u") or story.names("f") or (not story.names("spot") and chance.random() < 0.6):
        building = chance.randint(1, len(blocks))
        spot = phrases().one(chance, "spots") if story.names("spot") else None
        return building, codes.index(blocks[building - 1].grid) + 1, spot
    if chance.random() < 0.15:
        return None, None, None
    return None, chance.randint(1, len(codes)), phrases().one(chance, "spots")


def _type(chance: random.Random, matter: Matter, story: Story) -> CaseType:
    """Praise is for stories that praise, a question for those that ask."""
    if any(word in story.title for word in ("点个赞", "表扬")):
        return CaseType.PRAISE
    if any(word in story.title for word in ("咨询", "请问", "怎么", "能否", "吗", "想问")):
        return CaseType.CONSULT
    other = {kind: share for kind, share in matter.types.items() if kind is not CaseType.PRAISE}
    return drawn_from(chance, other)


def _moment(chance: random.Random, day: date, hours: Mapping[int, float]) -> datetime:
    seconds = drawn_from(chance, hours) * 3600 + chance.randrange(3600)
    return datetime.combine(day, time(), clock.SHANGHAI) + timedelta(seconds=seconds)


def _poisson(chance: random.Random, mean: float) -> int:
    count, waited = 0, chance.expovariate(mean)
    while waited < 1:
        count, waited = count + 1, waited + chance.expovariate(mean)
    return count


def _numbered(concern: Concern, number: str) -> Concern:
    return replace(concern, number=number)
