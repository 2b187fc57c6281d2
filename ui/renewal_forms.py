"""The fields of the forms of renewal: labelled as its refusals call them."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

import clock
from texts import t
from ui.forms import EARLIEST, LATEST


def field(name: str) -> str:
    """The label of a field, as refusals call it; English begins it with a capital."""
    called = t(f"renewal.field.{name}")
    return called[:1].upper() + called[1:]


def named(label: str, names: Mapping[str, str], key: str, now: str | None = None) -> str | None:
    """One of these codes by its name, or none."""
    codes = ["", *names]
    index = codes.index(now) if now and now in names else 0

    def said(code: str) -> str:
        return names.get(code, t("words.unfilled"))

    chosen = st.selectbox(label, codes, index, format_func=said, key=key, filter_mode=None)
    return chosen or None


def day(name: str, key: str, now: date | None = None) -> date:
    """A day, today unless said."""
    value = now or clock.today()
    chosen = st.date_input(
        field(name), value, min_value=EARLIEST, max_value=LATEST, format="YYYY-MM-DD", key=f"{key}-{name}"
    )
    return chosen if isinstance(chosen, date) else value


def text(name: str, key: str, now: str = "", help_text: str | None = None) -> str:
    """A line of text."""
    return st.text_input(field(name), now, key=f"{key}-{name}", help=help_text, autocomplete="off")


def lines(name: str, key: str, now: str = "") -> str:
    """A longer text, which asks not to name anybody."""
    hint = t("renewal.names_nobody")
    return st.text_area(field(name), now, key=f"{key}-{name}", height=96, placeholder=hint)


def number(name: str, key: str, now: int = 0) -> int:
    """A whole number from nought on."""
    return int(st.number_input(field(name), 0, None, now, 1, key=f"{key}-{name}"))


def yuan(name: str, key: str, fen: int = 0) -> int:
    """An amount in yuan, given back in fen."""
    amount = st.number_input(
        t("renewal.in_yuan", what=field(name)), 0.0, None, fen / 100, 100.0, format="%.2f", key=f"{key}-{name}"
    )
    return round(amount * 100)


def submit(label: str) -> bool:
    """The button of a form."""
    return bool(st.form_submit_button(label))
