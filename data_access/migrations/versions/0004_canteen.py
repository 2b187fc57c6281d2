"""The canteen beside its meals: tiers by group and age, prices, consent, pauses, care, claims, ledger, food safety."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subsidy_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("tier", sa.String(length=32), nullable=False),
        sa.Column("payer", sa.Text(), nullable=True),
        sa.Column("meals", sa.Integer(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_claim")),
        sa.UniqueConstraint("month", "tier", name=op.f("uq_subsidy_claim_month_tier")),
    )
    op.create_table(
        "canteen_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("income_fen", sa.BigInteger(), nullable=False),
        sa.Column("subsidy_fen", sa.BigInteger(), nullable=False),
        sa.Column("food_fen", sa.BigInteger(), nullable=False),
        sa.Column("wages_fen", sa.BigInteger(), nullable=False),
        sa.Column("other_fen", sa.BigInteger(), nullable=False),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["canteen_id"], ["place.id"], name=op.f("fk_canteen_day_canteen_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canteen_day")),
        sa.UniqueConstraint("canteen_id", "day", name=op.f("uq_canteen_day_canteen_id_day")),
    )
    op.create_index(op.f("ix_canteen_day_day"), "canteen_day", ["day"], unique=False)
    op.create_table(
        "food_safety",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("meal", sa.String(length=24), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("grams", sa.Integer(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["canteen_id"], ["place.id"], name=op.f("fk_food_safety_canteen_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_safety")),
        sa.UniqueConstraint("canteen_id", "day", "kind", "meal", name=op.f("uq_food_safety_canteen_id_day_kind_meal")),
    )
    op.create_index(op.f("ix_food_safety_day"), "food_safety", ["day"], unique=False)
    op.create_table(
        "menu_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("meal", sa.String(24), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["canteen_id"], ["place.id"], name=op.f("fk_menu_price_canteen_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu_price")),
        sa.UniqueConstraint("canteen_id", "meal", "from_on", name=op.f("uq_menu_price_canteen_id_meal_from_on")),
    )
    op.create_table(
        "care_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diner_id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("last_ate_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(24), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["diner_id"], ["diner.id"], name=op.f("fk_care_task_diner_id_diner")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_care_task_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_task")),
        sa.UniqueConstraint("diner_id", "made_on", name=op.f("uq_care_task_diner_id_made_on")),
    )
    op.create_index(op.f("ix_care_task_grid_id"), "care_task", ["grid_id"], unique=False)
    op.create_index(op.f("ix_care_task_made_on"), "care_task", ["made_on"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diner_id", sa.Integer(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("care", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["diner_id"], ["diner.id"], name=op.f("fk_enrolment_diner_id_diner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
    )
    op.create_index(op.f("ix_enrolment_diner_id"), "enrolment", ["diner_id"], unique=False)
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diner_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["diner_id"], ["diner.id"], name=op.f("fk_pause_diner_id_diner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index(op.f("ix_pause_diner_id"), "pause", ["diner_id"], unique=False)
    op.create_table(
        "enrolled_group",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("diner_group", sa.String(24), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_enrolled_group_enrolment_id_enrolment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "diner_group", name=op.f("pk_enrolled_group")),
    )
    op.create_table(
        "meal_addition",
        sa.Column("meal_id", sa.Integer(), nullable=False),
        sa.Column("tier_id", sa.Integer(), nullable=False),
        sa.Column("discount_fen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meal_id"], ["meal.id"], name=op.f("fk_meal_addition_meal_id_meal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tier_id"], ["tier.id"], name=op.f("fk_meal_addition_tier_id_tier")),
        sa.PrimaryKeyConstraint("meal_id", "tier_id", name=op.f("pk_meal_addition")),
    )
    op.add_column("tier", sa.Column("diner_group", sa.String(24), nullable=True))
    op.add_column("tier", sa.Column("from_band", sa.String(24), nullable=True))
    op.add_column("tier", sa.Column("adds", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("tier", sa.Column("payer", sa.Text(), nullable=True))
    op.add_column("tier", sa.Column("claim_percent", sa.Integer(), server_default="100", nullable=False))


def downgrade() -> None:
    op.drop_column("tier", "claim_percent")
    op.drop_column("tier", "payer")
    op.drop_column("tier", "adds")
    op.drop_column("tier", "from_band")
    op.drop_column("tier", "diner_group")
    op.drop_table("meal_addition")
    op.drop_table("enrolled_group")
    op.drop_index(op.f("ix_pause_diner_id"), table_name="pause")
    op.drop_table("pause")
    op.drop_index(op.f("ix_enrolment_diner_id"), table_name="enrolment")
    op.drop_table("enrolment")
    op.drop_index(op.f("ix_care_task_made_on"), table_name="care_task")
    op.drop_index(op.f("ix_care_task_grid_id"), table_name="care_task")
    op.drop_table("care_task")
    op.drop_table("menu_price")
    op.drop_index(op.f("ix_food_safety_day"), table_name="food_safety")
    op.drop_table("food_safety")
    op.drop_index(op.f("ix_canteen_day_day"), table_name="canteen_day")
    op.drop_table("canteen_day")
    op.drop_table("subsidy_claim")
