"""Saved views of the cases: the filters under a name, one's own and those that colleagues share."""

from html import escape
from urllib.parse import parse_qs, urlencode

import streamlit as st

from data_access import desk
from texts import t
from ui import address
from ui.forms import done, fresh
from ui.links import linked
from ui.loading import load
from vocabulary.questions import Filters, Viewer

PAGE = "cases"
FORM = "view"


def views(viewer: Viewer, chosen: Filters) -> None:
    """The popover: each view a link, the way to keep the present filters, and to drop one's own."""
    with st.popover(t("casemany.views"), icon=":material/bookmark:"):
        saved = load(desk.saved_views, viewer, PAGE)
        if saved.is_empty():
            st.markdown(f":gray[{t('casemany.view_none')}]")
        for row in saved.iter_rows(named=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                name = row["name"] if row["own"] else t("casemany.view_by", name=row["name"], by=row["by"])
                st.html(linked(escape(name), viewer, PAGE, parse_qs(row["query"], keep_blank_values=True)))
                if row["own"] and st.button(t("casemany.view_drop"), key=f"drop-view-{row['id']}", type="tertiary"):
                    done(t("casemany.view_dropped", name=row["name"]), FORM, desk.drop_view, viewer, row["id"])
        _save(viewer, chosen)


def _save(viewer: Viewer, chosen: Filters) -> None:
    key = fresh(FORM)
    with st.form(key, border=False):
        name = st.text_input(t("casemany.view_name"), key=f"{key}-name", max_chars=60, autocomplete="off")
        shared = st.checkbox(t("casemany.view_shared"), key=f"{key}-shared")
        if st.form_submit_button(t("casemany.view_save")):
            query = urlencode(address.written(chosen), doseq=True)
            done(t("casemany.view_saved", name=name.strip()), FORM, desk.save_view, viewer, PAGE, name, query, shared)
