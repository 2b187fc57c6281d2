"""The meals page as each role sees it: the sentence, the figures, the charts, and the rows behind each."""

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access.engine import reading, writing
from data_access.meals import days_with_rows
from data_access.tables.meals import Diner, Meal
from jobs import rollup
from metrics.meals import ELDER
from tests import canteen
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from ui import festivals
from ui.meals_lead import dates
from vocabulary.enums import Feed, Role
from vocabulary.questions import Period, Viewer

OFFICIAL, WORKER, PRESENTER = make_viewer(), make_viewer(Role.WORKER), make_viewer(Role.PRESENTER)
TILL = make_viewer(Role.FEEDER, feed=Feed.CANTEEN)
PEOPLE = ("meals-building", "meals-band")
CHARTS = (*PEOPLE, "meals-curve", "meals-tiers", "meals-days")
TODAY = NOON.date()
pytestmark = pytest.mark.usefixtures("noon")


def lead(app: AppTest) -> str:
    return next(html for html in said(app).split("\n") if 'class="lead"' in html)


def opens(app: AppTest) -> list[str]:
    return [str(button.key).removeprefix("card-rows-") for button in app.button if "card-rows-" in str(button.key)]


@pytest.mark.parametrize("viewer", [OFFICIAL, WORKER, TILL])
def test_those_who_may_read_rows_see_four_figures_five_charts_and_the_list(
    viewer: Viewer, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("meals", viewer, small_demo, monkeypatch)
    assert not app.exception
    assert len(app.metric) == 4
    assert len(app.get("vega_lite_chart")) == 4
    assert sorted(opens(app)) == sorted(CHARTS)
    assert len(app.dataframe) == 1


def test_the_sentence_says_the_numbers_of_the_cards(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("meals", OFFICIAL, small_demo, monkeypatch)
    bold = re.findall(r"<b>([\d,.]+)%?</b>", lead(app))
    cards = [str(metric.value).split(" ")[0] for metric in app.metric]
    assert bold == [bold[0], *cards]
    assert bold[0] == "19"  # twenty days of demo, of which today is not over


def test_the_head_says_how_many_elders_live_here_and_when_they_were_counted(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("meals", OFFICIAL, small_demo, monkeypatch)
    assert "60岁以上居民 2,400 人（2026年11月5日清点）" in said(app).replace("\\", "")


@pytest.mark.parametrize("chart", CHARTS)
def test_the_rows_of_a_chart_are_there_and_add_up(
    chart: str, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("meals", OFFICIAL, small_demo, monkeypatch)
    app.button(key=f"card-rows-{chart}").click().run()
    assert not app.exception
    promised = next(text.value for text in app.markdown if "就是图上的数" in text.value)
    rows = int(re.findall(r"共 ([\d,]+) 行", promised)[0].replace(",", ""))
    assert rows == _slow_count(chart, small_demo)
    assert len(app.dataframe[0].value) == (rows if chart in PEOPLE else min(rows, 100))
    app.button(key="meals-rows-close").click().run()
    assert len(app.dataframe) == 1


def _slow_count(chart: str, engine: sa.Engine) -> int:
    month, today = Meal.served_on >= TODAY.replace(day=1), Meal.served_on == TODAY
    elders = sa.and_(month, Meal.resident.is_(True), Meal.band.in_(ELDER))
    counted: dict[str, sa.ColumnElement[bool]] = {
        "meals-building": sa.and_(elders, Meal.building_id.is_not(None)),
        "meals-band": elders,
        "meals-curve": today,
        "meals-tiers": sa.and_(month, Meal.tier_id.is_not(None)),
        "meals-days": Meal.served_on > TODAY - timedelta(28),
    }
    what = Meal.diner_id.distinct() if chart in PEOPLE else Meal.id
    with reading(engine) as conn:
        return conn.execute(sa.select(sa.func.count(what)).where(Meal.void_at.is_(None), counted[chart])).scalar_one()


def test_of_a_coverage_the_residents_it_is_a_part_of_can_be_opened_too(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("meals", OFFICIAL, small_demo, monkeypatch)
    app.button(key="card-rows-meals-band").click().run()
    app.segmented_control(key="meals-part-meals-band").set_value("residents").run()
    assert "“60岁以上居民”合计 2,400" in said(app)


def test_the_list_shows_the_newest_meals_a_hundred_a_page(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("meals", OFFICIAL, small_demo, monkeypatch)
    shown = app.dataframe[0].value
    with reading(small_demo) as conn:
        newest = sa.select(Meal.number).where(Meal.void_at.is_(None)).order_by(Meal.served_at.desc(), Meal.id.desc())
        numbers = list(conn.scalars(newest.limit(100)))
        cards = set(conn.scalars(sa.select(Diner.card)))
    assert list(shown["编号"]) == numbers
    assert set(shown["卡号"].dropna()) <= cards


def test_the_address_can_narrow_the_list_and_its_title_counts_what_is_left(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("meals", OFFICIAL, small_demo, monkeypatch, meal="supper", who="elderly", span="week")
    shown = app.dataframe[0].value
    assert set(shown["餐别"]) == {"晚餐"}
    assert set(shown["年龄段"]) <= {"60–69岁", "70–79岁", "80–89岁", "90岁以上"}
    monday = TODAY - timedelta(TODAY.weekday())
    asked = (Meal.served_on >= monday, Meal.meal == "supper", Meal.band.in_(ELDER), Meal.void_at.is_(None))
    with reading(small_demo) as conn:
        count = conn.scalar(sa.select(sa.func.count(Meal.id)).where(*asked))
    assert f"{count:,} 餐" in said(app).replace("\\", "")


def test_a_tier_narrows_the_list(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("meals", OFFICIAL, small_demo, monkeypatch)
    app.selectbox(key="meals tier").select("extreme_hardship").run()
    assert set(app.dataframe[0].value["优惠档"]) == {"特困老人"}
    assert app.query_params["tier"] == "extreme_hardship"


def test_no_till_learns_which_tier_a_card_has(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("meals", TILL, small_demo, monkeypatch)
    assert "优惠档" not in app.dataframe[0].value.columns
    assert not app.selectbox
    app.button(key="card-rows-meals-tiers").click().run()
    assert "优惠档" not in app.dataframe[0].value.columns


def test_a_presenter_sees_the_charts_but_no_row_no_card_and_no_way_to_them(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("meals", PRESENTER, small_demo, monkeypatch)
    assert not app.exception
    assert len(app.metric) == 4
    assert len(app.get("vega_lite_chart")) == 4
    assert not app.dataframe
    assert not [button.key for button in app.button if "rows" in str(button.key)]
    with reading(small_demo) as conn:
        cards = list(conn.scalars(sa.select(Diner.card)))
    everything = str(app.main)
    assert cards
    assert not [card for card in cards if card in everything]


@pytest.fixture
def few(sqlite: sa.Engine) -> sa.Engine:
    """The small canteen, where cells of one to four people are common."""
    canteen.furnish(sqlite)
    canteen.serve(sqlite)
    with writing(sqlite) as conn:
        rollup.refresh(conn, days_with_rows(conn))
    return sqlite


def charts_said(app: AppTest) -> str:
    """What the coverage charts say aloud: the words of each row."""
    return "\n".join(chart.proto.alt for chart in app.get("vega_lite_chart"))


def test_a_presenter_is_told_less_than_five_and_what_would_give_it_away_stays_back(
    few: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = show("meals", OFFICIAL, few, monkeypatch, span="today")
    assert re.search(r"\b[1-4] / ", charts_said(house))
    public = show("meals", PRESENTER, few, monkeypatch, span="today")
    assert not re.search(r"(?<!<)\b[1-4] / ", charts_said(public))
    assert "<5 / " in charts_said(public)
    assert "不足5人的格不显示" in said(public)


def test_a_building_of_few_elders_says_why_it_has_no_rate(few: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("meals", OFFICIAL, few, monkeypatch)
    assert re.search(r"3栋 不足20人，不计率", charts_said(app))


@pytest.mark.parametrize(
    "viewer", [make_viewer(Role.UNIT), make_viewer(Role.ADMIN), make_viewer(Role.FEEDER, feed=Feed.STALLS)]
)
def test_other_roles_are_turned_away_without_a_figure(
    viewer: Viewer, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("meals", viewer, small_demo, monkeypatch)
    assert not app.metric
    assert not app.get("html")
    assert len(app.warning) == 1


def test_without_meals_one_sentence_says_so(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("meals", OFFICIAL, sqlite, monkeypatch)
    assert not app.exception
    assert "没有就餐记录" in app.info[0].value
    assert not app.metric
    assert "尚未清点" in said(app)


def test_a_day_before_its_first_meal_says_so_and_draws_what_is_usual(
    few: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(few) as conn:
        conn.execute(sa.delete(Meal).where(Meal.served_on == TODAY))
        rollup.refresh(conn, [TODAY])
    app = show("meals", OFFICIAL, few, monkeypatch, span="today")
    assert not app.exception
    assert "今日还没有就餐记录" in lead(app)
    assert "meals-curve" not in opens(app)
    assert "meals-days" in opens(app)
    assert not app.dataframe


def test_a_period_long_past_shows_its_own_last_day(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = {"from": "2026-11-09", "to": "2026-11-15", "span": "chosen"}
    app = show("meals", OFFICIAL, small_demo, monkeypatch, **ends)
    assert "**11月15日的就餐曲线**" in said(app)
    assert lead(app).startswith('<p class="lead">11月9日至11月15日食堂供餐 <b>7</b> 天')


def test_in_english_nothing_of_ours_is_left_in_chinese(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("texts._reader", [lambda: "en"])
    app = show("meals", PRESENTER, small_demo, monkeypatch)
    assert not re.findall(r"[\u4e00-\u9fff]+", said(app) + charts_said(app))


def test_a_festival_that_we_have_no_word_for_keeps_its_name() -> None:
    assert (festivals.said("国庆节"), festivals.said("院庆")) == ("国庆", "院庆")


def test_days_are_said_with_their_year_only_where_it_is_not_this_one() -> None:
    assert dates(Period(date(2026, 11, 1), TODAY)) == "11月1日至11月24日"
    assert dates(Period(TODAY, TODAY)) == "11月24日"
    assert dates(Period(date(2025, 12, 31), TODAY)) == "2025年12月31日至2026年11月24日"
