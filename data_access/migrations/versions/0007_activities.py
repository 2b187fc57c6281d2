"""Activities, the zones of the service centre, party branches and their plan."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("branch", "centre_zone"):
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("code", sa.String(32), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("name_en", sa.Text(), nullable=True),
            *_common(),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
            sa.UniqueConstraint("code", name=op.f(f"uq_{name}_code")),
        )
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("party_kind", sa.String(24), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audience", sa.String(24), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("festival", sa.Text(), nullable=True),
        sa.Column("field", sa.String(24), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("actual", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        *_common(),
        sa.ForeignKeyConstraint(["zone_id"], ["centre_zone.id"], name=op.f("fk_activity_zone_id_centre_zone")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_activity_place_id_place")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_activity_branch_id_branch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("title", "starts_at", name=op.f("uq_activity_title_starts_at")),
    )
    op.create_index(op.f("ix_activity_day"), "activity", ["day"])
    op.create_table(
        "party_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("party_kind", sa.String(24), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        *_common(),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_party_plan_branch_id_branch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_plan")),
        sa.UniqueConstraint("branch_id", "month", "party_kind", name=op.f("uq_party_plan_branch_id_month_party_kind")),
    )


def downgrade() -> None:
    op.drop_table("party_plan")
    op.drop_index(op.f("ix_activity_day"), "activity")
    op.drop_table("activity")
    op.drop_table("centre_zone")
    op.drop_table("branch")


def _common() -> list[sa.Column[object]]:
    return [
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]
