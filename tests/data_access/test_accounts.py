"""Accounts: what is written, what is refused, and that one admin always remains."""

import json
import threading

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import accounts, audit, passwords, signins
from data_access.accounts import Duty
from data_access.engine import reading, writing
from data_access.tables.accounts import Account
from data_access.tables.places import Grid, Unit
from data_access.tables.records import Audit
from tests.conftest import make_viewer
from texts import speaking
from vocabulary.enums import Feed, Role
from vocabulary.refusals import NotAllowed, NotPossible

PASSWORD = "green-banyan-tree"
ADMIN = Duty(Role.ADMIN)


def make_account(engine: sa.Engine, login: str = "li", duty: Duty = ADMIN, password: str = PASSWORD) -> int:
    with writing(engine) as conn:
        return accounts.add(conn, OPERATOR, login, "李明", password, duty)


def make_places(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        conn.execute(sa.insert(Grid), [{"code": "G1", "name": "一网格"}, {"code": "G2", "name": "二网格"}])
        conn.execute(sa.insert(Unit).values(code="U1", name="物业公司", name_en="Property company"))


def test_an_account_is_listed_with_what_it_answers_for(engine: sa.Engine) -> None:
    make_places(engine)
    make_account(engine, "wang", Duty(Role.WORKER, grids=("G2", "G1", "G2")))
    make_account(engine, "wuye", Duty(Role.UNIT, unit="U1"))
    make_account(engine, "tangshi", Duty(Role.FEEDER, feed=Feed.CANTEEN))
    with reading(engine) as conn:
        listed = accounts.listing(conn, OPERATOR)
        assert accounts.duty(conn, OPERATOR, "WANG ") == Duty(Role.WORKER, grids=("G1", "G2"))
        assert accounts.assignable(conn, OPERATOR).units == (("U1", "物业公司"),)
        with speaking("en"):  # a grid without an English name keeps its own
            assert accounts.assignable(conn, OPERATOR).units == (("U1", "Property company"),)
            assert accounts.assignable(conn, OPERATOR).grids == (("G1", "一网格"), ("G2", "二网格"))
    assert listed.select("login", "role", "grids", "unit", "feed").rows() == [
        ("tangshi", "feeder", [], None, "canteen"),
        ("wang", "worker", ["G1", "G2"], None, None),
        ("wuye", "unit", [], "U1", None),
    ]
    assert listed["signed_in_at"].to_list() == [None, None, None]


def test_an_empty_listing_keeps_its_columns(engine: sa.Engine) -> None:
    with reading(engine) as conn:
        listed = accounts.listing(conn, OPERATOR)
        assert accounts.none_yet(conn, OPERATOR)
    assert dict(listed.schema) == accounts.LISTED


@pytest.mark.parametrize(
    "login", ["", "   ", "a b", "x" * 65, "li\x00ming", "li\nming", "li\u200bming", "\ud800", "<b>"]
)
def test_a_login_that_cannot_be_one_is_refused_with_its_name(engine: sa.Engine, login: str) -> None:
    with pytest.raises(NotPossible, match="不能用作账号") as refusal:
        make_account(engine, login)
    assert str(refusal.value).isprintable()
    with reading(engine) as conn:
        assert accounts.none_yet(conn, OPERATOR)


@pytest.mark.parametrize("login", ["li", "LI", " li ", "ｌｉ"])
def test_a_login_is_one_however_it_is_typed(engine: sa.Engine, login: str) -> None:
    make_account(engine, "Li")
    with pytest.raises(NotPossible, match="已经有了"):
        make_account(engine, login)


@pytest.mark.parametrize("name", ["", "  \t", "李" * 41, "李\x00明", "李\u202e明"])
def test_a_name_that_cannot_be_one_is_refused(engine: sa.Engine, name: str) -> None:
    with pytest.raises(NotPossible, match="不能用作姓名"), writing(engine) as conn:
        accounts.add(conn, OPERATOR, "li", name, PASSWORD, ADMIN)


@pytest.mark.parametrize("password", ["", "nine-char", "Lang-Zhang-Hao", "x" * 201])
def test_a_weak_password_is_refused(engine: sa.Engine, password: str) -> None:
    with pytest.raises(NotPossible, match="10至200"):
        make_account(engine, "lang-zhang-hao", password=password)


@pytest.mark.parametrize(
    ("duty", "sentence"),
    [
        (Duty(Role.UNIT), "指定一个单位"),
        (Duty(Role.OFFICIAL, unit="U1"), "单位只给"),
        (Duty(Role.FEEDER), "指定一个数据源"),
        (Duty(Role.WORKER, feed=Feed.STALLS), "数据源只给"),
        (Duty(Role.ADMIN, grids=("G1",)), "网格只分给社工"),
        (Duty(Role.WORKER, grids=("G9",)), "没有网格“G9”"),
        (Duty(Role.UNIT, unit="U9"), "没有单位“U9”"),
    ],
)
def test_a_duty_that_does_not_fit_the_role_is_refused(engine: sa.Engine, duty: Duty, sentence: str) -> None:
    make_places(engine)
    with pytest.raises(NotPossible, match=sentence):
        make_account(engine, "li", duty)
    make_account(engine, "li")
    with pytest.raises(NotPossible, match=sentence), writing(engine) as conn:
        accounts.assign(conn, OPERATOR, "li", duty)
    with reading(engine) as conn:
        assert accounts.duty(conn, OPERATOR, "li") == ADMIN


def test_the_last_open_admin_can_neither_close_nor_change(engine: sa.Engine) -> None:
    make_account(engine, "li")
    make_account(engine, "zhao")
    with writing(engine) as conn:
        accounts.close(conn, OPERATOR, "zhao")  # li remains
    with pytest.raises(NotPossible, match="至少要留一个"), writing(engine) as conn:
        accounts.close(conn, OPERATOR, "li")
    with pytest.raises(NotPossible, match="至少要留一个"), writing(engine) as conn:
        accounts.assign(conn, OPERATOR, "li", Duty(Role.OFFICIAL))
    with writing(engine) as conn:
        accounts.reopen(conn, OPERATOR, "zhao")
        accounts.close(conn, OPERATOR, "li")


def test_two_admins_closing_one_another_leave_one(engine: sa.Engine) -> None:
    make_account(engine, "li")
    make_account(engine, "zhao")
    start = threading.Barrier(2)
    refused: list[str] = []

    def shut(login: str) -> None:
        start.wait()
        try:
            with writing(engine) as conn:
                accounts.close(conn, OPERATOR, login)
        except NotPossible as refusal:
            refused.append(refusal.key)

    threads = [threading.Thread(target=shut, args=(login,)) for login in ("li", "zhao")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["accounts.last_admin"]


def test_who_saves_over_another_s_change_is_told(engine: sa.Engine) -> None:
    make_account(engine, "li")
    make_account(engine, "zhao")
    with reading(engine) as conn:
        seen = accounts.listing(conn, OPERATOR)["version"][0]
    with writing(engine) as conn:
        accounts.assign(conn, OPERATOR, "li", Duty(Role.OFFICIAL), seen)
    with pytest.raises(NotPossible, match="刚被别人改过"), writing(engine) as conn:
        accounts.assign(conn, OPERATOR, "li", Duty(Role.PRESENTER), seen)


def test_closing_ends_the_sessions_and_a_reset_lifts_the_lock(engine: sa.Engine) -> None:
    make_account(engine, "li")
    make_account(engine, "zhao", Duty(Role.OFFICIAL))
    secret = signins.sign_in(engine, "zhao", PASSWORD)
    with writing(engine) as conn:
        accounts.close(conn, OPERATOR, "zhao")
    with reading(engine) as conn:
        assert signins.viewer_of(conn, OPERATOR, signins.secret_hash(secret)) is None
    with pytest.raises(NotPossible, match="账号或口令不对"):
        signins.sign_in(engine, "zhao", PASSWORD)
    with writing(engine) as conn:
        accounts.reopen(conn, OPERATOR, "zhao")
        accounts.reset(conn, OPERATOR, "zhao", "another-green-tree")
    assert signins.sign_in(engine, "zhao", "another-green-tree")
    with pytest.raises(NotPossible):
        signins.sign_in(engine, "zhao", PASSWORD)


def test_closing_twice_and_reopening_twice_say_so(engine: sa.Engine) -> None:
    make_account(engine, "li")
    make_account(engine, "zhao")
    with pytest.raises(NotPossible, match="没有停用"), writing(engine) as conn:
        accounts.reopen(conn, OPERATOR, "zhao")
    with writing(engine) as conn:
        accounts.close(conn, OPERATOR, "zhao")
    with pytest.raises(NotPossible, match="已经停用"), writing(engine) as conn:
        accounts.close(conn, OPERATOR, "zhao")
    with pytest.raises(NotPossible, match="没有账号“qian”"), writing(engine) as conn:
        accounts.close(conn, OPERATOR, "qian")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_admins_see_and_change_accounts(engine: sa.Engine, role: Role) -> None:
    make_account(engine, "li")
    viewer = make_viewer(role)
    with reading(engine) as conn:
        for look in (accounts.listing, accounts.assignable, audit.trail):
            with pytest.raises(NotAllowed):
                look(conn, viewer)
        with pytest.raises(NotAllowed):
            accounts.duty(conn, viewer, "li")
    with pytest.raises(NotAllowed), writing(engine) as conn:
        accounts.add(conn, viewer, "zhao", "赵", PASSWORD, ADMIN)
    with writing(engine) as conn:
        for act in (accounts.close, accounts.reopen):
            with pytest.raises(NotAllowed):
                act(conn, viewer, "li")
        with pytest.raises(NotAllowed):
            accounts.reset(conn, viewer, "li", PASSWORD)
        with pytest.raises(NotAllowed):
            accounts.rename(conn, viewer, "li", "赵")
        with pytest.raises(NotAllowed):
            accounts.assign(conn, viewer, "li", ADMIN)


def test_no_password_or_hash_stands_in_the_audit_trail(engine: sa.Engine) -> None:
    make_account(engine, "li")
    with writing(engine) as conn:
        accounts.reset(conn, OPERATOR, "li", "another-green-tree")
        accounts.rename(conn, OPERATOR, "li", "李红")
    with reading(engine) as conn:
        entries = audit.trail(conn, OPERATOR)
        everything = json.dumps([list(row) for row in conn.execute(sa.select(Audit.detail, Audit.actor))])
        stored = conn.scalar(sa.select(Account.password_hash)) or ""
    assert entries["action"].to_list() == ["account_renamed", "password_reset", "account_added"]  # newest first
    assert entries["login"].to_list() == ["li", "li", "li"]
    assert stored.startswith("$argon2id$")
    assert not any(secret in everything for secret in (PASSWORD, "another-green-tree", stored))


def test_a_viewer_sees_a_new_role_at_the_next_look(engine: sa.Engine) -> None:
    make_places(engine)
    make_account(engine, "li")
    make_account(engine, "wang", Duty(Role.WORKER, grids=("G1",)))
    secret = signins.secret_hash(signins.sign_in(engine, "wang", PASSWORD))
    with writing(engine) as conn:
        accounts.assign(conn, OPERATOR, "wang", Duty(Role.UNIT, unit="U1"))
        accounts.rename(conn, OPERATOR, "wang", " 王  芳 ")
    with reading(engine) as conn:
        viewer = signins.viewer_of(conn, OPERATOR, secret)
        unit_id = conn.scalar(sa.select(Unit.id))
    assert viewer is not None
    assert (viewer.name, viewer.role, viewer.grids, viewer.unit_id) == ("王 芳", Role.UNIT, (), unit_id)


def test_a_fresh_password_is_readable_and_never_the_same() -> None:
    made = {passwords.fresh_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password) >= 12 and not set(password) & set("0O1lIio") for password in made)
    assert all(passwords.matches(passwords.hashed(password, "li"), password) for password in list(made)[:2])


def test_the_hash_for_nobody_costs_what_a_real_one_costs() -> None:
    assert not passwords.outdated(passwords._NOBODYS)
    assert passwords.outdated("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21l$qUYqTOqiHd7gvGXgAzTbvA")
    assert not passwords.matches("no hash at all", PASSWORD)


def test_full_width_typing_is_the_same_password() -> None:
    assert passwords.matches(passwords.hashed("ｇｒｅｅｎ－ｂａｎｙａｎ", "li"), "green-banyan")
