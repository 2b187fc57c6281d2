"""The claim ledger: entered, corrected, closed, each with its days; what makes no sense is refused by its value."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import claims
from data_access.claims import ClaimFacts
from data_access.engine import reading, writing
from data_access.tables.accounts import Account
from data_access.tables.records import Audit
from tests.conftest import NOON, make_viewer
from vocabulary.claims import ClaimScope, ClaimUnit, Qualifier, System
from vocabulary.enums import Role
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.usefixtures("noon")
TODAY = NOON.date()
ADMIN = make_viewer(Role.ADMIN)
FACTS = ClaimFacts(
    figure="disputes_settled",
    system=System.PEACE_POST,
    said_zh="化解纠纷60余起",
    qualifier=Qualifier.AT_LEAST,
    value=60,
    unit=ClaimUnit.ITEMS,
    scope=ClaimScope.SO_FAR,
    published_in="某报",
    from_on=TODAY - timedelta(10),
    metric="disputes_settled",
)


def make_account(conn: sa.Connection) -> None:
    """The account that make_viewer's viewers have."""
    who = {"id": 1, "login": "admin", "name": "吴倩", "role": Role.ADMIN, "password_hash": "-"}
    conn.execute(sa.insert(Account).values(**who))


def add(engine: sa.Engine, **changed: Any) -> int:
    with writing(engine) as conn:
        if conn.scalar(sa.select(Account.id)) is None:
            make_account(conn)
        return claims.add_claim(conn, ADMIN, replace(FACTS, **changed))


def standing(engine: sa.Engine, on: date = TODAY) -> pl.DataFrame:
    with reading(engine) as conn:
        return claims.claims(conn, ADMIN, on)


def test_a_claim_stands_from_its_first_day_to_its_last(engine: sa.Engine) -> None:
    key = add(engine)
    assert standing(engine)["value"].to_list() == [60]
    assert standing(engine, TODAY - timedelta(11)).is_empty()
    with writing(engine) as conn:
        claims.close_claim(conn, ADMIN, key, 1, "新的报道", TODAY - timedelta(1))
    assert standing(engine).is_empty()
    assert standing(engine, TODAY - timedelta(1)).height == 1
    with reading(engine) as conn:
        assert claims.every_claim(conn, ADMIN).height == 1
        done = set(conn.scalars(sa.select(Audit.action)))
    assert done == {"published_claim_added", "published_claim_closed", "corrected"}


def test_a_closed_claim_is_followed_by_a_new_one_and_an_open_one_is_not(engine: sa.Engine) -> None:
    key = add(engine)
    with pytest.raises(NotPossible, match="disputes_settled在2026-11-24已有一条公开数据，请先停用它"):
        add(engine, from_on=TODAY)
    with writing(engine) as conn:
        claims.close_claim(conn, ADMIN, key, 1, "新的报道", TODAY - timedelta(1))
    add(engine, from_on=TODAY, value=80)
    assert standing(engine)["value"].to_list() == [80]


def test_a_claim_is_corrected_with_a_reason_and_its_old_number_stays(engine: sa.Engine) -> None:
    key = add(engine)
    with pytest.raises(NotPossible, match="请写明原因"), writing(engine) as conn:
        claims.correct_claim(conn, ADMIN, key, 1, "", replace(FACTS, value=61))
    with writing(engine) as conn:
        claims.correct_claim(conn, ADMIN, key, 1, "看错了", replace(FACTS, value=61))
    with pytest.raises(NotPossible, match="刚刚被别人改过"), writing(engine) as conn:
        claims.correct_claim(conn, ADMIN, key, 1, "后到", replace(FACTS, value=62))
    with reading(engine) as conn:
        (change,) = claims.claim_history(conn, ADMIN, key)
    assert (change["before"], change["after"]) == ({"value": 60}, {"value": 61})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"figure": "Disputes!"}, "标识“Disputes!”不对：要以小写字母开头，只用小写字母、数字和下划线。"),
        ({"said_zh": " "}, "disputes_settled没有写内容。"),
        ({"published_in": ""}, "disputes_settled没有写来源。"),
        ({"said_en": "x" * 201}, "“xxxxxxxxxxxxxxxxxxxx…”太长，最多200个字。"),
        ({"value": -1}, "数应在0到1000000000000之间，填的是-1。"),
        ({"qualifier": Qualifier.BETWEEN}, "两数之间：60到—不是从小到大。"),
        ({"qualifier": Qualifier.BETWEEN, "high": 60}, "两数之间：60到60不是从小到大。"),
        ({"high": 70}, "“多于（余）”只有一个数，不能再填到70。"),
        ({"published_on": TODAY + timedelta(1)}, "发布日2026-11-25还没有到。"),
    ],
)
def test_what_makes_no_sense_is_refused(sqlite: sa.Engine, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(NotPossible) as refusal:
        add(sqlite, **changed)
    assert str(refusal.value) == said
    assert standing(sqlite).is_empty()


def test_a_claim_does_not_end_before_it_begins(sqlite: sa.Engine) -> None:
    key = add(sqlite)
    with pytest.raises(NotPossible, match="列到2026-11-01为止，早于列入的2026-11-14"), writing(sqlite) as conn:
        claims.close_claim(conn, ADMIN, key, 1, "旧", date(2026, 11, 1))


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.PRESENTER, Role.WORKER, Role.FEEDER])
def test_only_those_who_edit_rules_write(sqlite: sa.Engine, role: Role) -> None:
    viewer: Viewer = make_viewer(role)
    with pytest.raises(NotAllowed), writing(sqlite) as conn:
        claims.add_claim(conn, viewer, FACTS)


def test_the_article_is_entered_with_all_its_figures(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        claims.seed(conn)
        found = claims.claims(conn, OPERATOR, TODAY)
    told = {(row["system"], row["value"], row["high"]) for row in found.iter_rows(named=True)}
    assert told == {
        *{("S1", 5, None), ("S2", 60, None), ("S2", 1100, None), ("S3", 1300, 1500), ("S3", 200, None)},
        *{("S4", 34000, None), ("S5", 150, None), ("S5", 300, None), ("S5", 600, None), ("S5", 30000, None)},
        ("S7", 500, None),
    }
    assert found["system"].to_list() == sorted(found["system"].to_list())
    assert found["published_on"].null_count() == found.height
    assert found["published_in"].str.contains("重庆日报社").all()
