"""The routes that sign in and out: what they accept, where they lead, what the cookie is worth."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.types import Message

from access import OPERATOR
from api.sessions import LARGEST, routes, safe_path
from data_access import accounts, signins
from data_access.accounts import Duty
from data_access.engine import reading, sqlite_url, writing
from data_access.tables.accounts import SignIn
from jobs import claim, cookies, installation
from vocabulary.enums import Role
from vocabulary.questions import Viewer

PASSWORD = "green-banyan-tree"
HOST = "office.lan:8501"
FORM = "application/x-www-form-urlencoded"
RIGHT = {"account": "li", "password": PASSWORD}
APP = Starlette(routes=routes)


@dataclass(frozen=True)
class Answer:
    status: int
    goal: str
    cookie: SimpleCookie
    text: str

    @property
    def sid(self) -> str:
        return self.cookie[cookies.COOKIE].value


@pytest.fixture
def office(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    """An installation on a database of its own, with no account yet."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "test.db"))
    for name in ("JIEFANG_KEY", "JIEFANG_HTTPS"):
        monkeypatch.delenv(name, raising=False)
    yield sqlite
    installation.engine().dispose()


@pytest.fixture
def li(office: sa.Engine) -> int:
    with writing(office) as conn:
        return accounts.add(conn, OPERATOR, "li", "李明", PASSWORD, Duty(Role.ADMIN))


def post(
    path: str,
    fields: dict[str, str] | bytes,
    origin: str | None = f"http://{HOST}",
    sid: str | None = None,
    kind: str = FORM,
) -> Answer:
    """What the routes answer to a posted form."""
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    named = {"host": HOST, "content-type": kind, "origin": origin, "cookie": sid and f"{cookies.COOKIE}={sid}"}
    headers = [(name.encode(), value.encode()) for name, value in named.items() if value is not None]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
    sent: list[Message] = []

    async def ask() -> None:
        pieces = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return pieces.pop()

        async def send(message: Message) -> None:
            sent.append(message)

        await APP({**scope, "http_version": "1.1", "scheme": "http", "root_path": ""}, receive, send)

    asyncio.run(ask())
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    return Answer(sent[0]["status"], told.get("location", ""), SimpleCookie(told.get("set-cookie", "")), text)


def holder(engine: sa.Engine, sid: str) -> Viewer | None:
    """Who is signed in with this cookie."""
    secret = cookies.secret_in(sid)
    if secret is None:
        return None
    with reading(engine) as conn:
        return signins.viewer_of(conn, OPERATOR, signins.secret_hash(secret))


@pytest.mark.usefixtures("li")
def test_the_right_password_gives_a_cookie_that_scripts_and_other_sites_do_not_get(office: sa.Engine) -> None:
    answer = post("/sign-in", RIGHT)
    assert (answer.status, answer.goal) == (303, "/")
    morsel = answer.cookie[cookies.COOKIE]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"], morsel["max-age"]) == (True, "lax", "/", "28800")
    assert not morsel["secure"]
    viewer = holder(office, answer.sid)
    assert viewer is not None
    assert viewer.name == "李明"


@pytest.mark.usefixtures("li")
def test_behind_https_the_cookie_never_goes_out_in_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEFANG_HTTPS", "1")
    assert post("/sign-in", RIGHT, origin=f"https://{HOST}").cookie[cookies.COOKIE]["secure"]


@pytest.mark.usefixtures("li")
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/setup"])
@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://office.lan", "http://office.lan:85010"]
)
def test_a_form_on_another_page_is_refused(office: sa.Engine, path: str, origin: str | None) -> None:
    sid = post("/sign-in", RIGHT).sid
    answer = post(path, RIGHT, origin=origin, sid=sid)
    assert answer.status == 403
    assert not answer.cookie
    assert holder(office, sid) is not None


@pytest.mark.usefixtures("li")
@pytest.mark.parametrize(
    "fields", [{**RIGHT, "password": "wrong-password"}, {**RIGHT, "account": "zhao"}, {}, {"x": "y"}]
)
def test_a_refused_sign_in_goes_back_to_the_form_without_a_cookie(fields: dict[str, str]) -> None:
    answer = post("/sign-in", fields)
    assert (answer.status, answer.goal) == (303, "/?failed=1")
    assert not answer.cookie


@pytest.mark.usefixtures("li")
def test_after_five_failures_the_form_says_locked() -> None:
    goals = [post("/sign-in", {"account": "li", "password": "wrong", "next": "/cases?q=x"}).goal for _ in range(5)]
    assert goals == ["/cases?q=x&failed=1"] * 4 + ["/cases?q=x&locked=1"]
    assert post("/sign-in", {**RIGHT, "next": goals[-1]}).goal == "/cases?q=x&locked=1"


@pytest.mark.usefixtures("li")
def test_the_way_leads_to_the_page_that_was_asked_for() -> None:
    asked = "/cases?q=%E5%99%AA%E9%9F%B3&grid=a&grid=b&failed=1&locked=1"
    assert post("/sign-in", {**RIGHT, "next": asked}).goal == "/cases?q=%E5%99%AA%E9%9F%B3&grid=a&grid=b"


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "cases",
        "//evil.example",
        "///evil.example",
        "http://evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "/\u2028/evil.example",
    ],
)
def test_the_way_never_leads_elsewhere(asked: str) -> None:
    assert safe_path(asked) == "/"


