"""A copy of a demo database with what a quiet month does not have: the void, the late, the moved and the forgotten."""

import random
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from data_access.engine import open_engine, sqlite_url
from jobs import rollup

FIRST, TODAY = date(2026, 11, 5), date(2026, 11, 24)
STAMP = "500107003003", "2026-11-24 04:00:00.000000", "2026-11-24 04:00:00.000000", "shaken", 1
COMMON = ("community_code", "created_at", "updated_at", "source", "version")
VOID = "2026-11-20 03:00:00.000000"


def shaken(demo: Path, file: Path, seed: int = 1) -> Path:
    """The copy at `file`; the same for the same seed."""
    with sqlite3.connect(demo) as old, sqlite3.connect(file) as new:
        old.backup(new)
    with sqlite3.connect(file) as conn:
        hand = Hand(conn, random.Random(seed))
        for shake in (_cases, _calls, _peace_post, _canteen, _meals, _volunteers, _activities, _renewal, _places):
            shake(hand)
    engine = open_engine(sqlite_url(file))
    rollup.refresh_all(engine)
    engine.dispose()
    return file


class Hand:
    """Changes some rows of a table, by chance."""

    def __init__(self, conn: sqlite3.Connection, chance: random.Random) -> None:
        self.conn, self.chance = conn, chance

    def change(self, table: str, share: float, change: str, among: str = "true") -> None:
        """Sets this share of the rows that meet a condition, one at least."""
        ids = [row[0] for row in self.conn.execute(f'select id from "{table}" where {among} order by id')]
        for some in self.chance.sample(ids, min(len(ids), 1 + int(len(ids) * share))):
            self.conn.execute(f'update "{table}" set {change} where id = ?', (some,))

    def add(self, table: str, **values: object) -> int:
        """Adds a row; gives its id."""
        row = {**dict(zip(COMMON, STAMP, strict=True)), **values}
        marks = ", ".join("?" for _ in row)
        made = self.conn.execute(f'insert into "{table}" ({", ".join(row)}) values ({marks})', tuple(row.values()))
        return int(made.lastrowid or 0)

    def day(self, since: date = FIRST, until: date = TODAY) -> date:
        return since + timedelta(self.chance.randrange((until - since).days + 1))


def _cases(hand: Hand) -> None:
    done, still = "status in ('finished', 'followed_up', 'archived')", "finished_at is null and dropped_on is null"
    for status in ("rejected", "withdrawn", "merged"):
        hand.change("case", 0.03, f"status = '{status}', dropped_on = '{hand.day()}'", still)
    for columns in ("grid_id = null", "accepted_at = null", "due_at = null, severe_at = null", "urgency = 'urgent'"):
        hand.change("case", 0.1, columns)
    hand.change("case", 0.2, "level = null, lead_unit_id = null")
    hand.change("case", 0.3, "due_at = '2026-11-20 01:00:00.000000'", "received_on < '2026-11-19'")
    late = "due_at = '2026-11-14 16:00:00.000000', severe_at = '2026-11-22 15:59:59.000000'"
    hand.change("case", 0.5, late, f"{still} and received_on < '2026-11-14'")
    hand.change("case", 0.1, "due_at = '2026-11-25 03:59:00.000000', severe_at = null", still)
    hand.change("case", 0.1, "due_at = finished_at", done)
    hand.change("case", 0.1, "first_contact_at = contact_due_at", "contact_due_at is not null")
    hand.change("case", 0.1, "repeat_of_id = 1", "id > 1")
    hand.change("case", 0.1, "result = null")
    # Late in the evening of UTC it is already tomorrow in Shanghai.
    hand.change(
        "case",
        0.1,
        "accepted_at = '2026-11-08 16:30:00.000000'",
        "accepted_at < '2026-11-08 16:00' and received_on < '2026-11-09'",
    )


