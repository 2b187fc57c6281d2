"""The claim ledger 公开数据台账: which figures were published, entered, corrected and closed, each with its days."""

import re
import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes, corrections
from data_access.frames import Schema, read, same_for_role, stands_on
from data_access.tables.claims import Claim
from vocabulary.claims import ClaimScope, ClaimUnit, Qualifier, System
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

SEED = Path(__file__).parent / "seeds" / "claims.toml"
FIGURE = re.compile(r"[a-z][a-z0-9_]{0,63}")
LONGEST, LARGEST = 200, 10**12
CLAIMS: Schema = {
    "id": pl.Int64,
    "version": pl.Int64,
    "figure": pl.String,
    "system": pl.String,
    "said_zh": pl.String,
    "said_en": pl.String,
    "qualifier": pl.String,
    "value": pl.Int64,
    "high": pl.Int64,
    "unit": pl.String,
    "scope": pl.String,
    "metric": pl.String,
    "note": pl.String,
    "note_en": pl.String,
    "published_in": pl.String,
    "published_in_en": pl.String,
    "published_on": pl.Date,
    "from_on": pl.Date,
    "to_on": pl.Date,
}


@dataclass(frozen=True)
class ClaimFacts:
    """A published figure; `high` only for one between two numbers, `metric` the key of what is counted beside it."""

    figure: str
    system: System
    said_zh: str
    qualifier: Qualifier
    value: int
    unit: ClaimUnit
    scope: ClaimScope
    published_in: str
    from_on: date
    high: int | None = None
    metric: str | None = None
    published_on: date | None = None
    said_en: str | None = None
    published_in_en: str | None = None
    note: str | None = None
    note_en: str | None = None


@same_for_role
@stands_on(Subject.RULES)
def claims(conn: sa.Connection, _viewer: Viewer, on: date) -> pl.DataFrame:
    """The claims that hold on a day, system by system."""
    holds = sa.and_(Claim.from_on <= on, sa.or_(Claim.to_on.is_(None), Claim.to_on >= on))
    return _ordered(read(conn, _columns().where(holds), CLAIMS))


@same_for_role
@stands_on(Subject.RULES)
def every_claim(conn: sa.Connection, _viewer: Viewer) -> pl.DataFrame:
    """All claims there ever were, closed ones too."""
    return _ordered(read(conn, _columns(), CLAIMS))


@stands_on(Subject.RULES)
def claim_history(conn: sa.Connection, viewer: Viewer, claim_id: int) -> list[dict[str, Any]]:
    """The corrections of a claim, newest first."""
    check(viewer, Permission.EDIT_RULES)
    return corrections.history(conn, Claim, claim_id)


def add_claim(conn: sa.Connection, viewer: Viewer, facts: ClaimFacts) -> int:
    """Enters a published figure; its id. NotPossible when it makes no sense or the figure has an open claim."""
    _begin(conn, viewer)
    values = checked(facts)
    _refuse_second(conn, facts, None)
    (key,) = conn.execute(sa.insert(Claim).values(**values)).inserted_primary_key or (0,)
    changes.record(conn, viewer, Subject.RULES, "published_claim_added", key, figure=facts.figure)
    return int(key)


def correct_claim(
    conn: sa.Connection, viewer: Viewer, claim_id: int, seen_version: int, reason: str, facts: ClaimFacts
) -> None:
    """Corrects a claim with a reason. NotPossible as in `add_claim` and `corrections.correct`."""
    _begin(conn, viewer)
    values = checked(facts)
    _refuse_second(conn, facts, claim_id)
    ends = conn.scalar(sa.select(Claim.to_on).where(Claim.id == claim_id))
    if ends is not None and ends < facts.from_on:
        raise NotPossible("claims.refused.ends_first", to_on=ends, from_on=facts.from_on)
    corrections.correct(conn, viewer, Subject.RULES, Claim, claim_id, seen_version, reason, **values)


