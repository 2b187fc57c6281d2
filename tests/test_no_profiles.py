"""No table holds a profile of a resident, and no party to a dispute is named: proved from the whole schema.

A new column that could tell of a person fails here until somebody has said, in these lists, why it may stand.
"""

import re

import sqlalchemy as sa

from data_access.tables import Base
from data_access.tables.base import Common

# Parts of a column's name, cut at the underscores, that would tell who somebody is or how somebody lives.
OF_A_PERSON = {
    *("surname", "person", "party", "parties", "claimant", "respondent", "victim", "suspect", "plaintiff", "artisan"),
    *("phone", "mobile", "telephone", "wechat", "email", "address", "card", "idcard", "passport", "plate"),
    *("birth", "birthday", "born", "age", "sex", "gender", "nation", "ethnicity", "religion", "marital", "spouse"),
    *("behaviour", "behavior", "habit", "habits", "disease", "diagnosis", "criminal", "employer", "salary"),
    *("family", "child", "children", "face", "fingerprint", "profile", "track", "whereabouts"),
}
# Every column that names or reaches a person in plain, with the reason why it may.
PEOPLE = {
    "account.name": "who works with the product",
    "stall.artisan": "stallholders; masked for readers without the right",
    "diner.card": "a pseudonymous number, without a name",
    "volunteer.masked_name": "registered volunteers; masked as written, deleted after its time",
}
# Tables whose `name` is that of a thing, and the ways to reach a public place.
THINGS = {
    *("place", "grid", "unit", "branch", "team", "tier", "workday", "milestone", "project", "renewal_file"),
    *("number_rule", "case_file", "saved_view", "reply_template", "centre_zone"),
}
OF_A_PLACE = {"place.address", "place.phone"}
OF_THE_PARTY = {"activity.party_kind", "party_plan.party_kind"}  # kinds of organisation life, no party to a dispute
NAME = re.compile(r"(.*_)?name(_en|_zh)?")
SEALED = re.compile(r"(.*_)?sealed")
PEACE_POST = {
    "dispute": {
        *("number", "type", "origin", "grid_id", "by_police", "by_community", "by_lawyer", "opened_at", "opened_on"),
        *("outcome", "closed_on", "performed", "feed", "void_at"),
    },
    "dispute_contact": {"dispute_id", "sealed", "keep_until"},
    "check_back": {"dispute_id", "after_days", "due_on", "outcome", "done_on"},
    "opinion": {
        *("number", "origin", "theme", "text", "grid_id", "collected_on", "decision", "decision_reason"),
        *("decided_on", "answered_on", "case_id", "proposal_id", "feed", "void_at"),
    },
}
COMMON = {name for name in vars(Common) if not name.startswith("_")}


def every_column() -> list[tuple[str, sa.Column[object]]]:
    return [(f"{table.name}.{column.name}", column) for table in Base.metadata.tables.values() for column in table.c]


def tells_of_a_person(column: str) -> bool:
    return bool(OF_A_PERSON & set(column.split("_")))


def test_no_column_tells_who_somebody_is_or_how_somebody_lives() -> None:
    told = {name for name, column in every_column() if tells_of_a_person(column.name)}
    assert told <= PEOPLE.keys() | OF_A_PLACE | OF_THE_PARTY


def test_names_are_those_of_accounts_and_of_things() -> None:
    named = {name for name, column in every_column() if NAME.fullmatch(column.name)}
    assert {name for name in named if name.partition(".")[0] not in THINGS} <= PEOPLE.keys()


def test_what_reaches_a_person_otherwise_is_bytes_under_a_key() -> None:
    sealed = {name: column for name, column in every_column() if SEALED.fullmatch(column.name)}
    assert {"case_contact.sealed", "dispute_contact.sealed"} <= sealed.keys()
    assert all(isinstance(column.type, sa.LargeBinary) for column in sealed.values())


def test_the_peace_post_holds_these_columns_and_no_others() -> None:
    for name, expected in PEACE_POST.items():
        assert set(Base.metadata.tables[name].columns.keys()) == expected | COMMON, name


def test_a_dispute_has_no_free_text() -> None:
    for name in ("dispute", "check_back", "dispute_contact"):
        free = [c.name for c in Base.metadata.tables[name].columns if isinstance(c.type, sa.Text)]
        assert not free, name


def test_what_the_peace_post_keeps_points_at_no_person_and_no_building() -> None:
    pointed = {key.column.table.name for name in PEACE_POST for key in Base.metadata.tables[name].foreign_keys}
    assert pointed == {"grid", "case", "dispute"}


def test_the_guard_would_notice_a_profile() -> None:
    for column in ("party_a", "id_card", "phone", "daily_behaviour", "family_members", "birth_date", "home_address"):
        assert tells_of_a_person(column), column
    assert NAME.fullmatch("party_name")
    assert NAME.fullmatch("name")