@pytest.mark.usefixtures("li")
def test_signing_out_ends_the_session_on_the_server_too(office: sa.Engine) -> None:
    sid = post("/sign-in", RIGHT).sid
    answer = post("/sign-out", {}, sid=sid)
    assert (answer.status, answer.goal) == (303, "/")
    assert answer.cookie[cookies.COOKIE]["max-age"] == "0"
    assert holder(office, sid) is None  # the copy of the cookie in an open tab is worth nothing now


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("sid", [None, "", "nonsense", "a.b.c"])
def test_signing_out_without_a_session_is_no_error(sid: str | None) -> None:
    assert post("/sign-out", {}, sid=sid).status == 303


@pytest.mark.usefixtures("li")
def test_a_cookie_that_we_did_not_sign_is_worth_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sid = post("/sign-in", RIGHT).sid
    assert cookies.secret_in(sid) is not None
    assert cookies.secret_in(sid[:-9] + ("A" if sid[-9] != "A" else "B") + sid[-8:]) is None
    assert cookies.secret_in("x" + sid) is None
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path / "elsewhere"))  # an installation with another key
    assert cookies.secret_in(sid) is None


@pytest.mark.usefixtures("li")
def test_a_cookie_is_worth_nothing_when_its_session_has_ended(office: sa.Engine) -> None:
    sid = post("/sign-in", RIGHT).sid
    with writing(office) as conn:
        conn.execute(sa.delete(SignIn))
    assert holder(office, sid) is None


@pytest.mark.usefixtures("li")
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"account=li&password=" + b"x" * LARGEST, FORM),
        (b"&".join(b"f%d=1" % n for n in range(50)), FORM),
        (b"account=\xff\xfe", FORM),
        (b'{"account": "li"}', "application/json"),
        (b"", ""),
    ],
)
def test_what_is_no_small_form_is_refused(body: bytes, kind: str) -> None:
    assert post("/sign-in", body, kind=kind).status == 400


@pytest.mark.usefixtures("li")
@pytest.mark.parametrize("account", ["x" * 65, "li\x00", "li\nming", "\u202eil", "%00", "'; drop table account; --"])
def test_a_strange_name_is_only_a_wrong_one(account: str) -> None:
    assert post("/sign-in", {"account": account, "password": PASSWORD}).goal == "/?failed=1"


def test_a_database_that_is_away_is_told_in_a_sentence(office: sa.Engine, tmp_path: Path) -> None:
    with writing(office) as conn:
        conn.execute(sa.text("drop table sign_in_failure"))
    answer = post("/sign-in", RIGHT)
    assert answer.status == 503
    assert "数据库暂时读不到" in answer.text
    assert (tmp_path / "test.db").exists()


def set_up(code: str, **instead: str) -> Answer:
    return post("/setup", {"code": code, "account": "li", "person": "李明", "password": PASSWORD, **instead})


@pytest.fixture
def code(office: sa.Engine) -> str:
    with writing(office) as conn:
        claim.fresh_code(conn)
        return claim.fresh_code(conn)  # the newest one counts


def test_the_code_from_the_console_makes_the_first_admin_once(office: sa.Engine, code: str) -> None:
    answer = set_up(code.upper() + " ")
    assert answer.goal == "/"
    viewer = holder(office, answer.sid)
    assert viewer is not None
    assert (viewer.name, viewer.role) == ("李明", Role.ADMIN)
    again = set_up(code, account="zhao")
    assert again.goal == "/?refused=code_wrong"
    assert not again.cookie


@pytest.mark.parametrize("wrong", ["", "wrong", "aaaa-aaaa-aaaa", "\u00e9\x00"])
def test_a_wrong_code_makes_nobody(office: sa.Engine, code: str, wrong: str) -> None:
    assert set_up(wrong).goal == "/?refused=code_wrong"
    with reading(office) as conn:
        assert accounts.none_yet(conn, OPERATOR)
    assert set_up(code).goal == "/"


@pytest.mark.parametrize(
    ("instead", "refused"),
    [({"account": " "}, "login_rule"), ({"person": ""}, "name_rule"), ({"password": "short"}, "password_rule")],
)
def test_a_code_is_not_used_up_by_a_form_with_a_mistake(code: str, instead: dict[str, str], refused: str) -> None:
    assert set_up(code, **instead).goal == f"/?refused={refused}"
    assert set_up(code).goal == "/"


@pytest.mark.usefixtures("office")
def test_without_a_code_nobody_can_claim_the_installation() -> None:
    assert set_up("").goal == "/?refused=code_wrong"
    assert set_up("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855").goal == "/?refused=code_wrong"


def test_once_there_is_an_account_a_code_is_worth_nothing(office: sa.Engine, code: str) -> None:
    with writing(office) as conn:
        accounts.add(conn, OPERATOR, "zhao", "赵", PASSWORD, Duty(Role.ADMIN))
    assert set_up(code).goal == "/?refused=code_wrong"
