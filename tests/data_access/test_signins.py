"""Signing in and out: sessions, the lock after failures, and what each leaves in the audit trail."""

import threading
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

import clock
from access import OPERATOR
from data_access import accounts, audit, changes, signins
from data_access.accounts import Duty
from data_access.engine import reading, writing
from data_access.tables.accounts import Account, SignIn, SignInFailure
from vocabulary.enums import Role, Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

PASSWORD = "green-banyan-tree"
WRONG = "a-wrong-password"


@pytest.fixture
def li(engine: sa.Engine) -> int:
    """The account of an admin, `li`."""
    with writing(engine) as conn:
        return accounts.add(conn, OPERATOR, "li", "李明", PASSWORD, Duty(Role.ADMIN))


def holder(engine: sa.Engine, secret: str) -> Viewer | None:
    with reading(engine) as conn:
        return signins.viewer_of(conn, OPERATOR, signins.secret_hash(secret))


def refusal(engine: sa.Engine, login: str, password: str) -> tuple[str, str]:
    with pytest.raises(NotPossible) as refused:
        signins.sign_in(engine, login, password)
    return refused.value.key, str(refused.value)


def actions(engine: sa.Engine) -> list[tuple[str, str]]:
    with reading(engine) as conn:
        return audit.trail(conn, OPERATOR).select("action", "actor").rows()


@pytest.mark.usefixtures("li")
def test_the_right_password_opens_a_session_of_which_only_a_hash_is_kept(engine: sa.Engine) -> None:
    secret = signins.sign_in(engine, " LI", PASSWORD)
    viewer = holder(engine, secret)
    assert viewer is not None
    assert (viewer.name, viewer.role) == ("李明", Role.ADMIN)
    with reading(engine) as conn:
        stored = conn.execute(sa.select(SignIn.table())).one()
    assert secret not in str(stored)
    assert actions(engine)[0] == ("signed_in", "李明")


@pytest.mark.usefixtures("li")
def test_every_sign_in_has_a_session_of_its_own(engine: sa.Engine) -> None:
    first, second = (signins.sign_in(engine, "li", PASSWORD) for _ in range(2))
    assert first != second
    with writing(engine) as conn:
        signins.sign_out(conn, first)
    assert holder(engine, first) is None
    assert holder(engine, second) is not None


@pytest.mark.usefixtures("li")
def test_an_unknown_name_is_refused_with_the_words_for_a_wrong_password(engine: sa.Engine) -> None:
    assert refusal(engine, "li", WRONG) == refusal(engine, "nobody", WRONG)
    assert refusal(engine, "li", "") == refusal(engine, "nobody", "")


@pytest.mark.usefixtures("li")
@pytest.mark.parametrize("login", ["li", "nobody", "", "   ", "x" * 65, "li\x00", "\ud800", "'; drop table x; --"])
def test_five_failures_lock_for_fifteen_minutes(engine: sa.Engine, noon: datetime, login: str) -> None:
    keys = [refusal(engine, login, WRONG)[0] for _ in range(5)]
    assert keys == ["signin.failed"] * 4 + ["signin.locked"]
    with clock.standing_at(noon + timedelta(minutes=14, seconds=59)):
        assert refusal(engine, login, PASSWORD) == ("signin.locked", "失败次数过多，请15分钟后再试。")
    with clock.standing_at(noon + timedelta(minutes=15)):
        if login == "li":
            assert signins.sign_in(engine, login, PASSWORD)
        else:
            assert refusal(engine, login, PASSWORD)[0] == "signin.failed"


