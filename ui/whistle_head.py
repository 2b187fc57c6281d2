"""The head of the whistles: the period, the first sentence, the three figures, what to do where there is nothing."""

from datetime import date

import access
from access import Permission
from data_access import desk
from texts import t
from ui import parts, words
from ui.evidence import cards
from ui.filters import period_bar
from ui.loading import load
from vocabulary.enums import Role
from vocabulary.questions import Filters, Period, Span, Viewer

PAGE = "whistles"
FIGURES = ("whistle_rate", "attendance_rate", "arrival_rate")


def head() -> Period:
    """Title, what a whistle is, badges, and the period that was chosen."""
    chosen: list[Period] = []
    parts.head(t("whistles.title"), t("whistles.subtitle"), lambda: chosen.append(period_bar(PAGE, Span.MONTH)))
    return chosen[0]


def sentence(viewer: Viewer, period: Period) -> str:
    """HTML of ours: the whistles of the period, and what waits now of whatever time."""
    blown = load(desk.whistles, viewer, period.since, period.until)
    called = int(blown["called"].sum())
    told = t("whistles.lead", blown=words.number(blown.height), called=words.number(called))
    calls = load(desk.waiting_calls, viewer)
    silent = calls["responded_at"].null_count()
    promised = load(desk.commitments, viewer, None, date.max)
    if not calls.height and not promised.height:
        return told + t("whistles.lead_nothing")
    waits = {
        "silent": words.number(silent),
        "coming": words.number(calls.height - silent),
        "promises": words.number(promised.height),
    }
    key = "whistles.lead_own" if viewer.role is Role.UNIT else "whistles.lead_waits"
    return told + t(key, **waits)


def nothing(viewer: Viewer) -> str:
    """What to do first where no whistle stands in the period and none waits."""
    if access.allows(viewer, Permission.WORK_CASES):
        return t("whistles.none_worker")
    return t("whistles.none_unit" if viewer.role is Role.UNIT else "whistles.none")


def figures(viewer: Viewer, period: Period) -> None:
    """The three cards, and beneath them the rows of the one that is opened."""
    cards(viewer, FIGURES, period, Filters(), PAGE)