def _calls(hand: Hand) -> None:
    hand.change("follow_up", 0.1, "reached = 0, solved = null, satisfaction = null")
    hand.change("follow_up", 0.1, "satisfaction = null")
    hand.change("whistle_unit", 0.2, "presence = null, arrived_at = null")
    hand.change("whistle_unit", 0.1, "presence = 'absent', arrived_at = null")
    hand.change("whistle", 0.2, "arrive_by = '2026-11-24 08:00:00.000000'")
    hand.add("number_rule", name="weight_neutral", value=0.5, from_on="2026-11-15")
    hand.add("number_rule", name="arrival_minutes", value=20, from_on="2026-11-12")


def _peace_post(hand: Hand) -> None:
    for number in range(120):
        opened = hand.day(date(2025, 10, 1))
        outcome = hand.chance.choice([None, "agreement", "agreement", "oral", "failed", "transferred"])
        closed = hand.day(opened) if outcome else None
        dispute = hand.add(
            "dispute",
            number=f"X{number}",
            type=hand.chance.choice(["neighbour", "noise", "parking"]),
            grid_id=hand.chance.randint(1, 4),
            by_police=0,
            by_community=1,
            by_lawyer=0,
            opened_at=f"{opened} 04:00:00.000000",
            opened_on=str(opened),
            outcome=outcome,
            closed_on=closed and str(closed),
            performed=hand.chance.choice([None, "yes", "partly", "no"]) if outcome == "agreement" else None,
            void_at=VOID if hand.chance.random() < 0.1 else None,
        )
        if closed and outcome in ("agreement", "oral"):
            _check_backs(hand, dispute, closed)
    hand.change("opinion", 0.1, f"void_at = '{VOID}'")
    hand.change("opinion", 0.1, "grid_id = null")
    hand.change("opinion", 0.1, f"answered_on = '{TODAY + timedelta(3)}'")


def _check_backs(hand: Hand, dispute: int, closed: date) -> None:
    for after in (7, 30):
        done = hand.day(closed, closed + timedelta(40)) if hand.chance.random() < 0.5 else None
        outcome = "kept" if done else None
        due, done_on = str(closed + timedelta(after)), done and str(done)
        hand.add("check_back", dispute_id=dispute, after_days=after, due_on=due, done_on=done_on, outcome=outcome)


def _canteen(hand: Hand) -> None:
    gone = [row[0] for row in hand.conn.execute("select id from enrolment order by id limit 9")]
    for enrolment in gone:
        hand.conn.execute("delete from enrolled_group where enrolment_id = ?", (enrolment,))
        hand.conn.execute("update enrolment set withdrawn_on = '2026-11-20' where id = ?", (enrolment,))
    hand.change("enrolment", 0.3, "consent_on = '2026-11-16'", "withdrawn_on is null")
    hand.change("care_task", 0.2, "grid_id = null")
    hand.change("care_task", 0.2, "closed_on = '2026-11-30'", "outcome is not null")
    for table in ("canteen_day", "food_safety"):
        hand.conn.execute(f"delete from {table} where id % 7 = 3")
    hand.change("food_safety", 0.1, "passed = 0")
    hand.conn.execute("update tier set adds = 1, payer = '工会' where code = (select code from tier where id = 4)")
    for (meal,) in hand.conn.execute("select id from meal where tier_id = 1 and discount_fen > 60 limit 40").fetchall():
        hand.conn.execute("insert into meal_addition (meal_id, tier_id, discount_fen) values (?, 4, 55)", (meal,))
    november = "count(*), sum(discount_fen) * claim_percent / 100 from meal join tier on tier.id = tier_id"
    for tier in (2, 3):
        found = f"select {november} where void_at is null and tier_id = ?"
        meals, fen = hand.conn.execute(found, (tier,)).fetchone()
        code = hand.conn.execute("select code from tier where id = ?", (tier,)).fetchone()[0]
        hand.add("subsidy_claim", month="2026-11-01", tier=code, payer="区民政补助", meals=meals, fen=fen + tier - 2)
    hand.add("subsidy_claim", month="2026-10-01", tier="elder_60", payer="街道", meals=3, fen=450)


