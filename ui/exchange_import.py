"""Importing cases on the page: choosing a file, its preview, writing it, what became of it."""

from html import escape
from typing import Any

import streamlit as st

from jobs.imports.preview import Preview, lacking
from jobs.imports.report import mendable
from texts import language, t
from ui import exchange_work, words
from ui.exchange_cases_link import cases_link
from ui.exchange_choices import choices
from ui.exchange_history import lead_sentence
from ui.exchange_tables import TABLES
from ui.exchange_work import Work
from ui.parts import lead, panel
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LIMIT_MB = 50
ROW = 36
TALL = 66  # from 64 on Streamlit wraps a text over several lines
WIDTHS = {"row": 60, "number": 130, "title": 260, "column": 90, "value": 130, "reason": 340, "before": 190, "now": 190}
VISIBLE = 10


def importing(viewer: Viewer) -> None:
    """Where the reader is with a file: choosing it, looking at it, having written it."""
    work = exchange_work.current()
    if work is None:
        lead(lead_sentence(viewer))
        _chooser()
    elif work.written:
        _written(viewer, work)
    else:
        _looking(viewer, work)


def _chooser() -> None:
    with panel(t("exchange.import"), t("exchange.import_note"), key="import"):
        spoken = language()
        with st.container(key=f"upload-{spoken}"):
            st.html(in_our_words())
            chosen = st.file_uploader(
                t("exchange.upload", limit=LIMIT_MB), key=f"upload-{spoken}-{exchange_work.chooser()}"
            )
        if chosen is None:
            return
        if chosen.size > LIMIT_MB << 20:
            size = words.number(chosen.size / (1 << 20), 1)
            st.error(t("exchange.too_large", file=chosen.name, size=size, limit=LIMIT_MB))
            return
        try:
            with st.spinner(t("exchange.reading", file=chosen.name)):
                exchange_work.begin(chosen.name, chosen.getvalue())
        except NotPossible as refusal:
            st.error(str(refusal))
            return
    st.rerun()


def _looking(viewer: Viewer, work: Work) -> None:
    columns = work.columns()
    if columns is None:
        return
    if columns.missing:
        st.error(str(lacking(columns)))
        _again()
        choices(work, columns, None)
        return
    try:
        found = exchange_work.look(viewer, work)
    except NotPossible as refusal:
        st.error(str(refusal))
        _again()
        return
    left, right = st.columns([1.62, 1], gap="small") if _asks(work, found) else (st.container(), None)
    with left:
        _preview(viewer, work, found)
    if right:
        with right:
            choices(work, columns, found)


def _asks(work: Work, found: Preview) -> bool:
    """Is there anything to decide or to know beside the rows?"""
    asked = found.columns.unknown or found.unknown or found.new_units or found.new_paths
    return bool(asked or work.choices.columns)


def _preview(viewer: Viewer, work: Work, found: Preview) -> None:
    rows = words.number(found.sound + len(found.rejected))
    note = t("exchange.preview_note", file=found.file, sheet=found.sheet, rows=rows)
    with panel(t("exchange.preview"), note, key="preview"):
        lead(_counted("exchange.counts", found) + t("exchange.nothing_written"))
        if found.others:
            st.info(t("exchange.other_sheets", others="、".join(found.others)))
        if found.hindering:
            st.warning(t("exchange.hindered", rejected=words.number(len(found.hindering))), icon=":material/rule:")
        _buttons(viewer, work, found)
        _rows(found)


def _buttons(viewer: Viewer, work: Work, found: Preview) -> None:
    changing = len(found.new) + len(found.updates)
    with st.container(key="exchange-write", horizontal=True, gap="small"):
        wanted = False
        if found.hindering and found.sound:
            wanted = st.button(t("exchange.write_sound", rows=words.number(found.sound)), key="write-sound")
        elif not found.hindering:
            label = t("exchange.write", rows=words.number(changing)) if changing else t("exchange.write_unchanged")
            wanted = st.button(label, key="write", type="primary")
        if rows := mendable(found.hindering):
            mend_button(exchange_work.mended(work), len(rows), found.file)
        _again()
    if wanted:
        try:
            exchange_work.write_down(viewer, work)
        except NotPossible as refusal:
            st.error(str(refusal))
            return
        st.rerun()


def _rows(found: Preview) -> None:
    counts = {
        "new": len(found.new),
        "changed": len(found.updates),
        "unchanged": found.unchanged,
        "rejected": len(found.rejected),
    }
    first = "rejected" if found.rejected else next((name for name, count in counts.items() if count), "new")
    fate = st.segmented_control(
        t("exchange.fate"),
        list(counts),
        default=first,
        format_func=lambda name: t(f"exchange.fate_{name}", rows=words.number(counts[name])),
        key=f"fate-{exchange_work.chooser()}",
        label_visibility="collapsed",
        required=True,
    )
    frame = TABLES[fate or first](found)
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
        column_config={name: _column(name) for name in frame.columns},
        lazy=frame.height > 2000,
    )


def _column(name: str) -> Any:
    return st.column_config.Column(t(f"exchange.column.{name}"), width=WIDTHS.get(name))


def _written(viewer: Viewer, work: Work) -> None:
    found, done = work.preview, work.written
    assert found is not None
    assert done is not None
    with panel(t("exchange.import"), found.file, key="import"):
        sentence = _counted("exchange.written", found)
        if done.days:
            since, until = (words.day(day) for day in done.days)
            one_day = done.days[0] == done.days[1]
            sentence += t("exchange.written_day" if one_day else "exchange.written_days", since=since, until=until)
        lead(sentence)
        if found.hindering:
            lead(t("exchange.written_left", rejected=words.number(len(found.hindering))))
        with st.container(key="exchange-done", horizontal=True, gap="small", vertical_alignment="center"):
            if done.days:
                cases_link(viewer, done.batch, *done.days)
            if work.mend:
                mend_button(work.mend, len(mendable(found.hindering)), found.file)
            st.button(t("exchange.another"), key="another", on_click=exchange_work.end)


def mend_button(data: bytes, rows: int, file: str) -> None:
    """Downloads the rows that were not taken, to be mended."""
    name = f"{file.rpartition('.')[0] or file}-rejected.xlsx"
    label = t("exchange.mend", rows=words.number(rows))
    st.download_button(label, data, name, key="mend", icon=":material/download:", on_click="ignore")


def _again() -> None:
    st.button(t("exchange.again"), key="again", on_click=exchange_work.end)


def _counted(key: str, found: Preview) -> str:
    counts = {"new": len(found.new), "changed": len(found.updates), "unchanged": found.unchanged}
    said = {name: words.number(count) for name, count in counts.items()}
    return t(key, file=escape(found.file), rejected=words.number(len(found.rejected)), **said)


def in_our_words() -> str:
    """Streamlit's chooser speaks English only: its words are hidden and ours are put in their place."""
    button, area = '[data-testid="stFileUploaderDropzone"] button', '[data-testid="stFileUploaderDropzoneInstructions"]'
    said, hint = (t(f"exchange.{name}").replace('"', "") for name in ("choose_file", "drop_here"))
    return (
        f"<style>[class*=st-key-upload] {button} p {{ font-size: 0 }} "
        f'[class*=st-key-upload] {button} p::after {{ content: "{said}"; font-size: 1rem }} '
        f"[class*=st-key-upload] {area} * {{ display: none }} "
        f'[class*=st-key-upload] {area}::after {{ content: "{hint}"; font-size: 0.875rem; color: var(--soft) }}</style>'
    )
