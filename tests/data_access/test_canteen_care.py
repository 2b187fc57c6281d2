"""Consent, pauses and missed-meal care on both databases: one task for one absence, for the worker of the grid."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import canteen, evidence
from data_access.canteen import Consent, care
from data_access.engine import reading, writing
from data_access.sealing import Seal
from data_access.tables.canteen import CareTask, EnrolledGroup, Enrolment
from data_access.tables.meals import Diner, Meal
from data_access.tables.records import Audit
from jobs import care as job
from jobs import meals as jobs
from jobs import rollup
from tests import canteen as small
from tests.conftest import NOON, make_viewer
from vocabulary.canteen import CareOutcome, DinerGroup
from vocabulary.enums import Feed, MealKind, MealMode, Role
from vocabulary.questions import Filters, Period, Rows
from vocabulary.refusals import NotAllowed, NotPossible

TODAY = NOON.date()
WORKER = make_viewer(Role.WORKER, grids=(1,))
OTHER = make_viewer(Role.WORKER, grids=(2,))
TILL = make_viewer(Role.FEEDER, feed=Feed.CANTEEN)
SEAL = Seal(b"tests-only-key-tests-only-key-tests-only-kw=")
LONG_AGO = date(2026, 1, 1)
BACK = (3, 4, 5, 6, 7)  # came every day but the last two


@pytest.fixture
def served(engine: sa.Engine, noon: datetime) -> sa.Engine:  # noqa: ARG001 (the clock stands)
    """A canteen that served somebody unknown on each of the last ten days."""
    small.furnish(engine)
    for back in range(10):
        eat(engine, None, back)
    rollup.refresh_all(engine)
    return engine


def eat(engine: sa.Engine, diner: int | None, *back: int) -> None:
    """Meals so many days ago, of this diner or of nobody known."""
    with writing(engine) as conn:
        for n in back:
            day = TODAY - timedelta(n)
            meal = {
                "number": f"{day:%Y%m%d}-{diner or 0:04}",
                "served_at": datetime(day.year, day.month, day.day, 11, tzinfo=clock.SHANGHAI),
                "served_on": day,
                "canteen_id": 1,
                "meal": MealKind.LUNCH,
                "mode": MealMode.DINE_IN,
                "diner_id": diner,
                "list_fen": 1800,
                "discount_fen": 0,
                "paid_fen": 1800,
            }
            conn.execute(sa.insert(Meal).values(**meal))


def agree(engine: sa.Engine, card: str, *, care: bool = True, groups: frozenset[DinerGroup] = frozenset()) -> int:
    with writing(engine) as conn:
        return canteen.enrol(conn, WORKER, Consent(card, LONG_AGO, "陈奶奶", "10012345678", groups, care), SEAL)


def look(engine: sa.Engine) -> int:
    with writing(engine) as conn:
        return job.make(conn, OPERATOR)


def tasks(engine: sa.Engine, viewer: object = WORKER) -> list[str]:
    """The cards on a worker's list."""
    with reading(engine) as conn:
        return care.open_tasks(conn, viewer)["card"].to_list()  # type: ignore[arg-type]


def test_one_absence_makes_one_task_for_the_worker_of_the_grid(served: sa.Engine) -> None:
    agree(served, "C001")  # lives in building 2, grid 1
    eat(served, 1, *BACK)
    with reading(served) as conn:
        assert job.due(conn, WORKER) == 1
    assert [look(served), look(served)] == [1, 0]
    assert tasks(served) == ["C001"]
    assert tasks(served, OTHER) == []
    with clock.standing_at(NOON + timedelta(1)):
        assert look(served) == 0


@pytest.mark.parametrize(
    ("care_wanted", "back"),
    [
        (True, (2, 3, 4, 5)),  # one day missed
        (True, (3, 5)),  # no regular one
        (False, BACK),  # did not agree to be called
    ],
)
def test_who_is_not_missed_gets_no_task(served: sa.Engine, care_wanted: bool, back: tuple[int, ...]) -> None:
    agree(served, "C001", care=care_wanted)
    eat(served, 1, *back)
    assert look(served) == 0


def test_without_consent_nobody_is_watched(served: sa.Engine) -> None:
    eat(served, 1, *BACK)
    assert look(served) == 0


def test_a_void_meal_was_not_eaten(served: sa.Engine) -> None:
    agree(served, "C001")
    eat(served, 1, 1, *BACK)
    assert look(served) == 0
    with writing(served) as conn:
        jobs.void(conn, TILL, f"{TODAY - timedelta(1):%Y%m%d}-0001", "刷错卡")
    assert look(served) == 1


