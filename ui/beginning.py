"""The way from the demo to the office's own database, on the accounts page."""

import streamlit as st

from access import OPERATOR, Permission, allows
from data_access.beginnings import Start
from jobs.begin import Admin, begin
from texts import t
from ui import live
from ui.loading import load
from ui.parts import flash, is_demo
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


def begin_office(viewer: Viewer) -> None:
    """The form that makes the office's own database, while this is the demo."""
    if not allows(viewer, Permission.BEGIN_OFFICE) or not load(is_demo, OPERATOR):
        return
    with st.expander(t("accounts.begin"), icon=":material/flag:", key="begin-office"), st.form("begin", border=False):
        st.markdown(t("accounts.begin_what"))
        with st.grid("auto", min_column_width=232, gap="small"):
            login = st.text_input(t("accounts.begin_login"), max_chars=64, autocomplete="off")
            name = st.text_input(t("accounts.begin_name"), max_chars=40, autocomplete="off")
            password = st.text_input(t("accounts.begin_password"), type="password", autocomplete="new-password")
        parts = st.pills(
            t("accounts.begin_parts"), list(Start), selection_mode="multi", default=list(Start), format_func=_part
        )
        if st.form_submit_button(t("accounts.begin")):
            _begin(viewer, Admin(login, name, password), tuple(parts))


def _part(part: Start) -> str:
    return t(f"accounts.start.{part.value}")


def _begin(viewer: Viewer, admin: Admin, parts: tuple[Start, ...]) -> None:
    try:
        begin(viewer, admin, parts)
    except NotPossible as refusal:
        st.error(str(refusal))
        return
    live.look()
    flash(t("accounts.begun", login=admin.login))
    st.rerun()
