"""The festivals that a community keeps: their names in the reader's language, and the choice of one."""

import streamlit as st

from texts import known, t

USUAL = ("元旦", "春节", "元宵", "清明", "劳动节", "端午", "七一", "中秋", "国庆节", "重阳")


def said(name: str) -> str:
    """春节 / Spring Festival; a name that we have no word for as it stands."""
    key = f"words.festival.{name}"
    return t(key) if known(key) else name


def chosen(label: str, key: str, now: str | None = None) -> str:
    """One of the usual festivals, another that is typed, or none ("")."""
    names = list(dict.fromkeys(("", *USUAL, *([now] if now else []))))
    found: str | None = st.selectbox(
        label,
        names,
        names.index(now or ""),
        format_func=lambda name: said(name) if name else t("words.no_festival"),
        key=key,
        accept_new_options=True,
    )
    return found or ""
