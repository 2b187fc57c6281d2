"""Renewal: proposals on their way through the five steps, and the projects that keep, improve, demolish and add."""

import streamlit as st

import access
from access import Permission
from texts import t
from ui import renewal_head
from ui.gate import enter
from ui.parts import empty, lead
from ui.renewal_chosen import Part, part
from ui.renewal_projects import projects
from ui.renewal_sheets import by_sheet
from ui.renewal_steps import deliberation

viewer = enter("renewal")
period = renewal_head.head(viewer)
if renewal_head.nothing_yet(viewer):
    empty(t("renewal.none" if access.allows(viewer, Permission.EDIT_RENEWAL) else "renewal.none_for_readers"))
    if not access.allows(viewer, Permission.EDIT_RENEWAL):
        st.stop()
else:
    said = st.container()
    shown = renewal_head.shown(viewer, period)
    with said:
        lead(renewal_head.sentence(viewer, shown, period))

chosen = part()
if chosen is Part.STEPS:
    deliberation(viewer, period)
else:
    projects(viewer, period)
by_sheet(viewer, chosen)
