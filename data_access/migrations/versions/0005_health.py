"""The hospital's monthly figures by group, and the ledger of published figures."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "health_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("health_group", sa.String(24), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=name == "controlled") for name in NUMBERS),
        *_common(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_month")),
        sa.UniqueConstraint("month", "health_group", name=op.f("uq_health_month_month_health_group")),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("figure", sa.String(64), nullable=False),
        sa.Column("system", sa.String(24), nullable=False),
        sa.Column("said_zh", sa.Text(), nullable=False),
        sa.Column("said_en", sa.Text(), nullable=True),
        sa.Column("qualifier", sa.String(24), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(24), nullable=False),
        sa.Column("scope", sa.String(24), nullable=False),
        sa.Column("metric", sa.String(64), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("published_in", sa.Text(), nullable=False),
        sa.Column("published_in_en", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        *_common(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("figure", "from_on", name=op.f("uq_claim_figure_from_on")),
    )


def downgrade() -> None:
    op.drop_table("claim")
    op.drop_table("health_month")


NUMBERS = (
    "residents",
    "contracted",
    "managed",
    "managed_to_norm",
    "controlled",
    "follow_ups_due",
    "follow_ups_done",
    "check_ups_due",
    "check_ups_done",
)


def _common() -> list[sa.Column[object]]:
    return [
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]
