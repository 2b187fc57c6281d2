"""The demo's cases as rows: taxonomy, cases, their history up to now, sealed contacts and the search index."""

import random
from datetime import timedelta
from typing import Any

import polars as pl

from data_access import search
from data_access.engine import Connection
from data_access.frames import MOMENT
from data_access.sealing import Seal
from data_access.tables.cases import Case, CaseContact, CaseEvent, Category
from jobs.demo import beside, pairs, staged
from jobs.demo.concerns import Concern, brought
from jobs.demo.days import Stretch
from jobs.demo.effects import state, written
from jobs.demo.limits import Limits
from jobs.demo.lives import begun, lived
from jobs.demo.matters import matters, phrases
from jobs.demo.rows import put
from jobs.demo.steps import Step
from jobs.demo.whistles import blow
from vocabulary.enums import EventKind

EVIDENCE_KEPT = timedelta(60)
VILLAGE = "民主村社区"
LATER: dict[str, Any] = {
    "status": pl.String,
    "reopened_count": pl.Int64,
    "returned_count": pl.Int64,
    "reply": pl.String,
    "result": pl.String,
    "lead_unit_id": pl.Int64,
    "level": pl.String,
    "accepted_at": MOMENT,
    "assigned_at": MOMENT,
    "first_contact_at": MOMENT,
    "finished_at": MOMENT,
    "finished_on": pl.Date,
    "dropped_on": pl.Date,
    "worked_minutes": pl.Int64,
    "resident_solved": pl.Boolean,
    "resident_satisfied": pl.Boolean,
    "repeat_of_id": pl.Int64,
    "parent_id": pl.Int64,
    "limit_from": MOMENT,
    "limit_amount": pl.Int64,
    "limit_unit": pl.String,
    "due_at": MOMENT,
    "severe_at": MOMENT,
    "contact_due_at": MOMENT,
    "sign_due_at": MOMENT,
    "note_due_at": MOMENT,
    "reminded_at": MOMENT,
    "unhappy_since": MOMENT,
    "extended_to": MOMENT,
    "extension_reason": pl.String,
    "suspended_from": MOMENT,
    "suspended_until": MOMENT,
    "suspension_reason": pl.String,
}


def file(conn: Connection, days: Stretch, seed: int, seal: Seal) -> None:
    """Puts all cases that came until now into the database, each as far as it has got."""
    put(conn, Category, [_category(n, matter.path) for n, matter in enumerate(matters(), 1)])
    limits = Limits(conn)
    concerns = [one for day in days.each() for one in brought(day, seed) if one.received_at <= days.cut]
    if not concerns:
        return
    back, lives = staged.Back(limits.calendar, days.cut), {}
    stages = staged.chosen(concerns, days, limits.calendar)
    for n, concern in enumerate(concerns, 1):
        concerns[n - 1], act = stages.get(n, (concern, None))
        life = begun(concerns[n - 1], seed, limits)
        lives[n] = _until_now(staged.told(life, act, back) if act else lived(life), days)
    pairs.join(concerns, lives, seed)
    rows = [_case(case_id, concerns[case_id - 1], steps, limits) for case_id, steps in lives.items()]
    put(conn, Case, pl.DataFrame(rows, schema_overrides=LATER, infer_schema_length=None))
    beside.keep(conn, lives)
    put(conn, CaseEvent, [_event(case_id, step) for case_id, steps in lives.items() for step in steps])
    blow(conn, rows, days, seed, limits.calendar)
    search.add(conn, [(n, _searched(one)) for n, one in enumerate(concerns, 1)])
    put(conn, CaseContact, _contacts(concerns, seed, seal))


def _until_now(whole: list[Step], days: Stretch) -> list[Step]:
    """What has happened to a case so far; evidence was not kept in the demo's first months."""
    kept_since = days.cut - EVIDENCE_KEPT
    so_far = [step for step in whole if step.at <= days.cut]
    return [step for step in so_far if step.kind is not EventKind.EVIDENCE_ADDED or step.at >= kept_since]


def _category(n: int, path: tuple[str, str, str]) -> dict[str, Any]:
    return {"id": n, "level1": path[0], "level2": path[1], "level3": path[2]}


def _case(case_id: int, concern: Concern, steps: list[Step], limits: Limits) -> dict[str, Any]:
    now = {**dict.fromkeys(LATER), **state(concern, steps, limits)}
    matter = matters()[concern.matter]
    return {
        "id": case_id,
        "number": concern.number,
        "channel": concern.channel.value,
        "type": concern.type.value,
        "board": matter.board.value,
        "field": matter.field.value,
        "category_id": concern.matter + 1,
        "urgency": concern.urgency.value,
        "title": concern.title,
        "body": concern.body,
        "grid_id": concern.grid,
        "building_id": concern.building,
        "village": VILLAGE,
        "spot": concern.spot,
        "reporter_kind": concern.reporter and concern.reporter.value,
        "received_at": concern.received_at,
        "received_on": concern.received_at.date(),
        **now,
    }


def _event(case_id: int, step: Step) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "at": step.at,
        "kind": step.kind.value,
        "unit_id": step.unit_id,
        "from_status": step.before and step.before.value,
        "to_status": step.after and step.after.value,
        "note": step.note,
        "detail": written(step.detail),
    }


def _searched(concern: Concern) -> str:
    return search.searched_text(concern.number, concern.title, concern.body, concern.spot)


def _contacts(concerns: list[Concern], seed: int, seal: Seal) -> pl.DataFrame:
    """Half of the reporters left a name and a number: invented ones, of a range that no telephone has."""
    rows = []
    for case_id, concern in enumerate(concerns, 1):
        chance = random.Random(f"{seed} {concern.number} contact")
        if chance.random() < 0.5:
            contact = {
                "name": phrases().one(chance, "surnames") + phrases().one(chance, "given"),
                "phone": f"100{chance.randrange(10**8):08d}",
            }
            rows.append({"case_id": case_id, "sealed": seal.close(contact), "digest": seal.digest(contact)})
    return pl.DataFrame(rows, schema={"case_id": pl.Int64, "sealed": pl.Binary, "digest": pl.String})
