"""What the page of renewal draws, and the act that touches two subjects: an opinion becomes a proposal."""

from datetime import date

import polars as pl

import clock
from data_access import peace_post, renewal
from data_access.engine import Connection
from data_access.frames import stands_on
from metrics import renewal as figures
from vocabulary.enums import Subject
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import NotPossible
from vocabulary.renewal import Origin


@stands_on(Subject.RENEWAL)
def funnel(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """The five steps over a period: stood, passed, rate, days, waiting."""
    return figures.funnel(period, renewal.steps(conn, viewer, period.since, period.until))


@stands_on(Subject.RENEWAL)
def on_day(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """The projects as they stand when the period is over."""
    ends = (period.since, period.until)
    return figures.projects_on(
        period.until,
        renewal.projects(conn, viewer, *ends),
        renewal.milestones(conn, viewer, *ends),
        renewal.payments(conn, viewer, *ends),
    )


@stands_on(Subject.RENEWAL)
def by_mode(conn: Connection, viewer: Viewer, period: Period) -> pl.DataFrame:
    """The four modes with their square metres when the period is over."""
    return figures.by_mode(on_day(conn, viewer, period))


def propose(
    conn: Connection, viewer: Viewer, opinion_id: int, seen_version: int, title: str, filed_on: date | None = None
) -> int:
    """An opinion becomes a proposal, today unless said, in one act; each end of the link knows the other.

    Gives the proposal's id. NotPossible for a day before the opinion was collected.
    """
    opinion = peace_post.one_opinion(conn, viewer, opinion_id)
    if opinion.is_empty():
        raise NotPossible("words.row_gone")
    row = opinion.row(0, named=True)
    on = filed_on or clock.today()
    if on < row["collected_on"]:
        raise NotPossible("renewal.refused.before_opinion", day=on, collected=row["collected_on"])
    proposed = renewal.Proposed(
        title=title,
        matter=row["text"] or "",
        filed_on=on,
        origin=Origin.OPINION,
        opinion_id=opinion_id,
        grid=row["grid_code"],
    )
    proposal_id = renewal.file_proposal(conn, viewer, proposed)
    peace_post.link_proposal(conn, viewer, opinion_id, seen_version, proposal_id)
    return proposal_id
