"""The parts every page is made of: its head, its first sentence, panels, logs, facts, charts."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import polars as pl
import streamlit as st

import clock
from charts.theme import Charted
from data_access.frames import stands_on
from jobs import installation
from texts import t
from ui import live, loading, words
from ui.loading import load
from ui.worked import arrow
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

FLASH_SECONDS = 6
MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in r"\`*_{}[]()<>#+-!|~$:"})


def dark() -> bool:
    """Is the reader's paper dark? Uncertain on the very first run, so marks must be legible on both."""
    return st.context.theme.type == "dark"


def plain(text: str) -> str:
    """A text from the data, to be shown by st.markdown as it stands."""
    return text.translate(MARKDOWN)


def head(title: str, subtitle: str = "", controls: Callable[[], None] | None = None) -> None:
    """The head of a page: title, subtitle, what the data is, and the page's own controls at the right."""
    with st.container(key="head", horizontal=True, vertical_alignment="center", gap="small"):
        st.title(title, anchor=False, width="content")
        st.markdown(f":gray[{plain(subtitle)}]", width="stretch")
        badges()
        if controls:
            controls()
    if "_flash" in st.session_state:
        st.success(st.session_state["_flash"], icon=":material/check:")
        if time.monotonic() > st.session_state.get("_flash_until", 0):
            del st.session_state["_flash"]


def badges() -> None:
    """Demo or not, and as of when; an error once when the database cannot be read."""
    if load(is_demo, st.session_state["viewer"]):
        st.badge(t("words.demo"), icon=":material/science:", color="violet")
    since = loading.stale_since() or live.SEEN.failing_since
    if live.SEEN.failing_since and since:
        st.badge(t("words.stale", at=words.moment(since)), icon=":material/schedule:", color="red")
        return
    at = live.SEEN.read_at or clock.now()
    st.badge(t("words.as_of", at=words.clock_time(at)), icon=":material/check_circle:", color="green")


@stands_on(Subject.ACCOUNTS, Subject.RULES)
def is_demo(conn: Any, _viewer: Viewer) -> bool:
    """Is this database the demo neighbourhood?"""
    return installation.facts(conn).get("kind") == "demo"


def flash(sentence: str) -> None:
    """Said at the head of the page at its next run, and for some seconds at those that follow.

    Every write makes the open pages run again within half a second: said once, it would be gone before it is read.
    """
    st.session_state["_flash"] = sentence
    st.session_state["_flash_until"] = time.monotonic() + FLASH_SECONDS


def lead(sentence: str) -> None:
    """The sentence a page opens with; `sentence` is HTML of ours, with <b> around its numbers."""
    st.html(f'<p class="lead">{sentence}</p>')


@contextmanager
def panel(title: str, note: str = "", *, key: str) -> Iterator[None]:
    """An outlined panel with its title and, smaller, its unit and period."""
    with st.container(border=True, key=f"panel-{key}", height="stretch", gap="xsmall"):
        note_text = f" :small[:gray[{plain(note)}]]" if note else ""
        st.markdown(f"**{plain(title)}**{note_text}")
        yield


def empty(sentence: str) -> None:
    """The sentence of a page, or a panel, that has nothing to show."""
    st.info(sentence, icon=":material/inbox:")


def chart(spec: Charted, frame: pl.DataFrame, *shape: Any, key: str, alt: str, height: int | None = None) -> Any:
    """A kept chart over a frame; `alt` says it aloud."""
    drawn = spec(dark(), *shape)
    sized = {**drawn, "height": height} if height else drawn
    return st.vega_lite_chart(arrow(frame), sized, theme=None, key=key, alt=alt, width="stretch")


def log(items: list[tuple[str, str, str, str]]) -> None:
    """A dated list, newest first: (kind "now" | "late" | "", time, sentence as HTML of ours, note)."""
    rows = "".join(
        f'<li class="{kind}"><time>{escape(at)}</time>{sentence}'
        + (f"<br><small>{escape(note)}</small>" if note else "")
        + "</li>"
        for kind, at, sentence, note in items
    )
    st.html(f'<ol class="log">{rows}</ol>')


def facts(pairs: list[tuple[str, str]]) -> None:
    """Names and values, two columns."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs)
    st.html(f'<dl class="facts">{rows}</dl>')


def steps(names: list[str], reached: int) -> None:
    """Steps of a way: those before `reached` are done, it is now, the rest come."""
    states = ["done" if i < reached else "now" if i == reached else "" for i in range(len(names))]
    rows = "".join(f'<li class="{state}">{escape(name)}</li>' for name, state in zip(names, states, strict=True))
    st.html(f'<ol class="steps">{rows}</ol>')
