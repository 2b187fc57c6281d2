"""The peace post: disputes, their check-backs and sealed contacts, opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.Column("origin", sa.String(length=24), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("by_police", sa.Boolean(), nullable=False),
        sa.Column("by_community", sa.Boolean(), nullable=False),
        sa.Column("by_lawyer", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("performed", sa.String(length=24), nullable=True),
        sa.Column("feed", sa.String(length=24), nullable=True),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_dispute_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("source", "number", name=op.f("uq_dispute_source_number")),
    )
    op.create_index(op.f("ix_dispute_closed_on"), "dispute", ["closed_on"], unique=False)
    op.create_index("ix_dispute_grid_id_type_opened_on", "dispute", ["grid_id", "type", "opened_on"], unique=False)
    op.create_index(op.f("ix_dispute_opened_on"), "dispute", ["opened_on"], unique=False)
    op.create_table(
        "check_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_check_back_dispute_id_dispute"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_back")),
        sa.UniqueConstraint("dispute_id", "after_days", name=op.f("uq_check_back_dispute_id_after_days")),
    )
    op.create_index(op.f("ix_check_back_due_on"), "check_back", ["due_on"], unique=False)
    op.create_table(
        "dispute_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_dispute_contact_dispute_id_dispute"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_contact")),
        sa.UniqueConstraint("dispute_id", name=op.f("uq_dispute_contact_dispute_id")),
    )
    op.create_index(op.f("ix_dispute_contact_keep_until"), "dispute_contact", ["keep_until"], unique=False)
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=24), nullable=False),
        sa.Column("theme", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(length=24), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("feed", sa.String(length=24), nullable=True),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_opinion_case_id_case")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_opinion_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("source", "number", name=op.f("uq_opinion_source_number")),
    )
    op.create_index(op.f("ix_opinion_case_id"), "opinion", ["case_id"], unique=False)
    op.create_index(op.f("ix_opinion_collected_on"), "opinion", ["collected_on"], unique=False)
    op.create_index(op.f("ix_opinion_decided_on"), "opinion", ["decided_on"], unique=False)
    op.create_index(op.f("ix_opinion_grid_id"), "opinion", ["grid_id"], unique=False)
    op.create_index(op.f("ix_opinion_proposal_id"), "opinion", ["proposal_id"], unique=False)


def downgrade() -> None:
    op.drop_table("opinion")
    op.drop_table("dispute_contact")
    op.drop_table("check_back")
    op.drop_table("dispute")
