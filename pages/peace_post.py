"""The peace post: disputes, the check-backs that are due, opinions and what became of them."""

import streamlit as st

from texts import t
from ui import peace_post_head
from ui.gate import enter
from ui.parts import empty, lead
from ui.peace_post_charts import pictures
from ui.peace_post_checks import check_backs
from ui.peace_post_disputes import disputes
from ui.peace_post_opinions import opinions

viewer = enter("peace_post")
period = peace_post_head.head()
said = st.container()
shown = peace_post_head.figures(viewer, period)
with said:
    if peace_post_head.nothing_yet(viewer):
        empty(t("peace_post.none"))
    else:
        lead(peace_post_head.sentence(viewer, shown, period))

match peace_post_head.part(viewer):
    case "checks":
        check_backs(viewer)
    case "disputes":
        disputes(viewer, period)
    case "opinions":
        opinions(viewer, period)
    case _:
        pictures(viewer, period)
