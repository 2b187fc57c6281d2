"""What is said quietly of due moments: when a case would be due, and that its year is not announced yet."""

from datetime import datetime

import clock
from access import OPERATOR
from data_access import desk, workdays
from texts import t
from ui import words
from ui.forms import quiet
from ui.loading import load
from vocabulary.enums import CaseType, Urgency
from vocabulary.questions import Viewer


def of_a_new_case(viewer: Viewer, kind: CaseType, urgency: Urgency) -> None:
    """When a case of this type and urgency would be due, filed now."""
    due = load(desk.due_if_filed, viewer, kind, urgency)
    if due is not None:
        quiet(t("today.intake.due", at=words.moment(due)))
    of_a_case(due)


def of_a_case(due: datetime | None) -> None:
    """A sentence only where the make-up workdays of the year it falls into are not known yet."""
    if due is None:
        return
    year = due.astimezone(clock.SHANGHAI).year
    if not load(workdays.calendar, OPERATOR).announced(year):
        quiet(t("cases.not_announced", year=year))
