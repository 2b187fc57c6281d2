"""The demo neighbourhood: the same for the same seed and day, plausible, and never beside other rows."""

import hashlib
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

import clock
from data_access import search
from data_access.engine import open_engine, reading, sqlite_url, writing
from data_access.installation import facts, write_fact
from data_access.sealing import Seal
from data_access.tables import Base
from data_access.tables.cases import Case, CaseContact, CaseEvent
from data_access.tables.meals import DinerDay, Meal, MealDay
from data_access.tables.places import Building, BuildingElders, Place
from data_access.tables.records import ImportBatch
from data_access.tables.stalls import Stall, StallDay
from jobs import demo_data, rollup
from jobs.demo.days import canteen_closed, festival
from tests.conftest import NOON
from vocabulary.enums import DONE_STATUSES, DROPPED_STATUSES
from vocabulary.refusals import NotPossible

SEAL = Seal(b"tests-only-key-tests-only-key-tests-only-kw=")
WRITE_TIMES = {"created_at", "updated_at", "changed_at", "at", "sealed"}
UNTIMED = {"data_version", "audit"}


def _digest(engine: sa.Engine) -> str:
    """All rows but write times, accounts and the sealing, in one number."""
    digest = hashlib.sha256()
    with reading(engine) as conn:
        for table in Base.metadata.sorted_tables:
            if table.name not in UNTIMED:
                kept = [column for column in table.c if column.name not in WRITE_TIMES or table.name == "case_event"]
                rows = conn.execute(sa.select(*kept).order_by(*table.primary_key.columns))
                digest.update(repr((table.name, [tuple(row) for row in rows])).encode())
    return digest.hexdigest()


def _loaded(template: Path, folder: Path, at: datetime, days: int = 5, seed: int = 1) -> str:
    file = folder / "again.db"
    shutil.copy(template, file)
    engine = open_engine(sqlite_url(file))
    with clock.standing_at(at):
        demo_data.load(engine, days, seed, seal=SEAL)
    found = _digest(engine)
    engine.dispose()
    return found


def test_the_rows_depend_on_the_seed_and_the_day_alone(sqlite_template: Path, tmp_path: Path) -> None:
    first = _loaded(sqlite_template, tmp_path, NOON)
    assert _loaded(sqlite_template, tmp_path, NOON + timedelta(hours=9)) == first
    assert _loaded(sqlite_template, tmp_path, NOON, seed=2) != first
    assert _loaded(sqlite_template, tmp_path, NOON + timedelta(days=1)) != first


def test_before_twenty_to_ten_nothing_lies_in_the_future(sqlite: sa.Engine) -> None:
    early = NOON.replace(hour=8)
    with clock.standing_at(early):
        demo_data.load(sqlite, 2, seal=SEAL)
    with reading(sqlite) as conn:
        for column in (Meal.served_at, Case.received_at, Case.finished_at, CaseEvent.at, StallDay.closed_at):
            newest = conn.scalar(sa.select(sa.func.max(column)))
            assert newest is None or newest <= early
        assert conn.scalar(sa.select(sa.func.count()).where(Meal.served_on == early.date())) or 0 > 50


def test_a_single_day_can_be_loaded_in_the_middle_of_the_night(engine: sa.Engine) -> None:
    with clock.standing_at(NOON.replace(hour=1)):
        demo_data.load(engine, 1, seal=SEAL)
    with reading(engine) as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(Meal)) == 0
        assert facts(conn)["kind"] == "demo"


