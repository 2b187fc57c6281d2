"""The accounts page and the door, as a reader finds them: signed out, in another role, and as an admin."""

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import PropertyMock, patch

import pytest
import sqlalchemy as sa
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from access import OPERATOR
from data_access import accounts, installation, signins
from data_access.accounts import Duty
from data_access.engine import reading, sqlite_url, writing
from data_access.tables.places import Grid
from jobs import cookies
from jobs import installation as installed
from ui import live, loading
from vocabulary.enums import Role

SHELL = str(Path(loading.__file__).with_name("shell.py"))
PASSWORD = "green-banyan-tree"
Open = Callable[..., AppTest]


@pytest.fixture
def office(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    """A real installation with an admin `li`, an official `chen` and one grid."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "test.db"))
    with writing(sqlite) as conn:
        installation.write_fact(conn, "kind", "real")
        conn.execute(sa.insert(Grid).values(code="G1", name="一网格"))
        accounts.add(conn, OPERATOR, "chen", "陈立", PASSWORD, Duty(Role.OFFICIAL))
        accounts.add(conn, OPERATOR, "li", "李明", PASSWORD, Duty(Role.ADMIN))
    yield sqlite
    loading.forget()
    live.SEEN = live.Seen()
    installed.engine().dispose()


@pytest.fixture
def open_as(office: sa.Engine) -> Iterator[Open]:
    """The product as a browser finds it whose cookie holds a session of this account, or none."""
    with patch.object(ContextProxy, "cookies", new_callable=PropertyMock) as held:

        def opened(login: str | None, **query: str) -> AppTest:
            sid = cookies.signed(signins.sign_in(office, login, PASSWORD)) if login else None
            held.return_value = {cookies.COOKIE: sid} if sid else {}
            app = AppTest.from_file(SHELL, default_timeout=30)
            for name, value in query.items():
                app.query_params[name] = value
            return app.run()

        yield opened


def html(app: AppTest) -> str:
    return "".join(str(part.proto.body) for part in app.get("html"))


def rows(app: AppTest) -> list[list[str]]:
    """The list of accounts: login, name, role, duty, state."""
    return [[str(cell) for cell in row[:5]] for row in app.dataframe[0].value.itertuples(index=False)]


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    return button.click().run()


def test_signed_out_the_door_answers_and_no_account_reaches_the_page(open_as: Open) -> None:
    app = open_as(None)
    assert 'action="/sign-in"' in html(app)
    assert not app.dataframe
    assert "李明" not in html(app)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [({"failed": "1"}, "账号或口令不对。"), ({"locked": "1"}, "请15分钟后再试。"), ({}, "")],
)
def test_the_door_says_why_the_last_try_failed(open_as: Open, said: dict[str, str], sentence: str) -> None:
    door = html(open_as(None, **said))
    assert sentence in door
    assert ('role="alert"' in door) is bool(sentence)


def test_the_door_leads_back_to_what_was_asked_for(open_as: Open) -> None:
    door = html(open_as(None, q='x"><script>', failed="1", lang="en"))
    assert 'name="next" value="/?q=x%22%3E%3Cscript%3E&amp;lang=en"' in door
    assert ">Sign in</button>" in door
    assert 'href="?q=x%22%3E%3Cscript%3E&amp;lang=zh"' in door


def test_without_an_account_the_door_asks_for_the_code(open_as: Open, office: sa.Engine) -> None:
    with writing(office) as conn:
        for table in ("account_grid", "sign_in", "account"):
            conn.execute(sa.text(f"delete from {table}"))
    door = html(open_as(None, refused="code_wrong"))
    assert 'action="/setup"' in door
    assert "设置码不对或已失效" in door
    assert 'role="alert"' not in html(open_as(None, refused="enter.bogus"))


def test_another_role_has_no_such_page(open_as: Open) -> None:
    app = open_as("chen")
    assert not app.exception
    assert "li" not in [cell for frame in app.dataframe for cell in frame.value.to_string().split()]


def test_an_admin_adds_an_account_whose_password_is_shown_until_it_is_noted(open_as: Open, office: sa.Engine) -> None:
    app = open_as("li")
    assert rows(app) == [["chen", "陈立", "街道干部", "", "正常"], ["li", "李明", "管理员", "", "正常"]]
    app.text_input(key="login-new-0").input("wang")
    app.text_input(key="name-new-0").input("王芳")
    app.multiselect(key="grids-new-0").select("G1").run()
    app = press(app, "添加并生成口令")
    assert not app.exception
    assert rows(app)[2] == ["wang", "王芳", "社工", "一网格", "正常"]
    password = app.code[0].value
    assert signins.sign_in(office, "wang", password)
    app = press(app.run(), "已记下，不再显示")
    assert not app.code


def test_a_login_that_cannot_be_one_is_refused_in_a_sentence(open_as: Open) -> None:
    app = open_as("li")
    app.text_input(key="login-new-0").input("a b")
    app.text_input(key="name-new-0").input("王芳")
    app = press(app, "添加并生成口令")
    assert [error.value for error in app.error] == [
        "“a b”不能用作账号：账号为1至64个字符，只用文字、数字和 . _ - @，中间不空格。"
    ]
    assert len(rows(app)) == 2


def test_the_trail_tells_it_in_the_reader_s_words(open_as: Open) -> None:
    told = open_as("li").dataframe[1].value
    assert list(told.iloc[0])[1:] == ["李明", "登录", "账号 li", ""]
    assert list(told.iloc[1])[1:] == ["本机操作员", "添加账号", "账号 li", "角色 管理员"]
    told = open_as("li", lang="en").dataframe[1].value
    assert list(told.iloc[0])[1:] == ["李明", "Signed in", "Account li", ""]


def test_closed_elsewhere_the_next_look_is_the_door(open_as: Open, office: sa.Engine) -> None:
    app = open_as("chen")
    assert 'action="/sign-in"' not in html(app)
    with writing(office) as conn:
        accounts.close(conn, OPERATOR, "chen")
    assert 'action="/sign-in"' in html(app.run())


def test_the_own_password_is_changed_in_the_sidebar(open_as: Open, office: sa.Engine) -> None:
    app = open_as("li")
    assert not [field for field in app.text_input if "own-password" in str(field.key)]
    app.session_state["own-password-0"] = True
    app = app.run()
    for field, typed in (("old", PASSWORD), ("new", "another-green-tree"), ("again", "another-tree")):
        app.text_input(key=f"{field}-own-password-0").input(typed)
    app = press(app, "修改口令")
    assert [error.value for error in app.error] == ["两遍新口令不一样。"]
    app.text_input(key="again-own-password-0").input("another-green-tree")
    app = press(app, "修改口令")
    assert [note.value for note in app.success] == ["口令已更改，其他电脑上的登录已退出。"]
    assert signins.sign_in(office, "li", "another-green-tree")


def test_the_way_to_an_own_database_is_shown_in_a_demo_only(open_as: Open, office: sa.Engine) -> None:
    assert not [button for button in open_as("li").button if button.label == "开始正式使用"]
    with writing(office) as conn:
        installation.write_fact(conn, "kind", "demo")
    live.look()
    loading.forget()
    app = open_as("li")
    assert [button for button in app.button if button.label == "开始正式使用"]
    app = press(app, "开始正式使用")
    assert [error.value[:10] for error in app.error] == ["这个数据库里已有数据"]
    with reading(office) as conn:
        assert installation.is_demo(conn)
