"""The cases page: what each role finds on it, what an address opens, and that texts of residents stay texts."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from streamlit.testing.v1 import AppTest

from clock import SHANGHAI
from data_access import workdays
from data_access.engine import reading
from data_access.sealing import seal
from data_access.tables.records import Audit
from jobs import installation
from tests.case_rows import G1, G2, LIFT, NOISE, PROPERTY, TODAY, make_case, make_contact, make_neighbourhood
from tests.conftest import make_viewer
from tests.pages.showing import said, show
from ui import live, loading
from vocabulary.enums import Feed, Role, Urgency
from vocabulary.questions import Viewer

OFFICIAL = make_viewer()
WORKER = make_viewer(Role.WORKER, grids=(G1,))
UNIT = make_viewer(Role.UNIT, unit_id=PROPERTY)
HOSTILE = "<script>alert(1)</script> **粗** [链](https://a.example) $x$ :red[红] =1+1"
PHONE = "13812345678"
Opens = Callable[..., AppTest]


@pytest.fixture
def empty(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: object) -> Iterator[sa.Engine]:  # noqa: ARG001
    """A database without a case, at noon of 24 November."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    yield sqlite
    loading.forget()
    live.SEEN = live.Seen()
    installation.engine().dispose()


@pytest.fixture
def office(empty: sa.Engine, tmp_path: Path) -> sa.Engine:
    """Six cases: four open, of which one in each grid, one in none, one led by the property company."""
    with empty.begin() as conn:
        make_neighbourhood(conn)
        first = make_case(
            conn, "A1", grid_id=G1, title="电梯坏了", body=f"请打{PHONE}", urgency=Urgency.URGENT, category_id=LIFT
        )
        make_contact(conn, first, seal(None, tmp_path / "jiefang.key").close({"name": "张秀英", "phone": PHONE}))
        make_case(conn, "A2", grid_id=G2, building_id=2, title="夜间噪音", category_id=NOISE)
        make_case(conn, "A3", title=HOSTILE, body=HOSTILE)
        make_case(conn, "A4", grid_id=G2, title="外墙砖松动", lead_unit_id=PROPERTY, status="handling")
        make_case(conn, "A5", grid_id=G1, title="路灯不亮", status="finished", closed_on=TODAY, worked_minutes=90)
        long_ago = TODAY - timedelta(40)
        make_case(conn, "A6", long_ago, grid_id=G1, title="去年的事", status="archived", closed_on=long_ago)
    return empty


@pytest.fixture
def opens(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Opens:
    def opened(viewer: Viewer, **query: str) -> AppTest:
        app = show("cases", viewer, office, monkeypatch, **query)
        assert not app.exception
        return app

    return opened


def titles(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["title"]) if app.dataframe else []


def everything(app: AppTest) -> str:
    """All that the page sends, as far as AppTest keeps it."""
    return "".join(str(node) for node in app._tree) + repr(app)


def test_an_official_finds_all_that_is_open_and_what_came_of_the_rest(opens: Opens) -> None:
    app = opens(OFFICIAL)
    assert titles(app) == ["外墙砖松动", HOSTILE, "夜间噪音", "电梯坏了"]
    assert "本周受理 <b>5</b> 件，办结 <b>1</b> 件；现有 <b>4</b> 件在办。" in said(app)


def test_a_worker_finds_the_own_grid_and_cases_without_one(opens: Opens) -> None:
    assert titles(opens(WORKER)) == [HOSTILE, "电梯坏了"]


def test_a_unit_finds_what_it_leads(opens: Opens) -> None:
    assert titles(opens(UNIT, show="all")) == ["外墙砖松动"]


@pytest.mark.parametrize("role", [Role.PRESENTER, Role.FEEDER, Role.ADMIN])
def test_no_row_reaches_a_role_without_the_page(opens: Opens, role: Role) -> None:
    app = opens(make_viewer(role, feed=Feed.CANTEEN if role is Role.FEEDER else None), show="all", case="1")
    assert app.warning
    assert not app.dataframe
    assert not [title for title in ("电梯坏了", "夜间噪音", "外墙砖松动", "A1") if title in everything(app)]


def test_an_address_narrows_in_the_same_way_in_both_languages(opens: Opens) -> None:
    asked = {"show": "all", "span": "month", "grid": "G1", "status": "finished"}
    assert titles(opens(OFFICIAL, **asked)) == titles(opens(OFFICIAL, **asked, lang="en")) == ["路灯不亮"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "噪音"}, ["夜间噪音"]),
        ({"category": "住房"}, ["电梯坏了"]),
        ({"category": "住房>物业>电梯"}, ["电梯坏了"]),
        ({"building": "11"}, ["夜间噪音"]),
        ({"grid": ""}, [HOSTILE]),
        ({"urgency": "urgent"}, ["电梯坏了"]),
        ({"show": "finished"}, ["路灯不亮"]),
        ({"show": "received", "span": "chosen", "from": "2026-10-01", "to": "2026-10-31"}, ["去年的事"]),
        ({"show": "all", "order": "oldest", "grid": "G1"}, ["去年的事", "电梯坏了", "路灯不亮"]),
    ],
)  # fmt: skip
def test_each_filter_of_an_address_is_kept(opens: Opens, asked: dict[str, str], found: list[str]) -> None:
    assert titles(opens(OFFICIAL, **asked)) == found


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "x", "grid": "no such", "urgency": "", "category": ">>>", "channel": "🙂"},
        {"span": "chosen", "from": "2026-13-01", "to": "never", "p": "²", "order": "by magic", "show": "me"},
        {"span": "chosen", "from": "1949-10-01", "to": "2999-12-31", "show": "received", "p": "99999"},
        {"case": "' or 1=1", "batch": "-1", "q": "%_\\'\"", "building": "<b>"},
    ],
)
def test_nonsense_in_an_address_is_no_error(opens: Opens, asked: dict[str, str]) -> None:
    opens(OFFICIAL, **asked)


