"""The renewal page as each role sees it, and a month's work on it: an opinion to a proposal, five steps, a project."""

import re
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access import renewal
from data_access.engine import reading, writing
from data_access.renewal.rows import Source
from data_access.tables.peace_post import Opinion
from data_access.tables.renewal import Project, Proposal
from jobs.renewal import propose
from jobs.sheets.declared import KINDS
from tests import sheet_rows
from tests.conftest import NOON, make_viewer
from tests.pages.showing import said, show
from tests.renewal_rows import (
    FIRST,
    OFFICIAL,
    STAGES,
    decided,
    make_neighbourhood,
    make_planned,
    make_proposal,
    walk,
)
from tests.sheet_rows import fifty, table
from ui.renewal_building import stages
from ui.renewal_story import moments
from vocabulary.enums import Feed, Role
from vocabulary.peace_post import OpinionOrigin, Theme
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.renewal import Origin, Step

PRESENTER, WORKER = make_viewer(Role.PRESENTER), make_viewer(Role.WORKER, grids=(1,))
TODAY = NOON.date()
pytestmark = pytest.mark.usefixtures("noon")


def button(app: AppTest, label: str) -> Any:
    return next(each for each in app.button if each.label == label)


def in_form(elements: Any, form: str, end: str) -> Any:
    return next(each for each in elements if str(each.key).startswith(form) and str(each.key).endswith(end))


def errors(app: AppTest) -> list[str]:
    return [str(each.value) for each in app.error]


