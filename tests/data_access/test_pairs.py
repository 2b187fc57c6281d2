"""Pairs of characters are the same by numpy, by hand, and as the index finds them on both databases."""

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from data_access import search
from data_access.engine import reading, writing
from data_access.pairs import keys, spelled
from data_access.tables.cases import Case
from tests.case_rows import make_case

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(" \n\t，。a1"), max_size=60)


@given(TEXTS)
def test_the_pairs_are_those_counted_by_hand(text: str) -> None:
    wanted = search.pairs(text.lower())
    assert set(spelled(keys(text.lower())).split(" ")) - {""} == wanted
    assert len(keys(text.lower())) == len(wanted)


@pytest.mark.parametrize("text", ["", "一", " ", "一 二", "\n\n"])
def test_a_text_without_a_pair_has_none(text: str) -> None:
    assert spelled(keys(text)) == ""


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("路灯", {"1", "2"}),
        ("灯不", {"1"}),
        ("a1", {"2"}),
        ('"引', {"3"}),
        ("'或", {"3"}),
        ("。（", {"3"}),
        ("😀好", {"3"}),
        ("𠮷村", {"3"}),
        ("不在", set()),
    ],
)
def test_two_characters_of_any_kind_are_found(engine: sa.Engine, word: str, found: set[str]) -> None:
    with writing(engine) as conn:
        make_case(conn, "1", title="路灯不亮")
        make_case(conn, "2", title="A1楼路灯")
        make_case(conn, "3", title="\"引'或者。（括号）😀好𠮷村")
    with reading(engine) as conn:
        conditions = search.matching(word, conn.dialect.name, contacts=True)
        assert set(conn.scalars(sa.select(Case.number).where(*conditions))) == found


@pytest.mark.parametrize("added", [3, search.FEW + 1])
def test_an_index_made_anew_finds_old_and_new(engine: sa.Engine, added: int) -> None:
    with writing(engine) as conn:
        make_case(conn, "old", title="老的路灯")
        with search.filling(conn, added):
            for number in range(added):
                make_case(conn, f"n{number}", title=f"新的路灯{number}")
    with writing(engine) as conn:
        make_case(conn, "late", title="后来的路灯")
    with reading(engine) as conn:
        conditions = search.matching("路灯", conn.dialect.name, contacts=True)
        assert len(conn.scalars(sa.select(Case.number).where(*conditions)).all()) == added + 2
