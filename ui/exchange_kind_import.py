"""Importing a sheet of a kind on the page: choosing a file, its preview, writing it, what became of it."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from jobs.imports.report import mendable, reason
from jobs.sheets.columns import Columns
from jobs.sheets.kinds import Kind
from jobs.sheets.preview import Preview, Taken, shown
from texts import language, t
from ui import exchange_kind_work, words
from ui.exchange_import import LIMIT_MB, ROW, TALL, VISIBLE, WIDTHS, in_our_words, mend_button
from ui.exchange_kind_work import Work
from ui.exchange_kinds import template_button
from ui.parts import lead, panel, plain
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

MOST_COLUMNS = 7
LEFT_OUT = ""


def importing(viewer: Viewer, kind: Kind) -> None:
    """Where the reader is with a file: choosing it, looking at it, having written it."""
    work = exchange_kind_work.current(kind)
    if work is None:
        _chooser(viewer, kind)
    elif work.written:
        _written(work)
    else:
        _looking(viewer, work)


def _chooser(viewer: Viewer, kind: Kind) -> None:
    title, about = t("sheet_kinds.page.import", name=kind.name), t(f"sheet_kinds.{kind.key}.about")
    with panel(title, about, key="import"):
        template_button(viewer, kind)
        with st.container(key=f"upload-{language()}"):
            st.html(in_our_words())
            key = f"upload-{language()}-{kind.key}-{exchange_kind_work.chooser()}"
            given = st.file_uploader(t("exchange.upload", limit=LIMIT_MB), key=key)
        if given is None:
            return
        if given.size > LIMIT_MB << 20:
            size = words.number(given.size / (1 << 20), 1)
            st.error(t("exchange.too_large", file=given.name, size=size, limit=LIMIT_MB))
            return
        try:
            with st.spinner(t("exchange.reading", file=given.name)):
                exchange_kind_work.begin(kind, given.name, given.getvalue())
        except NotPossible as refusal:
            st.error(str(refusal))
            return
    st.rerun()


def _looking(viewer: Viewer, work: Work) -> None:
    columns = work.columns()
    try:
        found = exchange_kind_work.look(viewer, work)
    except NotPossible as refusal:
        st.error(str(refusal))
        _again()
        _map_by_hand(work, columns)
        return
    if columns.unknown or work.mapped:
        _map_by_hand(work, columns)
    rows = words.number(found.sound + len(found.rejected))
    note = t("exchange.preview_note", file=found.file, sheet=found.sheet.name, rows=rows)
    with panel(t("exchange.preview"), note, key="preview"):
        lead(_counted("sheet_kinds.page.counts", found) + t("exchange.nothing_written"))
        if found.examples:
            st.info(t("sheet_kinds.page.examples"))
        if found.sheet.others:
            st.info(t("exchange.other_sheets", others="、".join(found.sheet.others)))
        if found.rejected:
            rejected = words.number(len(found.rejected))
            st.warning(t("exchange.hindered", rejected=rejected), icon=":material/rule:")
        _buttons(viewer, work, found)
        _rows(found)


def _map_by_hand(work: Work, columns: Columns) -> None:
    """A box for each heading nobody knows."""
    chosen = dict(work.mapped)
    fields = work.kind.fields
    mapped: dict[str, str] = {}
    with panel(t("exchange.unknown_columns"), t("exchange.choices_note"), key="choices"):
        for heading in dict.fromkeys((*columns.unknown, *chosen)):
            now = chosen.get(heading, LEFT_OUT)
            free = [name for name in fields if name == now or name not in {*columns.places, *mapped.values()}]
            offered = [LEFT_OUT, *free]
            mapped[heading] = st.selectbox(
                t("sheet_kinds.page.column_of", heading=plain(heading)),
                offered,
                offered.index(now),
                format_func=lambda name: work.kind.heading(fields[name]) if name else t("exchange.leave_column"),
                filter_mode=None,
                key=f"column-{exchange_kind_work.chooser()}-{heading}",
            )
    pairs = tuple((heading, name) for heading, name in mapped.items() if name or heading in chosen)
    if pairs != work.mapped:
        exchange_kind_work.map_columns(work, pairs)
        st.rerun()


def _buttons(viewer: Viewer, work: Work, found: Preview) -> None:
    changing = len(found.new) + len(found.changed)
    with st.container(key="exchange-write", horizontal=True, gap="small"):
        wanted = False
        if found.rejected and found.sound:
            wanted = st.button(t("exchange.write_sound", rows=words.number(found.sound)), key="write-sound")
        elif not found.rejected:
            write = t("sheet_kinds.page.write", rows=words.number(changing))
            wanted = st.button(write if changing else t("exchange.write_unchanged"), key="write", type="primary")
        if rows := mendable(found.rejected):
            mend_button(exchange_kind_work.mended(work), len(rows), found.file)
        _again()
    if wanted:
        try:
            exchange_kind_work.write_down(viewer, work)
        except NotPossible as refusal:
            st.error(str(refusal))
            return
        st.rerun()


def _rows(found: Preview) -> None:
    counts = {name: len(getattr(found, name)) for name in TABLES}
    first = "rejected" if found.rejected else next((name for name, count in counts.items() if count), "new")
    fate = st.segmented_control(
        t("exchange.fate"),
        list(counts),
        default=first,
        format_func=lambda name: t(f"exchange.fate_{name}", rows=words.number(counts[name])),
        key=f"fate-{exchange_kind_work.chooser()}",
        label_visibility="collapsed",
        required=True,
    )
    frame, headings = TABLES[fate or first](found)
    if frame.is_empty():
        st.markdown(f":gray[{t('exchange.none_of_these')}]")
        return
    height = TALL if "reason" in frame.columns else ROW
    st.dataframe(
        frame,
        key=f"rows-{fate}",
        hide_index=True,
        height=height * min(VISIBLE, frame.height) + ROW,
        row_height=height,
        column_config={name: st.column_config.Column(said, width=WIDTHS.get(name)) for name, said in headings.items()},
        lazy=frame.height > 2000,
    )


Shown = tuple[pl.DataFrame, dict[str, str]]


def _own(*names: str) -> dict[str, str]:
    return {name: t(f"exchange.column.{name}") for name in names}


def _named(found: Preview, one: Taken) -> str:
    """What tells the row apart."""
    pairs = zip(found.kind.identity, one.key, strict=True)
    return " · ".join(shown(column, value) for column, value in pairs if value is not None)


def _new(found: Preview) -> Shown:
    columns = [column for column in found.kind.columns if any(column.field in one.said for one in found.new)]
    some = columns[:MOST_COLUMNS]
    cells: dict[str, list[Any]] = {"row": [one.at for one in found.new]}
    cells |= {f"field_{c.field}": [shown(c, one.said.get(c.field)) for one in found.new] for c in some}
    return pl.DataFrame(cells), {**_own("row"), **{f"field_{c.field}": found.kind.heading(c) for c in some}}


def _changed(found: Preview) -> Shown:
    """Each field that would change: before and now."""
    rows = [
        (one.at, _named(found, one), found.kind.heading(c), shown(c, one.before[c.field]), shown(c, one.now[c.field]))
        for one in found.changed
        for c in found.kind.columns
        if one.before is not None and one.now is not None and one.before[c.field] != one.now[c.field]
    ]
    headings = _own("row", "number", "field", "before", "now")
    return pl.DataFrame(rows, schema=list(headings), orient="row"), headings


def _unchanged(found: Preview) -> Shown:
    rows = [(one.at, _named(found, one)) for one in found.unchanged]
    return pl.DataFrame(rows, schema=["row", "number"], orient="row"), _own("row", "number")


def _rejected(found: Preview) -> Shown:
    rows = [(row.row, row.problems[0].column, row.problems[0].value, reason(row)) for row in found.rejected]
    headings = _own("row", "column", "value", "reason")
    return pl.DataFrame(rows, schema=list(headings), orient="row"), headings


TABLES: Mapping[str, Callable[[Preview], Shown]] = {
    "new": _new,
    "changed": _changed,
    "unchanged": _unchanged,
    "rejected": _rejected,
}


def _written(work: Work) -> None:
    found = work.preview
    assert found is not None
    with panel(t("sheet_kinds.page.import", name=work.kind.name), found.file, key="import"):
        lead(_counted("sheet_kinds.page.written", found))
        if found.rejected:
            lead(t("exchange.written_left", rejected=words.number(len(found.rejected))))
        with st.container(key="exchange-done", horizontal=True, gap="small", vertical_alignment="center"):
            if work.mend:
                mend_button(work.mend, len(mendable(found.rejected)), found.file)
            st.button(t("exchange.another"), key="another", on_click=exchange_kind_work.end)


def _again() -> None:
    st.button(t("exchange.again"), key="again", on_click=exchange_kind_work.end)


def _counted(key: str, found: Preview) -> str:
    counts = {name: words.number(len(getattr(found, name))) for name in TABLES}
    return t(key, file=escape(found.file), **counts)
