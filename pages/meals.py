"""Elderly meals: what the canteen serves, whom it reaches, and who stays away."""

import streamlit as st

import clock
from jobs import meals_page
from texts import t
from ui import canteen_parts, meals_days, meals_reach
from ui.evidence import cards
from ui.filters import period_bar
from ui.gate import enter
from ui.loading import load
from ui.meals_lead import sentence, subtitle
from ui.meals_list import listed
from ui.meals_rows import opened
from ui.meals_tiers import tiers
from ui.parts import empty, head, lead
from vocabulary.questions import Filters, Period, Span

viewer = enter("meals")
chosen: list[Period] = []
residents = load(meals_page.residents, viewer, clock.today())
head(t("meals.page.title"), subtitle(residents), lambda: chosen.append(period_bar("meals", Span.MONTH)))
period = chosen[0]
if canteen_parts.other(viewer, period):
    st.stop()
if meals_days.nothing(viewer, period):
    empty(t("meals.page.none"))
    st.stop()

said = st.container()
shown = cards(viewer, ("meals_a_day", "elder_share", "elders_served", "elder_coverage"), period, Filters(), "meals")
reach = load(meals_page.reach, viewer, period)
with said:
    lead(sentence(viewer, shown, reach, period))

left, right = st.columns(2, gap="small")
with left:
    meals_reach.by_building(viewer, reach, period)
with right:
    curve = meals_days.curve(viewer, Period(period.until, period.until), meals_reach.room(reach))
    meals_reach.by_band(viewer, reach, period)
opened(viewer, curve, *(meals_reach.behind(column, period) for column in ("building", "band")))

left, right = st.columns([1, 1.3], gap="small")
with left:
    discounts = tiers(viewer, period)
with right:
    days = meals_days.by_day(viewer, period)
opened(viewer, discounts, days)

listed(viewer, period)
