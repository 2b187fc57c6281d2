"""The volunteers 红心蚂蚁: what the product reads and writes of people, shifts, records of service and clues."""

from data_access.volunteers.clue_writes import clue_to_case, record_clue, set_aside
from data_access.volunteers.counted import clues, members, served_days, turnout, verified
from data_access.volunteers.facts import ClueFacts, RecordFacts, ShiftFacts, VolunteerFacts
from data_access.volunteers.lists import (
    clue_list,
    clue_of,
    clues_waiting,
    grids,
    places,
    record_history,
    records,
    shifts,
    signed_up,
    unverified,
    volunteers,
)
from data_access.volunteers.people import correct_volunteer, drop_old_details, register
from data_access.volunteers.record_writes import correct_record, log_records, strike_record, verify
from data_access.volunteers.sheet import write_records, write_volunteers
from data_access.volunteers.shift_writes import open_shift, sign_up, withdraw

__all__ = [
    "ClueFacts",
    "RecordFacts",
    "ShiftFacts",
    "VolunteerFacts",
    "clue_list",
    "clue_of",
    "clue_to_case",
    "clues",
    "clues_waiting",
    "correct_record",
    "correct_volunteer",
    "drop_old_details",
    "grids",
    "log_records",
    "members",
    "open_shift",
    "places",
    "record_clue",
    "record_history",
    "records",
    "register",
    "served_days",
    "set_aside",
    "shifts",
    "sign_up",
    "signed_up",
    "strike_record",
    "turnout",
    "unverified",
    "verified",
    "verify",
    "volunteers",
    "withdraw",
    "write_records",
    "write_volunteers",
]
