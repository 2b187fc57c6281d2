"""The canteen's figures against a slow count over plain rows."""

import random
from datetime import date, timedelta

import polars as pl
import pytest

from metrics import meals
from metrics.figure import Figure
from vocabulary.questions import Period

TODAY = date(2026, 11, 24)
FIRST = TODAY - timedelta(29)
PERIODS = [
    Period(FIRST, TODAY),  # all there is
    Period(TODAY - timedelta(6), TODAY),  # a week that runs
    Period(FIRST, FIRST + timedelta(9)),  # a period that is over
    Period(TODAY, TODAY),  # only today
    Period(TODAY + timedelta(1), TODAY + timedelta(3)),  # nothing yet
]
BANDS = [None, "under_60", "60-69", "70-79", "80-89", "90+"]
ELDER = set(BANDS[2:])


def _daily(chance: random.Random) -> list[dict[str, object]]:
    """Some days have no row: the canteen was closed."""
    rows: list[dict[str, object]] = []
    for n in range(30):
        day = FIRST + timedelta(n)
        for band in BANDS if n % 9 else []:
            count = chance.randint(1, 60)
            elderly = count if band in ELDER else 0
            tier = chance.choice([None, "elder", "free"])
            money = {"list_fen": 1800 * count, "discount_fen": 300 * elderly, "paid_fen": 1800 * count - 300 * elderly}
            row = {"served_on": day, "tier": tier, "band": band, "meals": count, "elderly": elderly}
            rows.append({**row, **money, "running": day == TODAY})
    return rows


def _visits(chance: random.Random) -> list[dict[str, object]]:
    """Diner 3 moves house and grows older half way."""
    rows: list[dict[str, object]] = []
    for n in range(30):
        for diner in chance.sample(range(60), 12):
            moved = diner == 3 and n > 15
            building = None if diner % 11 == 0 else str(diner % 4 + moved)
            rows.append(
                {
                    "served_on": FIRST + timedelta(n),
                    "diner_id": diner,
                    "building": building,
                    "grid": building and str(int(building) % 2),
                    "band": "70-79" if moved else ["60-69", "80-89"][diner % 2],
                    "resident": diner % 5 != 0,
                    "meals": chance.randint(1, 2),
                }
            )
    return rows


COUNTS = [
    {"building": building, "grid": str(int(building) % 2), "band": band, "residents": residents, "counted_on": on}
    for building, band, residents, on in (
        ("0", "60-69", 40, date(2026, 1, 1)),
        ("1", "60-69", 15, date(2026, 1, 1)),
        ("1", "80-89", 4, date(2026, 1, 1)),  # 19 together: no rate
        ("2", "60-69", 30, date(2026, 1, 1)),
        ("2", "60-69", 33, date(2026, 11, 10)),  # counted anew
        ("3", "80-89", 25, date(2026, 12, 1)),  # later than any period here
    )
]


@pytest.fixture(params=range(3))
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


@pytest.mark.parametrize("period", PERIODS)
def test_meals_their_mean_and_the_share_of_elders_agree_with_a_slow_count(
    chance: random.Random, period: Period
) -> None:
    rows = _daily(chance)
    frame = pl.DataFrame(rows, schema_overrides={"tier": pl.String}).with_columns(pl.col("elderly").cast(pl.Int64))
    inside = [row for row in rows if period.since <= row["served_on"] <= period.until]  # type: ignore[operator]
    over = [row for row in inside if row["served_on"] != TODAY or period.days == 1]
    total = sum(int(str(row["meals"])) for row in inside)
    elderly = sum(int(str(row["elderly"])) for row in inside)
    counted, days = sum(int(str(row["meals"])) for row in over), len({row["served_on"] for row in over})
    assert meals.meals_served(period, frame) == Figure(total)
    assert meals.meals_a_day(period, frame) == Figure(counted / days if days else None, counted, days)
    assert meals.elder_share(period, frame) == Figure(elderly / total if total else None, elderly, total)
    tiers = meals.by_tier(period, frame)
    assert tiers["meals"].sum() == sum(int(str(row["meals"])) for row in inside if row["tier"])


@pytest.mark.parametrize("k", [1, 2, 5])
@pytest.mark.parametrize("period", PERIODS)
def test_distinct_elders_and_their_coverage_agree_with_a_slow_count(
    chance: random.Random, period: Period, k: int
) -> None:
    rows, counts = _visits(chance), pl.DataFrame(COUNTS)
    frame = pl.DataFrame(rows)
    days: dict[object, dict[object, dict[str, object]]] = {}
    for row in rows:
        if period.since <= row["served_on"] <= period.until:  # type: ignore[operator]
            days.setdefault(row["diner_id"], {})[row["served_on"]] = row
    last = [seen[max(seen)] for seen in days.values() if len(seen) >= k]  # type: ignore[type-var]
    own = [row for row in last if row["resident"]]
    living = 40 + 19 + (33 if period.until >= date(2026, 11, 10) else 30)
    assert meals.served(period, frame, k).height == len(last)
    if k == 1:
        assert meals.elders_served(period, frame) == Figure(len(last))
    assert meals.elder_coverage(period, frame, counts, k) == Figure(len(own) / living, len(own), living)
    by_building = meals.coverage_by("building", period, frame, counts, k)
    assert dict(by_building.select("building", "served").iter_rows()) == {
        number: sum(row["building"] == number for row in own) for number in ("0", "1", "2")
    }
    assert by_building["residents"].sum() == living
    by_band = meals.coverage_by("band", period, frame, counts, k)
    assert by_band.filter(band="80-89")["rate"].to_list() == [None]


def test_a_building_of_nineteen_elders_gets_no_rate() -> None:
    visits = pl.DataFrame(_visits(random.Random(1)))
    rows = meals.coverage_by("building", PERIODS[0], visits, pl.DataFrame(COUNTS))
    assert rows.filter(pl.col("residents") < 20)["rate"].to_list() == [None]
    assert rows["building"].to_list()[-1] == "1"


def test_no_count_of_residents_gives_no_coverage() -> None:
    visits, none = pl.DataFrame(_visits(random.Random(1))), pl.DataFrame(COUNTS).clear()
    figure = meals.elder_coverage(PERIODS[0], visits, none)
    assert figure.value is None
    assert figure.denominator == 0


@pytest.mark.parametrize(
    ("served", "shown"),
    [
        ([12, 3, 0, 40], [None, None, 0, 40]),  # the 3 could be worked out: 12 goes too
        ([2, 3, 9], [None, None, 9]),  # two small ones hide each other
        ([5, 9, 0], [5, 9, 0]),  # none is small
        ([3, 0], [None, 0]),  # nothing else can be hidden
    ],
)
def test_a_presenter_sees_no_small_cell_and_cannot_work_one_out(served: list[int], shown: list[int | None]) -> None:
    rows = pl.DataFrame({"building": [str(n) for n in range(len(served))], "served": served}).with_columns(
        residents=100, rate=pl.col("served") / 100
    )
    hidden = meals.published(rows)
    assert hidden["served"].to_list() == shown
    assert hidden["rate"].is_null().to_list() == [value is None for value in shown]