def test_nothing_found_is_said_with_a_way_on(opens: Opens) -> None:
    assert "没有符合条件的诉求" in opens(OFFICIAL, q="量子").info[0].value


def test_a_filter_is_taken_away_with_its_chip(opens: Opens) -> None:
    app = opens(OFFICIAL, q="噪音", urgency="urgent")
    assert not titles(app)
    app = app.button(key="chip-urgencies").click().run()
    assert titles(app) == ["夜间噪音"]
    assert "urgency" not in app.query_params
    assert app.query_params["q"] == "噪音"


def test_choosing_in_the_bar_narrows_and_writes_the_address(opens: Opens) -> None:
    app = opens(OFFICIAL)
    app = app.multiselect[1].select(("住房", "物业")).run()
    assert titles(app) == ["电梯坏了"]
    assert app.query_params["category"] == "住房>物业"
    app = next(box for box in app.text_input if "cases-text" in str(box.key)).set_value("没有").run()
    assert not titles(app)
    assert app.query_params["q"] == "没有"


def test_a_case_opens_by_its_address_masked_and_with_its_history(opens: Opens) -> None:
    app = opens(OFFICIAL, case="jiefang/A1")
    shown = said(app)
    assert '<h2 class="case-title">电梯坏了</h2>' in shown
    assert "请打138******78" in shown
    assert "收到" in shown
    assert PHONE not in everything(app)
    assert not [button for button in app.button if button.key == "case-look"]


def test_a_case_out_of_sight_is_not_there(opens: Opens) -> None:
    app = opens(WORKER, case="jiefang/A2")
    assert "没有编号 jiefang/A2 的诉求" in app.warning[0].value
    assert "夜间噪音" not in everything(app)


def test_a_look_at_the_contact_shows_it_and_leaves_a_trace(opens: Opens, office: sa.Engine) -> None:
    app = opens(WORKER, case="jiefang/A1")
    assert PHONE not in everything(app)
    app = app.button(key="case-look").click().run()
    assert "张秀英" in said(app)
    assert f"请打{PHONE}" in said(app)
    with reading(office) as conn:
        assert conn.scalars(sa.select(Audit.action)).all() == ["contact_revealed"]
    app = app.button(key="case-hide").click().run()
    assert PHONE not in everything(app)


def test_a_key_that_does_not_fit_is_said_in_one_sentence(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEFANG_KEY", Fernet.generate_key().decode())
    app = opens(WORKER, case="jiefang/A1")
    app = app.button(key="case-look").click().run()
    assert not app.exception
    assert "另一把密钥" in said(app)


def test_hostile_texts_are_shown_as_they_were_written(opens: Opens) -> None:
    app = opens(OFFICIAL, case="jiefang/A3", q="<script>")
    assert titles(app) == [HOSTILE]
    html = "".join(each.proto.body for each in app.get("html"))
    assert "<script>" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; **粗**") == 2  # title and text
    assert "\\<script\\>" in app.button(key="chip-text").label


@pytest.mark.parametrize(
    ("viewer", "sentence"),
    [(WORKER, "导入12345工单或留言表"), (OFFICIAL, "社工在“导入导出”页"), (UNIT, "由本单位主办的诉求")],
)
def test_an_empty_database_says_what_to_do(
    empty: sa.Engine, monkeypatch: pytest.MonkeyPatch, viewer: Viewer, sentence: str
) -> None:
    app = show("cases", viewer, empty, monkeypatch)
    assert not app.exception
    assert sentence in app.info[0].value
    assert not app.dataframe


@pytest.mark.parametrize(("year", "sure"), [(2026, True), (2027, False)])
def test_a_due_day_in_a_year_without_its_notice_says_so(opens: Opens, office: sa.Engine, year: int, sure: bool) -> None:
    with office.begin() as conn:
        workdays.seed(conn)
        make_case(conn, "A9", grid_id=G1, due_at=datetime(year, 12, 30, 17, 30, tzinfo=SHANGHAI))
    text = said(opens(WORKER, case="jiefang/A9"))
    assert "12-30 17:30" in text
    assert ("调休还没有公布" in text) is not sure
