"""What a row says: moments, categories, contacts, numbers; what makes a row impossible, with every reason."""

import json
from datetime import datetime

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

import clock
from data_access.tables.cases import CaseContact, Category
from jobs.imports.report import reason
from jobs.imports.rows import not_before
from jobs.imports.settling import TITLE_LENGTH, title_of
from tests.jobs.import_files import SEAL, cases, counts, imported, looked_at, order, petition, reasons
from texts import speaking

pytestmark = pytest.mark.usefixtures("noon")


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=clock.SHANGHAI)


def test_of_a_number_seen_twice_the_first_row_stands_and_each_later_one_names_both(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, petition(7), petition(8), petition(7, 留言主题="又一次"), petition(" 7 "))
    assert reasons(found) == [(4, "留言编号", "imports.repeated"), (5, "留言编号", "imports.repeated")]
    assert reason(found.rejected[0]) == "编号“7”重复：以第 2 行为准，第 4 行不导入。"
    with speaking("en"):
        assert reason(found.rejected[1]) == "The number “7” stands twice: row 2 counts, row 5 is not imported."


def test_a_rejected_first_row_still_stands_before_later_ones(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, petition(7, 留言时间="昨天"), petition(7))
    assert reasons(found) == [(2, "留言时间", "sheets.not_a_moment"), (3, "留言编号", "imports.repeated")]


def test_the_same_number_of_two_sources_is_two_cases(sqlite: sa.Engine) -> None:
    imported(sqlite, petition(7))
    assert counts(imported(sqlite, order(7))) == (1, 0, 0, 0)


def test_a_row_without_a_number_is_rejected(sqlite: sa.Engine) -> None:
    assert reasons(looked_at(sqlite, petition(""), petition("-"))) == [
        (2, "留言编号", "imports.no_number"),
        (3, "留言编号", "imports.no_number"),
    ]


def test_a_reply_before_the_receipt_is_rejected_with_both_moments(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, petition(答复时间="2026/11/1 9:00:00"))
    assert reasons(found) == [(2, "答复时间", "imports.ended_before_received")]
    assert found.rejected[0].problems[0].value == "2026/11/1 9:00:00"
    assert "2026-11-01 09:00:00" in reason(found.rejected[0])
    assert "2026-11-01 09:32:09" in reason(found.rejected[0])


def test_a_day_without_a_time_on_the_day_of_receipt_is_not_before_it(sqlite: sa.Engine) -> None:
    imported(sqlite, order(办结时间="2026-11-01"))
    assert cases(sqlite)["CQ1"]["finished_at"] == cases(sqlite)["CQ1"]["received_at"]
    received = at(2026, 11, 1, 9)
    assert not_before(at(2026, 11, 1), received) == received
    assert not_before(at(2026, 11, 2), received) == at(2026, 11, 2)
    assert not_before(at(2026, 11, 1, 8), received) == at(2026, 11, 1, 8)


@pytest.mark.parametrize("column", ["受理时间", "派单时间", "办结时间"])
def test_what_has_not_come_yet_is_rejected(sqlite: sa.Engine, column: str) -> None:
    found = looked_at(sqlite, order(**{column: "2026-11-24 12:00:01"}))
    assert (2, column, "imports.future") in reasons(found)
    assert counts(looked_at(sqlite, order(**{column: "2026-11-24 12:00:00"}))) == (1, 0, 0, 0)


def test_a_limit_may_lie_ahead(sqlite: sa.Engine) -> None:
    imported(sqlite, order(办理期限="2026-12-01 17:30"))
    assert cases(sqlite)["CQ1"]["due_at"] == "2026-12-01 09:30:00.000000"


def test_every_reason_of_a_row_is_told_with_its_column(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, order(受理时间="昨天", 派单时间="下周", 点赞数="三"))
    assert len(found.rejected[0].problems) == 3
    assert reason(found.rejected[0]).count("：“") >= 3
    assert found.rejected[0].problems[0].column == "受理时间"


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("城乡建设->城市管理->噪音扰民", ("城乡建设", "城市管理", "噪音扰民")),
        ("城乡建设 → 城市管理", ("城乡建设", "城市管理", "")),
        ("城乡建设＞城市管理", ("城乡建设", "城市管理", "")),
        ("城乡建设", ("城乡建设", "", "")),
        ("a->b->c->d->e", ("a", "b", "c/d/e")),
        ("房产证登记、办理->a-b/c", ("房产证登记、办理", "a-b/c", "")),
    ],
)
def test_a_category_is_a_path_of_three_levels(sqlite: sa.Engine, said: str, path: tuple[str, str, str]) -> None:
    imported(sqlite, order(问题分类=said))
    with sqlite.connect() as conn:
        assert conn.execute(sa.select(Category.level1, Category.level2, Category.level3)).all() == [path]


