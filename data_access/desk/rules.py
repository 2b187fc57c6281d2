"""The weights of satisfaction, as the office sets them."""

from datetime import date

import sqlalchemy as sa

from vocabulary.desk import Satisfaction


def satisfaction_weights(conn: sa.Connection, day: date) -> dict[str, float]:
    """What each answer counts for in the satisfaction rate on this day (0-1)."""
    del conn, day
    steps = (1.0, 0.8, 0.6, 0.3, 0.0)
    return {answer.value: weight for answer, weight in zip(Satisfaction, steps, strict=True)}
