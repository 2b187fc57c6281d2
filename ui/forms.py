"""What the forms of all pages share: acting on what was typed, choosing words, days and sums."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any, TypeVar

import streamlit as st

import clock
from data_access.renewal import Upload
from texts import t
from ui.loading import act
from ui.parts import flash
from vocabulary.questions import Viewer
from vocabulary.refusals import Refusal, word

E = TypeVar("E", bound=Enum)
Row = dict[str, Any]
EARLIEST = date(2000, 1, 1)
LATEST = date(2099, 12, 31)
FILES = ["pdf", "jpg", "jpeg", "png"]
PICTURES = ["jpg", "jpeg", "png"]
MOST_MB = 9


def done(said: str, form: str, write: Callable[..., Any], viewer: Viewer, *args: Any) -> None:
    """Acts and says so at the head of the page, with a fresh form; a refusal is said here and what was typed stays."""
    try:
        act(write, viewer, *args)
    except Refusal as refusal:
        st.error(str(refusal), icon=":material/error:")
        return
    renew(form)
    flash(said)
    st.rerun()


def renew(form: str) -> None:
    """The form begins empty at the next run."""
    st.session_state[f"_made {form}"] = made(form) + 1


def fresh(form: str) -> str:
    """The key of a form: another one after each act, so that the next begins empty."""
    return f"{form}-{made(form)}"


def made(form: str) -> int:
    """How often this form was sent with success."""
    return int(st.session_state.get(f"_made {form}", 0))


def choice(label: str, kind: type[E], key: str, now: object = None) -> E:
    """One word of an enumeration."""
    members = list(kind)
    index = members.index(kind(now)) if now else 0
    chosen: E = st.selectbox(label, members, index, format_func=word, key=key, filter_mode=None)
    return chosen


def choice_or_none(label: str, kind: type[E], key: str, none: str, now: object = None) -> E | None:
    """One word of an enumeration, or none of them, which is called `none`."""
    # "" and not None: a box whose value is None shows Streamlit's own English words.
    values = ["", *(str(member.value) for member in kind)]
    index = values.index(str(kind(now).value)) if now else 0

    def said(value: str) -> str:
        return word(kind(value)) if value else none

    chosen = st.selectbox(label, values, index, format_func=said, key=key, filter_mode=None)
    return kind(chosen) if chosen else None


def outcome(label: str, kind: type[E], key: str, now: object = None) -> E | None:
    """How something ended: nothing until somebody says so, for a usual answer would be recorded by a slip."""
    return choice_or_none(label, kind, key, t("words.please_choose"), now)


def unsaid(label: str) -> None:
    """The sentence for an outcome that nobody chose."""
    st.error(t("words.outcome_unsaid", name=label), icon=":material/error:")


def reason(key: str) -> str:
    """Why something is corrected."""
    return st.text_input(t("canteen.page.reason"), key=key) or ""


def day(label: str, key: str, now: date | None = None) -> date:
    """A day, today unless said."""
    value = now or clock.today()
    chosen = st.date_input(label, value, min_value=EARLIEST, max_value=LATEST, format="YYYY-MM-DD", key=key)
    return chosen if isinstance(chosen, date) else value


def yuan(label: str, key: str, fen: int = 0) -> int:
    """A sum typed in yuan, in fen; it may be below nought."""
    typed = st.number_input(label, value=fen / 100, step=100.0, format="%.2f", key=key)
    return round(float(typed or 0) * 100)


def upload(label: str, kinds: list[str], key: str) -> Upload | None:
    """A file from the reader's machine."""
    given = st.file_uploader(label, kinds, key=key, max_upload_size=MOST_MB, help=t("words.file_help"))
    return Upload(given.name, given.getvalue()) if given else None


def uploads(label: str, kinds: list[str], key: str) -> tuple[Upload, ...]:
    """Files from the reader's machine."""
    given = st.file_uploader(
        label, kinds, key=key, max_upload_size=MOST_MB, help=t("words.file_help"), accept_multiple_files=True
    )
    return tuple(Upload(one.name, one.getvalue()) for one in given)


def quiet(sentence: str) -> None:
    """A small gray sentence."""
    st.markdown(f":small[:gray[{sentence}]]")
