"""The rows of a sheet beside what is stored: which case each one adds or changes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import clock
from access import Permission, allows, masked
from data_access import imports as stock
from data_access.engine import Connection
from data_access.imports import AT_ONCE, Known, NewCase, Stored
from data_access.sealing import Seal
from jobs.imports.endings import Unfit
from jobs.imports.headings import CONTACT, Columns
from jobs.imports.progress import Progress
from jobs.imports.rows import CaseRow, Problem, Rejected, shown
from jobs.imports.settling import Contact, Update, new_case, update
from vocabulary.enums import Role
from vocabulary.questions import Viewer

Settled = tuple[CaseRow, NewCase] | Update | Rejected | CaseRow
"""A new case with its row, a change, a row that cannot be taken; a row alone changes nothing."""


def compared(
    conn: Connection,
    viewer: Viewer,
    cases: Sequence[CaseRow],
    columns: Columns,
    known: Known,
    seal: Seal,
    tell: Progress,
) -> Iterator[Settled]:
    """The fate of each row, in order; the stored texts never stand in memory all at once."""
    now, done = clock.now(), 0
    for some in _chunks(cases):
        tell("comparing", done, len(cases))
        stored = stock.stored(conn, some[0].source, [case.number for case in some])
        ids = [stored[case.number]["id"] for case in some if case.contact and case.number in stored]
        contacts = stock.contacts(conn, ids) if ids else {}
        for case in some:
            before = stored.get(case.number)
            try:
                if before is None:
                    yield case, new_case(case, known, now)
                else:
                    contact = _contact(case, contacts.get(before["id"]), seal)
                    changed = update(case, before, known, now, contact)
                    yield _as_seen(changed, before, viewer) if changed else case
            except Unfit as unfit:
                yield _rejected(case, unfit, columns)
        done += len(some)


def _chunks(cases: Sequence[CaseRow]) -> Iterator[list[CaseRow]]:
    """Neighbours of one source, some thousands at a time."""
    some: list[CaseRow] = []
    for case in cases:
        if some and (case.source != some[0].source or len(some) == AT_ONCE):
            yield some
            some = []
        some.append(case)
    if some:
        yield some


def _contact(case: CaseRow, kept: tuple[int, str, bytes] | None, seal: Seal) -> Contact | None:
    """What the contact becomes, when the row says something of it that is not kept yet."""
    if not case.contact:
        return None
    if kept is None:
        return None, case.contact
    contact_id, digest, sealed = kept
    if digest == seal.digest(case.contact):
        return None
    before = seal.open(sealed)
    return None if before == before | case.contact else (contact_id, before | case.contact)


def _rejected(case: CaseRow, unfit: Unfit, columns: Columns) -> Rejected:
    value = "" if unfit.value is None or unfit.field in CONTACT else masked(shown(unfit.value))
    return Rejected(case.at, (Problem(columns.heading(unfit.field), value, unfit.reason),))


def _as_seen(changed: Update, before: Stored, viewer: Viewer) -> Update:
    """Without what this viewer may not read: a file may speak of cases of other grids."""
    inside = viewer.role is not Role.WORKER or before["grid_id"] is None or before["grid_id"] in viewer.grids
    if not (inside and allows(viewer, Permission.SEE_CASES)):
        hidden = tuple(replace(one, before=None, hidden=True) for one in changed.differences)
        return replace(changed, title="", differences=hidden)
    if allows(viewer, Permission.REVEAL_CONTACT):
        return changed
    covered = tuple(replace(one, before=_covered(one.before)) for one in changed.differences)
    return replace(changed, title=masked(changed.title), differences=covered)


def _covered(value: Any) -> Any:
    return masked(value) if isinstance(value, str) else value
