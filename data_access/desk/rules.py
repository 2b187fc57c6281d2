"""The weights of satisfaction, as the office sets them."""

from datetime import date

import sqlalchemy as sa

from data_access.rules import number
from vocabulary.desk import Satisfaction
from vocabulary.rules import Number


def satisfaction_weights(conn: sa.Connection, day: date) -> dict[str, float]:
    """What each answer counts for in the satisfaction rate on this day (0-1)."""
    return {answer.value: number(conn, Number(f"weight_{answer.value}"), day) for answer in Satisfaction}
