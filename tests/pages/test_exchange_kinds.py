"""The exchange page for every kind of sheet: who finds which, template, preview, writing, mapping, history."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access.engine import reading
from data_access.tables.peace_post import Dispute
from data_access.tables.places import Grid
from jobs import installation
from jobs.sheets.declared import KINDS
from tests import sheet_rows
from tests.conftest import make_viewer
from tests.pages.showing import said, show
from tests.sheet_rows import fifty, table
from ui import live, loading
from vocabulary.enums import Feed, Role
from vocabulary.questions import Viewer

POST = make_viewer(Role.FEEDER, feed=Feed.PEACE_POST)
ADMIN = make_viewer(Role.ADMIN)
Opens = Callable[..., AppTest]


@pytest.fixture
def office(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: datetime) -> Iterator[sa.Engine]:  # noqa: ARG001
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    sheet_rows.furnish(sqlite)
    yield sqlite
    loading.forget()
    live.SEEN = live.Seen()
    installation.engine().dispose()


@pytest.fixture
def opens(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Opens:
    def opened(viewer: Viewer, kind: str | None = None) -> AppTest:
        app = show("exchange", viewer, office, monkeypatch)
        assert not app.exception
        if kind:
            app.selectbox(key="exchange-kind").select(kind).run()
            assert not app.exception
        return app

    return opened


def chosen(app: AppTest, data: bytes) -> AppTest:
    app.file_uploader[0].upload("表.xlsx", data, "application/octet-stream").run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("viewer", "kinds"),
    [
        (POST, ["disputes", "opinions"]),
        (ADMIN, ["cases", "workdays", "targets", "elder_counts", "grids", "buildings"]),
        (make_viewer(Role.FEEDER, feed=Feed.STALLS), None),
    ],
)
def test_everyone_finds_the_kinds_they_may_write(opens: Opens, viewer: Viewer, kinds: list[str] | None) -> None:
    app = opens(viewer)
    assert [box.options for box in app.selectbox if box.key == "exchange-kind"] == (
        [] if kinds is None else [["诉求" if key == "cases" else KINDS[key].name for key in kinds]]
    )


def test_a_worker_finds_cases_first_and_what_else_is_theirs(opens: Opens) -> None:
    options = opens(make_viewer(Role.WORKER, grids=(1,))).selectbox(key="exchange-kind").options
    assert options[0] == "诉求"
    assert {"纠纷", "意见建议", "餐卡", "志愿者", "活动"} < set(options)
    assert "目标" not in options


def test_a_sheet_is_previewed_before_anything_is_written(opens: Opens, office: sa.Engine) -> None:
    app = chosen(opens(POST), table(KINDS["disputes"], fifty("disputes")[:3]))
    assert "新增 <b>3</b> 行" in said(app)
    with reading(office) as conn:
        assert conn.scalar(sa.select(sa.func.count(Dispute.id))) == 0
    assert list(app.dataframe[0].value.columns)[:2] == ["row", "field_number"]
    press(app, "write")
    assert "已写入“表.xlsx”：新增 <b>3</b> 行" in said(app)
    with reading(office) as conn:
        assert conn.scalar(sa.select(sa.func.count(Dispute.id))) == 3
    assert list(app.dataframe[-1].value["file"]) == ["表.xlsx"]
    press(app, "another")
    app = chosen(
        app, table(KINDS["disputes"], [{"number": "D0", "type": "吵架"}, {"number": "D1", "origin": "walk_in"}])
    )
    assert app.dataframe[0].value["reason"][0].startswith("不认识")
    press(app, "write-sound")
    assert "更新 <b>1</b> 行" in said(app)
    assert [button.label for button in app.download_button if button.key == "mend"] == ["下载待改表（1 行）"]


def test_an_unknown_column_is_mapped_on_the_page(opens: Opens, office: sa.Engine) -> None:
    data = table(KINDS["grids"], [{"code": "G9", "name_en": "Nine"}])
    app = chosen(opens(ADMIN, "grids"), data)
    assert "这一列必填" in app.dataframe[0].value["reason"][0]
    press(app, "again")
    renamed = table(KINDS["buildings"], [{"building": "G9", "grid": "九网格"}])
    app = chosen(app, renamed)
    assert "编号" in app.error[0].value
    boxes = {box.label: box for box in app.selectbox}
    boxes["“楼栋号”是"].select("code").run()
    boxes = {box.label: box for box in app.selectbox}
    boxes["“网格”是"].select("name").run()
    press(app, "write")
    with reading(office) as conn:
        assert conn.scalar(sa.select(Grid.name).where(Grid.code == "G9")) == "九网格"


def test_template_and_export_are_offered_to_a_feeder(opens: Opens) -> None:
    app = opens(make_viewer(Role.FEEDER, feed=Feed.CANTEEN), "diners")
    keys = [button.key for button in app.download_button]
    assert "template-diners" in keys
    assert "export-exchange-xlsx" in keys
    assert "共 40 行" in said(app)
