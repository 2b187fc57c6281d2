"""How whistles are said: their state, the state of a call, the names of units."""

from datetime import datetime

from data_access import desk
from texts import t
from ui import words
from ui.case_words import own_name
from ui.forms import Row
from ui.loading import load
from vocabulary.desk import Presence
from vocabulary.questions import Viewer
from vocabulary.refusals import word


def unit_names(viewer: Viewer) -> dict[int, str]:
    """The units' names in the reader's language, by id, in the order of their codes."""
    units = load(desk.choices, viewer).units
    return {unit.id: own_name(unit.name, unit.name_en) or unit.code for unit in units}


def state(whistle: Row) -> str:
    """Concluded, with promises still open or all kept; or still running."""
    if whistle["concluded_at"] is None:
        return t("whistles.running")
    if whistle["promises_open"]:
        return t("whistles.promises_left", count=whistle["promises_open"])
    return t("whistles.concluded")


def call_state(call: Row, now: datetime) -> str:
    """Neither answered nor there, answered, or how it took part; past its time it says so."""
    late = call["arrive_by"] < now
    if call["presence"] is None:
        said = t("whistles.answered" if call["responded_at"] else "whistles.silent")
        return t("whistles.past", state=said) if late else said
    return word(Presence(call["presence"]))


def call_told(call: Row, now: datetime) -> str:
    """A called unit's part in one line: answered when, came when, how late."""
    told = [call_state(call, now)]
    if call["arrived_at"]:
        told[0] += f" {words.moment(call['arrived_at'])}"
        told.append(_how_late(call))
    if call["responded_at"]:
        told.append(t("whistles.responded_at", at=words.moment(call["responded_at"])))
    return t("whistles.join").join(told)


def _how_late(call: Row) -> str:
    """In time to the minute, late within what the rule allows, or late."""
    late = call["minutes_late"]
    if not late:
        return t("whistles.in_time")
    return t("whistles.allowed_late" if call["in_time"] else "whistles.minutes_late", minutes=words.number(late))
