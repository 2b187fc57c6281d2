"""Service points: where they are, which are open now, and what the craft workshops offer."""

import streamlit as st

from texts import t
from ui import service_asked, service_days, service_detail, service_filters, service_head, service_list
from ui.gate import enter
from ui.parts import empty, lead, panel
from ui.service_places import spots
from ui.words import day

viewer = enter("service_points")
period = service_head.head(viewer)
found = spots(viewer)
if not found:
    empty(t("service_points.none"))
    st.stop()

lead(service_head.sentence(viewer, found))
shown = service_filters.bar(found)
chosen = service_filters.chosen(shown)
left, right = st.columns([1.62, 1], gap="small")
with left, panel(t("service_points.map_title"), t("service_points.map_note"), key="service-map"):
    service_list.town(viewer, shown, chosen)
with right:
    with panel(t("service_points.list_title"), t("service_points.list_note", count=len(shown)), key="service-list"):
        service_list.names(shown, chosen)
    with panel(t("service_points.detail_title"), key="service-detail"):
        service_detail.detail(viewer, chosen)

service_head.figures(viewer, found, period)

note = t("service_points.stalls_note", since=day(period.since), until=day(period.until))
with panel(t("service_points.stalls_title"), note, key="service-stalls"):
    service_detail.stall_table(viewer, period, chosen)

service_asked.asked_and_visited(viewer, period)
service_days.books(viewer, period)
