"""Projects: money, milestones, risk and days that cannot be wrong, and figures that follow from their rows."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import polars as pl
import pytest
import sqlalchemy as sa

from data_access import corrections, evidence, renewal
from data_access.engine import writing
from data_access.renewal import Planned, Stage, Upload
from data_access.tables.renewal import Milestone, Project, ProjectPayment, RenewalFile
from jobs import figures
from metrics import renewal as metrics
from tests.conftest import make_viewer
from tests.renewal_rows import (
    FIRST,
    OFFICIAL,
    PDF,
    PHOTO,
    STAGES,
    TODAY,
    decided,
    make_neighbourhood,
    make_planned,
    make_proposal,
)
from vocabulary.enums import Role
from vocabulary.questions import Filters, Period
from vocabulary.refusals import NotAllowed, NotPossible
from vocabulary.renewal import Mode, Photo, ProjectState, Risk

BEGUN = TODAY - timedelta(27)


@pytest.fixture
def conn(engine: sa.Engine, noon: datetime) -> Iterator[sa.Connection]:  # noqa: ARG001 (the clock stands)
    with writing(engine) as conn:
        make_neighbourhood(conn)
        yield conn


def version(conn: sa.Connection, project_id: int) -> int:
    return int(conn.scalar(sa.select(Project.version).where(Project.id == project_id)) or 0)


def make_project(conn: sa.Connection, *, begun: bool = True, **given: object) -> int:
    """A project with its three milestones, begun."""
    project_id = renewal.approve(conn, OFFICIAL, make_planned(**given))
    renewal.plan_milestones(conn, OFFICIAL, project_id, 1, STAGES)
    if begun:
        renewal.start(conn, OFFICIAL, project_id, 2, BEGUN)
    return project_id


def stage_ids(conn: sa.Connection, project_id: int) -> list[int]:
    mine = sa.select(Milestone.id).where(Milestone.project_id == project_id)
    return list(conn.scalars(mine.order_by(Milestone.position)))


def progress(conn: sa.Connection, on: date = TODAY) -> list[tuple[str, int, float]]:
    frames = [read(conn, OFFICIAL, on, on) for read in (renewal.projects, renewal.milestones, renewal.payments)]
    return metrics.projects_on(on, *frames).select("number", "progress", "done_m2").rows()


def test_a_project_is_built_milestone_by_milestone(conn: sa.Connection) -> None:
    project_id = make_project(conn)
    for milestone_id, day in zip(stage_ids(conn, project_id), (20, 6, 0), strict=True):
        renewal.reach(conn, OFFICIAL, milestone_id, 1, TODAY - timedelta(day))
    assert progress(conn) == [("XM0001", 100, 1000.0)]
    assert progress(conn, TODAY - timedelta(6)) == [("XM0001", 50, 500.0)]
    renewal.finish(conn, OFFICIAL, project_id, 3, TODAY)
    assert renewal.work(conn, OFFICIAL, "XM0001").project["finished_on"] == TODAY


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"plan_to": TODAY - timedelta(29)}, r"计划完工.*早于计划开工"),
        ({"approved_on": TODAY + timedelta(1)}, r"立项日期.*还没有到"),
        ({"area_m2": 0}, "建筑面积0不对，至少应为1"),
        ({"budget_fen": -1}, "预算-1不对"),
        ({"buildings": ("1", "99")}, "没有编号为“99”的楼栋"),
        ({"lon": 106.5}, "经度和纬度"),
        ({"name": " "}, "请填写名称"),
    ],
)
def test_a_wrong_project_is_refused_in_a_sentence(conn: sa.Connection, given: dict[str, object], sentence: str) -> None:
    with pytest.raises(NotPossible, match=sentence):
        renewal.approve(conn, OFFICIAL, make_planned(**given))
    assert conn.scalar(sa.select(sa.func.count()).select_from(Project)) == 0


def test_a_project_comes_of_a_decided_proposal_only(conn: sa.Connection) -> None:
    waiting, done = make_proposal(conn), decided(conn)
    with pytest.raises(NotPossible, match="议题YT0001还不是决议通过（居民提议，进行中）"):
        renewal.approve(conn, OFFICIAL, make_planned(proposal_id=waiting))
    early = make_planned(proposal_id=done, approved_on=FIRST + timedelta(27))
    with pytest.raises(NotPossible, match=r"立项日期.*早于议题决议日期"):
        renewal.approve(conn, OFFICIAL, early)
    renewal.approve(conn, OFFICIAL, make_planned(proposal_id=done, buildings=("1", "2", "1")))
    assert renewal.work(conn, OFFICIAL, "XM0001").project["buildings"] == '["1", "2"]'


@pytest.mark.parametrize(
    ("stages", "sentence"),
    [
        (STAGES[:2], "里程碑权重20\\+30合计50，应为100"),
        ((), "里程碑权重0合计0"),
        ((*STAGES, Stage("验收", 1, TODAY)), "合计101"),
        ((Stage("全部", 100, TODAY + timedelta(43)),), r"里程碑“全部”定在.*不在计划工期"),
        ((Stage("甲", 0, TODAY), Stage("乙", 100, TODAY)), "权重0不对，至少应为1"),
    ],
)
def test_the_weights_of_milestones_make_a_hundred(
    conn: sa.Connection, stages: tuple[Stage, ...], sentence: str
) -> None:
    project_id = make_project(conn)
    with pytest.raises(NotPossible, match=sentence):
        renewal.plan_milestones(conn, OFFICIAL, project_id, 3, stages)
    assert len(stage_ids(conn, project_id)) == 3


def test_a_reached_milestone_keeps_its_weight_when_the_rest_is_planned_anew(conn: sa.Connection) -> None:
    project_id = make_project(conn)
    first, second, third = stage_ids(conn, project_id)
    renewal.reach(conn, OFFICIAL, first, 1, TODAY)
    lighter = (Stage("施工图审查", 10, TODAY, id=first), Stage("其余", 90, TODAY))
    with pytest.raises(NotPossible, match=f"里程碑“施工图审查”已于{TODAY}达成"):
        renewal.plan_milestones(conn, OFFICIAL, project_id, 3, lighter)
    anew = (Stage("施工图审查", 20, TODAY, id=first), Stage("其余", 80, TODAY, id=third))
    renewal.plan_milestones(conn, OFFICIAL, project_id, 3, anew)
    assert stage_ids(conn, project_id) == [first, third]
    assert progress(conn)[0][1] == 20
    with pytest.raises(NotPossible, match="别人改过"):
        renewal.plan_milestones(conn, OFFICIAL, project_id, 3, anew)
    with pytest.raises(NotPossible, match="已不存在"):
        renewal.reach(conn, OFFICIAL, second, 1, TODAY)


def test_nothing_is_paid_above_the_budget(conn: sa.Connection) -> None:
    project_id = make_project(conn)
    first = renewal.pay(conn, OFFICIAL, project_id, TODAY, 1_500_000, "首付")
    with pytest.raises(NotPossible, match=r"付款5,000.01元，加上已付15,000.00元，超过项目XM0001的预算20,000.00元"):
        renewal.pay(conn, OFFICIAL, project_id, TODAY, 500_001)
    with pytest.raises(NotPossible, match="付款金额0不对"):
        renewal.pay(conn, OFFICIAL, project_id, TODAY, 0)
    with pytest.raises(NotPossible, match=r"付款日期.*早于立项日期"):
        renewal.pay(conn, OFFICIAL, project_id, TODAY - timedelta(31), 1)
    with pytest.raises(NotPossible, match="超过项目"):
        renewal.correct_payment(conn, OFFICIAL, first, 1, "记错", TODAY, 2_000_001)
    renewal.correct_payment(conn, OFFICIAL, first, 1, "没有付", TODAY, 0)
    assert corrections.history(conn, ProjectPayment, first)[0]["before"] == {"fen": 1_500_000}
    assert renewal.project_list(conn, OFFICIAL)["paid_fen"].to_list() == [0]


def test_a_budget_is_raised_with_a_reason_and_never_below_what_is_paid(conn: sa.Connection) -> None:
    project_id = make_project(conn)
    renewal.pay(conn, OFFICIAL, project_id, TODAY, 2_000_000)
    with pytest.raises(NotPossible, match=r"预算19,999.99元少于已付的20,000.00元"):
        renewal.correct_project(conn, OFFICIAL, project_id, 3, "调减", make_planned(budget_fen=1_999_999))
    with pytest.raises(NotPossible, match="请写明原因"):
        renewal.correct_project(conn, OFFICIAL, project_id, 3, " ", make_planned(budget_fen=3_000_000))
    renewal.correct_project(conn, OFFICIAL, project_id, 3, "追加", make_planned(budget_fen=3_000_000))
    renewal.pay(conn, OFFICIAL, project_id, TODAY, 1_000_000)
    with pytest.raises(NotPossible, match=r"里程碑“电梯安装”定在.*不在计划工期"):
        renewal.correct_project(
            conn, OFFICIAL, project_id, 4, "缩短", make_planned(budget_fen=3_000_000, plan_to=TODAY)
        )


def test_a_project_ends_only_when_all_is_reached_and_can_be_taken_back(conn: sa.Connection) -> None:
    project_id = make_project(conn)
    with pytest.raises(NotPossible, match="里程碑“施工图审查”还没有达成"):
        renewal.finish(conn, OFFICIAL, project_id, 3, TODAY)
    ids = stage_ids(conn, project_id)
    with pytest.raises(NotPossible, match=r"达成日期.*早于实际开工"):
        renewal.reach(conn, OFFICIAL, ids[0], 1, BEGUN - timedelta(1))
    for milestone_id in ids:
        renewal.reach(conn, OFFICIAL, milestone_id, 1, TODAY)
    with pytest.raises(NotPossible, match=r"实际完工.*早于最后一个里程碑"):
        renewal.finish(conn, OFFICIAL, project_id, 3, TODAY - timedelta(1))
    renewal.finish(conn, OFFICIAL, project_id, 3, TODAY)
    with pytest.raises(NotPossible, match="项目XM0001已完工"):
        renewal.stop(conn, OFFICIAL, project_id, 4, TODAY, "不建了")
    renewal.take_back(conn, OFFICIAL, project_id, 4, "误点")
    with pytest.raises(NotPossible, match="里程碑“施工图审查”已经达成"):
        renewal.take_back(conn, OFFICIAL, project_id, 5, "误点")
    for milestone_id in ids:
        renewal.correct_milestone(conn, OFFICIAL, milestone_id, 2, "误点", None)
    renewal.take_back(conn, OFFICIAL, project_id, 5, "误点")
    assert renewal.state_of(renewal.work(conn, OFFICIAL, "XM0001").project) is ProjectState.PLANNED
    with pytest.raises(NotPossible, match="没有可以撤回的"):
        renewal.take_back(conn, OFFICIAL, project_id, 6, "误点")


def test_a_project_given_up_is_in_no_figure_from_that_day(conn: sa.Connection) -> None:
    project_id = make_project(conn)
    renewal.stop(conn, OFFICIAL, project_id, 3, TODAY, "管线无法迁改")
    assert progress(conn) == []
    assert progress(conn, TODAY - timedelta(1)) == [("XM0001", 0, 0.0)]


def test_amber_and_red_need_a_reason(conn: sa.Connection) -> None:
    project_id = make_project(conn)
    for risk, name in ((Risk.AMBER, "预警"), (Risk.RED, "严重")):
        with pytest.raises(NotPossible, match=f"风险为“{name}”，请写明原因"):
            renewal.rate_risk(conn, OFFICIAL, project_id, 3, risk, " ")
    renewal.rate_risk(conn, OFFICIAL, project_id, 3, Risk.RED, "雨季停工")
    renewal.rate_risk(conn, OFFICIAL, project_id, 4, Risk.GREEN, "")
    project = renewal.work(conn, OFFICIAL, "XM0001").project
    assert (project["risk"], project["risk_reason"], project["risk_on"]) == ("green", None, TODAY)


def test_photos_are_pictures_and_a_new_one_replaces_the_old(conn: sa.Connection) -> None:
    project_id = make_project(conn)
    with pytest.raises(NotPossible, match=r"照片“会议记录.pdf”不是 JPEG 或 PNG"):
        renewal.keep_photo(conn, OFFICIAL, project_id, 3, Photo.BEFORE, PDF)
    renewal.keep_photo(conn, OFFICIAL, project_id, 3, Photo.BEFORE, PHOTO)
    renewal.keep_photo(conn, OFFICIAL, project_id, 4, Photo.BEFORE, Upload("新.png", b"\x89PNG\r\n\x1a\n x"))
    assert list(conn.scalars(sa.select(RenewalFile.name))) == ["新.png"]


def test_only_officials_write_and_a_presenters_frame_has_no_name(conn: sa.Connection) -> None:
    project_id = make_project(conn)
    for role in (Role.WORKER, Role.PRESENTER, Role.UNIT, Role.ADMIN):
        with pytest.raises(NotAllowed):
            renewal.pay(conn, make_viewer(role), project_id, TODAY, 1)
    presenter = make_viewer(Role.PRESENTER)
    shown = renewal.projects(conn, presenter, TODAY, TODAY)
    assert not {"name", "risk_reason", "proposal_id"} & set(shown.columns)
    for read in (renewal.project_list, renewal.proposal_list):
        with pytest.raises(NotAllowed):
            read(conn, presenter)
    with pytest.raises(NotAllowed):
        renewal.work(conn, presenter, "XM0001")


def many(conn: sa.Connection, seed: int) -> list[Planned]:
    """Random projects, some given up, with milestones reached and money paid on random days."""
    dice = random.Random(seed)
    made = []
    for _ in range(12):
        approved = TODAY - timedelta(dice.randint(20, 200))
        planned = make_planned(
            mode=dice.choice(list(Mode)),
            area_m2=dice.randint(50, 5000),
            budget_fen=dice.randint(10, 90) * 100_000,
            approved_on=approved,
            plan_from=approved,
        )
        project_id = renewal.approve(conn, OFFICIAL, planned)
        first = dice.randint(1, 98)
        weights = (first, dice.randint(1, 99 - first))
        stages = [
            Stage("一", weights[0], TODAY),
            Stage("二", weights[1], TODAY),
            Stage("三", 100 - sum(weights), TODAY),
        ]
        renewal.plan_milestones(conn, OFFICIAL, project_id, 1, stages)
        renewal.start(conn, OFFICIAL, project_id, 2, approved)
        for milestone_id in stage_ids(conn, project_id)[: dice.randint(0, 3)]:
            renewal.reach(conn, OFFICIAL, milestone_id, 1, approved + timedelta(dice.randint(0, 20)))
        for _ in range(dice.randint(0, 3)):
            renewal.pay(conn, OFFICIAL, project_id, approved + timedelta(dice.randint(0, 20)), planned.budget_fen // 4)
        if dice.random() < 0.2:
            renewal.stop(conn, OFFICIAL, project_id, version(conn, project_id), approved + timedelta(15), "停")
        made.append(planned)
    return made


@pytest.mark.parametrize("back", [0, 12, 60, 150, 300])
def test_every_figure_comes_again_from_its_rows_one_by_one(conn: sa.Connection, back: int) -> None:
    many(conn, seed=back)
    day = TODAY - timedelta(back)
    area = done = paid = budget = 0.0
    for project in conn.execute(sa.select(Project.table())).mappings():
        if project["approved_on"] > day or (project["stopped_on"] and project["stopped_on"] <= day):
            continue
        reached = paid_here = 0
        for stage in conn.execute(sa.select(Milestone.table())).mappings():
            if stage["project_id"] == project["id"] and stage["done_on"] and stage["done_on"] <= day:
                reached += stage["weight"]
        for payment in conn.execute(sa.select(ProjectPayment.table())).mappings():
            if payment["project_id"] == project["id"] and payment["paid_on"] <= day:
                paid_here += payment["fen"]
        area += project["area_m2"]
        done += project["area_m2"] * reached / 100
        budget += project["budget_fen"] / 100
        paid += paid_here / 100
    period = Period(day - timedelta(30), day)
    found = {
        key: figures.figure(conn, OFFICIAL, key, period, Filters())
        for key in ("renewal_area", "renewal_done", "renewal_progress", "renewal_paid")
    }
    assert found["renewal_area"].value == area
    assert found["renewal_done"].value == pytest.approx(done)
    assert found["renewal_progress"].value == (pytest.approx(done / area) if area else None)
    assert found["renewal_paid"].value == (pytest.approx(paid / budget) if budget else None)
    rows = evidence.behind(conn, OFFICIAL, metrics.RENEWAL_AREA.rows, period, Filters())
    by_mode = rows.group_by("renewal_mode").agg(pl.col("area_m2", "done_m2").sum())
    frames = [read(conn, OFFICIAL, day, day) for read in (renewal.projects, renewal.milestones, renewal.payments)]
    drawn = metrics.by_mode(metrics.projects_on(day, *frames)).filter(pl.col("projects") > 0)
    assert sorted(drawn["area_m2"].to_list()) == sorted(by_mode["area_m2"].to_list())
    assert drawn["done_m2"].sum() == pytest.approx(by_mode["done_m2"].sum())
