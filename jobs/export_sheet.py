"""What is on the screen as a file to carry away: its rows, and what was asked, of whom and when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import polars as pl

import clock
from access import Permission, check
from data_access import cases as stock
from data_access import changes, evidence, places
from data_access.engine import Connection
from data_access.installation import is_demo
from jobs.imports.headings import field_name, masked_heading
from jobs.imports.words import ENUMERATIONS
from sheets import writing
from sheets.tables import Guide, Table
from texts import known, language, t
from vocabulary.cases import Show
from vocabulary.enums import CaseStatus, Channel, Subject, Urgency
from vocabulary.questions import Filters, Period, Rows, Viewer
from vocabulary.refusals import Refusal, word

METRICS = ("received", "open", "finished", "hours_to_finish", "hours_to_finish_p90")
WIDTHS = {"title": 40, "body": 60, "reply": 60, "category": 30, "spot": 24} | dict.fromkeys(
    ("received_at", "accepted_at", "first_contact_at", "assigned_at", "due_at", "finished_at"), 20
)


class Form(StrEnum):
    """The files that are offered."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True)
class Question:
    """What the rows answer: a line for each filter, and the metrics whose definitions belong to them."""

    lines: Sequence[str]
    metrics: Sequence[str] = ()


@dataclass(frozen=True)
class Made:
    """A file and how many rows it holds."""

    data: bytes
    rows: int


def cases(conn: Connection, viewer: Viewer, filters: Filters, form: Form) -> Made:
    """The cases that these filters list, under headings and in words that an import reads back."""
    check(viewer, Permission.EXPORT)
    found = stock.export_rows(conn, viewer, filters)
    name = t("words.page.cases")
    covered = [field_name(column) for column in found.masked.columns]
    lines = _asked(filters, places.grids(conn, viewer))
    notes = [t("export.no_contacts"), t("export.round_trip")]
    aside = []
    if covered:
        notes.append(t("export.covered", columns=t("cases.join").join(covered), sheet=t("export.covered_sheet")))
        aside.append(_covered(found))
    table = _table(name, _worded(found.rows))
    return made(conn, viewer, table, Question(lines, METRICS), form, notes, aside)


def sheet(
    conn: Connection,
    viewer: Viewer,
    name: str,
    frame: pl.DataFrame,
    headings: Mapping[str, str],
    question: Question,
    form: Form,
) -> Made:
    """Any rows of a page under the reader's headings."""
    check(viewer, Permission.EXPORT)
    return made(conn, viewer, Table(name, frame, headings), question, form)


def behind(
    conn: Connection, viewer: Viewer, name: str, rows: Rows, period: Period, question: Question, form: Form
) -> Made:
    """The rows behind a figure or a chart, headed and worded as a page shows them."""
    check(viewer, Permission.EXPORT)
    frame = evidence.behind(conn, viewer, rows, period, Filters())
    groups = {column: f"columns.words_of.{column}" for column in frame.columns}
    said = {
        column: {value: t(f"{t(group)}.{value}") for value in frame[column].drop_nulls().unique()}
        for column, group in groups.items()
        if known(group)
    }
    headings = {column: t(f"columns.{column}") for column in frame.columns}
    days = t("export.period", since=period.since, until=period.until)
    asked = Question((days, *question.lines), question.metrics)
    return sheet(conn, viewer, name, _replaced(frame, said), headings, asked, form)


def refused(refusal: Refusal | str, form: Form) -> bytes:
    """A file that only says why there are no rows in it: no page can be told once a download has begun."""
    if form is Form.CSV:
        return writing.csv(Table("", pl.DataFrame({"why": []}), {"why": str(refusal)}))
    return writing.xlsx([Guide(t("export.refused"), [str(refusal)])])


def noted(conn: Connection, viewer: Viewer, subject: Subject, made: Made) -> None:
    """Who carried away how many rows of a subject, for the audit trail."""
    changes.note(conn, viewer, subject, "exported", count=made.rows)


def file_name(name: str, form: Form, *, demo: bool) -> str:
    """诉求-演示数据-20261124.xlsx."""
    parts = [name, t("words.demo"), f"{clock.today():%Y%m%d}"] if demo else [name, f"{clock.today():%Y%m%d}"]
    return f"{'-'.join(parts)}.{form.value}".replace(" ", "-")


