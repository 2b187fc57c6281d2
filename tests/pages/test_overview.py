"""The overview as each role sees it: figures, sentence, news, charts and the rows behind them."""

import re
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from data_access.engine import reading
from data_access.news import CaseNews, ImportNews, MealNews, Turn
from data_access.tables.cases import Case
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from ui.overview_news import alarming
from ui.overview_news import said as told
from vocabulary.enums import CaseStatus, Feed, MealKind, Role

OFFICIAL, PRESENTER = make_viewer(), make_viewer(Role.PRESENTER)
CHARTS = ("meals", "received", "finished", "open", "customers")
pytestmark = pytest.mark.usefixtures("noon")


def test_an_official_sees_nine_figures_and_may_open_the_rows_of_each(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("overview", OFFICIAL, small_demo, monkeypatch)
    assert not app.exception
    assert len(app.metric) == 9
    opens = [button.key for button in app.button if button.key]
    figured = [metric for metric in app.metric if metric.value != "—"]
    assert sum(key.startswith("rows-overview-") for key in opens) == len(figured) >= 8
    assert [key.removeprefix("chart-rows-") for key in opens if key.startswith("chart-rows-")] == list(CHARTS)


def test_the_sentence_says_the_numbers_of_the_cards(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("overview", OFFICIAL, small_demo, monkeypatch)
    lead = next(html for html in said(app).split("\n") if 'class="lead"' in html)
    bold = re.findall(r"<b>([\d,.]+)", lead)
    cards = {metric.label: str(metric.value).split(" ")[0] for metric in app.metric}
    told = ("受理诉求", "办结诉求", "在办诉求", "中位办理时长", "食堂日均")
    assert bold[:5] == [cards[name] for name in told]
    assert ("低于目标" in lead) == ("未达" in said(app))


@pytest.mark.parametrize("chart", CHARTS)
def test_the_rows_of_a_chart_are_there_and_add_up(
    chart: str, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("overview", OFFICIAL, small_demo, monkeypatch)
    app.button(key=f"chart-rows-{chart}").click().run()
    assert not app.exception
    assert len(app.dataframe) == 1
    rows = len(app.dataframe[0].value)
    assert rows > 0
    assert f"共 {rows:,} 行" in said(app)
    app.button(key="chart-rows-close").click().run()
    assert not app.dataframe


def test_the_rows_of_received_are_the_cases_of_the_charts_four_weeks(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("overview", OFFICIAL, small_demo, monkeypatch)
    app.button(key="chart-rows-received").click().run()
    with reading(small_demo) as conn:
        since = NOON.date() - timedelta(27)
        numbers = conn.scalars(sa.select(Case.number).where(Case.received_on.between(since, NOON.date()))).all()
    assert sorted(app.dataframe[0].value["编号"]) == sorted(numbers)


def test_a_presenter_sees_figures_but_no_row_no_title_and_no_way_to_the_cases(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("overview", PRESENTER, small_demo, monkeypatch)
    assert not app.exception
    assert len(app.metric) == 9
    assert not [button.key for button in app.button if "rows" in str(button.key)]
    text = said(app)
    with reading(small_demo) as conn:
        titles = conn.scalars(sa.select(Case.title)).all()
    assert titles
    assert not [title for title in titles if title in text]
    assert 'href="cases' not in text


@pytest.mark.parametrize("viewer", [make_viewer(Role.UNIT), make_viewer(Role.FEEDER, feed=Feed.CANTEEN)])
def test_other_roles_are_turned_away_without_a_figure(
    viewer: object, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("overview", viewer, small_demo, monkeypatch)  # type: ignore[arg-type]
    assert not app.metric
    assert not app.get("html")
    assert len(app.warning) == 1


def test_an_empty_database_says_what_to_do_first(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("overview", OFFICIAL, sqlite, monkeypatch)
    assert not app.exception
    assert "导入" in app.info[0].value
    assert "地图" not in said(app)


def test_in_english_nothing_of_ours_is_left_in_chinese(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("texts._reader", [lambda: "en"])
    app = show("overview", PRESENTER, small_demo, monkeypatch)
    outside_pictures = re.sub(r'src="[^"]*"', "", said(app))
    assert not re.findall(r"[\u4e00-\u9fff]+", outside_pictures)


def make_news(turn: Turn, **values: object) -> CaseNews:
    given = {"at": NOON, "turn": turn, "cases": 4, "emergencies": 0, "titles": (), "case_id": None}
    return CaseNews(**given | values)  # type: ignore[arg-type]


def test_new_cases_are_told_with_the_emergencies_among_them_and_lead_to_the_day() -> None:
    sentence, note = told(make_news(Turn.FILED, emergencies=1, titles=("灯坏了", "漏水")), OFFICIAL)
    assert sentence.startswith('<a href="cases?')
    assert re.sub("<.*?>", "", sentence) == "新增诉求 4 件，1 件紧急"
    assert "from=2026-11-24" in sentence
    assert note == "灯坏了；漏水"


@pytest.mark.parametrize(
    ("turn", "late"),
    [(Turn.FILED, False), (Turn.FINISHED, False), (Turn.RETURNED, True), (Turn.REOPENED, True), (Turn.DROPPED, False)],
)
def test_only_what_asks_for_attention_is_marked(turn: Turn, *, late: bool) -> None:
    assert alarming(make_news(turn)) is late
    assert alarming(make_news(turn, emergencies=1))


@pytest.mark.parametrize(
    ("before", "words"),
    [(294, "，较上周二同期多 18"), (330, "，较上周二同期少 18"), (312, "，与上周二同期持平"), (0, "")],
)
def test_meals_are_compared_with_the_weekday_before_if_it_had_any(before: int, words: str) -> None:
    item = MealNews(at=NOON, meal=MealKind.BREAKFAST, meals=312, elderly=71, before=before)
    sentence, note = told(item, OFFICIAL)
    assert re.sub("<.*?>", "", sentence) == f"早餐供应 312 人次{words}"
    assert note == "其中老年 71 人次"


def test_an_import_leads_to_its_cases_in_their_own_days() -> None:
    days = {"since": datetime(2019, 1, 2).date(), "until": datetime(2019, 12, 30).date()}  # noqa: DTZ001 (only days)
    item = ImportNews(at=NOON, batch=7, kind="cases", new=2816, changed=0, **days)
    sentence, _ = told(item, OFFICIAL)
    for part in ("batch=7", "from=2019-01-02", "to=2019-12-30"):
        assert part in sentence
    assert "<a" not in told(item, PRESENTER)[0]


def test_a_title_is_told_as_it_stands_not_as_html(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    item = make_news(Turn.FILED, titles=("<script>alert(1)</script>",))
    monkeypatch.setattr("ui.overview_news.news", _reading([item]))
    assert "&lt;script&gt;" in said(show("overview", OFFICIAL, small_demo, monkeypatch))


def _reading(items: list[CaseNews]) -> object:
    def news(_conn: sa.Connection, _viewer: object) -> list[CaseNews]:
        return items

    return news


def test_returned_cases_lead_to_the_cases_that_are_returned() -> None:
    sentence, _ = told(make_news(Turn.RETURNED), OFFICIAL)
    assert f"status={CaseStatus.RETURNED}" in sentence


def test_a_single_case_opens_itself() -> None:
    assert "case=12" in told(make_news(Turn.FILED, cases=1, case_id=12), OFFICIAL)[0]


def test_a_period_before_all_records_says_so_in_each_panel(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = {"span": "chosen", "from": "2019-01-01", "to": "2019-03-31"}
    app = show("overview", OFFICIAL, small_demo, monkeypatch, **long_ago)
    assert not app.exception
    text = said(app)
    for sentence in ("没有就餐记录", "没有受理或办结的诉求", "没有出摊记录", "还没有记录"):
        assert sentence in text
