"""Figures of the peace post: how disputes were settled and whether that holds, what became of opinions.

They are computed from `peace_post.disputes`, `peace_post.check_backs` and `peace_post.opinions`; the frames may reach
further than the period.
"""

from typing import Any

import polars as pl

from metrics.figure import Better, Figure, Kind, Metric, Unit, rate
from vocabulary.enums import Subject
from vocabulary.peace_post import AGREED, DECIDED, Decision, DisputeOutcome, Performed
from vocabulary.questions import Op, Period, Rows, Where

SETTLED = tuple(outcome.value for outcome in AGREED)
JUDGED = tuple(outcome.value for outcome in DisputeOutcome if outcome is not DisputeOutcome.TRANSFERRED)
FINAL = tuple(decision.value for decision in DECIDED)
TAKEN = (Decision.ADOPTED.value, Decision.PARTLY.value)
WRITTEN = (DisputeOutcome.AGREEMENT.value,)
IN_FULL = (Performed.YES.value,)


def disputes_opened(period: Period, disputes: pl.DataFrame) -> Figure:
    """Disputes opened in the period."""
    return Figure(_in(period, disputes, "opened_on").height)


def disputes_settled(period: Period, disputes: pl.DataFrame) -> Figure:
    """Disputes closed in the period by an agreement, written or oral."""
    return Figure(_in(period, disputes, "closed_on").filter(pl.col("dispute_outcome").is_in(SETTLED)).height)


def mediation_success(period: Period, disputes: pl.DataFrame) -> Figure:
    """Agreements, written and oral, over all closed in the period but those handed on."""
    closed = _in(period, disputes, "closed_on").filter(pl.col("dispute_outcome").is_in(JUDGED))
    return rate(closed.filter(pl.col("dispute_outcome").is_in(SETTLED)).height, closed.height)


def performance(period: Period, disputes: pl.DataFrame) -> Figure:
    """Written agreements performed in full over the written agreements of the period."""
    written = _in(period, disputes, "closed_on").filter(pl.col("dispute_outcome").is_in(WRITTEN))
    return rate(written.filter(pl.col("performed").is_in(IN_FULL)).height, written.height)


def recurrence(period: Period, disputes: pl.DataFrame) -> Figure:
    """Disputes whose grid had one of the same type within the year before, over those opened in the period."""
    opened = _in(period, disputes, "opened_on")
    return rate(opened.filter(pl.col("earlier") > 0).height, opened.height)


def check_backs_due(period: Period, check_backs: pl.DataFrame) -> Figure:
    """Check-backs due by the end of the period and not closed by then."""
    still = pl.col("done_on").is_null() | (pl.col("done_on") > period.until)
    return Figure(check_backs.filter(pl.col("due_on") <= period.until, still).height)


def opinions_collected(period: Period, opinions: pl.DataFrame) -> Figure:
    """Opinions collected in the period."""
    return Figure(_in(period, opinions, "collected_on").height)


def opinions_adopted(period: Period, opinions: pl.DataFrame) -> Figure:
    """Adopted, wholly or partly, over decided in the period."""
    decided = _in(period, opinions, "decided_on").filter(pl.col("decision").is_in(FINAL))
    return rate(decided.filter(pl.col("decision").is_in(TAKEN)).height, decided.height)


def opinions_answered(period: Period, opinions: pl.DataFrame) -> Figure:
    """Of the opinions collected in the period, those answered by its end."""
    collected = _in(period, opinions, "collected_on")
    return rate(collected.filter(pl.col("answered_on") <= period.until).height, collected.height)


def outcomes_by_type(period: Period, disputes: pl.DataFrame) -> pl.DataFrame:
    """dispute_type, dispute_outcome ("open" while it is), disputes: those opened in the period."""
    named = _in(period, disputes, "opened_on").with_columns(pl.col("dispute_outcome").fill_null("open"))
    return named.group_by("dispute_type", "dispute_outcome").agg(_count("disputes")).sort(pl.all())


def by_month(period: Period, disputes: pl.DataFrame) -> pl.DataFrame:
    """on (the first of each month), opened, settled: months without either are there with 0."""
    months = pl.date_range(period.since.replace(day=1), period.until, "1mo", eager=True).alias("on").to_frame()
    settled = disputes.filter(pl.col("dispute_outcome").is_in(SETTLED))
    for name, frame, day in (("opened", disputes, "opened_on"), ("settled", settled, "closed_on")):
        counted = _in(period, frame, day).group_by(pl.col(day).dt.truncate("1mo").alias("on")).agg(_count(name))
        months = months.join(counted, on="on", how="left", maintain_order="left")
    return months.with_columns(pl.col("opened", "settled").fill_null(0))


def decisions_by_theme(period: Period, opinions: pl.DataFrame) -> pl.DataFrame:
    """theme, decision ("waiting" while nobody looked), opinions: those collected in the period."""
    named = _in(period, opinions, "collected_on").with_columns(pl.col("decision").fill_null("waiting"))
    return named.group_by("theme", "decision").agg(_count("opinions")).sort(pl.all())


def by_mediator(period: Period, disputes: pl.DataFrame) -> pl.DataFrame:
    """mediator, closed (those handed on left out), settled, rate: a dispute counts for each who mediated it."""
    closed = _in(period, disputes, "closed_on").filter(pl.col("dispute_outcome").is_in(JUDGED))
    settled = pl.col("dispute_outcome").is_in(SETTLED)
    rows = [
        {"mediator": name, "closed": part.height, "settled": part.filter(settled).height}
        for name in ("police", "community", "lawyer")
        for part in [closed.filter(f"by_{name}")]
    ]
    found = pl.DataFrame(rows, schema={"mediator": pl.String, "closed": pl.Int64, "settled": pl.Int64})
    return found.with_columns(rate=pl.when(pl.col("closed") > 0).then(pl.col("settled") / pl.col("closed")))


