"""The exchange page: who finds what on it, the preview before anything is written, choices, the way to the cases."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from data_access import changes
from data_access.engine import writing
from data_access.tables.cases import Case
from jobs import installation
from tests.case_rows import G1, make_case, make_neighbourhood
from tests.conftest import make_viewer
from tests.jobs.import_files import cases, csv_of, order, petition
from tests.pages.showing import said, show
from ui import exchange_import, live, loading
from vocabulary.enums import Role, Subject
from vocabulary.questions import Viewer

WORKER = make_viewer(Role.WORKER, grids=(G1,))
ADMIN = make_viewer(Role.ADMIN)
Opens = Callable[..., AppTest]


@pytest.fixture
def office(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: object) -> Iterator[sa.Engine]:  # noqa: ARG001
    """A neighbourhood without a case, at noon of 24 November."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    with writing(sqlite) as conn:
        make_neighbourhood(conn)
    yield sqlite
    loading.forget()
    live.SEEN = live.Seen()
    installation.engine().dispose()


def link(page: Path, label: str, icon: str, query_params: dict[str, list[str]]) -> None:  # noqa: ARG001
    """A link to another page as text: AppTest runs one page without the menu that knows the others."""
    st.markdown(f"{label}: {page.stem}?{urlencode(query_params, doseq=True)}")


