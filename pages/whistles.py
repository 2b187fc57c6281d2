"""Whistle meetings: who is called and has not come, each meeting in full, how units come, and how long cases take."""

import streamlit as st

from ui import whistle_compare, whistle_head, whistle_list, whistle_one
from ui.gate import enter
from ui.parts import empty, lead
from ui.whistle_blow import blow

viewer = enter("whistles")
period = whistle_head.head()
lead(whistle_head.sentence(viewer, period))
blow(viewer)
opened = whistle_list.opened(viewer, period)
left, right = st.columns([1.3, 1], gap="small")
with left:
    whistle_list.waiting(viewer, opened)
    whistle_list.whistles(viewer, period, opened)
with right:
    if opened is None:
        empty(whistle_head.nothing(viewer))
    else:
        whistle_one.whistle(viewer, opened)
whistle_head.figures(viewer, period)
whistle_compare.compare(viewer, period)
