"""Filters survive the way through the address, in no language, and nonsense in it is left out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import address
from vocabulary.cases import Show
from vocabulary.desk import Punctuality
from vocabulary.enums import CaseStatus, CaseType, Channel, Level, Urgency
from vocabulary.questions import Filters, Period, Span

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2000, 1, 1), TODAY)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=">\0"), min_size=1, max_size=8)
PERIODS = st.one_of(
    st.sampled_from([span for span in Span if span is not Span.CHOSEN]).map(lambda span: Period.running(span, TODAY)),
    st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days))),
)
FILTERS = st.builds(
    Filters,
    period=PERIODS,
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=50),
    statuses=st.lists(st.sampled_from([s.value for s in CaseStatus]), max_size=3, unique=True).map(tuple),
    categories=st.lists(st.one_of(st.just(("",)), st.lists(WORDS, min_size=1, max_size=3).map(tuple)), max_size=2).map(
        tuple
    ),
    channels=st.lists(st.sampled_from(["", *(c.value for c in Channel)]), max_size=3, unique=True).map(tuple),
    grids=st.lists(st.sampled_from(["", "G1", "G2"]), max_size=3, unique=True).map(tuple),
    urgencies=st.lists(st.sampled_from(["", *(u.value for u in Urgency)]), max_size=3, unique=True).map(tuple),
    buildings=st.lists(st.sampled_from(["3", "11"]), max_size=2, unique=True).map(tuple),
    types=st.lists(st.sampled_from(["", *(c.value for c in CaseType)]), max_size=3, unique=True).map(tuple),
    units=st.lists(st.sampled_from(["", "property"]), max_size=2, unique=True).map(tuple),
    levels=st.lists(st.sampled_from(["", *(c.value for c in Level)]), max_size=2, unique=True).map(tuple),
    punctualities=st.lists(st.sampled_from(["", *(c.value for c in Punctuality)]), max_size=3, unique=True).map(tuple),
    listed=st.sampled_from(["", "today.overdue", "watch.silent"]),
    show=st.one_of(st.none(), st.sampled_from(Show)),
    batch=st.one_of(st.none(), st.integers(0, 10**6)),
)


@given(FILTERS)
def test_an_address_gives_back_the_filters_it_was_written_from(filters: Filters) -> None:
    assert address.read(address.written(filters), Filters(), TODAY) == filters


@given(st.dictionaries(st.sampled_from(address.NAMES), st.lists(st.text(max_size=20), max_size=3)))
def test_nonsense_in_an_address_never_fails(parameters: dict[str, list[str]]) -> None:
    default = Filters(period=Period.running(Span.WEEK, TODAY))
    assert address.read(parameters, default, TODAY).period is not None


def test_what_is_all_leaves_the_address_short() -> None:
    assert address.written(Filters(period=Period.running(Span.WEEK, TODAY))) == {"span": ["week"]}


@pytest.mark.parametrize(
    "parameters",
    [
        {"batch": ["9" * 30]},
        {"q": ["\0"]},
        {"span": ["chosen"], "from": ["0001-01-01"], "to": ["9999-12-31"]},
    ],
)
def test_what_no_database_or_calendar_holds_is_left_out(parameters: dict[str, list[str]]) -> None:
    default = Filters(period=Period.running(Span.WEEK, TODAY))
    assert address.read(parameters, default, TODAY) == default
