"""Cases: those that a reader looks for, one of them in full, their figures, and where the open ones are."""

import streamlit as st

from data_access import cases
from ui import (
    case_chips,
    case_detail,
    case_figures,
    case_head,
    case_list,
    case_many,
    case_map,
    case_watch,
    filters_cases,
)
from ui.gate import enter
from ui.loading import load

viewer = enter("cases")
options = load(cases.options, viewer)
chosen = filters_cases.current()
case_head.head(viewer, chosen)
if not options.cases:
    case_head.none_yet(viewer)
    st.stop()

counted = load(cases.counts, viewer, chosen)
filters_cases.bar(viewer, chosen, options, counted)
case_head.lead_sentence(chosen, counted)
opened = case_list.chosen(viewer)
left, right = st.columns([1.62, 1], gap="small")
with left:
    case_list.listed(viewer, chosen, counted[chosen.show])
with right:
    if opened:
        case_detail.detail(viewer, opened)
    else:
        case_map.town(viewer, chosen)

period = chosen.period or case_chips.ever(options)
case_figures.figures(viewer, period, chosen)
case_many.many(viewer, chosen, case_list.order())
case_watch.panel(viewer)
if opened:
    case_map.town(viewer, chosen, opened)
