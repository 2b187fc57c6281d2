"""Red steward: the four fields by who works them, and who answers for what on the three levels."""

import streamlit as st

from ui import claims_ledger, steward_fields, steward_levels
from ui.gate import enter
from ui.parts import empty, lead
from vocabulary.claims import System

viewer = enter("steward")
period = steward_levels.head(viewer)
if steward_levels.nothing_yet(viewer):
    empty(steward_levels.none())
    st.stop()
answered = steward_levels.answered(viewer, period)
said = st.container()
shown = steward_levels.figures(viewer, period)
with said:
    lead(steward_levels.sentence(shown))
steward_levels.attention(viewer, period, answered)
steward_levels.levels(period, answered)
steward_fields.fields(viewer, period)
claims_ledger.ledger(viewer, [one for one in claims_ledger.compared(viewer) if one.claim["system"] == System.STEWARD])
