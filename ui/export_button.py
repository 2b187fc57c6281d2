"""导出: a small menu that makes the file at the click, of all rows under the filters."""

from collections.abc import Callable

import streamlit as st

import access
from access import Permission
from data_access.engine import Connection, reading, unreachable, writing
from jobs import export_sheet, installation
from jobs.export_sheet import Form, Made
from texts import language, speaking, t
from ui import words
from ui.loading import load
from ui.parts import is_demo
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import Refusal

MIMES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv",
}
Making = Callable[[Connection, Form], Made]


def export(
    viewer: Viewer, subject: Subject, name: str, rows: int, making: Making, key: str, *, may: bool = False
) -> None:
    """The menu, for those who may export (or `may` take these rows); nothing for the others and where there is none.

    `making` runs on another thread when a file is asked for: it must not name the page.
    """
    if not rows or not (may or access.allows(viewer, Permission.EXPORT)):
        return
    demo = load(is_demo, viewer)
    with st.popover(t("export.button"), icon=":material/download:", key=f"export-{key}"):
        st.markdown(f":small[:gray[{t('export.rows_here', count=words.number(rows))}]]")
        for form in Form:
            st.download_button(
                f"{t(f'export.{form.value}')} .{form.value}",
                at_the_click(viewer, subject, making, form),
                export_sheet.file_name(name, form, demo=demo),
                MIMES[form],
                key=f"export-{key}-{form.value}",
                on_click="ignore",
                type="tertiary",
                icon=":material/table_view:" if form is Form.XLSX else ":material/csv:",
            )


def at_the_click(viewer: Viewer, subject: Subject, making: Making, form: Form) -> Callable[[], bytes]:
    """What makes the file and notes it, with all that belongs to this reader's page taken along."""
    engine, spoken = installation.engine(), language()

    def data() -> bytes:
        with speaking(spoken):
            try:
                with reading(engine) as conn:
                    made = making(conn, form)
                with writing(engine) as conn:
                    export_sheet.noted(conn, viewer, subject, made)
            except Refusal as refusal:
                return export_sheet.refused(refusal, form)
            except Exception as problem:
                if not unreachable(problem):
                    raise
                return export_sheet.refused(t("words.unreadable"), form)
            return made.data

    return data
