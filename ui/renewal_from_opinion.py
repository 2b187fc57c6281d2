"""On the page of opinions: the form that makes one a proposal."""

from typing import Any

import streamlit as st

import access
from access import Permission
from jobs.renewal import propose
from texts import t
from ui.forms import done, fresh
from ui.renewal_forms import day, field, submit
from vocabulary.questions import Viewer

LONGEST_TITLE = 60


def from_opinion(viewer: Viewer, row: dict[str, Any]) -> None:
    """One act files a proposal with the opinion's text and keeps the link, for whoever may file one."""
    if not access.allows(viewer, Permission.FILE_PROPOSAL) or not access.allows(viewer, Permission.WRITE_OPINIONS):
        return
    form = f"propose-{row['id']}"
    key = fresh(form)
    with st.expander(t("renewal.from_opinion"), key=f"{form}-of"), st.form(key, border=False):
        first = row["text"].splitlines()[0][:LONGEST_TITLE]
        title = st.text_input(field("title"), first, key=f"{key}-title", max_chars=LONGEST_TITLE, autocomplete="off")
        filed_on = day("filed_on", key)
        if submit(t("renewal.from_opinion_act")):
            done(t("renewal.filed"), form, propose, viewer, row["id"], row["version"], title, filed_on)
