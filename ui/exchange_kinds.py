"""Sheets of every kind but cases on the exchange page: choosing the kind, its template, export and history."""

from functools import partial

import polars as pl
import streamlit as st

import access
from access import Permission
from data_access import books
from data_access.engine import Connection, reading
from jobs import installation
from jobs.export_sheet import Form, Made
from jobs.sheets import filling
from jobs.sheets.declared import KINDS, exportable, importable
from jobs.sheets.kinds import Kind
from texts import language, speaking, t
from ui import exchange_kind_work, words
from ui.export_button import MIMES, export
from ui.filters import period_bar
from ui.forms import quiet
from ui.loading import load
from ui.parts import panel
from vocabulary.questions import Period, Span, Viewer

CASES = "cases"
COUNTS = ("new", "changed", "unchanged", "rejected")


def kinds(viewer: Viewer) -> tuple[str, ...]:
    """What this viewer may import or export, cases first."""
    may_cases = any(access.allows(viewer, one) for one in (Permission.IMPORT_CASES, Permission.EXPORT))
    cases = (CASES,) if may_cases else ()
    there = {kind.key for kind in (*importable(viewer), *exportable(viewer))}
    return cases + tuple(key for key in KINDS if key in there)


def chosen(viewer: Viewer) -> str | None:
    """The kind that is looked at; None when there is none for this viewer."""
    offered = kinds(viewer)
    if not offered:
        return None
    if len(offered) == 1:
        return offered[0]
    said: str = st.selectbox(
        t("sheet_kinds.page.kind"),
        offered,
        format_func=lambda key: t("sheet_kinds.cases") if key == CASES else KINDS[key].name,
        key="exchange-kind",
        on_change=exchange_kind_work.end,
        filter_mode=None,
        width=320,
    )
    return said


def template_button(viewer: Viewer, kind: Kind) -> None:
    """Downloads the template in the reader's language."""
    name = f"{kind.name}-{t('sheet_kinds.page.template_file')}.xlsx".replace(" ", "-")
    st.download_button(
        t("sheet_kinds.page.template"),
        _template(viewer, kind),
        name,
        MIMES[Form.XLSX],
        key=f"template-{kind.key}",
        on_click="ignore",
        icon=":material/draft:",
    )
    quiet(t("sheet_kinds.page.template_note"))


def exporting(viewer: Viewer, kind: Kind) -> None:
    """The panel: the rows of the kind, of a period where it has days."""
    title, note = t("sheet_kinds.page.export", name=kind.name), t("sheet_kinds.page.export_note")
    with panel(title, note, key="export"):
        dated = kind.book.day is not None
        with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
            period = period_bar("exchange", Span.MONTH) if dated else None
            rows = load(_count, viewer, kind.key, period)
            making = partial(_made, viewer, kind, period)
            export(viewer, kind.book.subject, kind.name, rows, making, "exchange", may=True)
        quiet(t("sheet_kinds.page.export_rows", rows=words.number(rows)) if rows else t("sheet_kinds.page.none"))


def history(viewer: Viewer, kind: Kind) -> None:
    """The panel: past imports of the kind."""
    listed = load(books.batches, viewer, kind.permission, kind.key)
    note = t("sheet_kinds.page.history_note", count=words.number(listed.height))
    with panel(t("sheet_kinds.page.history", name=kind.name), note, key="history"):
        if listed.is_empty():
            quiet(t("exchange.history_none"))
            return
        rows = list(listed.iter_rows(named=True))
        shown = {
            "at": [words.moment(row["created_at"]) for row in rows],
            "file": [row["file"] for row in rows],
            "actor": [row["actor"] or t("exchange.operator") for row in rows],
            **{name: listed[name] for name in COUNTS},
            "days": [f"{row['since']} – {row['until']}" if row["since"] else words.NONE for row in rows],
        }
        headings = {name: t(f"exchange.column.{name}") for name in shown} | {"days": t("sheet_kinds.page.days")}
        st.dataframe(pl.DataFrame(shown), key="history-kind", hide_index=True, column_config=headings)


def _count(conn: Connection, viewer: Viewer, key: str, period: Period | None) -> int:
    return filling.count(conn, viewer, KINDS[key], period)


def _made(viewer: Viewer, kind: Kind, period: Period | None, conn: Connection, form: Form) -> Made:
    return filling.exported(conn, viewer, kind, period, form)


def _template(viewer: Viewer, kind: Kind) -> exchange_kind_work.Bytes:
    engine, spoken = installation.engine(), language()

    def data() -> bytes:
        with speaking(spoken), reading(engine) as conn:
            return filling.template(conn, viewer, kind)

    return data
