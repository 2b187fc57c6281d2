"""Charts of the volunteers: hours of service by month, and by role or occupation."""

import json

import altair as alt

from charts.days import along, when
from charts.theme import INK, beside, kept
from texts import t
from vocabulary.refusals import word
from vocabulary.volunteers import Occupation, VolunteerRole

HEIGHT, ROW, ROOM = 220, 34, 60
KINDS = {"volunteer_role": VolunteerRole, "occupation": Occupation}


@kept
def by_month(dark: bool) -> alt.Chart:
    """Bars over on, served_hours."""
    chart: alt.Chart = (
        alt.Chart(height=HEIGHT)
        .mark_bar(color=INK[dark]["accent"], size=22)
        .encode(
            x=along("month"),
            y=alt.Y("served_hours", type="quantitative", title=None, axis=alt.Axis(format=",d")),
            tooltip=[when("month"), _hours()],
        )
    )
    return chart


@kept
def by_word(dark: bool, column: str) -> alt.LayerChart:
    """Bars over the column's words and served_hours, the hours at the end."""
    names = json.dumps({one.value: word(one) for one in KINDS[column]}, ensure_ascii=False)
    axis = alt.Axis(labelExpr=f"{names}[datum.value]", labelLimit=150, grid=False)
    base = alt.Chart(height=alt.Step(ROW)).encode(y=alt.Y(column, type="nominal", sort=None, title=None, axis=axis))
    length = alt.X("served_hours", type="quantitative", axis=None, scale=beside(ROOM))
    bars = base.transform_calculate(name=f"{names}[datum.{column}]").mark_bar(height={"band": 0.6})
    heading = t("volunteers.role" if column == "volunteer_role" else "volunteers.occupation")
    drawn = bars.encode(x=length, tooltip=[alt.Tooltip("name", type="nominal", title=heading), _hours()])
    text = base.mark_text(align="left", dx=6, color=INK[dark]["ink"]).encode(
        x=length, text=alt.Text("served_hours", type="quantitative", format=",.1f")
    )
    layers: alt.LayerChart = drawn + text
    return layers


def _hours() -> alt.Tooltip:
    return alt.Tooltip("served_hours", type="quantitative", format=",.1f", title=t("volunteers.hours"))
