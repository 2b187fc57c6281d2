"""A case that came with a due moment from a file is severely late too: three times as late, as by a limit."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SEVERE = 3
CASE = sa.table(
    "case",
    sa.column("id", sa.Integer()),
    sa.column("received_at", sa.DateTime(timezone=True)),
    sa.column("due_at", sa.DateTime(timezone=True)),
    sa.column("severe_at", sa.DateTime(timezone=True)),
    sa.column("limit_from", sa.DateTime(timezone=True)),
)
EVENT = sa.table("case_event", sa.column("case_id", sa.Integer()), sa.column("detail", sa.Text()))
GIVEN = sa.and_(CASE.c.limit_from.is_(None), CASE.c.due_at.is_not(None))
TOLD = sa.select(EVENT.c.case_id).where(EVENT.c.detail.like('%"since"%'))


def upgrade() -> None:
    conn = op.get_bind()
    columns = (CASE.c.id, CASE.c.received_at, CASE.c.due_at)
    found = conn.execute(sa.select(*columns).where(GIVEN, CASE.c.severe_at.is_(None))).all()
    rows = [{"case": one.id, "moment": one.received_at + (one.due_at - one.received_at) * SEVERE} for one in found]
    if rows:
        here = sa.update(CASE).where(CASE.c.id == sa.bindparam("case"))
        conn.execute(here.values(severe_at=sa.bindparam("moment")), rows)


def downgrade() -> None:
    """Only those whose due moment never moved had none; which of these an import has told of since is not asked."""
    op.execute(sa.update(CASE).where(GIVEN, CASE.c.id.not_in(TOLD)).values(severe_at=None))
