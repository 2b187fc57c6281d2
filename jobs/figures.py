"""Figures from the database: a metric for a period, with what it is compared to, and the rows behind it.

`python -m jobs.figures [--metric KEY] [--from DAY] [--to DAY] [--json]` prints them from the code the pages use.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

import polars as pl

import clock
from access import OPERATOR
from data_access import (
    activities,
    canteen,
    cases,
    desk,
    evidence,
    first_days,
    health,
    meals,
    peace_post,
    renewal,
    responsibility,
    stalls,
    steward,
    targets,
    volunteers,
    workshops,
)
from data_access.engine import Connection, reading
from data_access.frames import by_the_minute, same_for_role, stands_on
from jobs import installation, volunteer_hours
from metrics.catalogue import METRICS
from metrics.figure import NO_FIGURE, Figure, Metric
from texts import t
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Period, Viewer
from vocabulary.refusals import NotPossible

Read = Callable[..., pl.DataFrame]
T = TypeVar("T")
TREND_DAYS = 14
TREND_WEEKS = 12


@dataclass(frozen=True)
class Source:
    """A frame that figures are computed from; `day` names the column that says how fresh a feed is."""

    read: Read
    filtered: bool = False
    day: str | None = None


SOURCES: dict[str, Source] = {
    "activities.activities": Source(activities.activities),
    "activities.party_due": Source(activities.party_due),
    "canteen.care_tasks": Source(canteen.care_tasks, filtered=True),
    "canteen.ledger": Source(canteen.ledger, day="day"),
    "canteen.reconciled": Source(canteen.reconciled),
    "canteen.register": Source(canteen.register),
    "canteen.safety_due": Source(canteen.safety_due),
    "cases.spans": Source(cases.spans, filtered=True),
    "desk.follow_ups": Source(desk.follow_ups, filtered=True),
    "desk.timely": Source(desk.timely, filtered=True),
    "desk.whistle_calls": Source(desk.whistle_calls, filtered=True),
    "health.months": Source(health.months),
    "meals.daily": Source(meals.daily, day="served_on"),
    "meals.diner_days": Source(meals.diner_days),
    "meals.elders": Source(meals.elders_over),
    "peace_post.disputes": Source(peace_post.disputes, filtered=True),
    "peace_post.check_backs": Source(peace_post.check_backs, filtered=True),
    "peace_post.opinions": Source(peace_post.opinions, filtered=True),
    "renewal.steps": Source(renewal.steps),
    "renewal.projects": Source(renewal.projects),
    "renewal.milestones": Source(renewal.milestones),
    "renewal.payments": Source(renewal.payments),
    "responsibility.answered": Source(responsibility.answered, filtered=True),
    "stalls.agreed": Source(stalls.agreed),
    "steward.meetings": Source(steward.meetings),
    "steward.urgent": Source(steward.urgent, filtered=True),
    "volunteers.clues": Source(volunteers.clues),
    "volunteers.members": Source(volunteers.members),
    "volunteers.served_days": Source(volunteers.served_days),
    "volunteers.turnout": Source(volunteers.turnout),
    "volunteer_hours.hours": Source(volunteer_hours.hours),
    "workshops.standing": Source(workshops.standing),
}


@dataclass(frozen=True)
class Card:
    """A figure as a card shows it: now, before, its trend, its target, and the last day its feed told of.

    There is no figure before, or a year ago, where those days began before the first that the database knows.
    """

    figure: Figure
    before: Figure
    year_ago: Figure
    trend: tuple[tuple[date, float], ...]
    target: float | None
    latest: date | None


def figure(conn: Connection, viewer: Viewer, key: str, period: Period, filters: Filters) -> Figure:
    """The figure of a metric over a period, of the rows this viewer sees under these filters."""
    metric = METRICS[key]
    return metric.figure(period, *_frames(conn, viewer, metric, period.since, period.until, filters))


def card(conn: Connection, viewer: Viewer, key: str, period: Period, filters: Filters) -> Card:
    """All that the card of a metric shows, from one reading of its sources."""
    metric = METRICS[key]
    steps = trend_steps(period)
    before, year_ago = period.before(), period.year_before()
    since = min(before.since, steps[0].since)
    frames = _frames(conn, viewer, metric, since, period.until, filters)
    points = ((step.until, metric.figure(step, *frames).value) for step in steps)
    known_since = first_days.first_day(conn, metric.subjects)
    return Card(
        figure=metric.figure(period, *frames),
        before=metric.figure(before, *frames) if _known(before, known_since) else NO_FIGURE,
        year_ago=figure(conn, viewer, key, year_ago, filters) if _known(year_ago, known_since) else NO_FIGURE,
        trend=tuple((day, value) for day, value in points if value is not None),
        target=targets.target(conn, viewer, key, period.until) if period.days >= metric.target_days else None,
        latest=_latest(metric, frames),
    )


def _known(period: Period, since: date | None) -> bool:
    return since is not None and since <= period.since


@cache
def card_of(key: str) -> Callable[..., Card]:
    """`card` for one metric, as a read that stands on that metric's subjects."""

    def read(conn: Connection, viewer: Viewer, period: Period, filters: Filters) -> Card:
        return card(conn, viewer, key, period, filters)

    marked = _marked(read, METRICS[key], Subject.RULES)  # its target is a rule
    narrowed = any(SOURCES[name].filtered for name in METRICS[key].sources)
    return marked if narrowed else same_for_role(marked)


