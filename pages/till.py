"""The canteen's till: a card's price and today's meals, a meal booked in one key, sales corrected and taken back."""

import streamlit as st

from texts import t
from ui.gate import enter
from ui.parts import empty, head
from ui.till_counter import counter
from ui.till_prices import prices
from ui.till_sales import sales, subtitle
from ui.till_where import here

viewer = enter("till")
canteen = here(viewer)
if canteen is None:
    head(t("till.title"))
    empty(t("till.no_canteen"))
    st.stop()

head(t("till.title"), subtitle(viewer, canteen), lambda: prices(viewer, canteen))
left, right = st.columns([1, 1.3], gap="small")
with left:
    counter(viewer, canteen)
with right:
    sales(viewer, canteen)
