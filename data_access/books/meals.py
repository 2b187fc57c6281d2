"""The book of the meals: thousands a sheet, so a question of the till is asked once and new ones go in together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa

import clock
from access import Permission
from data_access import changes
from data_access.books.book import Book, Row
from data_access.meals.daily import hold_roll_ups
from data_access.meals.pricing import Price, diner_of, list_price, price
from data_access.meals.selling import NOBODY, correct, had_already, money, serving
from data_access.tables.canteen import MealAddition
from data_access.tables.meals import Diner, Meal
from data_access.tables.places import Place
from texts import t
from vocabulary.enums import MealKind, MealMode, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

AT_ONCE = 2_000
FIXED = ("canteen", "served_at", "list_fen")
"""What a sale keeps: another one is booked and this one taken back."""
T = TypeVar("T")


@dataclass
class MealWriter:
    """Gathers new meals with their prices; `days` are those to roll up."""

    conn: sa.Connection
    viewer: Viewer
    days: set[date] = field(default_factory=set)
    _known: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    _had: set[tuple[int, date, str]] = field(default_factory=set)
    _new: list[tuple[dict[str, Any], Price]] = field(default_factory=list)

    def write(self, row: Row, before: Row | None) -> None:
        """NotPossible as at the till, and for another time, canteen or list price of a meal that was sold."""
        if before is not None:
            self._correct(row, before)
            return
        served_at = row["served_at"]
        if served_at > clock.now():
            raise NotPossible("meals.in_the_future", at=f"{served_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}")
        day, meal = served_at.astimezone(clock.SHANGHAI).date(), MealKind(row["meal"])
        place = self._once(serving, row["canteen"], day)
        full = row["list_fen"] if row["list_fen"] is not None else self._once(list_price, place, meal, day)
        if full <= 0:
            raise NotPossible("meals.no_price", yuan=f"{full / 100:.2f}")
        who, paid = self._eater(row["card"], day, meal, full)
        where = {"number": row["number"], "served_at": served_at, "served_on": day, "canteen_id": place}
        mode = MealMode(row["mode"]) if row["mode"] else MealMode.DINE_IN
        self._new.append(({**where, "meal": meal, "mode": mode, "source": "sheet", **who, **money(paid)}, paid))
        self.days.add(day)

    def finish(self) -> None:
        """The new meals, with what tiers added to them."""
        for first in range(0, len(self._new), AT_ONCE):
            some = self._new[first : first + AT_ONCE]
            self.conn.execute(sa.insert(Meal), [values for values, _ in some])
            self._add(some)
        if self._new:
            changes.record(self.conn, self.viewer, Subject.MEALS, "meals_imported", count=len(self._new))

    def _add(self, some: list[tuple[dict[str, Any], Price]]) -> None:
        more = {values["number"]: paid.additions for values, paid in some if paid.additions}
        if not more:
            return
        ids = self.conn.execute(sa.select(Meal.number, Meal.id).where(Meal.number.in_(list(more))))
        rows = [
            {"meal_id": meal_id, "tier_id": tier, "discount_fen": fen}
            for number, meal_id in ids
            for tier, fen in more[number]
        ]
        self.conn.execute(sa.insert(MealAddition), rows)

    def _correct(self, row: Row, before: Row) -> None:
        for name in FIXED:
            if row[name] != before[name]:
                raise NotPossible("sheet_kinds.refused.fixed", column=t(f"sheet_kinds.field.{name}"))
        meal, mode, why = MealKind(row["meal"]), MealMode(row["mode"]), t("sheet_kinds.by_import")
        version, card = before["version"], row["card"]
        self.days.add(correct(self.conn, self.viewer, row["number"], version, why, meal=meal, mode=mode, card=card))

    def _eater(self, card: str | None, day: date, meal: MealKind, full: int) -> tuple[dict[str, Any], Price]:
        if card is None:
            return NOBODY, Price(full)
        diner = self._once(diner_of, card, day)
        mine = (diner.id, day, meal.value)
        had = had_already(self.conn, diner.id, day, meal)
        if had is not None or mine in self._had:
            raise NotPossible("sheet_kinds.refused.had_already", card=card, meal=meal, day=day)
        self._had.add(mine)
        who = {"diner_id": diner.id, "band": diner.band, "resident": diner.resident, "building_id": diner.building_id}
        return who, self._once(price, diner, day, full)

    def _once(self, ask: Callable[..., T], *question: Any) -> T:
        """What was asked before is known; a refusal too."""
        key = (ask, *question)
        if key not in self._known:
            try:
                self._known[key] = ask(self.conn, *question)
            except NotPossible as refusal:
                self._known[key] = refusal
        found = self._known[key]
        if isinstance(found, NotPossible):
            raise found
        answer: T = found
        return answer


def _writer(conn: sa.Connection, viewer: Viewer) -> MealWriter:
    hold_roll_ups(conn)
    return MealWriter(conn, viewer)


MEALS = Book(
    subject=Subject.MEALS,
    permission=Permission.WRITE_MEALS,
    identity=("number",),
    columns={
        "id": Meal.id,
        "version": Meal.version,
        "number": Meal.number,
        "canteen": Place.code,
        "served_at": Meal.served_at,
        "meal": Meal.meal,
        "mode": Meal.mode,
        "card": Diner.card,
        "list_fen": Meal.list_fen,
    },
    source=Meal.table()
    .join(Place.table(), Place.id == Meal.canteen_id)
    .outerjoin(Diner.table(), Diner.id == Meal.diner_id),
    writer=_writer,
    day=Meal.served_on,
    seen=lambda _viewer: [Meal.void_at.is_(None)],
    bulk=True,
)
