"""Figures of deliberation and renewal: how proposals get through the five steps, and how far the projects are.

They are computed from `renewal.steps` (one row a proposal and step it reached) and from `renewal.projects`,
`renewal.milestones` and `renewal.payments` (one row each); the frames may reach further than the period.
"""

from datetime import date

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit, rate
from vocabulary.enums import Subject
from vocabulary.questions import Op, Period, Rows, Where
from vocabulary.renewal import WHOLE, Mode, Step

FEN = 100


def proposals_open(period: Period, steps: pl.DataFrame) -> Figure:
    """Proposals under way when the last day of the period is over."""
    return Figure(standing(period.until, steps).height)


def steps_passed(period: Period, steps: pl.DataFrame) -> Figure:
    """Of the steps at which a proposal stood in the period, those it passed in it."""
    stood = stood_in(period, steps)
    return rate(_passed_in(period, stood).height, stood.height)


def step_days(period: Period, steps: pl.DataFrame) -> Figure:
    """Median days from the opening of a step to its passing, of the steps passed in the period."""
    days = _days(_passed_in(period, steps))
    middle = days.median()
    return Figure(middle if isinstance(middle, int | float) else None, None, days.len())


def funnel(period: Period, steps: pl.DataFrame) -> pl.DataFrame:
    """The five steps in order: `stood` at it in the period, `passed` of them, `rate`, median `days`, `waiting` now.

    `rate` and `days` are null where nothing stood or passed; `waiting` is at the end of the period.
    """
    stood, waiting = stood_in(period, steps), standing(period.until, steps)
    rows = []
    for step in Step:
        here = stood.filter(step=int(step))
        passed = _passed_in(period, here)
        share = passed.height / here.height if here.height else None
        middle = _days(passed).median()
        rows.append((int(step), here.height, passed.height, share, middle, waiting.filter(step=int(step)).height))
    schema = {"step": pl.Int64, "stood": pl.Int64, "passed": pl.Int64, "rate": pl.Float64}
    return pl.DataFrame(rows, schema={**schema, "days": pl.Float64, "waiting": pl.Int64}, orient="row")


def stood_in(period: Period, steps: pl.DataFrame) -> pl.DataFrame:
    """The steps at which a proposal stood on some day of the period."""
    left = pl.col("left_on").is_null() | (pl.col("left_on") >= period.since)
    return steps.filter(pl.col("opened_on") <= period.until, left)


def renewal_area(period: Period, projects: pl.DataFrame, milestones: pl.DataFrame, payments: pl.DataFrame) -> Figure:
    """Square metres of the projects approved and not given up at the end of the period."""
    return Figure(_sum(projects_on(period.until, projects, milestones, payments), "area_m2"))


def renewal_done(period: Period, projects: pl.DataFrame, milestones: pl.DataFrame, payments: pl.DataFrame) -> Figure:
    """Their square metres times their progress."""
    return Figure(_sum(projects_on(period.until, projects, milestones, payments), "done_m2"))


def renewal_progress(
    period: Period, projects: pl.DataFrame, milestones: pl.DataFrame, payments: pl.DataFrame
) -> Figure:
    """Σ area × progress over Σ area: a large project weighs more than a small one."""
    there = projects_on(period.until, projects, milestones, payments)
    return rate(_sum(there, "done_m2"), _sum(there, "area_m2"))


def renewal_paid(period: Period, projects: pl.DataFrame, milestones: pl.DataFrame, payments: pl.DataFrame) -> Figure:
    """Yuan paid over yuan of budget."""
    there = projects_on(period.until, projects, milestones, payments)
    return rate(_sum(there, "paid_fen") / FEN, _sum(there, "budget_fen") / FEN)


def projects_on(day: date, projects: pl.DataFrame, milestones: pl.DataFrame, payments: pl.DataFrame) -> pl.DataFrame:
    """The projects approved and not given up when a day is over, with `progress` in percent, `done_m2`, `paid_fen`."""
    reached = milestones.filter(pl.col("done_on") <= day).group_by("project_id").agg(progress=pl.col("weight").sum())
    paid = payments.filter(pl.col("paid_on") <= day).group_by("project_id").agg(paid_fen=pl.col("fen").sum())
    there = projects.filter(pl.col("approved_on") <= day, pl.col("stopped_on").is_null() | (pl.col("stopped_on") > day))
    return (
        there.join(reached, on="project_id", how="left", maintain_order="left")
        .join(paid, on="project_id", how="left", maintain_order="left")
        .with_columns(pl.col("progress", "paid_fen").fill_null(0))
        .with_columns(done_m2=pl.col("area_m2") * pl.col("progress") / WHOLE)
    )