def test_the_neighbourhood_is_as_large_as_it_should_be(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        assert conn.scalar(sa.select(sa.func.sum(BuildingElders.residents))) == 2400
        assert conn.scalar(sa.select(sa.func.count()).select_from(Building)) == 24
        assert conn.scalar(sa.select(sa.func.count()).select_from(Stall)) == 5
        ends = list(conn.scalars(sa.select(Stall.agreement_to)))
        assert sum(end is not None and end <= NOON.date() + timedelta(60) for end in ends) == 1
        opened = conn.scalar(sa.select(sa.func.count()).select_from(StallDay)) or 0
        assert 60 <= opened <= 95
        kind = sa.select(Place.id).where(Place.kind == "canteen")
        assert set(conn.scalars(sa.select(Meal.canteen_id).distinct())) == set(conn.scalars(kind))


def test_each_whole_day_has_its_meals_and_its_elders(small_demo: sa.Engine) -> None:
    days = sa.select(MealDay.served_on, sa.func.sum(MealDay.meals), sa.func.sum(MealDay.elderly))
    with reading(small_demo) as conn:
        rows = conn.execute(days.group_by(MealDay.served_on).order_by(MealDay.served_on))
        found = [(row[0], int(row[1]), int(row[2])) for row in rows]
    assert len(found) == 20
    assert all(1300 <= meals <= 1500 and 200 <= elderly <= 260 for _, meals, elderly in found[:-1])
    assert 250 <= found[-1][1] <= 400  # today until 09:40
    weekend = [meals for day, meals, _ in found[:-1] if day.isoweekday() >= 6]
    week = [meals for day, meals, _ in found[:-1] if day.isoweekday() < 6]
    assert sum(weekend) / len(weekend) < sum(week) / len(week)


def test_a_good_third_of_the_elders_come_within_twenty_days(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        own = sa.select(sa.func.count(DinerDay.diner_id.distinct())).where(DinerDay.resident)
        assert 0.33 <= (conn.scalar(own) or 0) / 2400 <= 0.45


def test_the_daily_rows_are_rolled_up(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        assert list(rollup.differences(conn)) == []


def test_each_case_is_where_its_history_says(small_demo: sa.Engine) -> None:
    done, dropped = ({status.value for status in some} for some in (DONE_STATUSES, DROPPED_STATUSES))
    with reading(small_demo) as conn:
        cases = list(conn.execute(sa.select(Case.table())))
        last: dict[int, str] = {}
        for event in conn.execute(sa.select(CaseEvent.table()).order_by(CaseEvent.at, CaseEvent.id)):
            assert event.from_status == last.get(event.case_id) or event.to_status is None
            last[event.case_id] = event.to_status or last[event.case_id]
    assert 70 <= len(cases) <= 160
    for case in cases:
        assert last[case.id] == case.status
        assert (case.finished_on is not None) == (case.worked_minutes is not None) == (case.status in done)
        assert (case.dropped_on is not None) == (case.status in dropped)
        assert case.reply or case.status not in done
        assert "{" not in case.title + (case.body or "") + (case.spot or "") + (case.reply or "")
    assert len({case.title for case in cases}) > 50


def test_cases_are_found_by_two_characters_and_contacts_open(small_demo: sa.Engine, sqlite: sa.Engine) -> None:
    with reading(small_demo) as conn:
        wanted = search.matching("电梯", conn.dialect.name, contacts=False)
        found = list(conn.scalars(sa.select(Case.id).where(*wanted)))
        held = list(conn.scalars(sa.select(Case.id).where(Case.title.contains("电梯"))))
    assert set(found) >= set(held) != set()
    with clock.standing_at(NOON):
        demo_data.load(sqlite, 3, seal=SEAL)
    with reading(sqlite) as conn:
        sealed = list(conn.scalars(sa.select(CaseContact.sealed)))
        cases = conn.scalar(sa.select(sa.func.count()).select_from(Case)) or 0
    assert 0 < len(sealed) < cases
    assert all(SEAL.open(one)["phone"].startswith("100") for one in sealed)


def test_festivals_and_the_rest_at_the_spring_festival_are_known() -> None:
    assert festival(NOON.date()) is None
    assert festival(datetime(2026, 10, 3, tzinfo=clock.SHANGHAI).date()) == "国庆节"
    closed = [
        day
        for n in range(60)
        if canteen_closed(day := datetime(2026, 1, 20, tzinfo=clock.SHANGHAI).date() + timedelta(n))
    ]
    assert [f"{day:%m-%d}" for day in closed] == ["02-15", "02-16", "02-17", "02-18"]


def test_a_database_with_rows_is_refused_and_keeps_them(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        write_fact(conn, "kind", "real")
        conn.execute(sa.insert(Building).values(number="1"))
    with pytest.raises(NotPossible, match="已有数据"):
        demo_data.load(sqlite, 2, seal=SEAL)
    with reading(sqlite) as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(Building)) == 1
        assert facts(conn)["kind"] == "real"


def test_sheets_imported_before_the_demo_are_kept_and_said(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        write_fact(conn, "kind", "demo")
        conn.execute(sa.insert(ImportBatch).values(kind="cases", file="x", new=1, changed=0, unchanged=0, rejected=0))
    with pytest.raises(NotPossible, match="--fresh"):
        demo_data.load(sqlite, days=1)


def test_a_loaded_demo_is_not_loaded_over_and_no_days_are_none(sqlite: sa.Engine) -> None:
    with pytest.raises(NotPossible, match="天数 0 不对"):
        demo_data.load(sqlite, 0, seal=SEAL)
    with clock.standing_at(NOON):
        demo_data.load(sqlite, 1, seal=SEAL)
        with pytest.raises(NotPossible, match="--fresh"):
            demo_data.load(sqlite, 1, seal=SEAL)


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("JIEFANG_DEMO", raising=False)
    return tmp_path


def test_the_command_loads_the_demo_file_and_makes_it_anew(
    own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with clock.standing_at(NOON):
        assert demo_data.main(["--days", "1"]) == 0
        with pytest.raises(NotPossible):
            demo_data.main(["--days", "1"])
        assert demo_data.main(["--days", "2", "--fresh"]) == 0
    assert "已装入 2 天" in capsys.readouterr().out
    engine = open_engine(sqlite_url(own_folder / "demo.db"))
    with reading(engine) as conn:
        assert conn.scalar(sa.select(sa.func.count(MealDay.served_on.distinct()))) == 2
    engine.dispose()


def test_the_command_leaves_an_office_of_its_own_alone(
    own_folder: Path, sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_folder.exists()
    monkeypatch.setenv("DATABASE_URL", str(sqlite.url))
    with writing(sqlite) as conn:
        write_fact(conn, "kind", "real")
    for words in (["--days", "1"], ["--days", "1", "--fresh"]):
        with pytest.raises(NotPossible, match="已有数据"):
            demo_data.main(words)
    monkeypatch.setenv("JIEFANG_DEMO", "1")
    with clock.standing_at(NOON):
        assert demo_data.main(["--days", "1"]) == 0