def test_an_official_sees_figures_lists_and_forms(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("renewal", OFFICIAL, small_demo, monkeypatch)
    assert not app.exception
    assert "在议 <b>8</b> 件议题" in said(app)
    (listed,) = [each.value for each in app.dataframe]
    scopes = next(each for each in app.get("button_group") if each.key == "proposal-scope")
    with reading(small_demo) as conn:
        everything = renewal.proposal_list(conn, OFFICIAL)
    assert listed.shape[0] == everything.filter(pl.col("closed_on").is_null()).height == 8
    assert [option.content for option in scopes.proto.options] == ["在议 8", "已结束 13", "全部 21"]


@pytest.mark.parametrize("part", ["steps", "projects"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_presenter_sees_no_name_no_title_no_reason_and_no_form(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch, part: str, language: str
) -> None:
    with reading(small_demo) as conn:
        texts = [text for row in conn.execute(sa.select(Proposal.title, Proposal.matter)) for text in row]
        for row in conn.execute(sa.select(Project.name, Project.risk_reason)):
            texts += [text for text in row if text]
    app = show("renewal", PRESENTER, small_demo, monkeypatch, part=part)
    app.session_state["language"] = language
    app.run()
    assert not app.exception
    whole = said(app) + str([chart.proto for chart in app.get("vega_lite_chart")])
    sent = str([each.proto for each in app.get("bidi_component")])
    assert [text for text in texts if text in whole or text in sent] == []
    assert not app.dataframe
    assert not [each for each in app.button if "明细" in each.label or "rows" in each.label]
    assert not app.text_input
    assert ("XM0002" in said(app)) == (part == "projects")


@pytest.mark.parametrize("viewer", [OFFICIAL, PRESENTER])
def test_an_empty_database_says_what_to_do_first(
    sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch, viewer: Viewer
) -> None:
    app = show("renewal", viewer, sqlite, monkeypatch)
    assert not app.exception
    told = " ".join(str(each.value) for each in app.info)
    assert ("请在下面提出第一个议题" in told) == (viewer is OFFICIAL)
    assert bool(app.text_input) == (viewer is OFFICIAL)


def test_a_worker_has_no_such_page(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("renewal", WORKER, small_demo, monkeypatch)
    assert [str(each.value) for each in app.warning] == ["这个页面不在社工的权限里。"]
    assert not app.dataframe


@pytest.mark.parametrize("number", [f"YT{n:04d}" for n in (2, 10, 13, 14, 16, 21)])
def test_every_kind_of_story_can_be_told(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    app = show("renewal", OFFICIAL, small_demo, monkeypatch, proposal=number)
    assert not app.exception
    with reading(small_demo) as conn:
        told = renewal.story(conn, OFFICIAL, number)
    days = re.findall(r"<time>([0-9-]+)</time>", said(app))
    assert len(days) >= len(told.meetings) + len(told.evidence) + 1
    assert days == sorted(days, reverse=True)
    assert told.proposal["matter"] in said(app)


def test_every_project_can_be_opened(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in ("XM0001", "XM0002", "XM0011", "XM0014"):
        app = show("renewal", OFFICIAL, small_demo, monkeypatch, project=number)
        assert not app.exception
        with reading(small_demo) as conn:
            work = renewal.work(conn, OFFICIAL, number)
        assert all(stage["name"] in said(app) for stage in work.milestones)


def test_the_link_of_an_opinion_opens_its_proposal_by_id(
    small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("renewal", OFFICIAL, small_demo, monkeypatch, proposal="2")
    assert "八栋、九栋六层没有电梯" in said(app)


def test_an_opinion_becomes_a_proposal_and_both_know_it(sqlite: sa.Engine) -> None:
    post = make_viewer(Role.FEEDER, feed=Feed.PEACE_POST)
    with writing(sqlite) as conn:
        make_neighbourhood(conn)
        given = {"number": "1", "origin": OpinionOrigin.BOX, "theme": Theme.RENEWAL, "text": "加装电梯"}
        conn.execute(sa.insert(Opinion).values(id=7, collected_on=TODAY, feed=Feed.PEACE_POST, grid_id=1, **given))
        proposal_id = propose(conn, post, 7, 1, "给二栋加装电梯")
        told = renewal.story(conn, OFFICIAL, "YT0001")
        assert (told.proposal["origin"], told.proposal["opinion_id"]) == (Origin.OPINION, 7)
        assert told.source == Source(7, "1", TODAY)
        assert told.proposal["grid"] == "网格一"
        assert conn.scalar(sa.select(Opinion.proposal_id)) == proposal_id


def test_a_proposal_is_not_filed_before_its_opinion_was_collected(sqlite: sa.Engine) -> None:
    post = make_viewer(Role.FEEDER, feed=Feed.PEACE_POST)
    collected = TODAY - timedelta(9)
    with writing(sqlite) as conn:
        given = {"number": "1", "origin": OpinionOrigin.BOX, "theme": Theme.RENEWAL, "text": "加装电梯"}
        conn.execute(sa.insert(Opinion).values(id=7, collected_on=collected, feed=Feed.PEACE_POST, **given))
        with pytest.raises(NotPossible, match=f"早于.*{collected}"):
            propose(conn, post, 7, 1, "给二栋加装电梯", collected - timedelta(1))
        propose(conn, post, 7, 1, "给二栋加装电梯", collected)
        assert renewal.story(conn, OFFICIAL, "YT0001").proposal["filed_on"] == collected


def test_the_story_begins_with_the_day_of_the_opinion(sqlite: sa.Engine) -> None:
    post = make_viewer(Role.FEEDER, feed=Feed.PEACE_POST)
    with writing(sqlite) as conn:
        given = {"number": "YJ1", "origin": OpinionOrigin.BOX, "theme": Theme.RENEWAL, "text": "加装电梯"}
        conn.execute(sa.insert(Opinion).values(id=7, collected_on=TODAY - timedelta(9), feed=Feed.PEACE_POST, **given))
        propose(conn, post, 7, 1, "给二栋加装电梯")
        first, second = moments(OFFICIAL, renewal.story(conn, OFFICIAL, "YT0001"))
    assert (first.on, first.said) == (TODAY - timedelta(9), "收到意见建议 YJ1")
    assert (second.on, second.said) == (TODAY, "提出议题，来自意见建议 YJ1")


def file_one(app: AppTest) -> AppTest:
    in_form(app.text_input, "file-proposal", "-title").set_value("给二栋加装电梯")
    in_form(app.text_area, "file-proposal", "-matter").set_value("二栋没有电梯。")
    in_form(app.date_input, "file-proposal", "-filed_on").set_value(FIRST)
    return button(app, "提出").click().run()  # type: ignore[no-any-return]


def test_a_proposal_is_filed_and_what_was_typed_stays_when_it_is_refused(
    sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("renewal", OFFICIAL, sqlite, monkeypatch)
    in_form(app.text_area, "file-proposal", "-matter").set_value("没有标题的内容")
    button(app, "提出").click().run()
    assert errors(app) == ["请填写标题。"]
    assert in_form(app.text_area, "file-proposal", "-matter").value == "没有标题的内容"
    file_one(app)
    assert not app.exception
    assert [str(each.value) for each in app.success] == ["议题已提出，等在第一步“居民提议”。"]
    assert in_form(app.text_input, "file-proposal", "-title").value == ""
    with reading(sqlite) as conn:
        assert conn.execute(sa.select(Proposal.title, Proposal.filed_on)).all() == [("给二栋加装电梯", FIRST)]


def test_a_step_is_taken_by_the_forms_and_refused_in_a_sentence(
    sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(sqlite) as conn:
        proposal_id = make_proposal(conn)
        walk(conn, proposal_id, Step.DISCUSS)
    app = show("renewal", OFFICIAL, sqlite, monkeypatch, proposal="YT0001")
    assert "现在还缺：佐证材料" in said(app)
    in_form(app.text_input, "evidence", "-title").set_value("院坝会记录")
    in_form(app.text_area, "evidence", "-body").set_value("到场二十人。")
    button(app, "提交").click().run()
    assert "材料已齐，只等开会" in said(app)
    in_form(app.text_input, "hold", "-venue").set_value("二栋院坝")
    in_form(app.number_input, "hold", "-residents").set_value(20)
    in_form(app.number_input, "hold", "-votes_for").set_value(18)
    in_form(app.number_input, "hold", "-votes_against").set_value(4)
    button(app, "登记结果").click().run()
    assert errors(app) == ["赞成18、反对4、弃权0共22票，多于到场的20人。"]
    assert in_form(app.number_input, "hold", "-votes_for").value == 18
    in_form(app.number_input, "hold", "-votes_for").set_value(16)
    button(app, "登记结果").click().run()
    assert [str(each.value) for each in app.success] == ["“群众商议”的结果“通过”已登记。"]
    with reading(sqlite) as conn:
        assert conn.execute(sa.select(Proposal.step, Proposal.state)).one() == (3, "open")


def test_a_meeting_is_corrected_with_a_reason(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        walk(conn, make_proposal(conn), Step.REVIEW)
    app = show("renewal", OFFICIAL, sqlite, monkeypatch, proposal="YT0001")
    in_form(app.text_input, "correct-meeting", "-venue").set_value("三栋院坝")
    corrects = [each for each in app.button if each.label == "更正"]
    corrects[0].click().run()
    assert errors(app) == ["请写明原因。"]
    in_form(app.text_input, "correct-meeting", "-reason").set_value("地点写错")
    next(each for each in app.button if each.label == "更正").click().run()
    assert not errors(app)
    with reading(sqlite) as conn:
        assert [meeting["venue"] for meeting in renewal.story(conn, OFFICIAL, "YT0001").meetings][-1] == "三栋院坝"


def test_a_decided_proposal_becomes_a_project_and_is_built(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        make_neighbourhood(conn)
        decided(conn)
    app = show("renewal", OFFICIAL, sqlite, monkeypatch, proposal="YT0001")
    in_form(app.number_input, "approve", "-area_m2").set_value(900)
    in_form(app.number_input, "approve", "-budget").set_value(12000.5)
    button(app, "立项").click().run()
    assert not errors(app)
    with writing(sqlite) as conn:
        (row,) = conn.execute(sa.select(Project.id, Project.proposal_id, Project.budget_fen)).all()
        assert (row.proposal_id, row.budget_fen) == (1, 1_200_050)
        conn.execute(sa.update(Project).values(plan_from=TODAY - timedelta(30), plan_to=TODAY + timedelta(60)))
        renewal.plan_milestones(conn, OFFICIAL, row.id, 1, STAGES)
        renewal.start(conn, OFFICIAL, row.id, 2, TODAY)
    app = show("renewal", OFFICIAL, sqlite, monkeypatch, project="XM0001")
    button(app, "登记达成").click().run()
    assert not errors(app)
    in_form(app.number_input, "pay", "-amount").set_value(12001.0)
    button(app, "登记付款").click().run()
    assert errors(app) == ["付款12,001.00元，加上已付0.00元，超过项目XM0001的预算12,000.50元；请先按程序更正预算。"]
    button(app, "登记完工").click().run()
    assert errors(app) == ["项目XM0001的里程碑“基础完工”还没有达成，不能完工。"]
    with reading(sqlite) as conn:
        assert renewal.project_list(conn, OFFICIAL).select("progress", "paid_fen").rows() == [(20, 0)]


def test_the_risk_form_asks_for_a_reason(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        renewal.approve(conn, OFFICIAL, make_planned())
    app = show("renewal", OFFICIAL, sqlite, monkeypatch, project="XM0001")
    in_form(app.selectbox, "risk", "-risk").select_index(2)
    next(each for each in app.button if each.label == "保存").click().run()
    assert errors(app) == ["风险为“严重”，请写明原因。"]


def test_empty_rows_of_the_milestone_table_are_none() -> None:
    rows = [(3, "基础", 40, TODAY), (None, None, None, None), (None, "主体", 60, None)]
    schema = {"id": pl.Int64, "name": pl.String, "weight": pl.Int64, "planned_on": pl.Date}
    given = stages(pl.DataFrame(rows, schema=schema, orient="row"))
    assert [(stage.id, stage.name, stage.weight, stage.planned_on) for stage in given] == [
        (3, "基础", 40, TODAY),
        (None, "主体", 60, TODAY),
    ]


def test_publicity_is_noted_by_its_form(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite) as conn:
        proposal_id = make_proposal(conn)
        day = walk(conn, proposal_id, Step.DECIDE)
        renewal.give_evidence(conn, OFFICIAL, proposal_id, Step.DECIDE, "决议", "草案", None, day)
    app = show("renewal", OFFICIAL, sqlite, monkeypatch, proposal="YT0001")
    in_form(app.date_input, "publicity", "-public_from").set_value(day)
    in_form(app.date_input, "publicity", "-public_to").set_value(day + timedelta(5))
    in_form(app.text_input, "publicity", "-venue").set_value("公告栏")
    next(each for each in app.button if each.label == "登记").click().run()
    assert errors(app) == [f"公示{day}至{day + timedelta(5)}只有6天，至少要7天。"]
    in_form(app.date_input, "publicity", "-public_to").set_value(day + timedelta(6))
    next(each for each in app.button if each.label == "登记").click().run()
    assert "材料已齐，只等开会" in said(app)


@pytest.mark.parametrize(
    ("kind", "part", "table_of"), [("proposals", "steps", Proposal), ("projects", "projects", Project)]
)
def test_an_official_brings_many_by_a_sheet(
    sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch, kind: str, part: str, table_of: Any
) -> None:
    sheet_rows.furnish(sqlite)
    app = show("renewal", OFFICIAL, sqlite, monkeypatch, part=part)
    assert not app.get("file_uploader")
    app.session_state[f"sheet-{kind}"] = True
    for said_of_it in ("新增 <b>50</b> 行", "不变 <b>50</b> 行"):
        app.run()
        app.file_uploader[0].upload("表.xlsx", table(KINDS[kind], fifty(kind)), "application/octet-stream").run()
        assert not app.exception
        assert said_of_it in said(app)
        app.button(key="write").click().run()
        app.button(key="another").click().run()
        with reading(sqlite) as conn:
            assert conn.scalar(sa.select(sa.func.count(table_of.id))) == 50


def test_a_presenter_is_offered_no_sheet(small_demo: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [box for box in show("renewal", PRESENTER, small_demo, monkeypatch).expander if "导入" in box.label]