@pytest.fixture
def opens(office: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Opens:
    monkeypatch.setattr(st, "page_link", link)

    def opened(viewer: Viewer = WORKER) -> AppTest:
        app = show("exchange", viewer, office, monkeypatch)
        assert not app.exception
        return app

    return opened


def chosen(app: AppTest, *rows: dict[str, object], file: str = "test.csv", data: bytes = b"") -> AppTest:
    """The page after a file was chosen."""
    app.file_uploader[0].upload(file, data or csv_of(*rows), "text/csv").run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_a_worker_can_import_and_export(opens: Opens) -> None:
    app = opens()
    assert "还没有导入过" in said(app)
    assert len(app.file_uploader) == 1
    assert "导出诉求" in said(app)


def test_an_admin_imports_but_exports_nothing(opens: Opens) -> None:
    app = opens(ADMIN)
    assert len(app.file_uploader) == 1
    assert "导出诉求" not in said(app)


def test_a_feeder_without_a_feed_finds_one_sentence(opens: Opens) -> None:
    app = opens(make_viewer(Role.FEEDER))
    assert not app.file_uploader
    assert [box.value for box in app.info] == ["您的账号没有可以导入或导出的内容。"]


def test_a_preview_shows_each_fate_before_anything_is_written(opens: Opens, office: sa.Engine) -> None:
    app = chosen(opens(), petition(1), petition(2, 留言主题="井盖"))
    assert "新增 <b>2</b> 件，更新 <b>0</b> 件，不变 <b>0</b> 件，不导入 <b>0</b> 行。现在什么都还没有写入。" in said(
        app
    )
    assert list(app.dataframe[0].value["title"]) == ["路灯不亮", "井盖"]
    assert list(app.dataframe[0].value["row"]) == [2, 3]
    assert cases(office) == {}


def test_writing_ends_with_the_counts_and_is_noted(opens: Opens, office: sa.Engine) -> None:
    app = press(chosen(opens(), petition(1), petition(2)), "write")
    assert set(cases(office)) == {"1", "2"}
    assert "已写入“test.csv”：新增 <b>2</b> 件" in said(app)
    assert "这些诉求收到于 2026年11月1日。" in said(app)
    assert "看这次导入的诉求: cases?span=chosen&from=2026-11-01&to=2026-11-01&batch=1" in said(app)
    assert list(app.dataframe[0].value["file"]) == ["test.csv"]
    press(app, "another")
    assert len(app.file_uploader) == 1


def test_the_same_file_again_changes_nothing(opens: Opens) -> None:
    press(chosen(opens(), petition(1)), "write")
    app = chosen(opens(), petition(1))
    assert "不变 <b>1</b> 件" in said(app)
    assert app.button(key="write").label == "记入一次导入（没有变化）"


def test_a_changed_field_is_shown_before_and_now(opens: Opens) -> None:
    press(chosen(opens(), petition(1)), "write")
    app = chosen(opens(), petition(1, 留言主题="井盖丢失"))
    table = app.dataframe[0].value
    assert table[["row", "number", "field", "before", "now"]].to_numpy().tolist() == [
        [2, "1", "标题", "路灯不亮", "井盖丢失"]
    ]


def test_what_a_worker_may_not_read_is_not_shown(opens: Opens, office: sa.Engine) -> None:
    with writing(office) as conn:
        make_case(conn, "1", source="petition", grid_id=2, title="别的网格的事")
    app = chosen(opens(), petition(1))
    assert "别的网格的事" not in str(app.dataframe[0].value.to_numpy().tolist())
    assert "（不在您的范围内，不显示原值）" in list(app.dataframe[0].value["before"])


def test_one_rejected_row_holds_everything_back_until_the_sound_ones_are_wanted(
    opens: Opens, office: sa.Engine
) -> None:
    app = chosen(opens(), petition(1), petition(2, 留言时间="昨天"))
    assert "有 1 行不合格" in app.warning[0].value
    rejected = app.dataframe[0].value
    assert rejected[["row", "column", "value"]].to_numpy().tolist() == [[3, "留言时间", "昨天"]]
    assert "不是时间" in rejected["reason"][0]
    assert "write" not in [button.key for button in app.button]
    assert [button.label for button in app.download_button if button.key == "mend"] == ["下载待改表（1 行）"]
    press(app, "write-sound")
    assert set(cases(office)) == {"1"}
    assert "有 <b>1</b> 行没有导入" in said(app)


def test_an_unknown_word_is_given_a_meaning_on_the_page(opens: Opens, office: sa.Engine) -> None:
    app = chosen(opens(), order("1", 工单类型="市民评价"), order("2"))
    assert "类型“市民评价”（1 行）" in [box.label for box in app.selectbox]
    box = next(box for box in app.selectbox if "市民评价" in box.label)
    box.select("praise").run()
    assert not app.exception
    press(app, "write")
    assert {number: case["type"] for number, case in cases(office).items()} == {"1": "praise", "2": "complaint"}


def test_an_unknown_column_is_mapped_on_the_page(opens: Opens, office: sa.Engine) -> None:
    app = chosen(opens(), order("1", 怪列="特急"))
    box = next(box for box in app.selectbox if "怪列" in box.label)
    assert box.value == ""
    box.select("urgency").run()
    press(app, "write")
    assert cases(office)["1"]["urgency"] == "emergency"


def test_a_sheet_without_a_needed_column_can_be_mapped_too(opens: Opens, office: sa.Engine) -> None:
    app = chosen(opens(), {"工单编号": "1", "时刻": "2026-11-01 09:30", "诉求内容": "路灯不亮"})
    assert "表里缺少必需的列：收到时间" in app.error[0].value
    next(box for box in app.selectbox if "时刻" in box.label).select("received_at").run()
    assert not app.error
    press(app, "write")
    assert set(cases(office)) == {"1"}


def test_units_and_categories_that_writing_makes_are_named(opens: Opens) -> None:
    app = chosen(opens(), order(承办单位="城管办", 问题分类="城乡建设->城市管理"))
    assert "单位：城管办" in said(app)
    assert "分类：城乡建设 › 城市管理" in said(app)


def test_a_preview_is_made_anew_when_the_data_changed_meanwhile(opens: Opens, office: sa.Engine) -> None:
    press(chosen(opens(), petition(1)), "write")
    app = chosen(opens(), petition(1, 标签="路灯"))
    with writing(office) as conn:
        conn.execute(sa.update(Case).values(tags="别人改的"))
        changes.raise_version(conn, Subject.CASES)
    press(app, "write")
    assert cases(office)["1"]["tags"] == "别人改的"
    assert "预览之后数据有了变化" in app.success[0].value
    assert list(app.dataframe[0].value["before"]) == ["别人改的"]
    press(app, "write")
    assert cases(office)["1"]["tags"] == "路灯"


@pytest.mark.parametrize(
    ("file", "data", "sentence"),
    [("x.pdf", b"%PDF-1.7", "是 PDF 文档"), ("x.csv", b"a,b\r\n", "只有表头"), ("x.xlsx", b"PK\x03\x04oops", "已损坏")],
)
def test_a_broken_file_gets_its_sentence(
    opens: Opens, office: sa.Engine, file: str, data: bytes, sentence: str
) -> None:
    app = chosen(opens(), file=file, data=data)
    assert sentence in app.error[0].value
    assert cases(office) == {}


def test_a_file_that_is_too_large_is_refused_with_its_size(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_import, "LIMIT_MB", 1)
    app = chosen(opens(), data=b"x" * (2 << 20))
    assert "文件“test.csv”有 2.0 MB，超过 1 MB" in app.error[0].value


def test_another_file_can_be_chosen_instead(opens: Opens, office: sa.Engine) -> None:
    app = press(chosen(opens(), petition(1)), "again")
    assert len(app.file_uploader) == 1
    assert cases(office) == {}


def test_texts_of_a_file_are_shown_as_text(opens: Opens) -> None:
    hostile = "<script>alert(1)</script> **粗** [链](https://a.example)"
    app = chosen(opens(), order("1", 工单类型=hostile), order("2", **{hostile: "x"}), file="<b>x</b>.csv")
    assert "<script>" not in "".join(node.proto.body for node in app.get("html"))
    assert "<b>x</b>.csv" not in "".join(node.proto.body for node in app.get("html"))