def close_claim(
    conn: sa.Connection, viewer: Viewer, claim_id: int, seen_version: int, reason: str, to_on: date
) -> None:
    """Ends a claim: `to_on` is the last day it stands in the ledger. NotPossible before the day it began."""
    _begin(conn, viewer)
    begun = conn.scalar(sa.select(Claim.from_on).where(Claim.id == claim_id))
    if begun is not None and to_on < begun:
        raise NotPossible("claims.refused.ends_first", to_on=to_on, from_on=begun)
    corrections.correct(conn, viewer, Subject.RULES, Claim, claim_id, seen_version, reason, to_on=to_on)
    changes.record(conn, viewer, Subject.RULES, "published_claim_closed", claim_id, to_on=to_on)


def checked(facts: ClaimFacts) -> dict[str, Any]:
    """The columns of a claim. NotPossible, with the thing and its value, for what makes no sense."""
    if not FIGURE.fullmatch(facts.figure):
        raise NotPossible("claims.refused.figure", figure=facts.figure)
    texts = {name: value for name, value in asdict(facts).items() if name.startswith(("said", "published_in", "note"))}
    for name, text in texts.items():
        if name in ("said_zh", "published_in") and not (text or "").strip():
            raise NotPossible(f"claims.refused.no_{name}", figure=facts.figure)
        if len(text or "") > LONGEST:
            raise NotPossible("claims.refused.long", text=(text or "")[:20], most=LONGEST)
    for number in (facts.value, facts.high):
        if number is not None and not 0 <= number <= LARGEST:
            raise NotPossible("claims.refused.number", value=number, most=LARGEST)
    if facts.qualifier is Qualifier.BETWEEN and (facts.high is None or facts.high <= facts.value):
        raise NotPossible("claims.refused.range", low=facts.value, high="—" if facts.high is None else facts.high)
    if facts.qualifier is not Qualifier.BETWEEN and facts.high is not None:
        raise NotPossible("claims.refused.no_range", high=facts.high, qualifier=facts.qualifier)
    if facts.published_on and facts.published_on > clock.today():
        raise NotPossible("claims.refused.to_come", day=facts.published_on)
    trimmed = {name: (text or "").strip() or None for name, text in texts.items()}
    return {**asdict(facts), **trimmed}


def seed(conn: sa.Connection) -> None:
    """Enters the figures of the article, as they were published."""
    given = tomllib.loads(SEED.read_text(encoding="utf-8"))
    shared = {name: given[name] for name in ("published_in", "published_in_en", "from_on")}
    for claim in given["claim"]:
        words = {
            "system": System(claim["system"]),
            "qualifier": Qualifier(claim["qualifier"]),
            "unit": ClaimUnit(claim["unit"]),
            "scope": ClaimScope(claim["scope"]),
        }
        conn.execute(sa.insert(Claim).values(**checked(ClaimFacts(**{**shared, **claim, **words}))))


def _begin(conn: sa.Connection, viewer: Viewer) -> None:
    """Raising the version first lets writers in one by one."""
    check(viewer, Permission.EDIT_RULES)
    changes.raise_version(conn, Subject.RULES)


def _refuse_second(conn: sa.Connection, facts: ClaimFacts, own: int | None) -> None:
    """A figure has one claim at a time."""
    same = sa.and_(Claim.figure == facts.figure, sa.or_(Claim.to_on.is_(None), Claim.to_on >= facts.from_on))
    found = conn.scalars(sa.select(Claim.id).where(same)).all()
    if set(found) - {own}:
        raise NotPossible("claims.refused.second", figure=facts.figure, day=facts.from_on)


def _columns() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(*(getattr(Claim, name) for name in CLAIMS)).order_by(Claim.id)


def _ordered(frame: pl.DataFrame) -> pl.DataFrame:
    systems = [system.value for system in System]
    return frame.sort(pl.col("system").replace_strict(systems, range(len(systems))), maintain_order=True)
