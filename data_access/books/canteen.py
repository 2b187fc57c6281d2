"""The books of the canteen beside its meals: cards, the day ledger, food safety, subsidy claims."""

import sqlalchemy as sa

from access import Permission
from data_access.books.book import Book, Row, one_by_one
from data_access.canteen.claims import add_claim, correct_claim
from data_access.canteen.diners import CardFacts, correct_card, issue_card
from data_access.canteen.ledger import LedgerDay
from data_access.canteen.ledger import add_day as add_ledger_day
from data_access.canteen.ledger import correct_day as correct_ledger_day
from data_access.canteen.safety import SafetyEntry, correct_entry, log_entry
from data_access.tables.canteen import CanteenDay, FoodSafety, SubsidyClaim
from data_access.tables.meals import Diner
from data_access.tables.places import Building, Place
from texts import t
from vocabulary.canteen import SUMS, SafetyCheck
from vocabulary.enums import AgeBand, MealKind, Subject
from vocabulary.questions import Viewer


def _diner(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    band, building = AgeBand(row["band"]), row["building"]
    facts = CardFacts(row["card"], band, bool(row["resident"]), building, row["valid_to"])
    if before is None:
        issue_card(conn, viewer, facts)
    else:
        correct_card(conn, viewer, before["version"], facts, t("sheet_kinds.by_import"))


def _ledger(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    facts = LedgerDay(row["day"], **{f"{name}_fen": row[f"{name}_fen"] for name in SUMS})
    if before is None:
        add_ledger_day(conn, viewer, row["canteen"], facts)
    else:
        correct_ledger_day(conn, viewer, before["id"], before["version"], facts, t("sheet_kinds.by_import"))


def _safety(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    kind, meal = SafetyCheck(row["safety_kind"]), MealKind(row["meal"]) if row["meal"] else None
    passed, note = bool(row["passed"]), row["note"] or ""
    entry = SafetyEntry(row["day"], kind, meal, passed, row["grams"], row["hours"], note)
    if before is None:
        log_entry(conn, viewer, row["canteen"], entry)
    else:
        correct_entry(conn, viewer, before["id"], before["version"], entry, t("sheet_kinds.by_import"))


def _claim(conn: sa.Connection, viewer: Viewer, row: Row, before: Row | None) -> None:
    if before is None:
        add_claim(conn, viewer, row["month"], row["tier"], row["meals"], row["fen"])
    else:
        reason = t("sheet_kinds.by_import")
        correct_claim(conn, viewer, before["id"], before["version"], row["meals"], row["fen"], reason)


DINERS = Book(
    subject=Subject.MEALS,
    permission=Permission.WRITE_DINERS,
    identity=("card",),
    columns={
        "id": Diner.id,
        "version": Diner.version,
        "card": Diner.card,
        "band": Diner.band,
        "resident": Diner.resident,
        "building": Building.number,
        "valid_to": Diner.valid_to,
    },
    source=Diner.table().outerjoin(Building.table(), Building.id == Diner.building_id),
    writer=one_by_one(_diner),
)
CANTEEN_DAYS = Book(
    subject=Subject.CANTEEN,
    permission=Permission.WRITE_CANTEEN,
    identity=("canteen", "day"),
    columns={
        "id": CanteenDay.id,
        "version": CanteenDay.version,
        "canteen": Place.code,
        "day": CanteenDay.day,
        **{f"{name}_fen": getattr(CanteenDay, f"{name}_fen") for name in SUMS},
    },
    source=CanteenDay.table().join(Place.table(), Place.id == CanteenDay.canteen_id),
    writer=one_by_one(_ledger),
    day=CanteenDay.day,
)
FOOD_SAFETY = Book(
    subject=Subject.CANTEEN,
    permission=Permission.WRITE_CANTEEN,
    identity=("canteen", "day", "safety_kind", "meal"),
    columns={
        "id": FoodSafety.id,
        "version": FoodSafety.version,
        "canteen": Place.code,
        "day": FoodSafety.day,
        "safety_kind": FoodSafety.kind,
        "meal": sa.func.nullif(FoodSafety.meal, ""),
        "passed": FoodSafety.passed,
        "grams": FoodSafety.grams,
        "hours": FoodSafety.hours,
        "note": FoodSafety.note,
    },
    source=FoodSafety.table().join(Place.table(), Place.id == FoodSafety.canteen_id),
    writer=one_by_one(_safety),
    day=FoodSafety.day,
)
SUBSIDY_CLAIMS = Book(
    subject=Subject.CANTEEN,
    permission=Permission.WRITE_CANTEEN,
    identity=("month", "tier"),
    columns={
        "id": SubsidyClaim.id,
        "version": SubsidyClaim.version,
        "month": SubsidyClaim.month,
        "tier": SubsidyClaim.tier,
        "meals": SubsidyClaim.meals,
        "fen": SubsidyClaim.fen,
    },
    source=SubsidyClaim.table(),
    writer=one_by_one(_claim),
    day=SubsidyClaim.month,
)
