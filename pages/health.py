"""The hospital: contracts, care, follow-ups and check-ups of three groups by month."""

import streamlit as st

from texts import t
from ui import health_head
from ui.gate import enter
from ui.health_charts import pictures
from ui.health_months import months
from ui.parts import empty, lead

viewer = enter("health")
period = health_head.head()
group = health_head.group_choice()
if health_head.nothing_yet(viewer):
    empty(t(health_head.first_step(viewer)))
else:
    said = st.container()
    health_head.shown(viewer, group, period)
    with said:
        lead(health_head.sentence(viewer, group, period))
    pictures(viewer, group, period)
months(viewer, group)