def test_a_pause_keeps_the_task_away_and_after_it_the_absence_is_a_new_one(served: sa.Engine) -> None:
    agree(served, "C001")
    eat(served, 1, *BACK)
    with writing(served) as conn:
        canteen.add_pause(conn, TILL, "C001", TODAY - timedelta(2), TODAY)
    assert look(served) == 0
    for back in (-1, -2):
        eat(served, None, back)
    rollup.refresh_all(served)
    with clock.standing_at(NOON + timedelta(3)):
        assert look(served) == 1


def test_eating_again_ends_the_absence_and_the_next_one_makes_a_new_task(served: sa.Engine) -> None:
    agree(served, "C001")
    eat(served, 1, *BACK)
    assert look(served) == 1
    eat(served, 1, 0)
    with reading(served) as conn:
        assert care.open_tasks(conn, WORKER)["back_on"].to_list() == [TODAY]
    for back in (-1, -2):
        eat(served, None, back)
    rollup.refresh_all(served)
    with clock.standing_at(NOON + timedelta(3)):
        assert look(served) == 1
        assert look(served) == 0


def test_a_contact_is_opened_for_a_task_and_the_look_is_written_down(served: sa.Engine) -> None:
    agree(served, "C001", groups=frozenset({DinerGroup.LIVING_ALONE}))
    eat(served, 1, *BACK)
    look(served)
    with writing(served) as conn:
        task_id = int(conn.scalar(sa.select(CareTask.id)) or 0)
        with pytest.raises(NotPossible):
            care.reveal(conn, OTHER, task_id, SEAL)
        assert conn.scalar(sa.select(sa.func.count()).where(Audit.action == "contact_revealed")) == 0
        person = care.reveal(conn, WORKER, task_id, SEAL)
        assert (person.name, person.phone, person.groups) == ("陈奶奶", "10012345678", (DinerGroup.LIVING_ALONE,))
        logged = conn.execute(sa.select(Audit.detail, Audit.entity_id).where(Audit.action == "contact_revealed")).one()
        assert tuple(logged) == ("{}", task_id)
        assert conn.scalar(sa.select(CareTask.called_at)) == NOON


def test_an_outcome_closes_the_task_once(served: sa.Engine) -> None:
    agree(served, "C001")
    eat(served, 1, *BACK)
    look(served)
    with writing(served) as conn:
        task_id = int(conn.scalar(sa.select(CareTask.id)) or 0)
        with pytest.raises(NotPossible, match="刚刚被别人改过"):
            care.close(conn, WORKER, task_id, 9, CareOutcome.SAFE)
        care.close(conn, WORKER, task_id, 1, CareOutcome.AWAY, TODAY + timedelta(5))
        with pytest.raises(NotPossible, match="已经办结：外出"):
            care.close(conn, WORKER, task_id, 2, CareOutcome.SAFE)
        assert canteen.pauses(conn, WORKER).select("card", "from_on", "to_on").rows() == [
            ("C001", TODAY, TODAY + timedelta(5))
        ]
    assert tasks(served) == []
    assert look(served) == 0


def test_who_leaves_is_not_watched_any_more(served: sa.Engine) -> None:
    agree(served, "C001")
    eat(served, 1, *BACK)
    look(served)
    with writing(served) as conn:
        care.close(conn, WORKER, int(conn.scalar(sa.select(CareTask.id)) or 0), 1, CareOutcome.LEFT)
        assert care.watched(conn).is_empty()


