"""Whatever the reader narrows the figures to, the rows behind each add up to it."""

from datetime import timedelta

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

import clock
from access import OPERATOR, allows
from data_access.engine import reading
from data_access.evidence import SUBJECTS
from metrics.catalogue import METRICS
from tests.conftest import NOON, make_viewer
from tests.metrics.guard import check
from vocabulary.cases import Show
from vocabulary.desk import Punctuality
from vocabulary.enums import CaseStatus, CaseType, Channel, Level, Role, Urgency
from vocabulary.questions import Filters, Period, Viewer

WORKER = make_viewer(Role.WORKER, grids=(2, 3))
SEEN = [(OPERATOR, key) for key in METRICS]
SEEN += [(WORKER, key) for key, one in METRICS.items() if allows(WORKER, SUBJECTS[one.rows.subject].permission)]
EXAMPLES = 500


def known(*words: object) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of these words, and what has none."""
    return st.lists(st.sampled_from([*map(str, words), ""]), max_size=3, unique=True).map(tuple)


def some(*words: object) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of these codes, and one that nothing has."""
    return known(*words, "no such")


PERIODS = st.builds(
    lambda ago, long: Period(NOON.date() - timedelta(ago + long), NOON.date() - timedelta(ago)),
    st.integers(0, 40),
    st.integers(0, 90),
)
FILTERS = st.builds(
    Filters,
    text=st.sampled_from(["", "电梯", "楼道 垃圾", "栋", "x", "%", '"', "JF2026"]),
    statuses=known(*CaseStatus),
    categories=st.sampled_from([(), (("",),), (("公共设施",),), (("no such", "at all"),)]),
    channels=known(*Channel),
    grids=some("1", "2", "3", "4"),
    urgencies=known(*Urgency),
    buildings=some(*range(1, 25)),
    types=known(*CaseType),
    levels=known(*Level),
    punctualities=known(*Punctuality),
    show=st.none() | st.sampled_from(Show),
)


@settings(max_examples=EXAMPLES)
@given(seen=st.sampled_from(SEEN), period=PERIODS, filters=FILTERS)
def test_the_rows_behind_add_up_under_any_filter(
    small_demo: sa.Engine, seen: tuple[Viewer, str], period: Period, filters: Filters
) -> None:
    viewer, key = seen
    with clock.standing_at(NOON), reading(small_demo) as conn:
        check(conn, viewer, METRICS[key], period, filters)
