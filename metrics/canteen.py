"""Figures of the canteen beside its meals: who is in difficulty and reached, care, subsidy, margin, food safety.

They are computed from `canteen.register`, `meals.diner_days`, `canteen.care_tasks`, `canteen.reconciled`,
`canteen.ledger` and `canteen.safety_due`; the frames may reach further than the period.
"""

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit, rate
from metrics.meals import FEW, of_people, served
from vocabulary.enums import Subject
from vocabulary.questions import Op, Period, Rows, Where


def difficult_coverage(period: Period, register: pl.DataFrame, visits: pl.DataFrame) -> Figure:
    """Elders of the register who ate in the period over the register at its end. No rate below twenty."""
    listed = on_register(period, register)
    return of_people(listed.join(served(period, visits), on="diner_id", how="semi").height, listed.height)


def on_register(period: Period, register: pl.DataFrame) -> pl.DataFrame:
    """Those who had agreed by the period's end and did not take it back since."""
    return register.filter(pl.col("consent_on") <= period.until)


def care_open(period: Period, tasks: pl.DataFrame) -> Figure:
    """Tasks made by the period's end and not closed by then."""
    still = pl.col("closed_on").is_null() | (pl.col("closed_on") > period.until)
    return Figure(tasks.filter(pl.col("made_on") <= period.until, still).height)


def care_answered(period: Period, tasks: pl.DataFrame) -> Figure:
    """Of the tasks made in the period those closed by its end."""
    made = tasks.filter(pl.col("made_on").is_between(period.since, period.until))
    return rate(made.filter(pl.col("closed_on") <= period.until).height, made.height)


def subsidy_mismatches(period: Period, reconciled: pl.DataFrame) -> Figure:
    """Claims of the months over by the period's end that are not what the meals come to, those forgotten too."""
    return Figure(reconciled.filter(pl.col("month_end") <= period.until, pl.col("mismatch").is_not_null()).height)


def canteen_margin(period: Period, ledger: pl.DataFrame) -> Figure:
    """(Income + subsidy − costs) over income, in yuan; no income, no figure."""
    days = ledger.filter(pl.col("day").is_between(period.since, period.until))
    income = int(days["income_fen"].sum())
    left = int(days["left_fen"].sum())
    return rate(left / 100, income / 100)


def margin_by_month(ledger: pl.DataFrame) -> pl.DataFrame:
    """month, income_fen, left_fen, margin, days: the newest month last; a month without income has no margin."""
    return (
        ledger.group_by(month=pl.col("day").dt.month_start())
        .agg(pl.col("income_fen", "left_fen").sum(), days=pl.len().cast(pl.Int64))
        .with_columns(margin=pl.when(pl.col("income_fen") > 0).then(pl.col("left_fen") / pl.col("income_fen")))
        .sort("month")
    )


def food_safety_complete(period: Period, due: pl.DataFrame) -> Figure:
    """Entries made over entries due on the serving days. Today is not over and counts only when it is all."""
    over = due.filter(pl.col("day").is_between(period.since, period.until))
    if period.days > 1:
        over = over.filter(~pl.col("running"))
    return rate(int(over["logged"].sum()), over.height)


def coverage_by_tier(period: Period, visits: pl.DataFrame, holders: pl.DataFrame, k: int = 1) -> pl.DataFrame:
    """Like `metrics.meals.coverage_by`, of the residents of 60+ who hold a tier: tier, served, residents, rate."""
    reached = served(period, visits, k).select("diner_id", reached=pl.lit(1))
    return (
        holders.join(reached, on="diner_id", how="left")
        .group_by("tier")
        .agg(served=pl.col("reached").sum().cast(pl.Int64), residents=pl.len().cast(pl.Int64))
        .with_columns(rate=pl.when(pl.col("residents") >= FEW).then(pl.col("served") / pl.col("residents")))
        .sort("rate", "tier", descending=[True, False], nulls_last=True)
    )


DIFFICULT_COVERAGE = Metric(
    key="difficult_coverage",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=(Subject.MEALS, Subject.CARE, Subject.PLACES),
    sources=("canteen.register", "meals.diner_days"),
    figure=difficult_coverage,
    rows=Rows("difficult_elders", (Where("served", Op.IN, (True,)),)),
    of=Rows("difficult_elders"),
    of_people=True,
    decimals=1,
    target_days=21,
)
CARE_OPEN = Metric(
    key="care_open",
    kind=Kind.COUNT,
    unit=Unit.ITEMS,
    better=Better.DOWN,
    subjects=(Subject.CARE, Subject.PLACES),
    sources=("canteen.care_tasks",),
    figure=care_open,
    rows=Rows("care_tasks", (Where("made_on", Op.UNTIL_END), Where("closed_on", Op.AFTER_END_OR_NULL))),
)
CARE_ANSWERED = Metric(
    key="care_answered",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=(Subject.CARE, Subject.PLACES),
    sources=("canteen.care_tasks",),
    figure=care_answered,
    rows=Rows("care_tasks", (Where("made_on", Op.IN_PERIOD), Where("closed_on", Op.UNTIL_END))),
    of=Rows("care_tasks", (Where("made_on", Op.IN_PERIOD),)),
    decimals=1,
)
SUBSIDY_MISMATCHES = Metric(
    key="subsidy_mismatches",
    kind=Kind.COUNT,
    unit=Unit.ITEMS,
    better=Better.DOWN,
    subjects=(Subject.MEALS, Subject.CANTEEN),
    sources=("canteen.reconciled",),
    figure=subsidy_mismatches,
    rows=Rows("subsidy_claims", (Where("mismatch", Op.GIVEN),)),
)
CANTEEN_MARGIN = Metric(
    key="canteen_margin",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.NONE,
    subjects=(Subject.MEALS, Subject.CANTEEN),
    sources=("canteen.ledger",),
    figure=canteen_margin,
    rows=Rows("canteen_days", (Where("day", Op.IN_PERIOD),), "profit_yuan"),
    of=Rows("canteen_days", (Where("day", Op.IN_PERIOD),), "income_yuan"),
    decimals=1,
)
FOOD_SAFETY_COMPLETE = Metric(
    key="food_safety_complete",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=(Subject.MEALS, Subject.CANTEEN),
    sources=("canteen.safety_due",),
    figure=food_safety_complete,
    rows=Rows("safety_due", (Where("logged", Op.IN, (True,)),)),
    of=Rows("safety_due"),
    decimals=1,
)
METRICS = (
    DIFFICULT_COVERAGE,
    CARE_OPEN,
    CARE_ANSWERED,
    SUBSIDY_MISMATCHES,
    CANTEEN_MARGIN,
    FOOD_SAFETY_COMPLETE,
)
