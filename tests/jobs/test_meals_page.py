"""The frames of the canteen's page, against slow counting over the small canteen."""

from datetime import date, timedelta

import polars as pl
import pytest
import sqlalchemy as sa

from data_access.engine import reading, writing
from data_access.meals import days_with_rows
from data_access.tables.meals import Diner, Meal, Tier
from data_access.tables.places import Building
from data_access.tables.rules import Workday
from jobs import meals_page, rollup
from tests import canteen
from tests.conftest import make_viewer
from texts import speaking
from ui.meals_filters import Choice
from vocabulary.enums import Feed, Role
from vocabulary.questions import Op, Period, Rows, Where
from vocabulary.refusals import NotAllowed

OFFICIAL, PRESENTER = make_viewer(), make_viewer(Role.PRESENTER)
TILL = make_viewer(Role.FEEDER, feed=Feed.CANTEEN)
WHOLE = Period(canteen.FIRST, canteen.LAST)
SOLD = (Where("served_on", Op.IN_PERIOD), Where("void", Op.NULL))
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def served(engine: sa.Engine) -> sa.Engine:
    canteen.furnish(engine)
    canteen.serve(engine)
    with writing(engine) as conn:
        rollup.refresh(conn, days_with_rows(conn))
    return engine


def sold(conn: sa.Connection) -> list[sa.Row[tuple[object, ...]]]:
    """Every meal that counts, with its diner's card, its building's number and its tier's name."""
    source = (
        Meal.table()
        .outerjoin(Diner.table(), Diner.id == Meal.diner_id)
        .outerjoin(Building.table(), Building.id == Meal.building_id)
        .outerjoin(Tier.table(), Tier.id == Meal.tier_id)
    )
    columns = (
        Meal.served_on,
        Meal.meal,
        Meal.band,
        Meal.resident,
        Meal.discount_fen,
        Diner.card,
        Building.number.label("building"),
        Tier.name.label("tier"),
    )
    return list(conn.execute(sa.select(*columns).select_from(source).where(Meal.void_at.is_(None))))


def test_reach_counts_each_resident_of_60_and_over_once_in_building_and_band(served: sa.Engine) -> None:
    with reading(served) as conn:
        reach = meals_page.reach(conn, OFFICIAL, WHOLE)
        elders = {
            (row.card, row.building, row.band)
            for row in sold(conn)
            if row.resident and row.band in ("60-69", "70-79", "80-89", "90+")
        }
    for column, frame in (("building", reach.buildings), ("band", reach.bands)):
        slow = {key: sum(key in elder for elder in elders) for key in frame[column]}
        assert dict(frame.select(column, "served").iter_rows()) == slow
    assert reach.mean == pytest.approx(len(elders) / (30 + 24 + 25 + 12))
    assert reach.buildings["building"].to_list()[-1] == "3"  # twelve elders: no rate
    assert reach.bands["band"].to_list() == ["60-69", "70-79", "80-89"]


def test_before_a_presenter_no_frame_holds_a_count_of_one_to_four(served: sa.Engine) -> None:
    day = Period(canteen.LAST, canteen.LAST)
    with reading(served) as conn:
        house, public = (meals_page.reach(conn, viewer, day) for viewer in (OFFICIAL, PRESENTER))
    assert any(0 < count < 5 for count in house.buildings["served"])
    for frame in (public.buildings, public.bands):
        assert not [n for n in frame["served"].drop_nulls() if 0 < n < 5]
        assert frame.filter(pl.col("served").is_null())["rate"].null_count() == frame["served"].null_count()


def test_before_a_presenter_the_mean_does_not_tell_of_one_to_four_either(engine: sa.Engine) -> None:
    canteen.furnish(engine)
    canteen.serve(engine, meals=6)
    with writing(engine) as conn:
        rollup.refresh(conn, days_with_rows(conn))
    with reading(engine) as conn:
        house, public = (meals_page.reach(conn, viewer, WHOLE) for viewer in (OFFICIAL, PRESENTER))
    assert house.mean is not None
    assert 0 < round(house.mean * (30 + 24 + 25 + 12)) < 5
    assert public.mean is None


def test_the_tiers_sum_the_meals_and_discounts_of_those_that_have_one(served: sa.Engine) -> None:
    with reading(served) as conn:
        frame = meals_page.tiers(conn, OFFICIAL, WHOLE)
        meals = sold(conn)
    for name, count, off in frame.iter_rows():
        own = [row for row in meals if row.tier == name]
        assert (count, off) == (len(own), sum(row.discount_fen for row in own))
    assert frame["meals"].to_list() == sorted(frame["meals"], reverse=True)
    assert frame["meals"].sum() == sum(row.tier is not None for row in meals)


def test_a_tier_says_its_english_name_where_it_has_one(served: sa.Engine) -> None:
    with writing(served) as conn:
        conn.execute(sa.update(Tier).where(Tier.code == "elder").values(name_en="Everyone of 60+"))
    with reading(served) as conn, speaking("en"):
        assert set(meals_page.tiers(conn, OFFICIAL, WHOLE)["name"]) == {"Everyone of 60+", "特困"}
        assert set(meals_page.counted(conn, OFFICIAL, WHOLE)["tier"].drop_nulls()) == {"Everyone of 60+", "特困"}


