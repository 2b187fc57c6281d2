"""What happened to a case, as a dated list of sentences."""

from html import escape

from data_access import cases
from texts import known, t
from ui import case_words, words
from ui.loading import load
from ui.parts import log
from vocabulary.enums import DONE_STATUSES, CaseStatus, EventKind
from vocabulary.questions import Viewer

LATE = (CaseStatus.RETURNED, CaseStatus.REOPENING)


def history(viewer: Viewer, case: cases.CaseDetail) -> int:
    """The list, newest first; gives the number of its entries."""
    steps = load(cases.events, viewer, case.id)
    log([(_kind(step), words.moment(step.at), _sentence(step, case), step.note or "") for step in steps])
    return len(steps)


def _kind(step: cases.CaseStep) -> str:
    if step.to_status in LATE:
        return "late"
    return "now" if step.to_status in DONE_STATUSES else ""


def _sentence(step: cases.CaseStep, case: cases.CaseDetail) -> str:
    what = _what(step, case)
    if unit := case_words.own_name(step.unit, step.unit_en):
        what = t("cases.told.to_unit", what=what, unit=escape(unit))
    return t("cases.told.by", actor=escape(step.actor), what=what) if step.actor else what


def _what(step: cases.CaseStep, case: cases.CaseDetail) -> str:
    moved = step.to_status and step.to_status != step.from_status
    if moved and step.to_status and step.what != EventKind.FILED:
        to = case_words.status(step.to_status)
        if step.from_status:
            return t("cases.told.moved_from", start=case_words.status(step.from_status), to=to)
        return t("cases.told.moved", to=to)
    if step.what == "received" and case.channel:
        return t("cases.told.received_by", channel=t(f"words.channel.{case.channel}"))
    return t(f"cases.told.{step.what}") if known(f"cases.told.{step.what}") else step.what
