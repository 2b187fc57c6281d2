"""The case desk: filing, moving, deadlines, units, merging, follow-up and whistles of cases, and its lists."""

from data_access.desk.acting import add_unit, attach, note, remind, remove_unit
from data_access.desk.deadlines import (
    Changed,
    ask_extension,
    decide_extension,
    expected,
    reclassify,
    resume,
    suspend,
)
from data_access.desk.effects import Given
from data_access.desk.filing import NewCase, file_case
from data_access.desk.following import Answer, follow_up, reopen
from data_access.desk.many import Result, each
from data_access.desk.merging import link_repeat, merge, unlink_repeat, unmerge
from data_access.desk.moving import Choice, move, moves_for
from data_access.desk.near import near

__all__ = [
    "Answer",
    "Changed",
    "Choice",
    "Given",
    "NewCase",
    "Result",
    "add_unit",
    "ask_extension",
    "attach",
    "decide_extension",
    "each",
    "expected",
    "file_case",
    "follow_up",
    "link_repeat",
    "merge",
    "move",
    "moves_for",
    "near",
    "note",
    "reclassify",
    "remind",
    "remove_unit",
    "reopen",
    "resume",
    "suspend",
    "unlink_repeat",
    "unmerge",
]
