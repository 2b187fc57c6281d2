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
    rows = "".join(_row(name, meals, off, meals / most) for name, meals, off in frame.iter_rows())
    sums = _row(t("meals.page.tier_sum"), int(frame["meals"].sum()), int(frame["discount_fen"].sum()))
    return f'<table class="tiers"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody><tfoot>{sums}</tfoot></table>'


def _row(name: str, meals: int, off_fen: int, share: float | None = None) -> str:
    bar = "" if share is None else f'<i style="--w:{share:.1%}"></i>'
    return (
        f'<tr><th scope="row">{escape(name)}</th><td>{bar}<span>{words.number(meals)}</span></td>'
        f"<td>{words.number(off_fen / 100)}</td><td>{words.number(off_fen / meals / 100, 1)}</td></tr>"
    )
