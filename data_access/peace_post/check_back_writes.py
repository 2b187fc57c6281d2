"""Check-backs 回访: due 7 and 30 days after an agreement, closed by an outcome; the sealed contact they need."""

import re
from datetime import date, timedelta

import sqlalchemy as sa

import clock
from access import Permission, check
from data_access import changes
from data_access.peace_post import bounds
from data_access.sealing import Seal
from data_access.tables.peace_post import CheckBack, Dispute, DisputeContact
from vocabulary.enums import Subject
from vocabulary.peace_post import AGREED, CHECK_DAYS, CheckOutcome, DisputeOutcome, Performed
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

# A contact goes this many days after its last check-back was due, even while that is still open.
CONTACT_DAYS = 60
PHONE = re.compile(r"\+?[0-9][0-9 \-]{5,18}[0-9]", re.ASCII)


def close_check_back(
    conn: sa.Connection,
    viewer: Viewer,
    check_back_id: int,
    seen_version: int,
    outcome: CheckOutcome,
    done_on: date,
    performed: Performed | None = None,
) -> None:
    """Closes a check-back; with the last one the contact is deleted. Also writes how the agreement was performed.

    NotPossible before it is due, on a day to come, for the second while the first is open, for one that is closed.
    """
    check(viewer, Permission.WRITE_DISPUTES)
    check(viewer, Permission.REVEAL_CONTACT)
    one = conn.execute(sa.select(CheckBack.table()).where(CheckBack.id == check_back_id)).one_or_none()
    if one is None:
        raise NotPossible("words.row_gone")
    dispute = bounds.row(conn, viewer, Dispute, one.dispute_id)
    if one.version != seen_version:
        raise NotPossible("words.changed_meanwhile")
    _closable(conn, one, done_on)
    bounds.update(conn, CheckBack, check_back_id, seen_version, outcome=outcome, done_on=done_on)
    if performed:
        if dispute["outcome"] != DisputeOutcome.AGREEMENT:
            raise NotPossible("peace_post.nothing_to_perform")
        bounds.update(conn, Dispute, one.dispute_id, dispute["version"], performed=performed)
    if one.after_days == CHECK_DAYS[-1]:
        _drop_contact(conn, DisputeContact.dispute_id == one.dispute_id)
    changes.record(conn, viewer, Subject.DISPUTES, "check_back_closed", one.dispute_id, outcome=outcome)


def follow(conn: sa.Connection, dispute_id: int, outcome: str | None, closed_on: date | None) -> None:
    """Makes the open check-backs those of this outcome: two after an agreement, none (and no contact) otherwise."""
    there = {row.after_days: row for row in conn.execute(_OF.where(CheckBack.dispute_id == dispute_id))}
    if outcome not in AGREED or closed_on is None:
        conn.execute(sa.delete(CheckBack).where(CheckBack.dispute_id == dispute_id, CheckBack.outcome.is_(None)))
        _drop_contact(conn, DisputeContact.dispute_id == dispute_id)
        return
    for days in CHECK_DAYS:
        due_on = closed_on + timedelta(days)
        if days not in there:
            conn.execute(sa.insert(CheckBack).values(dispute_id=dispute_id, after_days=days, due_on=due_on))
        elif there[days].outcome is None and there[days].due_on != due_on:
            bounds.update(conn, CheckBack, there[days].id, there[days].version, due_on=due_on)


def keep_contact(conn: sa.Connection, dispute_id: int, contact: str, seal: Seal | None) -> None:
    """Seals the telephone number for the check-backs. NotPossible for what is none, or without an open check-back."""
    phone = contact.strip()
    if not phone:
        return
    last = sa.select(sa.func.max(CheckBack.due_on)).where(
        CheckBack.dispute_id == dispute_id, CheckBack.outcome.is_(None)
    )
    due_on = conn.scalar(last)
    if due_on is None:
        raise NotPossible("peace_post.contact_without_check_back")
    if not PHONE.fullmatch(phone):
        raise NotPossible("peace_post.no_phone", phone=phone)
    assert seal is not None, "a contact needs its seal"
    keep_until = due_on + timedelta(CONTACT_DAYS)
    sealed = seal.close({"phone": phone})
    conn.execute(sa.insert(DisputeContact).values(dispute_id=dispute_id, sealed=sealed, keep_until=keep_until))


def change_contact(conn: sa.Connection, viewer: Viewer, dispute_id: int, contact: str, seal: Seal) -> None:
    """Puts another telephone number in place of the one that is kept; an empty one only deletes that."""
    check(viewer, Permission.WRITE_DISPUTES)
    bounds.row(conn, viewer, Dispute, dispute_id)
    _drop_contact(conn, DisputeContact.dispute_id == dispute_id)
    keep_contact(conn, dispute_id, contact, seal)
    changes.record(conn, viewer, Subject.DISPUTES, "contact_changed", dispute_id, given=bool(contact.strip()))


def reveal_contact(conn: sa.Connection, viewer: Viewer, dispute_id: int, seal: Seal) -> str:
    """Opens the telephone number for a check-back; the look is written down. NotPossible when there is none."""
    check(viewer, Permission.SEE_DISPUTES)
    check(viewer, Permission.REVEAL_CONTACT)
    number = bounds.row(conn, viewer, Dispute, dispute_id)["number"]
    sealed = conn.scalar(sa.select(DisputeContact.sealed).where(DisputeContact.dispute_id == dispute_id))
    if sealed is None:
        raise NotPossible("peace_post.no_contact", number=number)
    changes.note(conn, viewer, Subject.DISPUTES, "contact_revealed", dispute_id)
    return seal.open(sealed)["phone"]


def drop_old_contacts(conn: sa.Connection, viewer: Viewer) -> int:
    """Deletes the contacts whose time is over though a check-back was never closed; gives how many."""
    gone = _drop_contact(conn, DisputeContact.keep_until < clock.today())
    if gone:
        changes.record(conn, viewer, Subject.DISPUTES, "contacts_expired", count=gone)
    return gone


_OF = sa.select(CheckBack.id, CheckBack.after_days, CheckBack.due_on, CheckBack.outcome, CheckBack.version)


def _closable(conn: sa.Connection, one: sa.Row[tuple[object, ...]], done_on: date) -> None:
    if one.outcome is not None:
        raise NotPossible("peace_post.check_back_closed", days=one.after_days)
    if done_on > clock.today():
        raise NotPossible("peace_post.done_ahead", day=done_on)
    if done_on < one.due_on:
        raise NotPossible("peace_post.not_yet_due", days=one.after_days, due=one.due_on, day=done_on)
    first = sa.select(CheckBack.after_days).where(
        CheckBack.dispute_id == one.dispute_id, CheckBack.after_days < one.after_days, CheckBack.outcome.is_(None)
    )
    if (days := conn.scalar(first)) is not None:
        raise NotPossible("peace_post.first_one_first", days=days)


def _drop_contact(conn: sa.Connection, which: sa.ColumnElement[bool]) -> int:
    return conn.execute(sa.delete(DisputeContact).where(which)).rowcount
