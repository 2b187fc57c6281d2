"""Volunteers, their shifts, sign-ups, records of service and clues."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _service()
    _clues()


def _people() -> None:
    op.create_table(
        "volunteer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(64), nullable=True),
        sa.Column("masked_name", sa.String(24), nullable=True),
        sa.Column("occupation", sa.String(24), nullable=False),
        sa.Column("team", sa.String(64), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        *_common(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("number", name=op.f("uq_volunteer_number")),
    )
    op.create_index(op.f("ix_volunteer_registered_on"), "volunteer", ["registered_on"])
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_from_to(),
        sa.Column("needed", sa.Integer(), nullable=False),
        *_common(),
        _key("shift", "place_id", "place"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    op.create_index(op.f("ix_shift_day"), "shift", ["day"])


def _service() -> None:
    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *_common(),
        _key("sign_up", "shift_id", "shift"),
        _key("sign_up", "volunteer_id", "volunteer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
        sa.UniqueConstraint("shift_id", "volunteer_id", name=op.f("uq_sign_up_shift_id_volunteer_id")),
    )
    op.create_index(op.f("ix_sign_up_volunteer_id"), "sign_up", ["volunteer_id"])
    op.create_table(
        "service_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_from_to(),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=True),
        *_common(),
        _key("service_record", "volunteer_id", "volunteer"),
        _key("service_record", "shift_id", "shift"),
        _key("service_record", "entered_by", "account"),
        _key("service_record", "verified_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_record")),
        sa.UniqueConstraint("volunteer_id", "starts_at", name=op.f("uq_service_record_volunteer_id_starts_at")),
    )
    op.create_index(op.f("ix_service_record_shift_id"), "service_record", ["shift_id"])
    op.create_index(op.f("ix_service_record_day"), "service_record", ["day"])


def _clues() -> None:
    op.create_table(
        "clue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_role", sa.String(24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=True),
        *_common(),
        _key("clue", "place_id", "place"),
        _key("clue", "grid_id", "grid"),
        _key("clue", "case_id", "case"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clue")),
    )
    op.create_index(op.f("ix_clue_reported_on"), "clue", ["reported_on"])
    op.create_index(op.f("ix_clue_case_id"), "clue", ["case_id"])


def downgrade() -> None:
    for name in ("clue", "service_record", "sign_up", "shift", "volunteer"):
        op.drop_table(name)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _from_to() -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("starts_at", "ends_at")]


def _common() -> list[sa.Column[object]]:
    return [
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]
