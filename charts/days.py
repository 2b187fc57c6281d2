"""A time axis in steps of days, weeks or months, the same for every chart over time."""

from typing import Any

import altair as alt

from texts import t

# utc: a day is sent as its midnight in UTC, and must stay that day in the browser's zone.
UNITS: dict[str, Any] = {"day": "utcyearmonthdate", "week": "utcyearmonthdate", "month": "utcyearmonth"}
TICKS: dict[str, Any] = {"day": {"interval": "week", "step": 1}, "month": {"interval": "month", "step": 1}}


def along(step: str, field: str = "on") -> alt.X:
    """The x axis over `field`, the first day of each step. Weeks stand side by side, so that a bar is a week wide."""
    if step == "week":
        return alt.X(field, type="ordinal", timeUnit=UNITS[step], axis=alt.Axis(format="%Y-%m-%d", labelAngle=0))
    shown = "%Y-%m" if step == "month" else "%m-%d"
    return alt.X(field, type="temporal", timeUnit=UNITS[step], axis=alt.Axis(format=shown, tickCount=TICKS[step]))


def when(step: str, field: str = "on") -> alt.Tooltip:
    """The step's first day, said in a tooltip."""
    shown = "%Y-%m" if step == "month" else "%Y-%m-%d"
    return alt.Tooltip(field, type="temporal", timeUnit=UNITS[step], format=shown, title=t(f"overview.step.{step}"))
