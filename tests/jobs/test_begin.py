"""Beginning in earnest: the office's own database, from the demo's places and rules and from nothing else."""

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import accounts, installation, signins
from data_access.beginnings import PLAN, Start
from data_access.engine import open_engine, reading, sqlite_url
from data_access.tables import Base
from data_access.tables.meals import Tier
from data_access.tables.places import Building, BuildingElders, Grid, Place, Unit
from data_access.tables.stalls import Stall
from jobs import begin as job
from jobs import demo_data, terminal
from jobs import installation as installed
from jobs.begin import Admin, begin
from tests.conftest import NOON, make_viewer
from vocabulary.enums import Role
from vocabulary.refusals import NotAllowed, NotPossible

WU = Admin("wu", "吴主任", "green-banyan-tree")
EVERYTHING = tuple(Start)
# What a beginning may leave besides the copied rows: the admin, and what it records of itself.
OWN = {"account", "audit", "data_version", "installation"}


@pytest.fixture(scope="module")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo of two days, to be copied."""
    file = tmp_path_factory.mktemp("begin") / "demo.db"
    with pytest.MonkeyPatch.context() as patch, clock.standing_at(NOON):
        patch.setenv("JIEFANG_DATA", str(file.parent))
        patch.delenv("DATABASE_URL", raising=False)
        demo_data.load(installed.opened(), days=2)
        installed.engine().dispose()
    return file


@pytest.fixture
def folder(tmp_path: Path, demo_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of an installation that still runs on the demo."""
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.setenv("JIEFANG_LANG", "zh")
    for name in ("DATABASE_URL", "JIEFANG_DEMO"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "demo.db").write_bytes(demo_template.read_bytes())
    yield tmp_path
    installed.engine().dispose()


def counted(engine: sa.Engine) -> dict[str, int]:
    """The rows of every table, empty ones left out."""
    with reading(engine) as conn:
        tables = Base.metadata.tables.values()
        rows = {table.name: conn.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables}
    return {name: count for name, count in rows.items() if count}


@pytest.fixture
def own(sqlite: sa.Engine) -> set[str]:
    """The tables that may hold rows although nothing was taken over: the own ones, and what migrations bring."""
    return OWN | set(counted(sqlite))


def test_the_own_database_holds_places_and_rules_but_no_case_meal_or_person(folder: Path, own: set[str]) -> None:
    before = counted(installed.engine())
    begin(OPERATOR, WU, EVERYTHING)
    after = counted(installed.engine())
    copied = {step.table.table().name for steps in PLAN.values() for step in steps}
    assert {name: after.get(name, 0) for name in copied} == {name: before.get(name, 0) for name in copied}
    assert set(after) - copied <= own
    with reading(installed.engine()) as conn:
        artisans = conn.scalars(sa.select(Stall.artisan)).all()
        phones = conn.scalars(sa.select(Place.phone)).all()
        facts = installation.facts(conn)
    assert set(artisans) | set(phones) == {None}
    assert facts["kind"] == "real"
    assert facts["begun_on"] == str(clock.today())
    assert facts["community"] == "民主村社区"
    assert (folder / "jiefang.db").exists()


def test_rows_point_to_the_rows_they_pointed_to_before(folder: Path) -> None:
    """Oracle: buildings by grid and elders by building, asked by name on both sides."""
    asked = sa.select(Building.number, Grid.code, BuildingElders.band, BuildingElders.residents).select_from(Building)
    asked = asked.join(Grid, Grid.id == Building.grid_id).join(
        BuildingElders, BuildingElders.building_id == Building.id
    )
    stalls = sa.select(Stall.number, Place.code).join(Place, Place.id == Stall.place_id)
    demo = open_engine(sqlite_url(folder / "demo.db"))
    begin(OPERATOR, WU, EVERYTHING)
    answers = []
    for engine in (demo, installed.engine()):
        with reading(engine) as conn:
            answers.append((set(conn.execute(asked).all()), set(conn.execute(stalls).all())))
    demo.dispose()
    assert answers[0] == answers[1]
    assert all(answers[0])


def test_only_what_was_chosen_is_taken_over(folder: Path, own: set[str]) -> None:
    begin(OPERATOR, WU, (Start.UNITS,))
    assert set(counted(installed.engine())) <= own | {Unit.__tablename__}
    assert (folder / "demo.db").exists()


