"""The canteen's margin by month on the band in which it is thin."""

import altair as alt

from charts.theme import INK, kept
from texts import t

HEIGHT = 216


@kept
def margins(dark: bool) -> alt.LayerChart:
    """Bars over month (its name), margin, least, most, outside; the band lies beneath, the share stands above."""
    ink = INK[dark]
    base = alt.Chart(height=HEIGHT).encode(x=alt.X("name", type="nominal", sort=None, axis=alt.Axis(labelAngle=0)))
    share = alt.Axis(title=None, format=".0%", tickCount=4)
    band = base.mark_bar(color=ink["line"], width={"band": 1.0}, cornerRadius=0).encode(
        y=alt.Y("least", type="quantitative", axis=share), y2="most"
    )
    bars = base.mark_bar(size=36).encode(
        y=alt.Y("margin", type="quantitative", axis=share),
        color=alt.condition("datum.outside", alt.value(ink["alarm"]), alt.value(ink["accent"])),
        tooltip=[
            alt.Tooltip("name", type="nominal", title=t("columns.month")),
            alt.Tooltip("margin", type="quantitative", format=".1%", title=t("metrics.canteen_margin.name")),
            alt.Tooltip("days", type="quantitative", format=",d", title=t("canteen.page.ledger_days")),
        ],
    )
    said = base.mark_text(dy=-8, color=ink["ink"]).encode(
        y=alt.Y("margin", type="quantitative", axis=share), text=alt.Text("margin", type="quantitative", format=".1%")
    )
    layers: alt.LayerChart = band + bars + said
    return layers
