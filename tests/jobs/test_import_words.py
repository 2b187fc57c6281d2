"""Words of the closed vocabularies: what each one means, and what becomes of one that nobody knows."""

import pytest
import sqlalchemy as sa

from data_access.engine import writing
from data_access.tables.places import Building, Grid, Unit
from jobs.imports.choices import ANY, Choice, Choices
from jobs.imports.words import ENUMERATIONS, is_ours, says_nothing, vocabulary
from tests.jobs.import_files import cases, counts, imported, looked_at, order, reasons
from texts import LANGUAGES, speaking
from vocabulary.refusals import word

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def office(sqlite: sa.Engine) -> sa.Engine:
    """Two grids, two buildings, one unit."""
    with writing(sqlite) as conn:
        conn.execute(
            sa.insert(Grid), [{"id": 1, "code": "G1", "name": "一网格"}, {"id": 2, "code": "G2", "name": "二网格"}]
        )
        conn.execute(
            sa.insert(Building), [{"id": 1, "number": "3", "grid_id": 1}, {"id": 2, "number": "11", "grid_id": None}]
        )
        conn.execute(sa.insert(Unit).values(id=1, code="U1", name="社区物业"))
    return sqlite


@pytest.mark.parametrize("field", ENUMERATIONS)
def test_our_own_words_are_known_in_both_languages_and_as_they_are_kept(field: str) -> None:
    for member in ENUMERATIONS[field]:
        assert vocabulary(field)[member.value] == member.value
        for spoken in LANGUAGES:
            with speaking(spoken):
                assert vocabulary(field)["".join(word(member).casefold().split())] == member.value


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("投诉", "complaint"),
        ("意见 建议", "suggestion"),
        ("建议", "suggestion"),
        ("求助类", "help"),
        ("感谢", "praise"),
    ],
)
def test_the_words_of_offices_are_known(sqlite: sa.Engine, said: str, kept: str) -> None:
    imported(sqlite, order(工单类型=said))
    assert cases(sqlite)["CQ1"]["type"] == kept


def test_an_unknown_type_keeps_its_row_out_and_is_named(sqlite: sa.Engine) -> None:
    found = looked_at(sqlite, order(), order("CQ2", 工单类型="市民评价"), order("CQ3", 工单类型="市民评价"))
    assert counts(found) == (1, 0, 0, 2)
    assert reasons(found)[0] == (3, "工单类型", "imports.unknown_word")
    assert [(one.field, one.word, one.row, one.rows, one.chosen) for one in found.unknown] == [
        ("type", "市民评价", 3, 2, None)
    ]


@pytest.mark.parametrize(
    ("meaning", "fates", "kept"),
    [("praise", (1, 0, 0, 0), "praise"), ("表扬", (1, 0, 0, 0), "praise"), (Choice.EMPTY, (1, 0, 0, 0), None)],
)
def test_an_unknown_type_can_be_given_a_meaning_or_left_empty(
    sqlite: sa.Engine, meaning: str, fates: tuple[int, ...], kept: str | None
) -> None:
    found = imported(sqlite, order(工单类型="市民评价"), choices=Choices(words=(("type", "市民评价", meaning),)))
    assert counts(found) == fates
    assert cases(sqlite)["CQ1"]["type"] == kept


def test_rows_left_out_by_choice_are_listed_but_hinder_nothing(sqlite: sa.Engine) -> None:
    found = imported(
        sqlite, order(), order("CQ2", 工单类型="市民评价"), choices=Choices(words=(("type", ANY, Choice.LEAVE),))
    )
    assert counts(found) == (1, 0, 0, 1)
    assert reasons(found) == [(3, "工单类型", "imports.left_out")]
    assert set(cases(sqlite)) == {"CQ1"}


def test_a_choice_for_one_word_goes_before_that_for_all(sqlite: sa.Engine) -> None:
    choices = Choices(words=(("type", ANY, Choice.LEAVE), ("type", "市民评价", "praise")))
    found = imported(sqlite, order(工单类型="市民评价"), order("CQ2", 工单类型="其他"), choices=choices)
    assert counts(found) == (1, 0, 0, 1)


def test_a_meaning_that_does_not_exist_keeps_the_row_out(office: sa.Engine) -> None:
    found = looked_at(office, order(网格="东片"), choices=Choices(words=(("grid", "东片", "九网格"),)))
    assert reasons(found) == [(2, "网格", "imports.no_such_meaning")]


@pytest.mark.parametrize("said", ["民主村社区", "民主村", "谢家湾街道民主村社区", "民主村社区居委会", " 民主村 社区 "])
def test_our_own_community_is_known_by_its_names(said: str) -> None:
    assert is_ours(said, "民主村社区")


@pytest.mark.parametrize("said", ["劳动一村社区", "新民主村社区", "民主社区", "民主村二社区", "社区"])
def test_another_community_is_not_taken_for_ours(said: str) -> None:
    assert not is_ours(said, "民主村社区")


