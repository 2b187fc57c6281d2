"""The matters and phrases of the demo's cases, as typed values."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vocabulary.enums import Board, CaseType, Field, Urgency

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Story:
    """Title, text and reply, with places to fill in."""

    title: str
    body: str
    reply: str

    def names(self, slot: str) -> bool:
        return f"{{{slot}}}" in self.title + self.body


@dataclass(frozen=True)
class Matter:
    """One kind of concern: where it belongs, how often it comes, who leads, its usual working hours, its stories."""

    path: tuple[str, str, str]
    board: Board
    field: Field
    weight: float
    unit: str
    hours: float
    types: Mapping[CaseType, float]
    urgencies: Mapping[Urgency, float]
    stories: tuple[Story, ...]


@dataclass(frozen=True)
class Phrases:
    """What is said in a case's history, by occasion."""

    said: Mapping[str, Sequence[str]]
    received: Mapping[str, str]

    def one(self, chance: random.Random, occasion: str) -> str:
        return chance.choice(self.said[occasion])


@cache
def matters() -> tuple[Matter, ...]:
    return tuple(_matter(given) for given in _read("matters")["matter"])


@cache
def phrases() -> Phrases:
    given = _read("phrases")
    return Phrases({name: value for name, value in given.items() if name != "received"}, given["received"])


def _matter(given: dict[str, Any]) -> Matter:
    return Matter(
        path=(given["path"][0], given["path"][1], given["path"][2]),
        board=Board(given["board"]),
        field=Field(given["field"]),
        weight=given["weight"],
        unit=given["unit"],
        hours=given["hours"],
        types={CaseType(name): share for name, share in given["types"].items()},
        urgencies={Urgency(name): share for name, share in given["urgencies"].items()},
        stories=tuple(Story(*story) for story in given["stories"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