def made(
    conn: Connection,
    viewer: Viewer,
    table: Table,
    question: Question,
    form: Form,
    notes: Sequence[str] = (),
    aside: Sequence[Table] = (),
) -> Made:
    """A table as a file with all that somebody must know who is handed it; the caller has checked the viewer."""
    demo = is_demo(conn)
    if form is Form.CSV:
        return Made(writing.csv(table, (t("export.demo"),) if demo else ()), table.frame.height)
    guide = Guide(t("export.guide"), _lines(viewer, table, question, notes, demo=demo))
    return Made(writing.xlsx([table, guide, *aside]), table.frame.height)


def _lines(viewer: Viewer, table: Table, question: Question, notes: Sequence[str], *, demo: bool) -> list[str]:
    """All that somebody must know who is handed the file."""
    return [
        *([t("export.demo")] if demo else []),
        t("export.name", name=table.name),
        t("export.rows", count=f"{table.frame.height:,}"),
        t("export.at", at=_moment(clock.now())),
        t("export.by", name=viewer.name, role=word(viewer.role)),
        *question.lines,
        *notes,
        *(t("export.definition", name=t(f"metrics.{key}.name"), said=_defined(key)) for key in question.metrics),
    ]


def _defined(key: str) -> str:
    space = " " if language() == "en" else ""
    named = (("window", "words.definition_window"), ("exclusions", "words.definition_exclusions"))
    parts = [f"{t(label)}{t(f'metrics.{key}.{part}')}" for part, label in named]
    return space.join((t(f"metrics.{key}.definition"), "；".join(parts) if not space else "; ".join(parts)))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M:%S}"


def _table(name: str, frame: pl.DataFrame) -> Table:
    return Table(name, frame, {column: field_name(column) for column in frame.columns}, WIDTHS)


def _covered(found: stock.Exported) -> Table:
    """The covered texts beside each row's identity, under headings that an import passes over."""
    frame = found.rows.select("source", "number").hstack(found.masked)
    headings = {name: masked_heading(name) if name in found.masked else field_name(name) for name in frame.columns}
    return Table(t("export.covered_sheet"), frame, headings, WIDTHS)


def _worded(rows: pl.DataFrame) -> pl.DataFrame:
    """The members of closed vocabularies in the reader's words."""
    said = {
        name: {member.value: word(member) for member in kind}
        for name, kind in ENUMERATIONS.items()
        if name in rows.columns
    }
    return _replaced(rows, said)


def _replaced(rows: pl.DataFrame, said: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    return rows.with_columns(
        pl.col(name).replace_strict(words, default=pl.col(name), return_dtype=pl.String)
        for name, words in said.items()
        if words
    )


def _asked(filters: Filters, grids: pl.DataFrame) -> list[str]:
    """The filters in words, a line each; no filter is left unsaid."""
    shown = filters.show or Show.RECEIVED
    period = filters.period
    days = t("export.days", since=period.since, until=period.until) if period else t("cases.ever")
    lines = [t("export.shown", show=word(shown), days=t("cases.ever") if shown is Show.ALL else days)]
    if filters.text.strip():
        lines.append(t("cases.chip_text", text=filters.text.strip()))
    for field, said in _sayings(grids).items():
        if values := getattr(filters, field):
            listed = t("cases.join").join(map(said, values))
            lines.append(t("cases.chip", name=t(f"cases.filter.{field}"), values=listed))
    if filters.batch is not None:
        lines.append(t("cases.chip", name=t("cases.batch"), values=filters.batch))
    return lines


def _sayings(grids: pl.DataFrame) -> dict[str, Callable[[Any], str]]:
    column = "name_en" if language() == "en" else "name"
    names = {code: own or name for code, name, own in grids.select("code", "name", own=column).iter_rows()}
    unfilled = t("words.unfilled")
    return {
        "statuses": lambda value: word(CaseStatus(value)) if value else unfilled,
        "categories": lambda path: " › ".join(path) if any(path) else unfilled,
        "channels": lambda value: word(Channel(value)) if value else unfilled,
        "grids": lambda code: names.get(code, code) if code else t("words.waiting_grid"),
        "urgencies": lambda value: word(Urgency(value)) if value else unfilled,
        "buildings": lambda number: t("cases.building", number=number),
    }
