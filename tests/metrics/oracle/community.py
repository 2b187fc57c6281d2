"""Activities and organisation life, the peace post, volunteers, stalls; from the rows alone."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from tests.metrics.oracle.cases import DONE
from tests.metrics.oracle.stock import Oracle, Row, Stock, Told, Window, by_now, count, share, total

FEW = 20
AGREED = {"agreement", "oral"}


def held(stock: Stock, days: Window) -> list[Row]:
    return [activity for activity in stock["activity"] if activity["state"] == "held" and activity["day"] in days]


def attendance(stock: Stock, days: Window) -> Told:
    over = held(stock, days)
    return share(sum(one["actual"] or 0 for one in over), sum(one["planned"] or 0 for one in over))


def party(stock: Stock, days: Window) -> Told:
    """Meeting by meeting: what a branch owes in a month is met by what it held of that kind in that month."""
    made: Counter[tuple[int, date, str]] = Counter()
    for activity in stock["activity"]:
        if activity["party_kind"] and activity["state"] == "held" and activity["day"] <= days.until:
            made[activity["branch_id"], activity["day"].replace(day=1), activity["party_kind"]] += 1
    owed = [plan for plan in stock["party_plan"] if plan["month"] in days]
    met = sum(min(plan["due"], made[plan["branch_id"], plan["month"], plan["party_kind"]]) for plan in owed)
    return share(met, sum(plan["due"] for plan in owed))


def standing(stock: Stock, table: str) -> list[Row]:
    return [row for row in stock[table] if row["void_at"] is None]


def settled(stock: Stock, days: Window) -> list[Row]:
    return [one for one in standing(stock, "dispute") if one["closed_on"] in days and one["outcome"] in AGREED]


def success(stock: Stock, days: Window) -> Told:
    over = [d for d in standing(stock, "dispute") if d["closed_on"] in days and d["outcome"] in {*AGREED, "failed"}]
    return share(len(settled(stock, days)), len(over))


def performed(stock: Stock, days: Window) -> Told:
    written = [one for one in settled(stock, days) if one["outcome"] == "agreement"]
    return share(sum(one["performed"] == "yes" for one in written), len(written))


def recurring(stock: Stock, days: Window) -> Told:
    known = standing(stock, "dispute")
    opened = [one for one in known if one["opened_on"] in days]
    again = [one for one in opened if any(_like(one, other) for other in known)]
    return share(len(again), len(opened))


def _like(one: Row, other: Row) -> bool:
    """The same grid had one of the same type within the year before."""
    same = (one["grid_id"], one["type"]) == (other["grid_id"], other["type"])
    if one["id"] == other["id"] or not same:
        return False
    a_year_before = one["opened_on"] - timedelta(365)
    return bool(other["opened_at"] < one["opened_at"] and other["opened_on"] >= a_year_before)


def check_backs(stock: Stock, days: Window) -> Told:
    there = {one["id"] for one in standing(stock, "dispute")}
    due = [one for one in stock["check_back"] if one["due_on"] <= days.until and one["dispute_id"] in there]
    return count(one for one in due if not by_now(one["done_on"], days.until))


def opinions(stock: Stock, days: Window) -> list[Row]:
    return [one for one in standing(stock, "opinion") if one["collected_on"] in days]


def adopted(stock: Stock, days: Window) -> Told:
    final = {"adopted", "partly", "rejected"}
    decided = [o for o in standing(stock, "opinion") if o["decided_on"] in days and o["decision"] in final]
    return share(sum(one["decision"] != "rejected" for one in decided), len(decided))


def answered(stock: Stock, days: Window) -> Told:
    collected = opinions(stock, days)
    return share(sum(by_now(one["answered_on"], days.until) for one in collected), len(collected))


def verified(stock: Stock, days: Window) -> list[Row]:
    return [r for r in standing(stock, "service_record") if r["verified_at"] is not None and r["day"] in days]


def hours(stock: Stock, days: Window) -> Told:
    """Minute by minute, so that time told twice is one."""
    served: defaultdict[int, set[datetime]] = defaultdict(set)
    for record in verified(stock, days):
        if record["outcome"] == "done":
            minutes = int((record["ends_at"] - record["starts_at"]).total_seconds()) // 60
            served[record["volunteer_id"]] |= {record["starts_at"] + timedelta(minutes=n) for n in range(minutes)}
    return Told(sum(len(minutes) for minutes in served.values()) / 60)


def active(stock: Stock, days: Window) -> Told:
    listed = {one["id"] for one in stock["volunteer"] if one["status"] != "left" and one["registered_on"] <= days.until}
    ninety = Window(days.until - timedelta(89), days.until)
    lately = {record["volunteer_id"] for record in verified(stock, ninety) if record["outcome"] == "done"}
    return share(len(listed & lately), len(listed), FEW)


def turnout(stock: Stock, days: Window) -> Told:
    expected = [record for record in verified(stock, days) if record["outcome"] in {"done", "missed", "no_show"}]
    return share(sum(record["outcome"] == "done" for record in expected), len(expected))


def clues(stock: Stock, days: Window) -> tuple[list[Row], list[Row]]:
    """Those reported in the period, and those of them that were a case by its end."""
    reported = [clue for clue in standing(stock, "clue") if clue["reported_on"] in days]
    looked = [clue for clue in reported if clue["case_id"] and clue["looked_at"]]
    return reported, [clue for clue in looked if clue["looked_at"].date() <= days.until]


def became(stock: Stock, days: Window) -> Told:
    reported, cases = clues(stock, days)
    return share(len(cases), len(reported))


def resolved(stock: Stock, days: Window) -> Told:
    cases = stock.by_id("case")
    own = [cases[clue["case_id"]] for clue in clues(stock, days)[1]]
    return share(sum(c["status"] in DONE and by_now(c["finished_on"], days.until) for c in own), len(own))


def stall_days(stock: Stock, days: Window) -> Told:
    """Stall by stall and day by day: today counts for a stall once it has opened."""
    opened = {(one["stall_id"], one["day"]) for one in stock["stall_day"]}
    agreed = [
        (stall["id"], day)
        for stall in stock["stall"]
        for day in days.days
        if stall["agreement_from"] and stall["agreement_from"] <= day and day <= (stall["agreement_to"] or day)
        if str(day.isoweekday()) in stall["weekdays"].split(",")
        if day < stock.today or (day == stock.today and (stall["id"], day) in opened)
    ]
    return share(sum(one in opened for one in agreed), len(agreed))


ORACLES: dict[str, Oracle] = {
    "activities_held": lambda stock, days: count(held(stock, days)),
    "person_times": lambda stock, days: total(one["actual"] for one in held(stock, days)),
    "activity_attendance": attendance,
    "party_held_rate": party,
    "disputes_opened": lambda stock, days: count(d for d in standing(stock, "dispute") if d["opened_on"] in days),
    "disputes_settled": lambda stock, days: count(settled(stock, days)),
    "mediation_success": success,
    "agreements_performed": performed,
    "dispute_recurrence": recurring,
    "check_backs_due": check_backs,
    "opinions_collected": lambda stock, days: count(opinions(stock, days)),
    "opinions_adopted": adopted,
    "opinions_answered": answered,
    "volunteer_hours": hours,
    "active_rate": active,
    "turnout_rate": turnout,
    "clues_became_cases": became,
    "clues_resolved": resolved,
    "stalls_open": stall_days,
    "stall_customers": lambda stock, days: total(d["customers"] for d in stock["stall_day"] if d["day"] in days),
    "craft_workshops": lambda stock, _: count(
        p for p in stock["place"] if p["kind"] == "craft_workshop" and p["status"] != "closed"
    ),
}
