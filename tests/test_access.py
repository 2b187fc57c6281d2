"""Permissions are complete, each role has its pages, and what must be masked is masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import access
from access import FEED_OF, GRANTS, GROUPS, OPERATOR, PAGES, Permission, allows, check, masked, masked_name, pages
from tests.conftest import make_viewer
from vocabulary.enums import Feed, Role
from vocabulary.refusals import NotAllowed


def test_every_role_has_grants_and_a_home() -> None:
    assert set(GRANTS) == set(Role) == set(PAGES)
    assert all(PAGES[role] for role in Role)


def test_every_page_stands_in_exactly_one_group_of_the_menu() -> None:
    grouped = [page for pages in GROUPS.values() for page in pages]
    granted = {page for pages in (*PAGES.values(), *access.FEED_PAGES.values()) for page in pages}
    assert sorted(grouped) == sorted(granted)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_what_is_not_granted_is_refused(role: Role, permission: Permission) -> None:
    feed = FEED_OF.get(permission, Feed.CANTEEN) if role is Role.FEEDER else None
    viewer = make_viewer(role, feed=feed)
    assert allows(viewer, permission) == (permission in GRANTS[role])
    if permission not in GRANTS[role]:
        with pytest.raises(NotAllowed):
            check(viewer, permission)


def test_a_feeder_has_its_own_feed_only() -> None:
    stalls = make_viewer(Role.FEEDER, feed=Feed.STALLS)
    assert allows(stalls, Permission.WRITE_STALLS)
    assert not allows(stalls, Permission.WRITE_MEALS)
    assert not allows(stalls, Permission.SEE_MEAL_ROWS)
    assert "meals" not in pages(stalls)


def test_the_operator_may_do_all_but_an_admin_account_may_not_see_cases() -> None:
    assert all(allows(OPERATOR, permission) for permission in Permission)
    assert not allows(make_viewer(Role.ADMIN), Permission.SEE_CASES)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812345678。", "电话138******78。"),
        ("打138 1234 5678或139-1234-5678", "打138********78或139********78"),
        ("微信同号+86 13812345678", "微信同号+86**********78"),
        ("座机023-68123456", "座机023*******56"),
        ("身份证50010719680101123X止", "身份证5001************3X止"),
        ("卡号6222 0212 3456 7890 123", "卡号6222*************** 123"),
        ("车牌渝A·12345乱停", "车牌渝A*****5乱停"),
        ("渝AD12345占道", "渝A*****5占道"),
        ("邮箱li.ming@example.com收", "邮箱l******************收"),
    ],
)
def test_numbers_that_name_a_person_are_covered(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text", ["2019年4月25日", "编号202611240012", "12345热线", "水费4.23元", "3栋2单元", "1,412人次"]
)
def test_plain_numbers_stay(text: str) -> None:
    assert masked(text) == text


@given(st.text(max_size=200))
def test_masking_keeps_the_length_and_can_be_repeated(text: str) -> None:
    once = masked(text)
    assert len(once) == len(text)
    assert masked(once) == once


def test_a_name_keeps_its_first_character() -> None:
    assert masked_name("张三丰") == "张**"
    assert masked_name("") == ""
