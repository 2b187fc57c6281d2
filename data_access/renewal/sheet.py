"""Many proposals or projects at once, as an import brings them: each by its number, all of them or none."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from data_access.fates import Fate, Once, Written, agrees, each
from data_access.renewal.common import begin
from data_access.renewal.given import Planned, Proposed
from data_access.renewal.projecting import approve, correct_project, project_values
from data_access.renewal.proposing import correct_proposal, file_proposal, proposal_values
from data_access.tables.renewal import Project, Proposal
from texts import t
from vocabulary.questions import Viewer

G = TypeVar("G", Proposed, Planned)


def write_proposals(conn: sa.Connection, viewer: Viewer, rows: Sequence[Proposed]) -> Written:
    """Files those whose number is new, corrects those that say something else. NotPossible names the row."""
    return _written(conn, viewer, Proposal, rows, proposal_values, file_proposal, correct_proposal)


def write_projects(conn: sa.Connection, viewer: Viewer, rows: Sequence[Planned]) -> Written:
    """Approves those whose number is new, corrects those that say something else. NotPossible names the row."""
    return _written(conn, viewer, Project, rows, project_values, approve, correct_project)


def _written(
    conn: sa.Connection,
    viewer: Viewer,
    table: type[Proposal] | type[Project],
    rows: Sequence[G],
    values: Callable[[sa.Connection, G], dict[str, Any]],
    add: Callable[[sa.Connection, Viewer, G], int],
    correct: Callable[[sa.Connection, Viewer, int, int, str, G], None],
) -> Written:
    begin(conn, viewer)

    def one(given: G, once: Once) -> Fate:
        if given.number is not None:
            once(given.number, "renewal.refused.number_twice", number=given.number)
        now = conn.execute(sa.select(table.table()).where(table.number == given.number)).mappings().first()
        if now is None or given.number is None:
            add(conn, viewer, given)
            return Fate.NEW
        if agrees(now, values(conn, given)):
            return Fate.UNCHANGED
        correct(conn, viewer, now["id"], now["version"], t("renewal.by_import"), given)
        return Fate.CHANGED

    return each(rows, one, "renewal.refused.row")