@cache
def rows_of(key: str, denominator: bool = False) -> Callable[..., pl.DataFrame]:
    """The rows behind a metric (its denominator's when asked), as a read that stands on its subjects."""
    metric = METRICS[key]
    rows = metric.of if denominator and metric.of else metric.rows

    def read(conn: Connection, viewer: Viewer, period: Period, filters: Filters) -> pl.DataFrame:
        return evidence.behind(conn, viewer, rows, period, filters)

    return _marked(read, metric)


def _marked(read: Callable[..., T], metric: Metric, *others: Subject) -> Callable[..., T]:
    """The read stands on the metric's subjects and these others, and ages when one of its sources does."""
    marked = stands_on(*metric.subjects, *others)(read)
    ages = any(getattr(SOURCES[name].read, "ages", False) for name in metric.sources)
    return by_the_minute(marked) if ages else marked


def trend_steps(period: Period) -> list[Period]:
    """The short periods of a card's trend, ending with the period: days, or weeks for more than a week."""
    if period.days <= 7:
        days = [period.until - timedelta(back) for back in reversed(range(TREND_DAYS))]
        return [Period(day, day) for day in days]
    ends = [period.until - timedelta(7 * back) for back in reversed(range(TREND_WEEKS))]
    return [Period(end - timedelta(6), end) for end in ends]


def _frames(
    conn: Connection, viewer: Viewer, metric: Metric, since: date, until: date, filters: Filters
) -> list[pl.DataFrame]:
    def one(name: str) -> pl.DataFrame:
        source = SOURCES[name]
        question: tuple[Any, ...] = (since, until, filters) if source.filtered else (since, until)
        return source.read(conn, viewer, *question)

    return [one(name) for name in metric.sources]


def _latest(metric: Metric, frames: list[pl.DataFrame]) -> date | None:
    for name, frame in zip(metric.sources, frames, strict=True):
        if column := SOURCES[name].day:
            newest = frame[column].max()
            return newest if isinstance(newest, date) else None
    return None


def everything(conn: Connection, viewer: Viewer, period: Period, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """The figures of these metrics over a period, as plain values."""
    found = ((METRICS[key], figure(conn, viewer, key, period, Filters())) for key in keys)
    return [
        {
            "key": metric.key,
            "value": got.value,
            "numerator": got.numerator,
            "denominator": got.denominator,
            "unit": metric.unit.value,
            "from": period.since.isoformat(),
            "to": period.until.isoformat(),
        }
        for metric, got in found
    ]


def main(words: list[str] | None = None) -> int:
    """The command; 2 for words it does not understand, 1 for what is not possible."""
    parser = argparse.ArgumentParser(prog="python -m jobs.figures", description=t("figures.about"))
    parser.add_argument("--metric", metavar="KEY", help=t("figures.metric"))
    parser.add_argument("--from", dest="since", metavar="DAY", help=t("figures.since"))
    parser.add_argument("--to", dest="until", metavar="DAY", help=t("figures.until"))
    parser.add_argument("--json", action="store_true", help=t("figures.json"))
    asked = parser.parse_args(words)
    try:
        keys = _keys(asked.metric)
        period = _period(asked.since, asked.until)
    except NotPossible as refusal:
        print(refusal, file=sys.stderr)
        return 1
    with reading(installation.opened()) as conn:
        found = everything(conn, OPERATOR, period, keys)
    print(json.dumps(found, ensure_ascii=False) if asked.json else _table(found))
    return 0


def _keys(metric: str | None) -> tuple[str, ...]:
    if metric is None:
        return tuple(METRICS)
    if metric not in METRICS:
        raise NotPossible("figures.unknown", metric=metric, known="、".join(METRICS))
    return (metric,)


def _period(since: str | None, until: str | None) -> Period:
    last = _day(until) if until else clock.today()
    return Period(_day(since) if since else last.replace(day=1), last)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise NotPossible("figures.no_day", day=written) from None


def _table(found: list[dict[str, Any]]) -> str:
    def said(value: float | None) -> str:
        return "—" if value is None else f"{value:,.4g}" if isinstance(value, float) else f"{value:,}"

    return "\n".join(
        f"{row['key']:<24}{said(row['value']):>12} {row['unit']:<8}"
        f"{said(row['numerator']):>12} / {said(row['denominator'])}   {row['from']} – {row['to']}"
        for row in found
    )


if __name__ == "__main__":
    sys.exit(main())