def test_three_columns_make_a_category_too_and_a_known_one_is_not_made_again(sqlite: sa.Engine) -> None:
    levels = {"一级分类": "城乡建设", "二级分类": "安全生产", "三级分类": "安全隐患"}
    imported(sqlite, petition(1, **levels), petition(2, **levels), petition(3, 一级分类="城乡建设"))
    with sqlite.connect() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(Category)) == 2


def test_a_lower_level_needs_the_one_above(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, petition(1, 一级分类="", 二级分类="安全生产"))
    assert reasons(found) == [(2, "二级分类", "imports.no_upper_level")]


def test_who_reported_goes_to_the_sealed_contact_only(sqlite: sa.Engine) -> None:
    imported(sqlite, order(来电人="张秀英", 联系电话="13812345678", 联系地址="民主村3栋2-1"))
    with sqlite.connect() as conn:
        sealed, digest = conn.execute(sa.select(CaseContact.sealed, CaseContact.digest)).one()
        dump = json.dumps([dict(row) for row in conn.execute(sa.text('select * from "case"')).mappings()], default=str)
        trail = conn.scalars(sa.text("select detail from audit")).all()
    contact = {"name": "张秀英", "phone": "13812345678", "address": "民主村3栋2-1"}
    assert SEAL.open(sealed) == contact
    assert digest == SEAL.digest(contact)
    assert not any(value in text for value in contact.values() for text in (dump, *trail))


def test_a_contact_is_not_repeated_in_a_reason_and_other_values_are_covered(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, order(受理时间="打13812345678问", 点赞数="13812345678号"))
    values = [problem.value for problem in found.rejected[0].problems]
    assert not any("13812345678" in value for value in values)


@pytest.mark.parametrize(("said", "kept"), [("3", 3), ("1,024", 1024), ("３", 3), ("5.0", 5)])
def test_votes_are_whole_numbers(sqlite: sa.Engine, said: str, kept: int) -> None:
    imported(sqlite, petition(点赞数=said))
    assert cases(sqlite)["1"]["votes_for"] == kept


@pytest.mark.parametrize("said", ["-3", "1.5", "3000000000"])
def test_other_numbers_are_no_votes(sqlite: sa.Engine, said: str) -> None:
    assert reasons(looked_at(sqlite, petition(点赞数=said))) == [(2, "点赞数", "imports.not_a_count")]


def test_what_is_too_long_to_be_an_identity_is_rejected(sqlite: sa.Engine) -> None:
    assert reasons(looked_at(sqlite, petition("1" * 65)))[0][2] == "imports.too_long"
    assert counts(looked_at(sqlite, petition("1" * 64))) == (1, 0, 0, 0)


def test_numbers_keep_their_leading_zeros(sqlite: sa.Engine) -> None:
    imported(sqlite, petition("007"))
    assert set(cases(sqlite)) == {"007"}


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("楼下烧烤摊太吵。请处理。", "楼下烧烤摊太吵"),
        ("楼下很吵\n请处理", "楼下很吵"),
        ("！！求助：电梯坏了", "求助：电梯坏了"),
        ("短", "短"),
        ("一" * 40, "一" * 30),
        (
            "居民反映楼下的烧烤摊每天晚上营业到凌晨两点，油烟和噪音都很大，影响休息",
            "居民反映楼下的烧烤摊每天晚上营业到凌晨两点，油烟和噪音都很大",
        ),
    ],
)
def test_a_case_without_a_title_is_called_by_the_beginning_of_its_text(body: str, title: str) -> None:
    assert title_of(body) == title


@given(st.text(max_size=200))
def test_a_title_is_short_and_stands_in_its_text(body: str) -> None:
    title = title_of(body)
    assert len(title) <= TITLE_LENGTH
    assert title in body


def test_a_new_case_needs_a_time_and_a_text(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, order(受理时间=""), order("CQ2", 诉求内容=""))
    assert reasons(found) == [(2, "受理时间", "imports.no_received"), (3, "诉求内容", "imports.no_text")]
