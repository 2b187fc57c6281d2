"""Learning the suggestion: from closed cases only, one or two levels, once a day, and kept as one row."""

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

import clock
from access import OPERATOR
from data_access import suggestion as kept
from data_access.engine import reading, writing
from data_access.tables.cases import Case
from data_access.tables.suggestion import SuggestionModel
from jobs import daily, suggestion
from jobs.suggestion import LEAST
from tests.closed_cases import LAMP, LIFT, NOISE, make_office
from tests.conftest import NOON, make_viewer
from vocabulary.enums import Role
from vocabulary.refusals import NotAllowed

WORKER = make_viewer(Role.WORKER, grids=(1,))


@pytest.mark.usefixtures("noon")
def test_it_learns_from_closed_cases_keeps_one_row_and_suggests(engine: sa.Engine) -> None:
    make_office(engine)
    for _ in range(2):
        standing = suggestion.train(engine, OPERATOR)
    assert standing
    assert standing.trained_at == NOON
    assert [(label.path, label.category_id, label.cases) for label in standing.labels] == [
        (("平安建设", "噪声"), NOISE[0], 24),
        (("物业管理", "照明"), LAMP[0], 24),
        (("物业管理", "电梯"), LIFT[0], 24),
    ]
    assert standing.cases == 72
    with reading(engine) as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(SuggestionModel)) == 1
        learnt = suggestion.learnt(conn, WORKER)
    assert learnt
    assert learnt.standing == standing
    found = learnt.model.suggest("3栋的电梯又停运，老人下不来")
    assert found
    assert learnt.standing.labels[found.label].category_id == LIFT[0]
    assert found.share > 0.8


@pytest.mark.usefixtures("noon")
def test_open_cases_teach_nothing_and_the_model_before_stays(engine: sa.Engine) -> None:
    make_office(engine, status="handling")
    assert suggestion.train(engine, OPERATOR) is None
    with reading(engine) as conn:
        assert suggestion.learnt(conn, WORKER) is None
    with writing(engine) as conn:
        conn.execute(sa.update(Case).values(status="finished"))
    assert suggestion.train(engine, OPERATOR)
    with writing(engine) as conn:
        conn.execute(sa.update(Case).values(status="handling"))
    assert suggestion.train(engine, OPERATOR) is None
    with reading(engine) as conn:
        assert suggestion.learnt(conn, WORKER)


@pytest.mark.usefixtures("noon")
def test_it_is_learnt_again_after_a_day(sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", str(sqlite.url))
    make_office(sqlite)
    daily.do_due()
    with reading(sqlite) as conn:
        assert kept.standing(conn, OPERATOR)
    assert suggestion.look() is None
    with clock.standing_at(NOON + timedelta(days=1)):
        assert suggestion.look()


@pytest.mark.usefixtures("noon")
def test_the_command_says_how_well_or_that_there_are_too_few(
    sqlite: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIEFANG_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", str(sqlite.url))
    with pytest.raises(Exception, match=f"至少要有两个分类各满 {LEAST} 件"):
        suggestion.main()
    make_office(sqlite)
    assert suggestion.main() == 0
    assert "按 72 件办结的诉求学好了 3 个分类：宏平均 F1 1.000" in capsys.readouterr().out


def test_a_unit_neither_trains_nor_reads_the_model(sqlite: sa.Engine) -> None:
    unit = make_viewer(Role.UNIT, unit_id=1)
    with reading(sqlite) as conn:
        for refused in (kept.closed, kept.standing, kept.content):
            with pytest.raises(NotAllowed):
                refused(conn, unit)
    with writing(sqlite) as conn, pytest.raises(NotAllowed):
        kept.keep(conn, WORKER, b"", 0, ())


def test_the_second_level_is_learnt_where_its_cases_are_enough() -> None:
    full, few = LEAST, LEAST - 1
    paths = [("甲", "一")] * full + [("甲", "二")] * 2
    paths += [("乙", f"{n}") for n in range(full)]
    paths += [("丙", "")] * few
    found = suggestion.labels_of(paths)
    assert found["甲", "一"] == ("甲", "一")
    assert ("甲", "二") not in found
    assert {found["乙", f"{n}"] for n in range(full)} == {("乙",)}
    assert ("丙", "") not in found


def test_a_label_means_the_category_of_just_its_path_else_the_most_used_one() -> None:
    def cases(*rows: tuple[int, str, str]) -> pl.DataFrame:
        return pl.DataFrame(list(rows), schema=["category_id", "level2", "level3"], orient="row")

    own = [("甲", "一")] * 3
    assert suggestion.meant(own, cases((7, "一", "深"), (8, "一", "浅"), (8, "一", "浅"))) == {("甲", "一"): 8}
    assert suggestion.meant(own, cases((7, "一", ""), (8, "一", "浅"), (8, "一", "浅"))) == {("甲", "一"): 7}
    assert suggestion.meant([("甲",)] * 2, cases((9, "一", ""), (5, "二", ""))) == {("甲",): 5}


def test_a_text_that_was_filed_again_and_again_counts_once(sqlite: sa.Engine) -> None:
    make_office(sqlite)
    with reading(sqlite) as conn:
        closed = kept.closed(conn, OPERATOR)
    once, again = suggestion.learn(closed), suggestion.learn(pl.concat([closed] * 6))
    assert once
    assert again
    assert (once[1], once[2]) == (again[1], again[2])
