"""The category that a text points to, offered under it: a click fills it in, and nothing does so by itself."""

import streamlit as st

import clock
from data_access import suggestion
from data_access.desk import Choices
from jobs.suggestion import learnt
from suggesting import hundredths
from texts import t
from ui import words
from ui.loading import load
from ui.parts import plain
from vocabulary.questions import Viewer

ARROW = " › "


def offer(viewer: Viewer, text: str, choices: Choices, key: str) -> None:
    """The likeliest category as a button that chooses it in the list of `key`; nothing below the office's threshold."""
    known = load(learnt, viewer)
    found = known.model.suggest(text) if known else None
    if known is None or found is None or found.share < load(suggestion.threshold, viewer, clock.today()):
        return
    label = known.standing.labels[found.label]
    path = dict(choices.categories).get(label.category_id, ())
    if path[: len(label.path)] != label.path or st.session_state.get(key) == label.category_id:
        return
    rest = path[len(label.path) :]
    said = "suggestion.pick_usual" if rest else "suggestion.pick"
    sure = f"{hundredths(found.share)}%"
    with st.container(key="case-suggestion"):
        st.button(
            plain(t(said, category=ARROW.join(label.path), rest=ARROW.join(rest), share=sure)),
            key=f"{key}-suggested",
            type="tertiary",
            icon=":material/lightbulb:",
            help=t("suggestion.pick_help", cases=words.number(known.standing.cases)),
            on_click=_choose,
            args=(key, label.category_id),
        )


def _choose(key: str, category_id: int) -> None:
    st.session_state[key] = category_id
