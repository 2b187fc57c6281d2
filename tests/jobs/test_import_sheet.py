"""What an import adds and changes, what it leaves alone, and that it is written whole or not at all."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import changes, search, workdays
from data_access.engine import reading, writing
from data_access.imports import batches
from data_access.tables.cases import Case, CaseContact, CaseEvent
from data_access.tables.records import Audit, ImportBatch
from jobs.imports.choices import ANY, Choice, Choices
from tests.case_rows import G1, G2, make_case, make_neighbourhood
from tests.conftest import NOON, make_viewer
from tests.jobs.import_files import (
    SEAL,
    cases,
    counts,
    imported,
    looked_at,
    order,
    petition,
    reasons,
    written,
)
from vocabulary.enums import CaseStatus, Role, Subject
from vocabulary.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.usefixtures("noon")


def events(engine: sa.Engine, number: str) -> list[tuple[Any, ...]]:
    columns = (CaseEvent.kind, CaseEvent.from_status, CaseEvent.to_status, CaseEvent.note)
    with reading(engine) as conn:
        found = sa.select(*columns).join(Case, Case.id == CaseEvent.case_id).where(Case.number == number)
        return [tuple(row) for row in conn.execute(found.order_by(CaseEvent.at, CaseEvent.id))]


def found_by(engine: sa.Engine, text: str) -> set[str]:
    """The numbers of the cases that a search finds."""
    with reading(engine) as conn:
        conditions = search.matching(text, conn.dialect.name, contacts=True)
        return set(conn.scalars(sa.select(Case.number).where(*conditions)))


def test_a_petition_with_a_reply_is_finished_at_the_time_of_its_reply(sqlite: sa.Engine) -> None:
    assert counts(imported(sqlite, petition())) == (1, 0, 0, 0)
    case = cases(sqlite)["1"]
    assert (case["status"], case["channel"], case["source"]) == ("finished", "message", "petition")
    assert (case["received_at"], case["finished_at"]) == ("2026-11-01 01:32:09.000000", "2026-11-03 02:00:00.000000")
    assert (case["received_on"], case["finished_on"]) == ("2026-11-01", "2026-11-03")
    assert (case["title"], case["body"], case["reply"]) == ("路灯不亮", "3栋门口的路灯坏了。", "已修好。")
    # Sunday 09:32 to Tuesday 10:00: all of Monday (7 hours), one hour of Tuesday
    assert case["worked_minutes"] == 8 * 60
    assert events(sqlite, "1") == [("replied", "pending", "finished", None), ("imported", None, None, None)]


def test_one_without_a_reply_is_pending_and_what_is_not_said_stays_null(sqlite: sa.Engine) -> None:
    imported(sqlite, petition(答复意见=None, 答复时间=None))
    case = cases(sqlite)["1"]
    assert case["status"] == "pending"
    unsaid = ("type", "urgency", "category_id", "grid_id", "finished_at", "finished_on", "worked_minutes", "votes_for")
    assert [case[column] for column in unsaid] == [None] * len(unsaid)
    assert events(sqlite, "1") == [("imported", None, "pending", None)]


def test_a_finished_order_without_a_reply_is_finished_at_its_end(sqlite: sa.Engine) -> None:
    imported(sqlite, order(办结时间="2026-11-03 10:00", 是否解决="是"))
    assert events(sqlite, "CQ1") == [("moved", "pending", "finished", None), ("imported", None, None, None)]


def test_of_a_reply_and_an_end_each_has_its_moment(sqlite: sa.Engine) -> None:
    imported(sqlite, order(答复意见="已到场", 答复时间="2026-11-02 10:00", 办结时间="2026-11-03 10:00"))
    assert cases(sqlite)["CQ1"]["finished_at"] == "2026-11-03 02:00:00.000000"
    assert [event[:3] for event in events(sqlite, "CQ1")] == [
        ("replied", None, None),
        ("moved", "pending", "finished"),
        ("imported", None, None),
    ]


def test_a_status_that_is_said_goes_before_what_would_follow(sqlite: sa.Engine) -> None:
    found = looked_at(
        sqlite,
        order(1, 状态="办理中", 办理情况="已联系"),  # an interim reply
        order(2, 状态="撤回", 办结时间="2026-11-03"),
        order(3, 状态="已办结"),  # nobody knows when
        order(4, 状态="办理中", 办结时间="2026-11-03"),  # both cannot be
        order(5, 办理情况="已联系"),  # nobody knows whether that was the end
    )
    assert [(case.number, case.columns["status"]) for _, case in found.new] == [("1", "handling"), ("2", "withdrawn")]
    assert str(found.new[1][1].columns["dropped_on"]) == "2026-11-03"
    assert [key for _, _, key in reasons(found)] == [
        "imports.closed_without_time",
        "imports.open_with_end",
        "imports.reply_without_time",
    ]


def test_the_same_file_again_changes_nothing(sqlite: sa.Engine) -> None:
    rows = [petition(n, 一级分类="城乡建设", 点赞数=n) for n in range(1, 20)]
    assert counts(imported(sqlite, *rows)) == (19, 0, 0, 0)
    before = cases(sqlite)
    with reading(sqlite) as conn:
        versions = changes.versions(conn)[Subject.CASES]
    assert counts(imported(sqlite, *rows)) == (0, 0, 19, 0)
    assert cases(sqlite) == before
    with reading(sqlite) as conn:
        assert changes.versions(conn)[Subject.CASES] == versions


def test_a_changed_row_changes_its_fields_and_nothing_else(sqlite: sa.Engine) -> None:
    imported(sqlite, petition(1), petition(2))
    found = imported(sqlite, petition(1, 留言详情="3栋门口的井盖坏了。", 点赞数=3), petition(2))
    assert counts(found) == (0, 1, 1, 0)
    assert [(one.field, one.before, one.now) for one in found.updates[0].differences] == [
        ("body", "3栋门口的路灯坏了。", "3栋门口的井盖坏了。"),
        ("votes_for", None, 3),
    ]
    case = cases(sqlite)["1"]
    assert (case["body"], case["votes_for"], case["version"], case["batch_id"]) == ("3栋门口的井盖坏了。", 3, 2, 2)
    assert cases(sqlite)["2"]["version"] == 1
    assert events(sqlite, "1")[-1] == ("changed", None, None, "导入更新：内容、点赞数")
    assert (found_by(sqlite, "井盖"), found_by(sqlite, "门口的路灯")) == ({"1"}, {"2"})


def test_an_absent_column_and_an_empty_cell_never_blank_what_is_stored(sqlite: sa.Engine) -> None:
    full = petition(1, 一级分类="城乡建设", 二级分类="安全生产", 点赞数=3)
    imported(sqlite, full)
    bare = {
        "留言编号": 1,
        "留言时间": "2026/11/1 9:32:09",
        "留言主题": "路灯不亮",
        "一级分类": "城乡建设",
        "点赞数": "",
    }
    emptied = {**full, "答复意见": "", "二级分类": "-", "留言用户": ""}
    assert counts(imported(sqlite, bare)) == (0, 0, 1, 0)
    assert counts(imported(sqlite, emptied)) == (0, 0, 1, 0)
    assert cases(sqlite)["1"]["reply"] == "已修好。"


def test_a_reply_that_came_since_finishes_the_case(sqlite: sa.Engine) -> None:
    imported(sqlite, petition(答复意见=None, 答复时间=None))
    found = imported(sqlite, petition())
    assert {one.field for one in found.updates[0].differences} == {"status", "finished_at", "reply"}
    case = cases(sqlite)["1"]
    assert (case["status"], case["finished_on"], case["worked_minutes"]) == ("finished", "2026-11-03", 480)
    assert [event[:3] for event in events(sqlite, "1")] == [
        ("replied", "pending", "finished"),
        ("imported", None, "pending"),
        ("changed", None, None),
    ]


def test_a_reply_moved_before_the_receipt_is_rejected_whichever_file_says_so(sqlite: sa.Engine) -> None:
    imported(sqlite, petition())
    later = {"留言编号": 1, "留言主题": "路灯不亮", "留言时间": "2026/11/5 9:00"}
    assert reasons(looked_at(sqlite, later)) == [(2, "办结时间", "imports.ended_before_received")]


def test_an_older_file_never_undoes_what_the_office_did_since(sqlite: sa.Engine) -> None:
    rows = [order(1, 状态="待受理"), order(2, 状态="待受理"), order(3, 办结时间="2026-11-02"), order(4)]
    imported(sqlite, *rows)
    now = {"1": CaseStatus.HANDLING, "2": CaseStatus.WITHDRAWN, "3": CaseStatus.REOPENING, "4": CaseStatus.ACCEPTED}
    with writing(sqlite) as conn:
        for number, status in now.items():
            conn.execute(sa.update(Case).where(Case.number == number).values(status=status))
    assert counts(imported(sqlite, *rows)) == (0, 0, 4, 0)
    assert {number: case["status"] for number, case in cases(sqlite).items()} == now


def test_a_file_moves_a_case_forward(sqlite: sa.Engine) -> None:
    imported(sqlite, order(1, 状态="待受理"), order(2, 状态="待受理"), order(3, 办结时间="2026-11-02"))
    imported(sqlite, order(1, 状态="办理中"), order(2, 状态="撤回", 办结时间="2026-11-05"), order(3, 状态="已归档"))
    found = cases(sqlite)
    assert [found[n]["status"] for n in ("1", "2", "3")] == ["handling", "withdrawn", "archived"]
    assert found["2"]["dropped_on"] == "2026-11-05"


def test_a_contact_is_added_to_and_changed_but_never_blanked(sqlite: sa.Engine) -> None:
    imported(sqlite, order(来电人="张秀英"), order("CQ2"))
    assert counts(imported(sqlite, order(来电人="张秀英"))) == (0, 0, 1, 0)
    found = imported(sqlite, order(来电人="张秀英", 联系电话="13812345678"), order("CQ2", 来电人="李四"))
    assert [[(one.field, one.before, one.now) for one in each.differences] for each in found.updates] == [
        [("reporter", None, None)],
        [("reporter", None, None)],
    ]
    assert counts(imported(sqlite, order(来电人="", 联系电话="13812345678"))) == (0, 0, 1, 0)
    with reading(sqlite) as conn:
        kept = [SEAL.open(sealed) for sealed in conn.scalars(sa.select(CaseContact.sealed).order_by(CaseContact.id))]
    assert kept == [{"name": "张秀英", "phone": "13812345678"}, {"name": "李四"}]


def test_a_case_that_was_filed_here_is_compared_as_a_sheet_would_show_it(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        exact = NOON - timedelta(days=1, microseconds=1)
        make_case(conn, "1", source="petition", title="路灯  不亮 ", body="一\t行\n\n二行 ", received_at=exact)
    row = {"留言编号": 1, "留言时间": "2026-11-23 11:59:59", "留言主题": "路灯  不亮", "留言详情": "一 行\n二行"}
    assert counts(looked_at(sqlite, row)) == (0, 0, 1, 0)


def test_a_preview_writes_nothing(sqlite: sa.Engine) -> None:
    looked_at(sqlite, petition(1, 一级分类="新的"), order("x"))
    with reading(sqlite) as conn:
        tables = ("case", "case_event", "case_contact", "category", "unit", "import_batch", "audit", "data_version")
        assert [conn.exec_driver_sql(f'select count(*) from "{name}"').scalar() for name in tables] == [0] * len(tables)


def test_sound_rows_are_written_without_the_others(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, petition(1), petition(2, 留言时间="昨天"), petition(3))
    assert (counts(found), found.sound) == ((2, 0, 0, 1), 2)
    written(sqlite, found)
    assert set(cases(sqlite)) == {"1", "3"}


def test_a_preview_is_not_written_once_the_data_has_changed(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, petition(1))
    imported(sqlite, petition(1, 留言主题="别人的"))
    with pytest.raises(NotPossible, match="预览之后数据有了变化"):
        written(sqlite, found)
    assert cases(sqlite)["1"]["title"] == "别人的"


def test_a_write_that_fails_leaves_nothing_behind(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, petition(1, 一级分类="新的"), petition(2))
    found.new[1][1].columns = {**found.new[1][1].columns, "title": None}
    with pytest.raises(sa.exc.IntegrityError):
        written(sqlite, found)
    with reading(sqlite) as conn:
        tables = ("case", "case_event", "category", "import_batch", "audit")
        assert [conn.exec_driver_sql(f'select count(*) from "{name}"').scalar() for name in tables] == [0] * len(tables)


def test_an_import_is_noted_with_its_counts_and_days_and_no_value(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, petition(1), petition(2, 留言时间="2019/4/25 9:32:09"), petition(3, 留言时间="昨天"))
    done = written(sqlite, found)
    with reading(sqlite) as conn:
        batch = conn.execute(sa.select(ImportBatch)).mappings().one()
        detail = conn.scalars(sa.select(Audit.detail)).one()
        listed = batches(conn, OPERATOR)
    kept = {name: batch[name] for name in ("id", "file", "kind", "source", "new", "changed", "unchanged", "rejected")}
    assert kept == {
        "id": done.batch,
        "file": "test.csv",
        "kind": "cases",
        "source": "petition",
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "rejected": 1,
    }
    assert done.days == (batch["since"], batch["until"])
    assert [str(day) for day in done.days] == ["2019-04-25", "2026-11-01"]
    assert detail == '{"file": "test.csv", "new": 2, "changed": 0, "unchanged": 0, "rejected": 1}'
    assert listed.select("file", "new", "actor").rows() == [("test.csv", 2, None)]


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.UNIT, Role.PRESENTER, Role.FEEDER])
def test_only_those_who_may_import_get_a_preview(sqlite: sa.Engine, role: Role) -> None:
    with pytest.raises(NotAllowed):
        looked_at(sqlite, petition(), viewer=make_viewer(role))


def test_a_preview_shows_nobody_what_they_may_not_read(sqlite: sa.Engine) -> None:
    with writing(sqlite) as conn:
        make_neighbourhood(conn)
        make_case(conn, "1", source="petition", grid_id=G1, body="请打13812345678")
        make_case(conn, "2", source="petition", grid_id=G2, body="别的网格")
    rows = [petition(n, 留言详情="新的内容") for n in (1, 2)]

    def before(role: Role) -> list[object]:
        found = looked_at(sqlite, *rows, viewer=make_viewer(role, grids=(G1,)))
        return [next(one.before for one in each.differences if one.field == "body") for each in found.updates]

    assert before(Role.WORKER) == ["请打13812345678", None]
    assert before(Role.ADMIN) == [None, None]


def test_rows_of_several_sources_find_each_its_own(sqlite: sa.Engine) -> None:
    imported(sqlite, petition(1))
    imported(sqlite, order(1))
    rows = [
        {"数据源": source, "编号": 1, "收到时间": "2026-11-01 09:00", "标题": f"新{source}"}
        for source in ("petition", "hotline", "别处")
    ]
    found = imported(sqlite, *rows)
    assert counts(found) == (1, 2, 0, 0)
    with reading(sqlite) as conn:
        titles = conn.execute(sa.select(Case.source, Case.title).order_by(Case.id)).all()
    assert titles == [("petition", "新petition"), ("hotline", "新hotline"), ("别处", "新别处")]


def test_a_village_that_was_kept_once_is_kept_when_our_own_export_comes_back(sqlite: sa.Engine) -> None:
    keep = Choices(words=(("village", ANY, Choice.KEEP),))
    imported(sqlite, order(**{"村/社区": "劳动一村社区"}), choices=keep)
    own = {"数据源": "hotline", "编号": "CQ1", "收到时间": "2026-11-01 09:30:00", "村/社区": "劳动一村社区"}
    assert counts(looked_at(sqlite, own)) == (0, 0, 1, 0)


def test_random_files_end_as_a_slow_reckoning_says(sqlite: sa.Engine) -> None:
    """The oracle keeps each case as the last thing said of each field."""
    chance = random.Random(7)
    kept: dict[str, dict[str, object]] = {}
    for _ in range(6):
        numbers = chance.sample(range(1, 40), 25)
        rows, fates = [], {"new": 0, "changed": 0, "unchanged": 0}
        for number in map(str, numbers):
            said = {
                "title": chance.choice("甲乙丙"),
                "votes_for": chance.choice([None, 1, 2]),
                "tags": chance.choice([None, "t"]),
            }
            rows.append(
                petition(number, 留言主题=said["title"], 点赞数=said["votes_for"] or "", 标签=said["tags"] or "")
            )
            filled = {name: value for name, value in said.items() if value is not None}
            fate = "new" if number not in kept else "changed" if kept[number] != kept[number] | filled else "unchanged"
            fates[fate] += 1
            kept[number] = kept.get(number, {"votes_for": None, "tags": None}) | filled
        found = imported(sqlite, *rows)
        assert counts(found) == (*fates.values(), 0)
        stored = {n: {name: case[name] for name in kept[n]} for n, case in cases(sqlite).items()}
        assert stored == kept


def test_working_minutes_are_those_of_the_calendar(sqlite: sa.Engine) -> None:
    chance = random.Random(3)
    rows = []
    for number in range(60):
        received = datetime(2026, 1, 1, tzinfo=clock.SHANGHAI) + timedelta(minutes=chance.randrange(300 * 1440))
        finished = received + timedelta(minutes=chance.randrange(20 * 1440))
        rows.append(
            petition(number, 留言时间=f"{received:%Y-%m-%d %H:%M:%S}", 答复时间=f"{finished:%Y-%m-%d %H:%M:%S}")
        )
    imported(sqlite, *rows)
    with reading(sqlite) as conn:
        calendar = workdays.calendar(conn, OPERATOR)
        stored = conn.execute(sa.select(Case.received_at, Case.finished_at, Case.worked_minutes)).all()
    assert all(until and minutes == calendar.worked_minutes(since, until) for since, until, minutes in stored)
