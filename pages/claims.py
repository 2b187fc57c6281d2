"""The claim ledger: each published figure beside what the database counts."""

import streamlit as st

from texts import t
from ui import claims_ledger
from ui.gate import enter
from ui.parts import empty, head, lead

viewer = enter("claims")
head(t("claims.title"), t("claims.subtitle"))
compared = claims_ledger.compared(viewer)
if not compared:
    empty(t("claims.none"))
    st.stop()
lead(claims_ledger.sentence(compared))
claims_ledger.note(viewer)
claims_ledger.ledger(viewer, compared)
