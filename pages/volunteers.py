"""The volunteers 红心蚂蚁: hours, shifts, records of service and clues."""

import streamlit as st

import access
from access import Permission
from texts import t
from ui import volunteers_head
from ui.gate import enter
from ui.parts import empty, lead
from ui.volunteers_charts import pictures
from ui.volunteers_work import part

viewer = enter("volunteers")
period = volunteers_head.head()
empty_yet = volunteers_head.nothing_yet(viewer)
if empty_yet:
    empty(t(volunteers_head.first_step(viewer)))
else:
    said = st.container()
    volunteers_head.figure_cards(viewer, period)
    with said:
        lead(volunteers_head.sentence(viewer, period))
if access.allows(viewer, Permission.SEE_VOLUNTEERS):
    part(viewer, period, volunteers_head.part_choice())
if not empty_yet:
    pictures(viewer, period)