def _meals(hand: Hand) -> None:
    hand.change("meal", 0.02, f"void_at = '{VOID}', void_reason = '误刷'", "void_at is null")
    moved = "select diner_id from meal where band in ('60-69', '70-79') group by 1 order by 1 limit 60"
    hand.conn.execute(
        f"update meal set resident = 1 - resident where served_on > '2026-11-14' and diner_id in ({moved})"
    )
    aged = "select diner_id from meal where band = 'under_60' group by 1 order by 1 limit 20"
    hand.conn.execute(f"update meal set band = '60-69' where served_on > '2026-11-16' and diner_id in ({aged})")


def _volunteers(hand: Hand) -> None:
    found = "select volunteer_id, role, day, max(ends_at) from service_record group by 1, 3 order by 3, 1 limit 30"
    for volunteer, role, day, ends in hand.conn.execute(found).fetchall():
        begins = f"{day} 09:00:00.000000"
        if begins < ends:
            told = {"volunteer_id": volunteer, "role": role, "day": day, "starts_at": begins, "ends_at": ends}
            hand.add("service_record", **told, outcome="done", verified_at=VOID)
    hand.change("service_record", 0.1, "verified_at = null")
    hand.change("service_record", 0.1, f"void_at = '{VOID}'")
    hand.change("service_record", 0.1, "outcome = 'missed'")
    hand.change("volunteer", 0.1, "status = 'left'")
    hand.change("volunteer", 0.1, "registered_on = '2026-11-18'")
    hand.change("clue", 0.1, f"void_at = '{VOID}'")
    case = '(select id from "case" where received_on > clue.reported_on order by id % 13, id limit 1)'
    became = f"case_id = {case}, looked_at = '2026-11-19 16:30:00.000000'"
    hand.change("clue", 0.3, became, "case_id is null and reported_on < '2026-11-19'")


def _activities(hand: Hand) -> None:
    hand.change("activity", 0.1, "state = 'cancelled', actual = null")
    hand.change("activity", 0.3, "state = 'held', actual = 21", "state = 'planned'")
    hand.change("party_plan", 0.3, "due = due + 1")
    for day in ("2026-11-10", "2026-11-12", "2026-11-25"):
        told = {
            "kind": "party",
            "party_kind": "first_topic",
            "title": "第一议题",
            "branch_id": 1,
            "audience": "everyone",
        }
        moments = {"day": day, "starts_at": f"{day} 01:00:00.000000", "ends_at": f"{day} 03:00:00.000000"}
        hand.add("activity", **told, **moments, planned=10, actual=9, state="held")


def _renewal(hand: Hand) -> None:
    hand.change("project", 0.2, "level = null, unit_id = null, finished_on = null")
    hand.change("project", 0.1, f"stopped_on = '{FIRST + timedelta(9)}'", "finished_on is null")
    hand.change("project", 0.2, f"plan_to = '{TODAY - timedelta(1)}'", "finished_on is null")
    hand.change("project", 0.2, f"plan_to = '{TODAY}'", "finished_on is null")
    hand.change("milestone", 0.2, "done_on = '2026-11-12'")
    hand.change("proposal", 0.3, "level = null, unit_id = null")
    hand.change("project_payment", 0.2, "paid_on = '2026-11-24'")


def _places(hand: Hand) -> None:
    hand.change("place", 0.1, "status = 'closed'", "kind = 'craft_workshop'")
    hand.change("stall", 0.1, "agreement_to = '2026-11-18'")
    hand.change("stall", 0.1, "weekdays = '1,3,5'")
    hand.change("stall_day", 0.1, "customers = null")
    counted = "select building_id, band, residents + 2 from building_elders where building_id < 9 order by id"
    for building, band, residents in hand.conn.execute(counted).fetchall():
        hand.add("building_elders", building_id=building, band=band, residents=residents, counted_on="2026-11-16")
    for group, number in (("elders_65", 50), ("hypertension", 12), ("diabetes", 30)):
        counts = dict.fromkeys(("contracted", "managed"), number // 2)
        counts |= dict.fromkeys(("managed_to_norm", "follow_ups_done", "check_ups_done"), number // 3)
        counts |= dict.fromkeys(("follow_ups_due", "check_ups_due"), number // 2)
        controlled = None if group == "elders_65" else number // 4
        hand.add(
            "health_month", month="2026-11-01", health_group=group, residents=number, controlled=controlled, **counts
        )
