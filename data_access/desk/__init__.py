"""The case desk: filing, moving, deadlines, units, merging, follow-up and whistles of cases, and its lists."""

from data_access.desk.acting import add_unit, attach, note, remind, remove_unit
from data_access.desk.backlog import backlog
from data_access.desk.beside import Beside, Tied, beside, content
from data_access.desk.choices import Choices, choices
from data_access.desk.deadlines import (
    Changed,
    ask_extension,
    decide_extension,
    expected,
    reclassify,
    resume,
    suspend,
)
from data_access.desk.dues import move_dues, set_hours, set_workday
from data_access.desk.duplicates import near
from data_access.desk.effects import Given
from data_access.desk.filing import NewCase, due_if_filed, file_case
from data_access.desk.following import Answer, follow_up, reopen
from data_access.desk.judging import follow_ups, follow_ups_of, timely
from data_access.desk.lists import extensions_waiting, today, watched, watched_by
from data_access.desk.many import Act, Result, each
from data_access.desk.merging import link_repeat, merge, unlink_repeat, unmerge
from data_access.desk.moving import Choice, move, moves_for
from data_access.desk.views import drop_template, drop_view, save_template, save_view, saved_views, templates
from data_access.desk.whistle_rows import (
    calls_of,
    cases_of,
    commitments,
    waiting_calls,
    whistle,
    whistle_calls,
    whistles,
)
from data_access.desk.whistling import NewWhistle, arrive, blow, commit, conclude, done, respond

__all__ = [
    "Act",
    "Answer",
    "Beside",
    "Changed",
    "Choice",
    "Choices",
    "Given",
    "NewCase",
    "NewWhistle",
    "Result",
    "Tied",
    "add_unit",
    "arrive",
    "ask_extension",
    "attach",
    "backlog",
    "beside",
    "blow",
    "calls_of",
    "cases_of",
    "choices",
    "commit",
    "commitments",
    "conclude",
    "content",
    "decide_extension",
    "done",
    "drop_template",
    "drop_view",
    "due_if_filed",
    "each",
    "expected",
    "extensions_waiting",
    "file_case",
    "follow_up",
    "follow_ups",
    "follow_ups_of",
    "link_repeat",
    "merge",
    "move",
    "move_dues",
    "moves_for",
    "near",
    "note",
    "reclassify",
    "remind",
    "remove_unit",
    "reopen",
    "respond",
    "resume",
    "save_template",
    "save_view",
    "saved_views",
    "set_hours",
    "set_workday",
    "suspend",
    "templates",
    "timely",
    "today",
    "unlink_repeat",
    "unmerge",
    "waiting_calls",
    "watched",
    "watched_by",
    "whistle",
    "whistle_calls",
    "whistles",
]