def test_days_count_every_day_of_the_period_and_know_which_are_off(served: sa.Engine) -> None:
    with writing(served) as conn:
        festival = [{"day": date(2026, 11, day), "works": False, "name": "院庆"} for day in (19, 20)]
        conn.execute(sa.insert(Workday), festival)
    with reading(served) as conn:
        frame = meals_page.days(conn, OFFICIAL, WHOLE)
        meals = sold(conn)
    assert frame["on"].to_list() == [canteen.FIRST + timedelta(n) for n in range(WHOLE.days)]
    for row in frame.iter_rows(named=True):
        own = [meal for meal in meals if meal.served_on == row["on"]]
        elderly = sum(meal.band in ("60-69", "70-79", "80-89", "90+") for meal in own)
        assert (row["elderly"], row["others"]) == (elderly, len(own) - elderly)
    assert frame.filter("off")["on"].to_list() == [date(2026, 11, day) for day in (19, 20, 21, 22)]
    assert frame.drop_nulls("festival").select("on", "festival").rows() == [(date(2026, 11, 19), "院庆")]


def test_a_festival_with_a_weekend_in_it_says_its_name_once(served: sa.Engine) -> None:
    with writing(served) as conn:
        festival = [{"day": date(2026, 11, day), "works": False, "name": "院庆"} for day in (19, 20, 23, 24)]
        conn.execute(sa.insert(Workday), festival)
    with reading(served) as conn:
        frame = meals_page.days(conn, OFFICIAL, WHOLE)
    assert frame.drop_nulls("festival")["on"].to_list() == [date(2026, 11, 19)]


def test_over_a_year_the_steps_are_weeks_and_none_is_a_day_off(served: sa.Engine) -> None:
    with reading(served) as conn:
        frame = meals_page.days(conn, OFFICIAL, Period(date(2026, 1, 1), canteen.LAST))
        assert int(frame.select(pl.col("elderly") + pl.col("others")).sum().item()) == len(sold(conn))
    assert set(frame["on"].dt.weekday()) == {1}
    assert not frame["off"].any()


def test_residents_are_those_of_the_newest_counts(served: sa.Engine) -> None:
    with reading(served) as conn:
        before, after = (meals_page.residents(conn, OFFICIAL, date(2026, 11, day)) for day in (19, 20))
        nobody = meals_page.residents(conn, OFFICIAL, date(2025, 1, 1))
    assert (before.count, before.counted_on) == (30 + 20 + 25 + 12, date(2026, 1, 1))
    assert (after.count, after.counted_on) == (30 + 24 + 25 + 12, date(2026, 11, 20))
    assert (nobody.count, nobody.counted_on) == (0, None)


def test_pages_of_rows_follow_one_another_without_a_gap_the_newest_first(served: sa.Engine) -> None:
    rows = Rows("meals", SOLD)
    with reading(served) as conn:
        whole = meals_page.rows_behind(conn, OFFICIAL, rows, WHOLE)
        parts = [meals_page.rows_behind(conn, OFFICIAL, rows, WHOLE, first, 50) for first in range(0, whole.height, 50)]
        assert whole.height == len(sold(conn))
    assert pl.concat(parts).equals(whole)
    assert whole["served_at"].is_sorted(descending=True)


def test_pages_of_people_follow_one_another_too(served: sa.Engine) -> None:
    rows = Rows("served_elders", (Where("resident", Op.IN, (True,)),))
    with reading(served) as conn:
        whole = meals_page.rows_behind(conn, OFFICIAL, rows, WHOLE)
        second = meals_page.rows_behind(conn, OFFICIAL, rows, WHOLE, 5, 5)
    assert second.equals(whole.slice(5, 5))


def test_no_till_sees_a_diners_tier_and_no_presenter_a_row(served: sa.Engine) -> None:
    with reading(served) as conn:
        for subject in ("meals", "meals_of_serving_days"):
            assert "tier" in meals_page.rows_behind(conn, OFFICIAL, Rows(subject), WHOLE).columns
            assert "tier" not in meals_page.rows_behind(conn, TILL, Rows(subject), WHOLE).columns
        with pytest.raises(NotAllowed):
            meals_page.rows_behind(conn, PRESENTER, Rows("meals", SOLD), WHOLE)


@pytest.mark.parametrize("meal", ["", "breakfast", "supper"])
@pytest.mark.parametrize("who", ["", "elderly", "others"])
@pytest.mark.parametrize("tier", ["", "elder"])
def test_a_list_is_as_long_as_the_daily_rows_say(served: sa.Engine, meal: str, who: str, tier: str) -> None:
    choice = Choice(meal, who, tier)
    with reading(served) as conn:
        counted = meals_page.counted(conn, OFFICIAL, WHOLE)
        rows = meals_page.rows_behind(conn, OFFICIAL, choice.rows(counted), WHOLE)
    assert choice.count(counted) == rows.height
