"""What is known of a case, as names and values; what nobody filled in is left out, but for the facts that matter."""

from collections.abc import Iterator, Mapping

from data_access.cases import CaseDetail, Revealed
from texts import t
from ui import case_words, words
from vocabulary.enums import CaseResult, CaseType, Channel, Level, ReporterKind
from vocabulary.refusals import word


def pairs(case: CaseDetail, revealed: Revealed | None) -> list[tuple[str, str]]:
    """Name and value, in the order of reading."""
    return [(t(f"cases.fact.{name}"), value) for name, value in _known(case, revealed) if value]


def _known(case: CaseDetail, revealed: Revealed | None) -> Iterator[tuple[str, str | None]]:
    yield "place", _place(case, revealed)
    yield "category", " › ".join(filter(None, (case.level1, case.level2, case.level3))) or t("words.unfilled")
    yield "type", word(CaseType(case.type)) if case.type else None
    yield "received", _joined(words.moment(case.received_at), word(Channel(case.channel)) if case.channel else None)
    yield "reporter", _reporter(case)
    if revealed:
        yield from (("contact", _contact(contact)) for contact in revealed.contacts)
    yield "lead_unit", case_words.own_name(case.lead_unit, case.lead_unit_en)
    yield "level", word(Level(case.level)) if case.level else None
    yield "due_at", words.moment(case.due_at) if case.due_at else None
    yield "extended", t("cases.told.until", at=words.moment(case.extended_to)) if case.extended_to else None
    yield "suspended", _suspended(case)
    yield "finished", _finished(case)
    yield "result", word(CaseResult(case.result)) if case.result else None
    yield "resident", _resident(case)
    yield "reopened", t("cases.told.reopened", count=case.reopened_count) if case.reopened_count else None
    yield from _from_the_file(case)


def _from_the_file(case: CaseDetail) -> Iterator[tuple[str, str | None]]:
    if case.votes_for is not None or case.votes_against is not None:
        yield "votes", f"{case.votes_for or 0} / {case.votes_against or 0}"
    yield "tags", case.tags
    yield "nature", case.nature
    yield "village", case.village


def _place(case: CaseDetail, revealed: Revealed | None) -> str:
    spot = revealed.spot if revealed else case.spot
    where = case_words.place(case.building, spot, case_words.own_name(case.grid, case.grid_en))
    return _joined(case_words.own_name(case.place, case.place_en), where)


def _reporter(case: CaseDetail) -> str:
    kind = word(ReporterKind(case.reporter_kind)) if case.reporter_kind else None
    return _joined(kind, t("cases.contact_left") if case.contacts else None)


def _contact(contact: Mapping[str, str]) -> str:
    code = t("cases.contact_code", code=contact["code"]) if "code" in contact else None
    return _joined(contact.get("name"), contact.get("phone"), contact.get("address"), code)


def _suspended(case: CaseDetail) -> str | None:
    if case.suspended_from is None:
        return None
    until = case.suspended_until
    return _joined(words.moment(case.suspended_from), t("cases.told.until", at=words.moment(until)) if until else None)


def _finished(case: CaseDetail) -> str | None:
    if case.finished_at is None:
        return None
    hours = None if case.worked_minutes is None else words.number(case.worked_minutes / 60, 1)
    return _joined(words.moment(case.finished_at), t("cases.hours", hours=hours) if hours else None)


def _resident(case: CaseDetail) -> str | None:
    told = []
    if case.resident_solved is not None:
        told.append("solved" if case.resident_solved else "unsolved")
    if case.resident_satisfied is not None:
        told.append("satisfied" if case.resident_satisfied else "unsatisfied")
    return t("cases.join").join(t(f"cases.resident.{name}") for name in told)


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
