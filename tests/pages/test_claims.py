"""The claim ledger's page as official and presenter have it, and its forms as those who edit rules use them."""

from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

import texts
from data_access import claims
from data_access.engine import reading, writing
from tests.conftest import make_viewer
from tests.data_access.test_claims import ADMIN, TODAY, make_account
from tests.pages.showing import said, show
from ui import gate, live, loading
from vocabulary.enums import Feed, Role
from vocabulary.questions import Viewer

pytestmark = pytest.mark.usefixtures("noon")
OFFICIAL, PRESENTER = make_viewer(Role.OFFICIAL), make_viewer(Role.PRESENTER)
OTHERS = [make_viewer(Role.WORKER), make_viewer(Role.UNIT, unit_id=1), make_viewer(Role.FEEDER, feed=Feed.CANTEEN)]


@pytest.mark.parametrize("spoken", ["zh", "en"])
@pytest.mark.parametrize("viewer", [OFFICIAL, PRESENTER])
def test_each_claim_stands_beside_what_is_counted(
    viewer: Viewer, spoken: Any, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "_reader", [lambda: spoken])  # AppTest runs in a thread of its own
    app = show("claims", viewer, small_demo, monkeypatch)
    assert not app.exception
    assert len(app.metric) == 2 * 11
    values = [metric.value for metric in app.metric]
    assert ("1,300–1,500人次" if spoken == "zh" else "1,300–1,500 person-times") in values
    assert ("尚未计数" if spoken == "zh" else "not counted yet") in values
    text = said(app)
    assert ("没有写明日期" if spoken == "zh" else "names no date") in text
    assert ("虚构" if spoken == "zh" else "invented") in text


@pytest.mark.parametrize("viewer", OTHERS)
def test_nobody_else_comes_in(viewer: Viewer, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("claims", viewer, small_demo, monkeypatch)
    assert len(app.warning) == 1
    assert not app.metric


def test_an_official_opens_the_rows_and_a_presenter_cannot(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("claims", OFFICIAL, small_demo, monkeypatch)
    app.button(key="claim-rows-disputes_settled").click().run()
    assert not app.exception
    with reading(small_demo) as conn:
        settled = conn.scalar(sa.text("select count(*) from dispute where outcome in ('agreement', 'oral')"))
    assert len(app.dataframe[0].value) == settled
    assert not show("claims", PRESENTER, small_demo, monkeypatch).button


def test_an_empty_ledger_says_what_to_do_first(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("claims", OFFICIAL, sqlite, monkeypatch)
    assert not app.exception
    assert "管理员" in app.info[0].value


def test_claims_without_any_row_are_not_compared(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        claims.seed(conn)
    app = show("claims", OFFICIAL, sqlite, monkeypatch)
    assert not app.exception
    assert "数据库里还没有记录" in said(app)
    assert "<b>11</b>条公开数据" in said(app)


def mounted(viewer: Viewer, engine: sa.Engine, patch: pytest.MonkeyPatch) -> AppTest:
    """The forms as the rules page mounts them."""

    def script() -> None:
        import streamlit as st  # noqa: PLC0415 (AppTest runs this body alone)

        from ui import claims_forms, gate, parts  # noqa: PLC0415

        st.session_state["viewer"] = gate.viewer()
        parts.head("rules")
        claims_forms.section(st.session_state["viewer"])

    patch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    patch.setattr(gate, "viewer", lambda: viewer)
    loading.forget()
    live.look()
    return AppTest.from_function(script, default_timeout=30).run()


def typed(app: AppTest, label: str) -> Any:
    return next(one for one in (*app.text_input, *app.number_input) if one.label == label)


def test_an_admin_enters_a_claim_and_a_wrong_one_is_refused(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        make_account(conn)
    app = mounted(ADMIN, sqlite, monkeypatch)
    typed(app, "标识").set_value("talks held")
    typed(app, "内容（中文）").set_value("宣讲90场")
    typed(app, "数").set_value(90)
    typed(app, "来源").set_value("某报")
    app = app.button[-1].click().run()
    assert app.error[0].value.startswith("标识“talks held”不对")
    assert typed(app, "内容（中文）").value == "宣讲90场"
    typed(app, "标识").set_value("talks_held")
    app = app.button[-1].click().run()
    assert not app.exception
    assert app.success[0].value == "公开数据“宣讲90场”已登记。"
    with reading(sqlite) as conn:
        assert claims.claims(conn, ADMIN, TODAY)["figure"].to_list() == ["talks_held"]


def test_an_admin_corrects_and_closes_a_claim(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        make_account(conn)
        claims.seed(conn)
    mounted(ADMIN, sqlite, monkeypatch)
    app = AppTest.from_function(choosing, default_timeout=30).run()
    typed(app, "数").set_value(65)
    app.text_input[-2].set_value("看错了")
    app = app.button[0].click().run()
    assert not app.exception
    app.text_input[-1].set_value("新的报道")
    app = app.button[1].click().run()
    assert not app.exception
    with reading(sqlite) as conn:
        row = claims.every_claim(conn, ADMIN).row(by_predicate=pl.col("figure") == "disputes_settled", named=True)
    assert (row["value"], row["to_on"], row["metric"]) == (65, TODAY, "disputes_settled")


def choosing() -> None:
    """The forms of a claim as they are drawn when its row is chosen; AppTest cannot click a table."""
    import polars as pl  # noqa: PLC0415 (AppTest runs this body alone)

    from data_access import claims  # noqa: PLC0415
    from ui import claims_forms, gate  # noqa: PLC0415
    from ui.loading import load  # noqa: PLC0415

    viewer = gate.viewer()
    assert viewer is not None
    every = load(claims.every_claim, viewer)
    row = every.row(by_predicate=pl.col("figure") == "disputes_settled", named=True)
    claims_forms.edit(viewer, row)
    claims_forms.close(viewer, row)
