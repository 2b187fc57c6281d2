"""The price tiers that were used: meals, discount, discount a meal, and their sums."""

from html import escape

import polars as pl
import streamlit as st

from jobs import meals_page
from texts import t
from ui import words
from ui.loading import load
from ui.meals_days import SERVED
from ui.meals_lead import span_words
from ui.meals_rows import Behind, button
from ui.parts import plain
from vocabulary.questions import Op, Period, Rows, Viewer, Where


def tiers(viewer: Viewer, period: Period) -> Behind:
    """The panel with the table; gives its rows."""
    frame = load(meals_page.tiers, viewer, period)
    name, total = t("meals.page.tiers_title"), int(frame["meals"].sum())
    behind = Behind("meals-tiers", name, period, Rows("meals", (*SERVED, Where("tier", Op.GIVEN))), total)
    note = t("meals.page.tiers_note", when=span_words(period))
    with st.container(border=True, key="panel-meals-tiers", height="stretch", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f"**{plain(name)}** :small[:gray[{plain(note)}]]", width="stretch")
            if total:
                button(viewer, behind)
        if total:
            st.html(table(frame))
        else:
            st.markdown(f":gray[{t('meals.page.no_tiers')}]")
    return behind


def table(frame: pl.DataFrame) -> str:
    """HTML of ours: a row a tier with a bar as long as its share of the most used one, and the sums."""
    most = max(int(frame["meals"].max() or 0), 1)  # type: ignore[arg-type]
    heads = "".join(
        f'<th scope="col">{escape(t(f"meals.page.tier_{name}"))}</th>' for name in ("name", "meals", "off", "each")
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td><i style="--w:{meals / most:.1%}"></i><span>{words.number(meals)}</span></td>'
        f"<td>{words.number(off / 100)}</td><td>{words.number(off / meals / 100, 1)}</td></tr>"
        for name, meals, off in frame.select("name", "meals", "discount_fen").iter_rows()
    )
    meals, off = int(frame["meals"].sum()), int(frame["discount_fen"].sum())
    sums = (
        f'<tr><th scope="row">{escape(t("meals.page.tier_sum"))}</th><td>{words.number(meals)}</td>'
        f"<td>{words.number(off / 100)}</td><td>{words.number(off / meals / 100, 1)}</td></tr>"
    )
    return f'<table class="tiers"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody><tfoot>{sums}</tfoot></table>'