def again(period: Period, disputes: pl.DataFrame) -> pl.DataFrame:
    """grid, dispute_type, disputes, last_on: where the same type came again within a year, most often first."""
    return (
        _in(period, disputes, "opened_on")
        .group_by("grid", "dispute_type")
        .agg(
            (pl.col("earlier").max() + 1).alias("disputes"),
            pl.col("opened_on").max().alias("last_on"),
        )
        .filter(pl.col("disputes") > 1)
        .sort("disputes", "last_on", "grid", descending=[True, True, False])
    )


def _in(period: Period, frame: pl.DataFrame, column: str) -> pl.DataFrame:
    return frame.filter(pl.col(column).is_between(period.since, period.until))


def _count(name: str) -> pl.Expr:
    return pl.len().cast(pl.Int64).alias(name)


_DISPUTES: dict[str, Any] = {
    "subjects": (Subject.DISPUTES, Subject.PLACES),
    "sources": ("peace_post.disputes",),
}
_OPINIONS: dict[str, Any] = {
    "subjects": (Subject.OPINIONS, Subject.PLACES),
    "sources": ("peace_post.opinions",),
}
_OPENED = Where("opened_on", Op.IN_PERIOD)
_CLOSED = Where("closed_on", Op.IN_PERIOD)
_SETTLED = Where("dispute_outcome", Op.IN, SETTLED)
_JUDGED = Where("dispute_outcome", Op.IN, JUDGED)
_WRITTEN = Where("dispute_outcome", Op.IN, WRITTEN)
_COLLECTED = Where("collected_on", Op.IN_PERIOD)
_DECIDED = (Where("decided_on", Op.IN_PERIOD), Where("decision", Op.IN, FINAL))

DISPUTES_OPENED = Metric(
    key="disputes_opened",
    kind=Kind.COUNT,
    unit=Unit.ITEMS,
    better=Better.NONE,
    figure=disputes_opened,
    rows=Rows("disputes", (_OPENED,)),
    **_DISPUTES,
)
DISPUTES_SETTLED = Metric(
    key="disputes_settled",
    kind=Kind.COUNT,
    unit=Unit.ITEMS,
    better=Better.UP,
    figure=disputes_settled,
    rows=Rows("disputes", (_CLOSED, _SETTLED)),
    **_DISPUTES,
)
MEDIATION_SUCCESS = Metric(
    key="mediation_success",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    figure=mediation_success,
    rows=Rows("disputes", (_CLOSED, _SETTLED)),
    of=Rows("disputes", (_CLOSED, _JUDGED)),
    decimals=1,
    **_DISPUTES,
)
PERFORMANCE = Metric(
    key="agreements_performed",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    figure=performance,
    rows=Rows("disputes", (_CLOSED, _WRITTEN, Where("performed", Op.IN, IN_FULL))),
    of=Rows("disputes", (_CLOSED, _WRITTEN)),
    decimals=1,
    **_DISPUTES,
)
RECURRENCE = Metric(
    key="dispute_recurrence",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.DOWN,
    figure=recurrence,
    rows=Rows("disputes", (_OPENED, Where("earlier", Op.NOT_IN, (0,)))),
    of=Rows("disputes", (_OPENED,)),
    decimals=1,
    **_DISPUTES,
)
CHECK_BACKS_DUE = Metric(
    key="check_backs_due",
    kind=Kind.COUNT,
    unit=Unit.ITEMS,
    better=Better.DOWN,
    subjects=(Subject.DISPUTES, Subject.PLACES),
    sources=("peace_post.check_backs",),
    figure=check_backs_due,
    rows=Rows("check_backs", (Where("due_on", Op.UNTIL_END), Where("done_on", Op.AFTER_END_OR_NULL))),
)
OPINIONS_COLLECTED = Metric(
    key="opinions_collected",
    kind=Kind.COUNT,
    unit=Unit.ITEMS,
    better=Better.NONE,
    figure=opinions_collected,
    rows=Rows("opinions", (_COLLECTED,)),
    **_OPINIONS,
)
OPINIONS_ADOPTED = Metric(
    key="opinions_adopted",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    figure=opinions_adopted,
    rows=Rows("opinions", (*_DECIDED, Where("decision", Op.IN, TAKEN))),
    of=Rows("opinions", _DECIDED),
    decimals=1,
    **_OPINIONS,
)
OPINIONS_ANSWERED = Metric(
    key="opinions_answered",
    kind=Kind.RATE,
    unit=Unit.PERCENT,
    better=Better.UP,
    figure=opinions_answered,
    rows=Rows("opinions", (_COLLECTED, Where("answered_on", Op.UNTIL_END))),
    of=Rows("opinions", (_COLLECTED,)),
    decimals=1,
    **_OPINIONS,
)
METRICS = (
    DISPUTES_OPENED,
    DISPUTES_SETTLED,
    MEDIATION_SUCCESS,
    PERFORMANCE,
    RECURRENCE,
    CHECK_BACKS_DUE,
    OPINIONS_COLLECTED,
    OPINIONS_ADOPTED,
    OPINIONS_ANSWERED,
)
