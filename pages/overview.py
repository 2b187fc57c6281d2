"""Overview: the figures of the community, where its service points and open cases are, what changed."""

import streamlit as st

from texts import t
from ui import overview_charts, overview_lead, overview_map, overview_news
from ui.gate import enter
from ui.overview_head import figures, head, nothing_yet
from ui.parts import empty, lead, panel

viewer = enter("overview")
period = head(viewer)
said = st.container()
shown = figures(viewer, period)
if nothing_yet(viewer, shown):
    with said:
        empty(t("overview.none"))
    st.stop()

with said:
    lead(overview_lead.sentence(viewer, shown, period))

left, right = st.columns([1.62, 1], gap="small")
with left:
    overview_map.town(viewer)
with right, panel(t("overview.news_title"), t("overview.news_note"), key="news"):
    overview_news.log(viewer)

overview_charts.charts(viewer, period)