def test_another_village_is_never_taken_or_dropped_in_silence(sqlite: sa.Engine) -> None:
    there = {"村/社区": "劳动一村社区"}
    found = looked_at(sqlite, order(), order("CQ2", **there))
    assert reasons(found) == [(3, "村/社区", "imports.other_village")]
    left = looked_at(sqlite, order("CQ2", **there), choices=Choices(words=(("village", ANY, Choice.LEAVE),)))
    assert [row.by_choice for row in left.rejected] == [True]
    imported(sqlite, order("CQ2", **there), choices=Choices(words=(("village", ANY, Choice.KEEP),)))
    assert cases(sqlite)["CQ2"]["village"] == "劳动一村社区"
    assert counts(looked_at(sqlite, order("CQ2", **there))) == (0, 0, 1, 0)
    assert reasons(looked_at(sqlite, order("CQ3", **there))) == [(2, "村/社区", "imports.other_village")]


def test_an_unknown_unit_is_made_and_named_unless_it_is_left_empty(office: sa.Engine) -> None:
    found = imported(office, order(承办单位="社区物业"), order("CQ2", 承办单位="谢家湾街道城管办"))
    assert found.new_units == ["谢家湾街道城管办"]
    with office.connect() as conn:
        assert conn.execute(sa.select(Unit.name, Unit.source).where(Unit.id != 1)).all() == [
            ("谢家湾街道城管办", "hotline")
        ]
    empty = Choices(words=(("lead_unit", ANY, Choice.EMPTY),))
    assert imported(office, order("CQ3", 承办单位="不要的单位"), choices=empty).new_units == []
    by_number = cases(office)
    assert [by_number[number]["lead_unit_id"] for number in ("CQ1", "CQ3")] == [1, None]


def test_a_unit_with_a_very_long_name_gets_a_code_of_its_own(office: sa.Engine) -> None:
    imported(office, order(承办单位="很" * 40), order("CQ2", 承办单位="很" * 41))
    with office.connect() as conn:
        codes = conn.scalars(sa.select(Unit.code).where(Unit.id != 1)).all()
    assert len(set(codes)) == 2
    assert max(map(len, codes)) <= 32


@pytest.mark.parametrize(
    ("spot", "building", "grid"),
    [
        ("3栋", 1, 1),
        ("民主村3栋2单元", 1, 1),
        ("九龙坡区谢家湾街道民主村小区 3 号楼", 1, 1),
        ("11栋楼下", 2, None),  # a building in no grid
        ("某某花园3栋", None, None),  # another estate
        ("3栋和11栋之间", None, None),
        ("99栋", None, None),
        ("大门口", None, None),
        ("13栋", None, None),
    ],
)
def test_a_spot_names_a_building_only_when_it_is_certain(
    office: sa.Engine, spot: str, building: int | None, grid: int | None
) -> None:
    imported(office, order(小区点位=spot))
    case = cases(office)["CQ1"]
    assert (case["spot"], case["building_id"], case["grid_id"]) == (spot, building, grid)


def test_a_spot_in_another_village_is_no_building_of_ours(office: sa.Engine) -> None:
    keep = Choices(words=(("village", ANY, Choice.KEEP),))
    imported(office, order(小区点位="3栋", **{"村/社区": "劳动一村社区"}), choices=keep)
    assert cases(office)["CQ1"]["building_id"] is None


def test_grids_and_buildings_are_known_by_code_name_and_number(office: sa.Engine) -> None:
    imported(office, order(网格="G2", 楼栋="3号楼"), order("CQ2", 网格="二网格"), order("CQ3", 楼栋="3"))
    found = cases(office)
    assert [(found[n]["grid_id"], found[n]["building_id"]) for n in ("CQ1", "CQ2", "CQ3")] == [
        (2, 1),
        (2, None),
        (1, 1),
    ]


def test_an_unknown_grid_can_be_mapped(office: sa.Engine) -> None:
    imported(office, order(网格="东片"), choices=Choices(words=(("grid", "东片", "一网格"),)))
    assert cases(office)["CQ1"]["grid_id"] == 1


@pytest.mark.parametrize("said", ["-", "——", "/", "无", "null", "N/A", "未填"])
def test_a_dash_and_its_like_say_nothing(sqlite: sa.Engine, said: str) -> None:
    assert says_nothing(said)
    imported(sqlite, order(派单时间=said, 是否满意=said, 工单性质=said, 承办单位=said, **{"村/社区": said}))
    case = cases(sqlite)["CQ1"]
    fields = ("assigned_at", "resident_satisfied", "nature", "lead_unit_id", "village")
    assert [case[field] for field in fields] == [None] * 5


@pytest.mark.parametrize(
    ("said", "solved"), [("是", 1), ("否", 0), ("已解决", 1), ("未解决", 0), ("√", 1), ("×", 0), ("TRUE", 1)]
)
def test_whether_it_was_solved_is_read_in_many_words(sqlite: sa.Engine, said: str, solved: int) -> None:
    imported(sqlite, order(是否解决=said))
    assert cases(sqlite)["CQ1"]["resident_solved"] == solved


def test_satisfied_a_little_is_satisfied_and_undecided_is_asked_about(sqlite: sa.Engine) -> None:
    found = looked_at(
        sqlite, order(是否满意="基本满意"), order("CQ2", 是否满意="不满意"), order("CQ3", 是否满意="一般")
    )
    assert [case.columns["resident_satisfied"] for _, case in found.new] == [True, False]
    assert reasons(found) == [(4, "是否满意", "imports.unknown_word")]
