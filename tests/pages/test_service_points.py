"""The service points as each role sees them: what is open now, the list, the details, the stalls."""

import json
import re
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

import clock
from data_access.engine import reading, writing
from data_access.places import hours_of
from data_access.tables.places import Place
from data_access.tables.stalls import Stall
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from ui.service_places import Door, Spot, door_of, today, turns, week
from vocabulary.enums import Accuracy, Feed, PlaceKind, Role

OFFICIAL, PRESENTER = make_viewer(), make_viewer(Role.PRESENTER)
HOURS = json.dumps({"1": [["08:00", "12:00"]], "2": [["08:00", "12:00"], ["14:00", "18:00"]]})


def make_spot(hours: str = HOURS, door: Door = Door.OPEN) -> Spot:
    return Spot(
        code="canteen",
        kind=PlaceKind.CANTEEN,
        name="社区食堂",
        address=None,
        lat=29.5,
        lon=106.5,
        accuracy=Accuracy.SCHEMATIC,
        hours=hours,
        step_free=None,
        phone=None,
        note=None,
        door=door,
        trades=(),
    )


@pytest.mark.parametrize(
    ("status", "hours", "clock_time", "door"),
    [
        ("open", HOURS, "08:00", Door.OPEN),  # the first minute
        ("open", HOURS, "11:59", Door.OPEN),
        ("open", HOURS, "12:00", Door.SHUT),  # the closing time is closed
        ("open", HOURS, "14:30", Door.OPEN),  # the second half of the day
        ("open", json.dumps({"3": [["08:00", "12:00"]]}), "09:00", Door.SHUT),  # another weekday
        ("open", "{}", "09:00", Door.UNKNOWN),
        ("paused", HOURS, "09:00", Door.PAUSED),
        ("closed", HOURS, "09:00", Door.CLOSED),
    ],
)
def test_a_place_is_open_by_its_hours_to_the_minute(status: str, hours: str, clock_time: str, door: Door) -> None:
    hour, minute = map(int, clock_time.split(":"))
    assert door_of(status, hours, NOON.replace(hour=hour, minute=minute)) is door


@pytest.mark.parametrize(
    ("door", "hour", "words"),
    [
        (Door.OPEN, 9, "至 12:00"),
        (Door.SHUT, 13, "14:00 开"),
        (Door.SHUT, 19, ""),  # not again today
        (Door.PAUSED, 9, ""),
    ],
)
def test_the_list_says_when_that_changes(door: Door, hour: int, words: str) -> None:
    assert turns(make_spot(door=door), NOON.replace(hour=hour)) == words


def test_the_hours_of_the_week_are_told_in_runs_of_equal_days() -> None:
    hours = {str(day): [["09:00", "17:00"]] for day in range(1, 6)} | {"7": [["00:00", "23:59"]]}
    assert week(make_spot(json.dumps(hours))) == [
        ("周一至周五", "09:00–17:00"),
        ("周六", "休息"),
        ("周日", "全天"),
    ]


@pytest.mark.usefixtures("noon")
def test_todays_hours_say_both_halves_or_that_there_are_none() -> None:
    assert today(make_spot()) == "08:00–12:00、14:00–18:00"
    assert today(make_spot(json.dumps({"3": [["08:00", "12:00"]]}))) == "今天不开放"
    assert today(make_spot("{}")) == "开放时间未填"


def make_place(engine: sa.Engine, **values: object) -> None:
    given = {"code": "canteen", "kind": PlaceKind.CANTEEN, "name": "社区食堂", "lon": 106.5, "lat": 29.5}
    with writing(engine) as conn:
        conn.execute(sa.insert(Place).values(**given | {"accuracy": Accuracy.SCHEMATIC, "hours": HOURS} | values))