@pytest.mark.usefixtures("li")
def test_a_lock_holds_however_the_name_is_typed_and_only_for_that_name(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        accounts.add(conn, OPERATOR, "zhao", "赵", PASSWORD, Duty(Role.OFFICIAL))
    for login in ("li", "LI", " li", "ｌｉ", "Li"):
        refusal(engine, login, WRONG)
    assert refusal(engine, "li", PASSWORD)[0] == "signin.locked"
    assert signins.sign_in(engine, "zhao", PASSWORD)
    with reading(engine) as conn:
        listed = accounts.listing(conn, OPERATOR)
    assert listed.select("login", "locked").rows() == [("li", True), ("zhao", False)]


@pytest.mark.usefixtures("li")
def test_a_success_forgets_the_failures_before_it(engine: sa.Engine) -> None:
    for _ in range(4):
        refusal(engine, "li", WRONG)
    assert signins.sign_in(engine, "li", PASSWORD)
    assert refusal(engine, "li", WRONG)[0] == "signin.failed"


@pytest.mark.usefixtures("li")
def test_failures_older_than_a_lock_are_forgotten(engine: sa.Engine, noon: datetime) -> None:
    for _ in range(4):
        refusal(engine, "li", WRONG)
    with clock.standing_at(noon + timedelta(minutes=15)):
        assert refusal(engine, "li", WRONG)[0] == "signin.failed"
        with reading(engine) as conn:
            assert conn.scalars(sa.select(SignInFailure.failures)).all() == [1]


@pytest.mark.usefixtures("li")
def test_guessing_in_parallel_gains_no_guess(engine: sa.Engine) -> None:
    tried: list[str] = []
    threads = [threading.Thread(target=lambda: tried.append(refusal(engine, "li", WRONG)[0])) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tried) == 12
    with reading(engine) as conn:
        assert conn.scalar(sa.select(SignInFailure.failures)) == 5
    compared = [action for action, _ in actions(engine) if action.startswith("sign_in_")]
    assert len(compared) == 5


@pytest.mark.usefixtures("li")
def test_a_session_lasts_eight_hours(engine: sa.Engine, noon: datetime) -> None:
    secret = signins.sign_in(engine, "li", PASSWORD)
    with clock.standing_at(noon + timedelta(hours=7, minutes=59)):
        assert holder(engine, secret) is not None
    with clock.standing_at(noon + timedelta(hours=8)):
        assert holder(engine, secret) is None


@pytest.mark.usefixtures("li")
def test_signing_out_counts_everywhere_at_once(engine: sa.Engine) -> None:
    secret = signins.sign_in(engine, "li", PASSWORD)
    with reading(engine) as conn:
        before = changes.versions(conn)[Subject.ACCOUNTS][0]
    with writing(engine) as conn:
        signins.sign_out(conn, secret)
        signins.sign_out(conn, secret)  # already ended
        signins.sign_out(conn, "never a session")
    assert holder(engine, secret) is None
    with reading(engine) as conn:
        assert changes.versions(conn)[Subject.ACCOUNTS][0] == before + 1
    assert [action for action, _ in actions(engine)].count("signed_out") == 1


@pytest.mark.usefixtures("li")
def test_what_a_stranger_typed_is_kept_nowhere(engine: sa.Engine) -> None:
    refusal(engine, PASSWORD, "li")  # a password in the wrong field
    assert actions(engine)[0] == ("sign_in_failed", "")
    with reading(engine) as conn:
        kept = [str(conn.execute(sa.text(f'select * from "{table}"')).all()) for table in ("audit", "sign_in_failure")]
    assert PASSWORD not in "".join(kept)


@pytest.mark.usefixtures("li")
def test_a_failure_is_told_under_the_name_of_the_account(engine: sa.Engine) -> None:
    for _ in range(5):
        refusal(engine, "li", WRONG)
    assert actions(engine)[:2] == [("sign_in_locked", "李明"), ("sign_in_failed", "李明")]


def test_the_own_password_is_changed_with_the_old_one_and_other_sessions_end(engine: sa.Engine, li: int) -> None:
    mine, elsewhere = (signins.sign_in(engine, "li", PASSWORD) for _ in range(2))
    viewer = Viewer(li, "李明", Role.ADMIN)
    with pytest.raises(NotPossible, match="原口令不对"):
        signins.change_password(engine, viewer, WRONG, "another-green-tree", mine)
    with pytest.raises(NotPossible, match="10至200"):
        signins.change_password(engine, viewer, PASSWORD, "short", mine)
    signins.change_password(engine, viewer, PASSWORD, "another-green-tree", mine)
    assert holder(engine, mine) is not None
    assert holder(engine, elsewhere) is None
    assert refusal(engine, "li", PASSWORD)[0] == "signin.failed"
    assert signins.sign_in(engine, "li", "another-green-tree")


def test_guessing_the_old_password_in_an_open_session_locks_too(engine: sa.Engine, li: int) -> None:
    viewer = Viewer(li, "李明", Role.ADMIN)
    for _ in range(4):
        with pytest.raises(NotPossible, match="原口令不对"):
            signins.change_password(engine, viewer, WRONG, "another-green-tree")
    with pytest.raises(NotPossible, match="请15分钟后"):
        signins.change_password(engine, viewer, WRONG, "another-green-tree")


def test_an_older_hash_is_made_anew_at_the_next_sign_in(engine: sa.Engine, li: int) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with writing(engine) as conn:
        conn.execute(sa.update(Account).where(Account.id == li).values(password_hash=weak))
    assert signins.sign_in(engine, "li", PASSWORD)
    with reading(engine) as conn:
        stored = conn.scalar(sa.select(Account.password_hash)) or ""
    assert stored.startswith("$argon2id$v=19$m=65536,t=2,p=2$")
    assert signins.sign_in(engine, "li", PASSWORD)
