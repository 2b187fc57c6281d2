"""Filing a proposal, and correcting what one says."""

from typing import Any

import streamlit as st

import access
from access import Permission
from data_access import renewal
from data_access.engine import Connection
from data_access.renewal import Proposed
from texts import t
from ui.forms import choice_or_none, done, fresh
from ui.loading import load
from ui.renewal_forms import day, lines, named, submit, text
from vocabulary.enums import Level
from vocabulary.questions import Viewer
from vocabulary.renewal import Origin

Row = dict[str, Any]


def new(viewer: Viewer) -> None:
    """The form for a new proposal; one that comes from an opinion is filed at the peace post."""
    if not access.allows(viewer, Permission.FILE_PROPOSAL):
        return
    key = fresh("file-proposal")
    with st.expander(t("renewal.file_title"), icon=":material/add:"), st.form(key, border=False):
        st.markdown(f":small[:gray[{t('renewal.file_note')}]]")
        case = st.text_input(t("renewal.case_number"), key=f"{key}-case", autocomplete="off")
        proposed = _fields(viewer, key, {})
        if submit(t("renewal.file_act")):
            done(t("renewal.filed"), "file-proposal", _file, viewer, proposed, case.strip())


def correct(viewer: Viewer, proposal: Row) -> None:
    """The form that corrects what a proposal says."""
    key = f"correct-proposal-{proposal['id']}-{proposal['version']}"
    with st.expander(t("renewal.correct_proposal")), st.form(key, border=False):
        proposed = _fields(viewer, key, proposal)
        reason = text("reason", key)
        if submit(t("renewal.correct_act")):
            seen = (proposal["id"], proposal["version"])
            done(t("renewal.corrected"), key, renewal.correct_proposal, viewer, *seen, reason, proposed)


def _file(conn: Connection, viewer: Viewer, proposed: Proposed, case: str) -> int:
    """Files it; with the number of a case as coming from that case."""
    if not case:
        return renewal.file_proposal(conn, viewer, proposed)
    found = renewal.case_id(conn, viewer, case)
    from_case = {**vars(proposed), "origin": Origin.CASE, "case_id": found}
    return renewal.file_proposal(conn, viewer, Proposed(**from_case))


def _fields(viewer: Viewer, key: str, now: Row) -> Proposed:
    grids, units = load(renewal.choices, viewer)
    title = text("title", key, now.get("title", ""), t("renewal.names_nobody"))
    matter = lines("matter", key, now.get("matter", ""))
    left, right = st.columns(2)
    with left:
        filed_on = day("filed_on", key, now.get("filed_on"))
        level = choice_or_none(t("renewal.level"), Level, f"{key}-level", t("words.unfilled"), now.get("level"))
    with right:
        grid = named(t("columns.grid"), grids, f"{key}-grid", now.get("grid_code"))
        unit = named(t("renewal.unit"), units, f"{key}-unit", now.get("unit_code"))
    return Proposed(
        title=title,
        matter=matter,
        filed_on=filed_on,
        origin=Origin(now.get("origin", Origin.RESIDENTS)),
        opinion_id=now.get("opinion_id"),
        case_id=now.get("case_id"),
        grid=grid,
        unit=unit,
        level=level,
    )