@pytest.mark.usefixtures("noon")
def test_the_address_chooses_a_place_and_shows_all_about_it(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    make_place(sqlite, address="民主大道<1>号", phone="023-68780001", step_free=True)
    app = show("service_points", OFFICIAL, sqlite, monkeypatch, place="canteen")
    assert not app.exception
    assert app.radio[0].value == "canteen"
    for said_there in (
        "民主大道&lt;1&gt;号",
        "023-68780001",
        "有无障碍通道",
        "周一 08:00–12:00；周二 08:00–12:00、14:00–18:00",
    ):
        assert f"<dd>{said_there}" in said(app)


@pytest.mark.usefixtures("noon")
def test_a_choice_in_the_list_goes_into_the_address(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("service_points", OFFICIAL, small_demo, monkeypatch)
    assert app.radio[0].value is None
    app.radio[0].set_value("hospital").run()
    assert app.query_params["place"] == "hospital"
    assert "**社区医院**" in said(app)


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("place", ["nowhere", "", "<b>"])
def test_an_address_that_names_no_place_chooses_none(
    place: str, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("service_points", OFFICIAL, small_demo, monkeypatch, place=place)
    assert not app.exception
    assert app.radio[0].value is None


@pytest.mark.usefixtures("noon")
def test_the_number_of_open_places_opens_exactly_these(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("service_points", OFFICIAL, small_demo, monkeypatch)
    app.button(key="open-now-rows").click().run()
    with reading(small_demo) as conn:
        rows = conn.execute(sa.select(Place.name, Place.status, Place.hours)).all()
    expected = {row.name for row in rows if row.status == "open" and hours_of(row.hours).hold_at(NOON)}
    listed = {str(option).split(" :")[0] for option in app.radio[0].options}
    assert listed == expected
    assert str(app.metric[-1].value).startswith(f"{len(expected)} ")


@pytest.mark.usefixtures("noon")
def test_a_kind_keeps_only_its_places(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("service_points", OFFICIAL, small_demo, monkeypatch, kind="craft_workshop")
    assert len(app.radio[0].options) == 5


@pytest.mark.usefixtures("noon")
def test_a_presenter_sees_no_phone_no_note_and_no_artisan(
    sqlite: sa.Engine, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_place(sqlite, phone="023-68780001", note="找老李")
    text = said(show("service_points", PRESENTER, sqlite, monkeypatch, place="canteen"))
    assert "**社区食堂**" in text
    assert "68780001" not in text.replace("\\", "")
    assert "老李" not in text
    app = show("service_points", PRESENTER, small_demo, monkeypatch)
    assert not app.exception
    assert "匠人" not in app.dataframe[0].value.columns


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("role", "feed", "whole"),
    [(Role.OFFICIAL, None, False), (Role.WORKER, None, False), (Role.FEEDER, Feed.STALLS, True)],
)
def test_the_artisans_names_are_covered_for_all_but_those_who_keep_the_stalls_books(
    role: Role, feed: Feed | None, *, whole: bool, small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("service_points", make_viewer(role, feed=feed), small_demo, monkeypatch)
    with reading(small_demo) as conn:
        names = {name for name in conn.scalars(sa.select(Stall.artisan)) if name}
    assert names
    shown = set(app.dataframe[0].value["匠人"])
    assert (shown == names) is whole
    assert whole or all(re.fullmatch(r".\*\*", name) for name in shown)


@pytest.mark.usefixtures("noon")
def test_a_chosen_workshop_shows_its_own_stalls(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = show("service_points", OFFICIAL, small_demo, monkeypatch).dataframe[0].value
    one = show("service_points", OFFICIAL, small_demo, monkeypatch, place="workshop_1").dataframe[0].value
    assert (len(whole), len(one)) == (5, 1)


def test_a_public_holiday_warns_that_hours_may_differ(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.standing_at(datetime(2026, 10, 1, 10, 0, tzinfo=clock.SHANGHAI)):
        assert "节假日" in said(show("service_points", OFFICIAL, small_demo, monkeypatch))
    with clock.standing_at(NOON + timedelta(1)):
        assert "节假日" not in said(show("service_points", OFFICIAL, small_demo, monkeypatch))


@pytest.mark.usefixtures("noon")
def test_without_a_place_the_page_says_what_to_do_first(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("service_points", OFFICIAL, sqlite, monkeypatch)
    assert not app.exception
    assert "还没有服务点" in app.info[0].value


@pytest.mark.usefixtures("noon")
def test_other_roles_are_turned_away_without_a_place(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("service_points", make_viewer(Role.UNIT), small_demo, monkeypatch)
    assert not app.radio
    assert not app.get("html")
