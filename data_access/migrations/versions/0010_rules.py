"""Rules: limits of cases, rules that are one number, days on which a place is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _common() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "sla_rule",
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("type", sa.String(24), nullable=True),
        sa.Column("urgency", sa.String(24), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(24), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        *_common(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_rule")),
        sa.UniqueConstraint("kind", "type", "urgency", "from_on", name=op.f("uq_sla_rule_kind_type_urgency_from_on")),
    )
    op.create_table(
        "number_rule",
        sa.Column("name", sa.String(24), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        *_common(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_rule")),
        sa.UniqueConstraint("name", "from_on", name=op.f("uq_number_rule_name_from_on")),
    )
    op.create_table(
        "closed_day",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_common(),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_closed_day_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_day")),
        sa.UniqueConstraint("place_id", "day", name=op.f("uq_closed_day_place_id_day")),
    )


def downgrade() -> None:
    for table in ("closed_day", "number_rule", "sla_rule"):
        op.drop_table(table)
