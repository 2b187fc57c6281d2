"""What is kept no longer than it is needed: the card numbers of old meals, sessions and attempts to sign in."""

from calendar import monthrange
from datetime import date, timedelta

import sqlalchemy as sa

import clock
from data_access import changes, corrections
from data_access.meals import hold_roll_ups
from data_access.signins import LOCKED_FOR
from data_access.tables.accounts import SignIn, SignInFailure
from data_access.tables.meals import DinerDay, Meal
from data_access.tables.records import Correction
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

CARD_MONTHS = 13
SESSION_DAYS = 90


def drop_old_cards(conn: sa.Connection, viewer: Viewer) -> int:
    """Forgets whose the meals were that are older than 13 months, in their histories too; the daily counts stay.

    Who ate on such a day is no longer kept either. Gives how many meals.
    """
    first = oldest_with_card(clock.today())
    old = Meal.served_on < first
    hold_roll_ups(conn)
    _forget_in_histories(conn, old)
    gone = conn.execute(sa.update(Meal).where(old, Meal.diner_id.is_not(None)).values(diner_id=None)).rowcount
    visits = conn.execute(sa.delete(DinerDay).where(DinerDay.served_on < first)).rowcount
    if gone or visits:
        changes.record(conn, viewer, Subject.MEALS, "cards_expired", count=gone)
    return gone


def drop_old_sign_ins(conn: sa.Connection, viewer: Viewer) -> int:
    """Deletes sessions over for 90 days, but each account's last, and attempts that lock nobody; gives how many."""
    now = clock.now()
    lasts = conn.scalars(sa.select(sa.func.max(SignIn.id)).group_by(SignIn.account_id)).all()
    ended = sa.delete(SignIn).where(SignIn.expires_at < now - timedelta(SESSION_DAYS), SignIn.id.not_in(lasts))
    harmless = sa.delete(SignInFailure).where(SignInFailure.failed_at <= now - LOCKED_FOR)
    gone = conn.execute(ended).rowcount + conn.execute(harmless).rowcount
    if gone:
        changes.note(conn, viewer, Subject.ACCOUNTS, "sign_ins_expired", count=gone)
    return gone


def oldest_with_card(today: date) -> date:
    """The first day whose meals keep their card: the same day 13 months ago, the last of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 - CARD_MONTHS, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _forget_in_histories(conn: sa.Connection, old: sa.ColumnElement[bool]) -> None:
    """A corrected meal names its earlier card in its history."""
    told = sa.or_(Correction.before.contains('"diner_id"'), Correction.after.contains('"diner_id"'))
    corrected = sa.select(Correction.entity_id).where(Correction.entity == Meal.table().name, told)
    for meal_id in conn.scalars(sa.select(Meal.id).where(old, Meal.id.in_(corrected))).all():
        corrections.forget(conn, Meal, meal_id, "diner_id")
