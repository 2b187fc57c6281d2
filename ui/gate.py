"""The gate: who is here, and whether this page is theirs. Every page's first statement."""

import hashlib

import streamlit as st

import access
from data_access import signins
from jobs.cookies import COOKIE, secret_in
from texts import t
from ui.loading import load
from vocabulary.questions import Viewer
from vocabulary.refusals import word

NOBODY = access.OPERATOR


def viewer() -> Viewer | None:
    """Who is signed in, by the session that the cookie names; None for nobody."""
    secret = secret_in(st.context.cookies.get(COOKIE, ""))
    if secret is None:
        return None
    return load(signins.viewer_of, NOBODY, hashlib.sha256(secret.encode()).hexdigest())


def enter(page: str) -> Viewer:
    """The viewer, when signed in and allowed on this page; else the run ends here without a row."""
    who = viewer()
    if who is None:
        st.info(t("words.sign_in_first"))
        st.stop()
    if page not in access.pages(who):
        st.warning(t("words.page_denied", role=word(who.role)))
        st.stop()
    st.session_state["viewer"] = who
    return who
