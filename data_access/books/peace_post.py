"""The books of the peace post: disputes and opinions."""

import sqlalchemy as sa

from access import Permission
from data_access.books.book import Book, Row, one_by_one
from data_access.peace_post import bounds
from data_access.peace_post.dispute_writes import Closing, DisputeFacts, add_dispute, correct_dispute
from data_access.peace_post.opinion_writes import OpinionFacts, Verdict, add_opinion, correct_opinion
from data_access.tables.peace_post import Dispute, Opinion
from data_access.tables.places import Grid
from texts import t
from vocabulary.enums import Subject
from vocabulary.peace_post import (
    Decision,
    DisputeOrigin,
    DisputeOutcome,
    DisputeType,
    Mediator,
    OpinionOrigin,
    Performed,
    Theme,
)
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


def _mediators(row: Row) -> Row:
    """Who mediated as one tuple."""
    return {**row, "mediators": tuple(who.value for who in Mediator if row[f"by_{who.value}"])}


def _dispute(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    facts = DisputeFacts(
        type=DisputeType(row["type"]),
        grid=row["grid"],
        opened_at=row["opened_at"],
        origin=DisputeOrigin(row["origin"]) if row["origin"] else None,
        mediators=frozenset(Mediator(who) for who in row["mediators"] or ()),
        closing=_closing(row),
    )
    if before is None:
        add_dispute(conn, viewer, facts, number=row["number"])
    else:
        correct_dispute(conn, viewer, before["id"], before["version"], facts, t("sheet_kinds.by_import"))


def _closing(row: Row) -> Closing | None:
    """NotPossible for half of an ending."""
    if (row["outcome"] is None) != (row["closed_on"] is None):
        raise NotPossible("sheet_kinds.refused.half_closed")
    if row["outcome"] is None:
        return None
    performed = Performed(row["performed"]) if row["performed"] else None
    return Closing(DisputeOutcome(row["outcome"]), row["closed_on"], performed)


def _opinion(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    decision = Decision(row["decision"]) if row["decision"] else None
    verdict = Verdict(decision, row["decision_reason"] or "", row["decided_on"], row["answered_on"])
    origin, theme = OpinionOrigin(row["origin"]), Theme(row["theme"])
    facts = OpinionFacts(origin, theme, row["text"] or "", row["collected_on"], row["grid"] or "", verdict)
    if before is None:
        add_opinion(conn, viewer, facts, number=row["number"])
    else:
        correct_opinion(conn, viewer, before["id"], before["version"], facts, t("sheet_kinds.by_import"))


DISPUTES = Book(
    subject=Subject.DISPUTES,
    permission=Permission.WRITE_DISPUTES,
    identity=("number",),
    columns={
        "id": Dispute.id,
        "version": Dispute.version,
        "number": Dispute.number,
        "type": Dispute.type,
        "origin": Dispute.origin,
        "grid": Grid.code,
        **{f"by_{who.value}": getattr(Dispute, f"by_{who.value}") for who in Mediator},
        "opened_at": Dispute.opened_at,
        "outcome": Dispute.outcome,
        "closed_on": Dispute.closed_on,
        "performed": Dispute.performed,
    },
    source=Dispute.table().join(Grid.table(), Grid.id == Dispute.grid_id),
    writer=one_by_one(_dispute),
    day=Dispute.opened_on,
    seen=lambda viewer: bounds.seen(Dispute, viewer),
    shaped=_mediators,
)
OPINIONS = Book(
    subject=Subject.OPINIONS,
    permission=Permission.WRITE_OPINIONS,
    identity=("number",),
    columns={
        "id": Opinion.id,
        "version": Opinion.version,
        "number": Opinion.number,
        "origin": Opinion.origin,
        "theme": Opinion.theme,
        "text": Opinion.text,
        "grid": Grid.code,
        "collected_on": Opinion.collected_on,
        "decision": Opinion.decision,
        "decision_reason": Opinion.decision_reason,
        "decided_on": Opinion.decided_on,
        "answered_on": Opinion.answered_on,
    },
    source=Opinion.table().outerjoin(Grid.table(), Grid.id == Opinion.grid_id),
    writer=one_by_one(_opinion),
    day=Opinion.collected_on,
    seen=lambda viewer: bounds.seen(Opinion, viewer),
)
