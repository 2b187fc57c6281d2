"""A demo case on its way: where its last step left it, and how it makes the next one."""

import hashlib
import random
import struct
import zlib
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from data_access.tables.desk import CaseFile
from jobs.demo.concerns import Concern
from jobs.demo.limits import A_DAY, Limits
from jobs.demo.matters import Matter, phrases
from jobs.demo.neighbourhood import UNITS
from jobs.demo.steps import Step
from vocabulary.enums import DONE_STATUSES, CaseStatus, CaseType, EventKind, Urgency

S = CaseStatus
DAY = A_DAY
UNIT_IDS = {code: n for n, code in enumerate(UNITS, 1)}
PROVED = 0.94


class Life:
    """`status` and `at` are where its last step left it; `unhappy`: its reporter asked for more at the follow-up."""

    def __init__(self, concern: Concern, matter: Matter, chance: random.Random, limits: Limits) -> None:
        self.concern, self.matter, self.chance, self.limits = concern, matter, chance, limits
        self.status, self.at = S.PENDING, concern.received_at
        self.unit_id: int | None = None
        self.unhappy = False
        note = phrases().received[concern.channel.value]
        self.steps = [Step(self.at, EventKind.FILED, None, S.PENDING, None, note)]

    @property
    def asks(self) -> bool:
        """Is it settled by words alone?"""
        return self.concern.type in (CaseType.CONSULT, CaseType.PRAISE)

    @property
    def noted(self) -> str:
        return "talked" if self.asks else "noted"

    @property
    def limit(self) -> int:
        return self.limits.minutes(self.concern)

    def wait(self, minutes: float) -> None:
        """Working minutes later; an emergency is worked on round the clock."""
        if self.concern.urgency is Urgency.EMERGENCY and self.status not in DONE_STATUSES:
            self.at += timedelta(minutes=max(1, round(minutes)))
            return
        start = self.limits.calendar.add_working_minutes(self.at, max(1, round(minutes)))
        self.at = start + timedelta(seconds=self.chance.randrange(60))

    def go(self, moment: datetime) -> None:
        """To this moment, when it has not passed."""
        self.at = max(self.at, moment)

    def move(self, minutes: float, status: CaseStatus, occasion: str, by_unit: bool = False, **sets: Any) -> None:
        self.say(minutes, status, phrases().one(self.chance, occasion), by_unit, **sets)

    def say(self, minutes: float, status: CaseStatus, note: str, by_unit: bool = False, **sets: Any) -> None:
        """A move with these very words."""
        self.wait(minutes)
        unit_id = self.unit_id if by_unit else None
        self.steps.append(Step(self.at, EventKind.MOVED, self.status, status, unit_id, note, sets))
        self.status = status

    def tell(self, kind: EventKind, note: str | None, detail: dict[str, Any] | None = None, **sets: Any) -> Step:
        """Something written down at this moment that moves nothing."""
        step = Step(self.at, kind, None, None, self.unit_id, note, sets, detail or {})
        self.steps.append(step)
        return step

    def prove(self) -> bool:
        """Most cases get a picture before they are finished; did this one?"""
        if self.chance.random() >= PROVED:
            return False
        picture, name = _picture(), phrases().one(self.chance, "files")
        kept = {"name": name, "media": "image/png", "size": len(picture), "content": picture}
        step = self.tell(EventKind.EVIDENCE_ADDED, name)
        step.beside.append((CaseFile, kept | {"digest": hashlib.sha256(picture).hexdigest()}))
        return True


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@cache
def _picture() -> bytes:
    """A small grey PNG: the demo shows that there is evidence, not what it shows."""
    side = 32
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    dots = b"".join(b"\0" + bytes(180 + (x + y) % 40 for x in range(side)) for y in range(side))
    body = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(dots, 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
