"""Exporting the cases of a whole period; what is narrowed otherwise is exported where it is shown."""

from functools import partial

import streamlit as st

from data_access import cases
from data_access.engine import Connection
from jobs import export_sheet
from jobs.export_sheet import Form, Made
from texts import t
from ui import words
from ui.export_button import export
from ui.filters import period_bar
from ui.loading import load
from ui.parts import panel
from vocabulary.cases import Show
from vocabulary.enums import Subject
from vocabulary.questions import Filters, Span, Viewer


def exporting(viewer: Viewer) -> None:
    """The panel: the cases received in a period."""
    with panel(t("exchange.export"), t("exchange.export_note"), key="export"):
        bar = st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small")
        with bar:
            filters = Filters(period=period_bar("exchange", Span.MONTH))
            rows = load(cases.counts, viewer, filters)[Show.RECEIVED]
            export(viewer, Subject.CASES, t("words.page.cases"), rows, partial(_made, viewer, filters), "exchange")
        st.markdown(f":small[:gray[{t('exchange.export_rows', rows=words.number(rows))}]]")


def _made(viewer: Viewer, filters: Filters, conn: Connection, form: Form) -> Made:
    return export_sheet.cases(conn, viewer, filters, form)
