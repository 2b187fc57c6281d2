"""How many craft workshops stand, from `workshops.standing`: the same for every period, as it is told for now only."""

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit
from vocabulary.enums import Subject
from vocabulary.questions import Period, Rows


def craft_workshops(_period: Period, standing: pl.DataFrame) -> Figure:
    """Workshops that are not closed."""
    return Figure(standing.height)


CRAFT_WORKSHOPS = Metric(
    key="craft_workshops",
    kind=Kind.COUNT,
    unit=Unit.PLACES,
    better=Better.NONE,
    subjects=(Subject.PLACES, Subject.STALLS),
    sources=("workshops.standing",),
    figure=craft_workshops,
    rows=Rows("workshops"),
)
METRICS = (CRAFT_WORKSHOPS,)
