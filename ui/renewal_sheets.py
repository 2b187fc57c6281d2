"""Many proposals or projects at once, from a sheet: for the officials, whose pages have no exchange of their own."""

import streamlit as st

import access
from jobs.sheets.declared import KINDS
from texts import t
from ui import exchange_kind_import, exchange_kinds
from ui.renewal_chosen import Part
from vocabulary.questions import Viewer

KIND = {Part.STEPS: "proposals", Part.PROJECTS: "projects"}


def by_sheet(viewer: Viewer, part: Part) -> None:
    """The sheet of what this part shows, and what was imported before; drawn when it is opened."""
    kind = KINDS[KIND[part]]
    if not access.allows(viewer, kind.permission):
        return
    title = t("sheet_kinds.page.import", name=kind.name)
    with st.expander(title, icon=":material/upload_file:", key=f"sheet-{kind.key}", on_change="rerun") as box:
        if box.open:
            exchange_kind_import.importing(viewer, kind)
            exchange_kinds.history(viewer, kind)
