"""Figures of the hospital's months: a rate for each group and part of the care, from `health.months`.

The frame has one row a month and group of all months that were over, with the last day `month_end`. Who is contracted,
managed and controlled stands: it is told by the newest month over by the period's end. Follow-ups and check-ups add
up over the months that ended in the period. A resident in two groups would count twice, so groups are never summed.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl

from metrics.figure import NO_FIGURE, Better, Figure, Kind, Metric, Unit
from metrics.meals import FEW, of_people
from vocabulary.enums import Subject
from vocabulary.health import HealthGroup
from vocabulary.questions import Op, Period, Rows, Where


@dataclass(frozen=True)
class Part:
    """A rate of a group's row: which number over which; `adds` when months are summed."""

    name: str
    numerator: str
    denominator: str
    adds: bool = False


PARTS = (
    Part("contracted", "contracted", "residents"),
    Part("managed", "managed", "residents"),
    Part("to_norm", "managed_to_norm", "managed"),
    Part("controlled", "controlled", "managed"),
    Part("followed_up", "follow_ups_done", "follow_ups_due", adds=True),
    Part("checked_up", "check_ups_done", "check_ups_due", adds=True),
)
NAMES = {HealthGroup.ELDERS: "elders", HealthGroup.HYPERTENSION: "hypertension", HealthGroup.DIABETES: "diabetes"}
FUNNEL = ("residents", "contracted", "managed", "managed_to_norm", "controlled")


def parts_of(group: HealthGroup) -> tuple[Part, ...]:
    """The rates of a group: the elders have no reading to control."""
    return tuple(part for part in PARTS if not (group is HealthGroup.ELDERS and part.name == "controlled"))


def key_of(group: HealthGroup, part: Part) -> str:
    """The key of the metric: hypertension_controlled."""
    return f"{NAMES[group]}_{part.name}"


def group_rate(group: HealthGroup, part: Part, period: Period, months: pl.DataFrame) -> Figure:
    """n of N of a group; no month, no figure, and no rate below twenty."""
    own = of_group(group, months)
    told = in_period(period, own) if part.adds else newest(period, own)
    if told.is_empty():
        return NO_FIGURE
    return of_people(int(told[part.numerator].sum()), int(told[part.denominator].sum()))


def of_group(group: HealthGroup, months: pl.DataFrame) -> pl.DataFrame:
    """The rows of one group."""
    return months.filter(pl.col("health_group") == group.value)


def in_period(period: Period, months: pl.DataFrame) -> pl.DataFrame:
    """The months that ended in the period."""
    return months.filter(pl.col("month_end").is_between(period.since, period.until))


def newest(period: Period, months: pl.DataFrame) -> pl.DataFrame:
    """The newest month over by the period's end, as a frame of at most one row a group."""
    over = months.filter(pl.col("month_end") <= period.until).sort("month")
    return over.unique("health_group", keep="last", maintain_order=True)


def trend(group: HealthGroup, months: pl.DataFrame) -> pl.DataFrame:
    """on, part, rate, n, of: a group's rates month by month, the oldest first; no rate below twenty."""
    own = of_group(group, months)
    lines = [_line(part, own) for part in parts_of(group)]
    return pl.concat(lines).sort("on", "rank").drop("rank")


def _line(part: Part, own: pl.DataFrame) -> pl.DataFrame:
    n, of = pl.col(part.numerator), pl.col(part.denominator)
    return own.select(
        on=pl.col("month"),
        part=pl.lit(part.name),
        rate=pl.when(of >= FEW).then(n / of),
        n=n,
        of=of,
        rank=pl.lit(PARTS.index(part)),
    )


def funnel(group: HealthGroup, period: Period, months: pl.DataFrame) -> pl.DataFrame:
    """stage, people, of (the stage it is a part of), share of that: from the residents to those who are controlled.

    Empty without a month over by the period's end.
    """
    told = newest(period, of_group(group, months))
    schema = {"stage": pl.String, "people": pl.Int64, "of": pl.String, "share": pl.Float64}
    if told.is_empty():
        return pl.DataFrame(schema=schema)
    row = told.row(0, named=True)
    above = {part.numerator: part.denominator for part in PARTS}
    stages = [stage for stage in FUNNEL if row[stage] is not None]
    rows = [(stage, row[stage], above.get(stage), _share(row, stage, above.get(stage))) for stage in stages]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _share(row: dict[str, Any], stage: str, of: str | None) -> float | None:
    return row[stage] / row[of] if of and row[of] >= FEW else None


def _metric(group: HealthGroup, part: Part) -> Metric:
    theirs = Where("health_group", Op.IN, (group.value,))
    where = (theirs, Where("month_end", Op.IN_PERIOD)) if part.adds else (theirs,)
    subject = "health_months" if part.adds else "health_newest"
    named = {"residents": "group_residents"}
    return Metric(
        key=key_of(group, part),
        kind=Kind.RATE,
        unit=Unit.PERCENT,
        better=Better.UP,
        subjects=(Subject.HEALTH,),
        sources=("health.months",),
        figure=partial(group_rate, group, part),
        rows=Rows(subject, where, named.get(part.numerator, part.numerator)),
        of=Rows(subject, where, named.get(part.denominator, part.denominator)),
        of_people=True,
        decimals=1,
    )


METRICS = tuple(_metric(group, part) for group in HealthGroup for part in parts_of(group))