def by_mode(there: pl.DataFrame) -> pl.DataFrame:
    """Of `projects_on`, the four modes in order: how many projects, m² planned and done, and the share done."""
    sums = there.group_by("mode").agg(
        projects=pl.len().cast(pl.Int64), area_m2=pl.col("area_m2").sum(), done_m2=pl.col("done_m2").sum()
    )
    modes = pl.DataFrame({"mode": [mode.value for mode in Mode]})
    return (
        modes.join(sums, on="mode", how="left", maintain_order="left")
        .with_columns(pl.col("projects", "area_m2", "done_m2").fill_null(0))
        .with_columns(rate=pl.when(pl.col("area_m2") > 0).then(pl.col("done_m2") / pl.col("area_m2")))
    )


def late(there: pl.DataFrame, day: date) -> pl.DataFrame:
    """Of `projects_on`, those past their planned finish, or past their planned start, and not there."""
    finish = (pl.col("plan_to") < day) & (pl.col("finished_on").is_null() | (pl.col("finished_on") > day))
    begin = (pl.col("plan_from") < day) & (pl.col("started_on").is_null() | (pl.col("started_on") > day))
    return there.filter(finish | begin)


def standing(day: date, steps: pl.DataFrame) -> pl.DataFrame:
    """The steps at which a proposal stands when a day is over: one row a proposal under way."""
    return steps.filter(pl.col("opened_on") <= day, pl.col("left_on").is_null() | (pl.col("left_on") > day))


def _passed_in(period: Period, steps: pl.DataFrame) -> pl.DataFrame:
    return steps.filter(pl.col("passed_on").is_between(period.since, period.until))


def _days(steps: pl.DataFrame) -> pl.Series:
    return steps.select((pl.col("passed_on") - pl.col("opened_on")).dt.total_days()).to_series()


def _sum(frame: pl.DataFrame, column: str) -> float:
    return float(frame[column].sum())


_PROJECTS = ("renewal.projects", "renewal.milestones", "renewal.payments")
_RENEWAL = (Subject.RENEWAL,)

PROPOSALS_OPEN = Metric(
    key="proposals_open",
    kind=Kind.COUNT,
    unit=Unit.ITEMS,
    better=Better.NONE,
    subjects=_RENEWAL,
    sources=("renewal.steps",),
    figure=proposals_open,
    rows=Rows("proposals", (Where("filed_on", Op.UNTIL_END), Where("ended_on", Op.AFTER_END_OR_NULL))),
)
STEPS_PASSED = Metric(
    key="steps_passed",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=_RENEWAL,
    sources=("renewal.steps",),
    figure=steps_passed,
    rows=Rows("proposal_steps", (Where("passed_on", Op.IN_PERIOD),)),
    of=Rows("proposal_steps"),
    decimals=1,
)
STEP_DAYS = Metric(
    key="step_days",
    kind=Kind.MEDIAN,
    unit=Unit.DAYS,
    better=Better.DOWN,
    subjects=_RENEWAL,
    sources=("renewal.steps",),
    figure=step_days,
    rows=Rows("proposal_steps", (Where("passed_on", Op.IN_PERIOD),), column="step_days"),
    decimals=1,
)
RENEWAL_AREA = Metric(
    key="renewal_area",
    kind=Kind.COUNT,
    unit=Unit.SQUARE_METRES,
    better=Better.NONE,
    subjects=_RENEWAL,
    sources=_PROJECTS,
    figure=renewal_area,
    rows=Rows("renewal_projects", column="area_m2"),
)
RENEWAL_DONE = Metric(
    key="renewal_done",
    kind=Kind.COUNT,
    unit=Unit.SQUARE_METRES,
    better=Better.UP,
    subjects=_RENEWAL,
    sources=_PROJECTS,
    figure=renewal_done,
    rows=Rows("renewal_projects", column="done_m2"),
)
RENEWAL_PROGRESS = Metric(
    key="renewal_progress",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=_RENEWAL,
    sources=_PROJECTS,
    figure=renewal_progress,
    rows=Rows("renewal_projects", column="done_m2"),
    of=Rows("renewal_projects", column="area_m2"),
    decimals=1,
)
RENEWAL_PAID = Metric(
    key="renewal_paid",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    subjects=_RENEWAL,
    sources=_PROJECTS,
    figure=renewal_paid,
    rows=Rows("renewal_projects", column="project_paid_yuan"),
    of=Rows("renewal_projects", column="budget_yuan"),
    decimals=1,
)
METRICS = (PROPOSALS_OPEN, STEPS_PASSED, STEP_DAYS, RENEWAL_AREA, RENEWAL_DONE, RENEWAL_PROGRESS, RENEWAL_PAID)
