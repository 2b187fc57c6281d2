"""What a person keeps for the next time: views of a page, and texts to begin a reply with."""

import polars as pl
import sqlalchemy as sa

from access import Permission, check
from data_access import changes
from data_access.desk import rows
from data_access.frames import Schema, read, stands_on
from data_access.tables.accounts import Account
from data_access.tables.desk import ReplyTemplate, SavedView
from vocabulary.enums import CaseStatus, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed, NotPossible

LONGEST_NAME = 60
LONGEST_QUERY = 2000
VIEWS: Schema = {
    "id": pl.Int64,
    "name": pl.String,
    "query": pl.String,
    "shared": pl.Boolean,
    "own": pl.Boolean,
    "by": pl.String,
}
TEMPLATES: Schema = {
    "id": pl.Int64,
    "name": pl.String,
    "text": pl.String,
    "category_id": pl.Int64,
    "status": pl.String,
    "own": pl.Boolean,
}


@stands_on(Subject.ACCOUNTS)
def saved_views(conn: sa.Connection, viewer: Viewer, page: str) -> pl.DataFrame:
    """The viewer's own views of a page first, then those that others share; by name."""
    own = SavedView.account_id == viewer.account_id
    statement = (
        sa.select(
            SavedView.id,
            SavedView.name,
            SavedView.query,
            SavedView.shared,
            own.label("own"),
            Account.name.label("by"),
        )
        .select_from(SavedView.table().join(Account.table(), Account.id == SavedView.account_id))
        .where(SavedView.page == page, sa.or_(own, SavedView.shared))
        .order_by(sa.case((own, 0), else_=1), SavedView.name, SavedView.id)
    )
    return read(conn, statement, VIEWS)


def save_view(conn: sa.Connection, viewer: Viewer, page: str, name: str, query: str, shared: bool = False) -> int:
    """Keeps the address of a view under a name; the same name again replaces it. Gives its id."""
    said = rows.clean("name", name, LONGEST_NAME)
    if not said:
        raise NotPossible("desk.view_without_name")
    kept = rows.clean("text", query, LONGEST_QUERY)
    same = sa.and_(SavedView.account_id == viewer.account_id, SavedView.page == page, SavedView.name == said)
    here = sa.update(SavedView).where(same).values(query=kept, shared=shared).returning(SavedView.id)
    view_id = conn.scalar(here)
    if view_id is None:
        new = {"account_id": viewer.account_id, "page": page, "name": said, "query": kept, "shared": shared}
        view_id = conn.execute(sa.insert(SavedView).values(**new).returning(SavedView.id)).scalar_one()
    changes.record(conn, viewer, Subject.ACCOUNTS, "view_saved", view_id)
    return int(view_id)


def drop_view(conn: sa.Connection, viewer: Viewer, view_id: int) -> None:
    """Forgets a view. NotAllowed for somebody else's."""
    found = conn.execute(sa.select(SavedView.account_id, SavedView.name).where(SavedView.id == view_id)).one_or_none()
    if found is None:
        raise NotPossible("words.row_gone")
    if found.account_id != viewer.account_id:
        raise NotAllowed("desk.not_your_own", name=found.name)
    conn.execute(sa.delete(SavedView).where(SavedView.id == view_id))
    changes.record(conn, viewer, Subject.ACCOUNTS, "view_dropped", view_id)


@stands_on(Subject.CASES)
def templates(conn: sa.Connection, viewer: Viewer, category_id: int | None, status: CaseStatus | None) -> pl.DataFrame:
    """The templates for a case of this category and status, those made for just it first."""
    check(viewer, Permission.HANDLE_CASES)
    fits = sa.and_(
        sa.or_(ReplyTemplate.category_id.is_(None), ReplyTemplate.category_id == category_id),
        sa.or_(ReplyTemplate.status.is_(None), ReplyTemplate.status == (status and status.value)),
    )
    given = [sa.case((column.is_(None), 1), else_=0) for column in (ReplyTemplate.category_id, ReplyTemplate.status)]
    statement = sa.select(
        ReplyTemplate.id,
        ReplyTemplate.name,
        ReplyTemplate.text,
        ReplyTemplate.category_id,
        ReplyTemplate.status,
        (ReplyTemplate.account_id == viewer.account_id).label("own"),
    ).where(fits)
    return read(conn, statement.order_by(*given, ReplyTemplate.name, ReplyTemplate.id), TEMPLATES)


def save_template(
    conn: sa.Connection,
    viewer: Viewer,
    name: str,
    text: str,
    category_id: int | None = None,
    status: CaseStatus | None = None,
) -> int:
    """Keeps a text for all to begin with; gives its id."""
    check(viewer, Permission.HANDLE_CASES)
    said, kept = rows.clean("name", name, LONGEST_NAME), rows.clean("reply", text)
    if not said or not kept:
        raise NotPossible("desk.template_empty")
    new = {"account_id": viewer.account_id or None, "name": said, "text": kept, "category_id": category_id}
    added = sa.insert(ReplyTemplate).values(**new, status=status and status.value)
    template_id = int(conn.execute(added.returning(ReplyTemplate.id)).scalar_one())
    changes.record(conn, viewer, Subject.CASES, "template_saved", template_id)
    return template_id


def drop_template(conn: sa.Connection, viewer: Viewer, template_id: int) -> None:
    """Forgets a template. A worker may drop any, a unit its own."""
    check(viewer, Permission.HANDLE_CASES)
    asked = sa.select(ReplyTemplate.account_id, ReplyTemplate.name).where(ReplyTemplate.id == template_id)
    found = conn.execute(asked).one_or_none()
    if found is None:
        raise NotPossible("words.row_gone")
    if found.account_id != viewer.account_id:
        check(viewer, Permission.WORK_CASES)
    conn.execute(sa.delete(ReplyTemplate).where(ReplyTemplate.id == template_id))
    changes.record(conn, viewer, Subject.CASES, "template_dropped", template_id)
