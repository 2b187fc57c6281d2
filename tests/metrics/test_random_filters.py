"""Whatever a reader narrows to: the rows behind each figure add up to it, and the oracle says the same."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import clock
from access import OPERATOR, allows
from data_access import evidence
from data_access.engine import reading
from jobs import figures
from metrics.catalogue import METRICS
from tests.conftest import NOON, make_viewer
from tests.metrics.asking import asked, same
from tests.metrics.guard import check
from tests.metrics.oracle import ORACLES
from tests.metrics.oracle.world import World
from vocabulary.desk import Punctuality, Today, Watch
from vocabulary.enums import CaseStatus, CaseType, Channel, Level, Role, Urgency
from vocabulary.questions import Filters, Period, Span, Viewer

DAYS = st.dates(date(2026, 10, 25), date(2026, 12, 10))
PERIODS = st.one_of(
    st.sampled_from([span for span in Span if span is not Span.CHOSEN]).map(
        lambda span: Period.running(span, NOON.date(), date(2026, 11, 5))
    ),
    st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days))),
)
VIEWERS = st.sampled_from([OPERATOR, OPERATOR, make_viewer(Role.WORKER, grids=(1, 3))])
NARROWED = [key for key, metric in METRICS.items() if any(figures.SOURCES[name].filtered for name in metric.sources)]
LISTS = [f"today.{one.value}" for one in Today] + [f"watch.{one.value}" for one in Watch] + ["today.nothing"]


def some(values: Iterable[Any], *odd: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    """Mostly all; else up to three of these values, of "" and of what nothing has."""
    few = st.lists(st.sampled_from(["", *values, *odd]), min_size=1, max_size=3, unique=True)
    return st.one_of(*(st.just(()) for _ in range(5)), few.map(tuple))


def texts(world: World) -> st.SearchStrategy[str]:
    """Mostly none; else pairs of letters that stand in titles, single ones, signs that databases take for their own."""
    titles = st.sampled_from([case["title"] for case in world["case"]])
    pair = st.tuples(titles, st.integers(0, 9)).map(lambda told: told[0][told[1] % len(told[0]) :][:2])
    word = st.one_of(pair, pair, st.sampled_from(["灯", "a", "%", "_", '"', "'", "没有这个词", "电梯"]))
    return st.one_of(*(st.just("") for _ in range(3)), st.lists(word, min_size=1, max_size=2).map(" ".join))


@cache
def filters(world: World) -> st.SearchStrategy[Filters]:
    """Any narrowing, by what stands in the data and by what does not."""
    levels = [tuple(category[f"level{number}"] for number in (1, 2, 3)) for category in world["category"]]
    paths = {path[:length] for path in levels for length in (1, 2, 3)}
    return st.builds(
        Filters,
        text=texts(world),
        statuses=some(word.value for word in CaseStatus),
        categories=some([("",), *sorted(paths)], ("nowhere", "at", "all")).map(lambda few: tuple(p for p in few if p)),
        channels=some(word.value for word in Channel),
        grids=some((grid["code"] for grid in world["grid"]), "nowhere"),
        urgencies=some(word.value for word in Urgency),
        buildings=some((building["number"] for building in world["building"]), "nowhere"),
        batch=st.sampled_from([None, None, None, None, 1, 10**6]),
        types=some(word.value for word in CaseType),
        units=some((unit["code"] for unit in world["unit"]), "nobody"),
        levels=some(word.value for word in Level),
        punctualities=some(word.value for word in Punctuality),
        listed=st.one_of(*(st.just("") for _ in range(5)), st.sampled_from(LISTS)),
    )


GENERATED: dict[str, Any] = {"derandomize": True, "deadline": None, "phases": [Phase.generate]}
Databases = dict[str, sa.Engine]
Worlds = dict[str, World]


@pytest.mark.parametrize("key", NARROWED)
@settings(max_examples=16, **GENERATED)
@given(chosen=st.data(), period=PERIODS, viewer=VIEWERS)
def test_what_a_reader_narrows(
    databases: Databases, worlds: Worlds, key: str, chosen: st.DataObject, period: Period, viewer: Viewer
) -> None:
    _agree(databases["odd"], worlds["odd"], viewer, key, period, chosen.draw(filters(worlds["odd"])))


@pytest.mark.parametrize("key", [key for key in METRICS if key not in NARROWED])
@settings(max_examples=4, **GENERATED)
@given(chosen=st.data(), period=PERIODS, viewer=VIEWERS)
def test_what_no_filter_of_cases_narrows(
    databases: Databases, worlds: Worlds, key: str, chosen: st.DataObject, period: Period, viewer: Viewer
) -> None:
    _agree(databases["odd"], worlds["odd"], viewer, key, period, chosen.draw(filters(worlds["odd"])))


def _agree(engine: sa.Engine, world: World, viewer: Viewer, key: str, period: Period, narrowed: Filters) -> None:
    metric = METRICS[key]
    reader = viewer if allows(viewer, evidence.SUBJECTS[metric.rows.subject].permission) else OPERATOR
    with clock.standing_at(NOON), reading(engine) as conn:
        check(conn, reader, metric, period, narrowed)
        if not narrowed.listed:  # what stands on a list of the desk is no matter of figures
            told = ORACLES[key](asked(world, reader, period, NOON, narrowed))
            same(metric, figures.figure(conn, reader, key, period, narrowed), told, "narrowed")