def test_a_refused_close_writes_nothing(served: sa.Engine) -> None:
    agree(served, "C001")
    eat(served, 1, *BACK)
    look(served)
    with pytest.raises(NotPossible, match="停餐的结束日 2026-11-01 早于开始日 2026-11-24"), writing(served) as conn:
        care.close(conn, WORKER, int(conn.scalar(sa.select(CareTask.id)) or 0), 1, CareOutcome.AWAY, date(2026, 11, 1))
    assert tasks(served) == ["C001"]


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        (Consent("C999", TODAY, "陈奶奶", "10012345678"), "没有卡号“C999”"),
        (Consent("C001", TODAY + timedelta(1), "陈奶奶", "10012345678"), "2026-11-25 还没有到"),
        (Consent("C001", TODAY, " ", "10012345678"), "请填卡号“C001”的姓名"),
        (Consent("C001", TODAY, "陈奶奶", "call me"), "“call me”不像电话号码"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(served: sa.Engine, consent: Consent, said: str) -> None:
    with writing(served) as conn, pytest.raises(NotPossible, match=said):
        canteen.enrol(conn, WORKER, consent, SEAL)


def test_a_withdrawn_consent_leaves_no_name_no_number_no_group_and_no_open_task(served: sa.Engine) -> None:
    enrolment = agree(served, "C001", groups=frozenset({DinerGroup.BEREAVED, DinerGroup.LIVING_ALONE}))
    with writing(served) as conn, pytest.raises(NotPossible, match="卡号“C001”在 2026-01-01 已登记同意"):
        canteen.enrol(conn, WORKER, Consent("C001", TODAY, "陈奶奶", "10012345678"), SEAL)
    eat(served, 1, *BACK)
    look(served)
    with writing(served) as conn:
        canteen.withdraw(conn, WORKER, enrolment, 1)
        with pytest.raises(NotPossible, match="刚刚被别人改过"):
            canteen.withdraw(conn, WORKER, enrolment, 2)
        assert conn.scalar(sa.select(Enrolment.sealed)) is None
        assert conn.scalar(sa.select(sa.func.count()).select_from(EnrolledGroup)) == 0
        assert conn.scalar(sa.select(sa.func.count()).select_from(CareTask)) == 0
        assert canteen.enrolled(conn, WORKER).is_empty()
    assert agree(served, "C001") != enrolment


@pytest.mark.parametrize(
    "viewer", [OPERATOR, TILL, make_viewer(), make_viewer(Role.PRESENTER), make_viewer(Role.ADMIN)]
)
def test_neither_till_nor_operator_nor_official_comes_near_a_person(served: sa.Engine, viewer: object) -> None:
    agree(served, "C001", groups=frozenset({DinerGroup.BEREAVED}))
    eat(served, 1, *BACK)
    look(served)
    with writing(served) as conn:
        task_id = int(conn.scalar(sa.select(CareTask.id)) or 0)
        for attempt in (
            lambda: canteen.enrolled(conn, viewer),  # type: ignore[arg-type]
            lambda: care.open_tasks(conn, viewer),  # type: ignore[arg-type]
            lambda: care.reveal(conn, viewer, task_id, SEAL),  # type: ignore[arg-type]
            lambda: care.close(conn, viewer, task_id, 1, CareOutcome.SAFE),  # type: ignore[arg-type]
            lambda: canteen.enrol(conn, viewer, Consent("C002", TODAY, "李爷爷", "10012345678"), SEAL),  # type: ignore[arg-type]
            lambda: canteen.withdraw(conn, viewer, 1, 1),  # type: ignore[arg-type]
        ):
            with pytest.raises(NotAllowed):
                attempt()


def test_the_rows_of_care_name_nobody_and_no_group(served: sa.Engine) -> None:
    agree(served, "C001", groups=frozenset({DinerGroup.BEREAVED}))
    eat(served, 1, *BACK)
    look(served)
    period = Period(TODAY - timedelta(30), TODAY)
    with reading(served) as conn:
        shown = evidence.behind(conn, make_viewer(), Rows("care_tasks"), period, Filters())
        listed = evidence.behind(conn, make_viewer(), Rows("difficult_elders"), period, Filters())
        own = evidence.behind(conn, OTHER, Rows("care_tasks"), period, Filters())
        for subject in ("care_tasks", "difficult_elders"):
            for role, feed in ((Role.PRESENTER, None), (Role.FEEDER, Feed.CANTEEN)):
                with pytest.raises(NotAllowed):
                    evidence.behind(conn, make_viewer(role, feed=feed), Rows(subject), period, Filters())
    assert shown.columns == ["grid", "last_ate_on", "made_on", "closed_on", "care_outcome"]
    assert listed.columns == ["grid", "band", "served"]
    assert (shown.height, listed.height, own.height) == (1, 1, 0)


def test_pauses_of_a_card_do_not_overlap_and_can_be_ended_early(served: sa.Engine) -> None:
    with writing(served) as conn:
        canteen.add_pause(conn, WORKER, "C001", TODAY, TODAY + timedelta(6))
        with pytest.raises(NotPossible, match="卡号“C001”从 2026-11-24 到 2026-11-30 已登记停餐"):
            canteen.add_pause(conn, TILL, "C001", TODAY + timedelta(3), None)
        pause = canteen.pauses(conn, TILL).row(0, named=True)
        canteen.end_pause(conn, TILL, pause["pause_id"], pause["version"], TODAY + timedelta(1))
        with pytest.raises(NotPossible, match="刚刚被别人改过"):
            canteen.end_pause(conn, TILL, pause["pause_id"], pause["version"], TODAY)
        canteen.add_pause(conn, TILL, "C001", TODAY + timedelta(3), None)
        assert canteen.pauses(conn, TILL)["to_on"].to_list() == [TODAY + timedelta(1), None]


def test_an_elder_of_no_building_belongs_to_every_worker(served: sa.Engine) -> None:
    with writing(served) as conn:
        conn.execute(sa.update(Diner).where(Diner.id == 1).values(building_id=None))
    agree(served, "C001")
    eat(served, 1, *BACK)
    look(served)
    assert tasks(served) == tasks(served, OTHER) == ["C001"]