def test_nothing_need_be_taken_over(folder: Path, own: set[str]) -> None:
    begin(OPERATOR, WU, ())
    assert set(counted(installed.engine())) <= own
    assert (folder / "jiefang.db").exists()


def test_the_running_product_goes_over_by_itself(folder: Path) -> None:
    before = installed.engine()
    begin(OPERATOR, WU, EVERYTHING)
    assert installed.engine().url.database == str(folder / "jiefang.db")
    assert installed.engine() is not before
    assert signins.sign_in(installed.engine(), "wu", WU.password)
    before.dispose()


def test_beginning_twice_is_refused_and_changes_nothing(folder: Path) -> None:
    begin(OPERATOR, WU, EVERYTHING)
    kept = (folder / "jiefang.db").read_bytes()
    with pytest.raises(NotPossible, match="已经开始"):
        begin(OPERATOR, Admin("zhao", "赵", WU.password), ())
    assert (folder / "jiefang.db").read_bytes() == kept


def test_of_two_who_begin_at_once_one_is_told(folder: Path) -> None:
    start, refused = threading.Barrier(2), []

    def go(login: str) -> None:
        start.wait()
        try:
            begin(OPERATOR, Admin(login, login, WU.password), ())
        except NotPossible as refusal:
            refused.append(refusal.key)

    threads = [threading.Thread(target=go, args=(login,)) for login in ("wu", "zhao")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["installation.begun"]
    assert counted(installed.engine())["account"] == 1
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == []


@pytest.mark.parametrize(
    "admin", [Admin("a b", "吴", WU.password), Admin("wu", " ", WU.password), Admin("wu", "吴", "short")]
)
def test_an_admin_that_cannot_be_made_leaves_no_database(folder: Path, admin: Admin) -> None:
    with pytest.raises(NotPossible):
        begin(OPERATOR, admin, EVERYTHING)
    assert not (folder / "jiefang.db").exists()
    assert not list(folder.glob("loading-*"))
    assert installed.engine().url.database == str(folder / "demo.db")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_admin_begins(role: Role) -> None:
    with pytest.raises(NotAllowed):
        begin(make_viewer(role), WU, ())


def test_without_a_demo_a_short_one_is_made_and_thrown_away(folder: Path) -> None:
    (folder / "demo.db").unlink()
    begin(OPERATOR, WU, (Start.GRIDS, Start.RULES))
    assert {path.name for path in folder.iterdir()} - {"jiefang.key"} == {"jiefang.db"}
    after = counted(installed.engine())
    assert after["building"] > 0
    assert after["tier"] > 0
    assert "place" not in after


def test_a_given_empty_database_can_begin_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url(folder / "given.db"))
    begin(OPERATOR, WU, EVERYTHING)
    assert counted(installed.engine())["account"] == 1
    with pytest.raises(NotPossible, match="已有数据"):
        begin(OPERATOR, WU, EVERYTHING)


def test_a_given_database_on_postgres_can_begin_too(
    engine: sa.Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    begin(OPERATOR, WU, EVERYTHING)
    with reading(engine) as conn:
        assert conn.scalar(sa.select(sa.func.count(Tier.id))) == 4
        assert accounts.duty(conn, OPERATOR, "wu").role is Role.ADMIN
    installed.engine().dispose()
    assert not (folder / "jiefang.db").exists()


def command(monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = "") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return terminal.ended(lambda: job.main(list(words)))


@pytest.mark.usefixtures("folder")
def test_the_command_reads_the_password_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--login", "wu", "--name", "吴主任", "--start-from", "units", "rules")
    assert command(monkeypatch, *words, typed=f"{WU.password}\n") == 0
    said = capsys.readouterr().out
    assert said == "正式使用的数据库已建好。请用管理员账号“wu”登录。\n"
    assert signins.sign_in(installed.engine(), "wu", WU.password)
    assert command(monkeypatch, *words, typed=f"{WU.password}\n") == 1
    assert "已经开始" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_the_command_makes_a_password_when_none_is_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, "--login", "wu", "--name", "吴主任", "--start-from") == 0
    password = capsys.readouterr().out.splitlines()[1].removeprefix("口令（只显示这一次）：")
    assert signins.sign_in(installed.engine(), "wu", password)


def test_the_command_without_a_login_says_what_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch) == 1
    assert "不能用作账号" in capsys.readouterr().err
    assert not (folder / "jiefang.db").exists()
