"""The claim ledger on its page: by system each published figure, the counted one, the difference and its reasons."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import streamlit as st

import clock
from access import OPERATOR
from data_access import claims
from jobs.claims import Beside, Counted, Verdict, Why, beside, counted_of, is_counted, why
from jobs.figures import rows_of
from metrics.catalogue import METRICS
from texts import language, t
from ui import words
from ui.evidence import SMALL, may_open
from ui.evidence_rows import adds_up, rows_table
from ui.forms import quiet
from ui.loading import load
from ui.parts import is_demo, panel, plain
from vocabulary.claims import ClaimScope, ClaimUnit, System
from vocabulary.enums import Role
from vocabulary.questions import Filters, Viewer
from vocabulary.refusals import word

OPENED = "claims rows"
Row = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """A claim with what is counted beside it; None where nothing is."""

    claim: Row
    counted: Counted | None
    beside: Beside
    why: tuple[Why, ...]


def compared(viewer: Viewer) -> list[Compared]:
    """The claims that hold today, system by system."""
    today = clock.today()
    return [_compared(claim, today) for claim in load(claims.claims, viewer, today).iter_rows(named=True)]


def _compared(claim: Row, today: date) -> Compared:
    counted = None
    if is_counted(claim):
        counted = load(counted_of(claim["metric"], ClaimScope(claim["scope"])), OPERATOR, today)
    return Compared(claim, counted, beside(claim, counted), why(claim, counted, today))


def sentence(found: list[Compared]) -> str:
    """HTML of ours: how many there are, have a count, and are reached by it."""
    counted = [one for one in found if one.beside.difference is not None]
    reached = [one for one in counted if one.beside.verdict is not Verdict.LESS]
    return t("claims.lead", claims=len(found), counted=len(counted), reached=len(reached))


def note(viewer: Viewer) -> None:
    """In a demo the counts are invented."""
    if load(is_demo, viewer):
        quiet(t("claims.demo"))


def ledger(viewer: Viewer, found: list[Compared]) -> None:
    """A panel a system, a line a claim; beneath the one that is opened the rows behind its count."""
    for system, group in groupby(found, key=lambda one: one.claim["system"]):
        with panel(word(System(system)), key=f"claims-{system}"):
            for one in group:
                _line(viewer, one)


def _line(viewer: Viewer, one: Compared) -> None:
    claim = one.claim
    with st.container(key=f"claim-{claim['figure']}", border=True, gap="xsmall"):
        st.markdown(f"**{plain(in_language(claim, 'said'))}** :small[:gray[{plain(_source(claim))}]]")
        published, counted, apart = st.columns([1, 1, 2.2], gap="small")
        published.metric(t("claims.published"), published_value(claim))
        counted.metric(t("claims.counted"), _counted_value(viewer, one))
        with apart:
            _difference(viewer, one)
            may = _rows_button(viewer, one)
        if may and st.session_state.get(OPENED) == claim["figure"]:
            _rows(viewer, one)


def published_value(claim: Row) -> str:
    """60+ / 1,300–1,500 in the reader's words, with its unit."""
    high = words.number(claim["high"]) if claim["high"] is not None else ""
    unit = word(ClaimUnit(claim["unit"]))
    return t(f"claims.figure.{claim['qualifier']}", value=words.number(claim["value"]), high=high, unit=unit)


def in_language(claim: Row, column: str) -> str:
    """The English text where there is one and it is asked for, else the Chinese one."""
    own = "said_zh" if column == "said" else column
    return (claim[f"{column}_en"] if language() == "en" else None) or claim[own] or ""


def _source(claim: Row) -> str:
    source = in_language(claim, "published_in")
    if claim["published_on"] is None:
        return t("claims.source", source=source)
    return t("claims.source_on", source=source, day=words.day(claim["published_on"]))


def _counted_value(viewer: Viewer, one: Compared) -> str:
    if one.counted is None or one.beside.verdict is Verdict.NO_ROWS or one.counted.number is None:
        return t("claims.no_count") if one.counted is None else words.NONE
    if _hidden(viewer, one):
        return f"<{SMALL}"
    unit = word(ClaimUnit(one.claim["unit"]))
    return t("claims.figure.exact", value=words.number(one.counted.number), unit=unit)


def _hidden(viewer: Viewer, one: Compared) -> bool:
    """Is this a count of 1 to 4 people before a presenter?"""
    people = one.claim["unit"] == ClaimUnit.PEOPLE
    number = one.counted.number if one.counted else None
    return people and viewer.role is Role.PRESENTER and number is not None and 0 < number < SMALL


def _difference(viewer: Viewer, one: Compared) -> None:
    if _hidden(viewer, one):
        quiet(t("words.small_cell"))
        return
    said = t(
        f"claims.verdict.{one.beside.verdict.value}",
        difference=words.number(abs(one.beside.difference or 0)),
        unit=word(ClaimUnit(one.claim["unit"])),
        share=words.share(one.beside.share),
    )
    st.markdown(f"**{t('claims.difference')}** {said}")
    reasons = [t(f"claims.why.{each.key}", **{name: _said(value) for name, value in each.values}) for each in one.why]
    if extra := in_language(one.claim, "note"):
        reasons.append(plain(extra))
    if one.counted is not None:
        key = one.claim["metric"]
        name, definition = t(f"metrics.{key}.name"), t(f"metrics.{key}.definition")
        reasons.append(t("claims.metric", name=name, definition=definition))
    st.markdown("\n".join(f"- :small[{reason}]" for reason in reasons))


def _said(value: Any) -> str:
    return words.day(value) if isinstance(value, date) else str(value)


def _rows_button(viewer: Viewer, one: Compared) -> bool:
    """The button that opens the rows; False and no button where there are none or the viewer may not."""
    if one.beside.difference is None or not may_open(viewer, METRICS[one.claim["metric"]]):
        return False
    figure = one.claim["figure"]
    label = t("claims.rows_close" if st.session_state.get(OPENED) == figure else "claims.rows")
    st.button(label, key=f"claim-rows-{figure}", type="tertiary", on_click=_open, args=(figure,))
    return True


def _rows(viewer: Viewer, one: Compared) -> None:
    """The rows behind the counted number, of the period that the claim is compared over."""
    assert one.counted is not None
    metric = METRICS[one.claim["metric"]]
    frame = load(rows_of(metric.key), viewer, one.counted.period, Filters())
    st.markdown(f":small[{adds_up(metric, frame, metric.rows.column)}]")
    rows_table(frame, f"claim-table-{one.claim['figure']}")


def _open(figure: str) -> None:
    st.session_state[OPENED] = None if st.session_state.get(OPENED) == figure else figure
