"""Headings are recognised by name, in any order and spelling; the rest is named and can be mapped."""

from collections.abc import Sequence

import pytest

from jobs.imports.choices import Choices
from jobs.imports.headings import FIELDS, NAMES, field_named, masked_heading, normal, recognise
from texts import LANGUAGES, Language, speaking, t
from vocabulary.refusals import NotPossible

PETITION = "留言编号 留言用户 留言主题 留言时间 留言详情 答复意见 答复时间 一级分类 点赞数 反对数"
HOTLINE = (
    "工单编号 工单类型 问题分类 标签 诉求内容 受理时间 派单时间 办结时间 "
    "是否解决 是否满意 工单性质 承办单位 村/社区 小区点位"
)


def fields(headings: Sequence[str], choices: Choices | None = None) -> dict[str, str]:
    """By heading the field that it was recognised as."""
    columns = recognise(tuple(headings), choices or Choices())
    return {columns.headings[at]: field for field, at in columns.places.items()}


def test_the_petition_headings_are_known() -> None:
    assert list(fields(PETITION.split()).values()).count("received_at") == 1
    assert set(fields(PETITION.split())) == set(PETITION.split())
    assert fields(PETITION.split())["留言用户"] == "reporter_code"
    assert recognise(tuple(PETITION.split()), Choices()).source == "petition"


def test_the_hotline_headings_are_known() -> None:
    assert set(fields(HOTLINE.split())) == set(HOTLINE.split())
    assert fields(HOTLINE.split())["受理时间"] == "received_at"
    assert recognise(tuple(HOTLINE.split()), Choices()).source == "hotline"


@pytest.mark.parametrize("headings", [PETITION, HOTLINE])
def test_their_order_does_not_matter(headings: str) -> None:
    assert fields(headings.split()[::-1]) == fields(headings.split())


@pytest.mark.parametrize(
    "heading", [" 工单 编号 ", "工单编号*", "工单编号（必填）", "工单编号(12345)", "工单编号【必填】", "工单编号："]
)
def test_a_heading_is_known_in_many_spellings(heading: str) -> None:
    assert fields([heading, "内容", "受理时间"])[heading] == "number"


def test_full_width_signs_are_read_as_narrow_ones() -> None:
    assert fields(["村／社区", "ＩＤ号"])["村／社区"] == "village"


def test_the_time_of_acceptance_is_that_of_receipt_unless_there_is_another() -> None:
    assert fields(["工单编号", "内容", "受理时间"])["受理时间"] == "received_at"
    both = fields(["工单编号", "内容", "受理时间", "来电时间"])
    assert (both["来电时间"], both["受理时间"]) == ("received_at", "accepted_at")


def test_of_two_headings_for_one_field_the_nearer_name_is_meant_and_the_other_named() -> None:
    columns = recognise(("工单编号", "受理时间", "处理结果", "答复意见"), Choices())
    assert columns.heading("reply") == "答复意见"
    assert columns.unknown == ("处理结果",)


def test_an_unknown_heading_is_named_until_it_is_mapped_or_left_out() -> None:
    headings = (*HOTLINE.split(), "怪列", "另一列")
    assert recognise(headings, Choices()).unknown == ("怪列", "另一列")
    mapped = recognise(headings, Choices(columns=(("怪列", "urgency"), ("另一列", ""))))
    assert mapped.unknown == ()
    assert mapped.heading("urgency") == "怪列"


def test_a_known_heading_can_be_mapped_to_something_else() -> None:
    assert fields(["编号", "标题", "时间", "备注"], Choices(columns=(("时间", "received_at"), ("标题", "body")))) == {
        "编号": "number",
        "标题": "body",
        "时间": "received_at",
    }


def test_a_mapping_of_no_heading_is_refused() -> None:
    with pytest.raises(NotPossible, match="没有列“不在”"):
        recognise(tuple(HOTLINE.split()), Choices(columns=(("不在", "title"),)))


def test_two_headings_for_one_field_are_refused() -> None:
    with pytest.raises(NotPossible, match="两列"):
        recognise(("a", "b"), Choices(columns=(("a", "title"), ("b", "title"))))


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (["留言主题", "留言时间"], ("number",)),
        (["留言编号", "留言主题"], ("received_at",)),
        (["留言编号", "留言时间"], ("body",)),
        (["数据源", "编号", "收到时间"], ()),  # our own export without its covered columns
        (["甲", "乙"], ("number", "received_at", "body")),
    ],
)
def test_what_is_missing_is_said(headings: list[str], missing: tuple[str, ...]) -> None:
    assert recognise(tuple(headings), Choices()).missing == missing


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_our_own_headings_are_known_in_both_languages(spoken: Language) -> None:
    with speaking(spoken):
        own = [t(f"imports.field.{field}") for field in FIELDS]
    assert fields(own) == dict(zip(own, FIELDS, strict=True))


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_covered_columns_reasons_and_running_numbers_are_passed_over(spoken: Language) -> None:
    with speaking(spoken):
        aside = [masked_heading("title"), t("imports.reason_heading"), "序号"]
    columns = recognise(("编号", "收到时间", "内容", *aside), Choices())
    assert "title" not in columns.places
    assert columns.unknown == ()


def test_a_sheet_of_neither_kind_has_a_source_of_its_own_or_the_given_one() -> None:
    assert recognise(("编号", "标题", "收到时间"), Choices()).source == "sheet"
    assert recognise(("编号", "标题", "收到时间"), Choices(source="城管")).source == "城管"


def test_no_name_stands_for_two_fields_but_the_time_of_acceptance() -> None:
    named = [normal(name) for names in NAMES.values() for name in names.split()]
    assert {name for name in named if named.count(name) > 1} == {"受理时间"}


@pytest.mark.parametrize("said", ["title", "标题", "Title", "留言主题"])
def test_a_field_is_found_by_its_key_or_any_of_its_names(said: str) -> None:
    assert field_named(said) == "title"


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(NotPossible, match="没有“花色”这个项目"):
        field_named("花色")
