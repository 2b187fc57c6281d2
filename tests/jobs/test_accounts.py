"""Accounts from the terminal."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access import accounts, signins
from data_access.accounts import Duty
from data_access.engine import reading, sqlite_url, writing
from data_access.tables.places import Grid, Unit
from jobs import accounts as job
from jobs import installation, terminal
from vocabulary.enums import Feed, Role
from vocabulary.refusals import NotPossible

PASSWORD = "green-banyan-tree"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def office(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    """A real installation with an admin `li`, two grids and a unit."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "test.db"))
    monkeypatch.setenv("JIEFANG_LANG", "zh")
    with writing(sqlite) as conn:
        conn.execute(sa.insert(Grid), [{"code": "G1", "name": "一网格"}, {"code": "G2", "name": "二网格"}])
        conn.execute(sa.insert(Unit).values(code="U1", name="物业公司"))
        accounts.add(conn, OPERATOR, "li", "李明", PASSWORD, Duty(Role.ADMIN))
    yield sqlite
    installation.engine().dispose()


@pytest.fixture
def run(office: sa.Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command with words and standard input: exit code, what it said, what it complained of."""

    def command(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = terminal.ended(lambda: job.main(list(words)))
        told = capsys.readouterr()
        return code, told.out, told.err

    assert office.url.database
    return command


def duty(engine: sa.Engine, login: str) -> Duty:
    with reading(engine) as conn:
        return accounts.duty(conn, OPERATOR, login)


def test_a_password_comes_from_standard_input_and_is_not_said(office: sa.Engine, run: Run) -> None:
    code, said, complaint = run("add", "zhao", "--name", "赵红", "--role", "official", typed="my-own-password\n")
    assert (code, said, complaint) == (0, "已添加账号“zhao”（街道干部）。\n", "")
    assert signins.sign_in(office, "zhao", "my-own-password")


def test_without_one_it_is_freshly_made_and_said_once(office: sa.Engine, run: Run) -> None:
    _, said, _ = run("add", "zhao", "--role", "汇报人")
    password = said.splitlines()[1].removeprefix("口令（只显示这一次）：")
    assert signins.sign_in(office, "zhao", password)
    _, said, _ = run("reset", "zhao")
    assert said.splitlines()[1].removeprefix("口令（只显示这一次）：") != password
    with pytest.raises(NotPossible):
        signins.sign_in(office, "zhao", password)


def test_role_grids_unit_and_feed_are_given(office: sa.Engine, run: Run) -> None:
    run("add", "wang", "--role", "worker", "--grids", "G1")
    assert duty(office, "wang") == Duty(Role.WORKER, grids=("G1",))
    assert run("grids", "wang", "G1", "G2")[0] == 0
    assert duty(office, "wang") == Duty(Role.WORKER, grids=("G1", "G2"))
    assert run("grids", "wang")[0] == 0
    assert duty(office, "wang") == Duty(Role.WORKER)
    assert run("role", "wang", "承办单位", "--unit", "U1")[0] == 0
    assert run("unit", "wang", "U1")[0] == 0
    assert duty(office, "wang") == Duty(Role.UNIT, unit="U1")
    assert run("role", "wang", "feeder", "--feed", "食堂")[0] == 0
    assert run("feed", "wang", "stalls")[0] == 0
    assert duty(office, "wang") == Duty(Role.FEEDER, feed=Feed.STALLS)


def test_closing_and_reopening(office: sa.Engine, run: Run) -> None:
    run("add", "wang", "--role", "official", typed=PASSWORD)
    assert run("close", "wang")[1] == "已停用账号“wang”。\n"
    with pytest.raises(NotPossible):
        signins.sign_in(office, "wang", PASSWORD)
    assert run("reopen", "wang")[1] == "已恢复账号“wang”。\n"
    assert signins.sign_in(office, "wang", PASSWORD)


def test_the_list_says_who_answers_for_what(run: Run) -> None:
    run("add", "wang", "--name", "王芳", "--role", "worker", "--grids", "G1", "G2")
    run("close", "wang")
    _, said, _ = run("list")
    assert [line.split() for line in said.splitlines()] == [
        ["账号", "姓名", "角色", "负责", "状态"],
        ["li", "李明", "管理员", "正常"],
        ["wang", "王芳", "社工", "G1、G2", "停用"],
    ]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("close", "li"), "至少要留一个能登录的管理员账号。"),
        (("close", "nobody"), "没有账号“nobody”。"),
        (("reset", "nobody"), "没有账号“nobody”。"),
        (("reset",), "请写明要重置谁的口令：reset 后面加账号。"),
        (("add", "a b", "--role", "official"), "“a b”不能用作账号"),
        (("add", "x" * 65, "--role", "official"), "不能用作账号"),
        (("add", "zhao", "--role", "boss"), "没有角色“boss”。可用的有：official（街道干部）、"),
        (("add", "zhao", "--role", "feeder", "--feed", "bakery"), "没有数据源“bakery”。"),
        (("add", "zhao", "--role", "worker", "--grids", "G9"), "没有网格“G9”。"),
        (("role", "li", "unit"), "承办单位账号也须指定一个单位"),
    ],
)
def test_what_is_not_possible_is_one_sentence_and_changes_nothing(
    office: sa.Engine, run: Run, words: tuple[str, ...], complaint: str
) -> None:
    code, said, told = run(*words)
    assert (code, said) == (1, "")
    assert complaint in told
    assert told.count("\n") == 1
    with reading(office) as conn:
        assert accounts.listing(conn, OPERATOR).select("login", "role", "open").rows() == [("li", "admin", True)]


def test_a_weak_password_is_refused(run: Run) -> None:
    assert run("add", "zhao", "--role", "official", typed="short\n")[2].startswith("口令须有10至200个字符")
