"""Reading for the pages: remembered until the data changes, and kept with its age when the database is away."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import access
import clock
from data_access.engine import reading, unreachable, writing
from jobs import installation
from texts import language, t
from ui import live
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

KEPT = 600
T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True)
class Answer:
    """What a read gave, with the versions it stood on."""

    value: Any
    stood_on: tuple[object, ...]
    read_at: datetime


_answers: OrderedDict[tuple[Any, ...], Answer] = OrderedDict()
_lock = threading.Lock()


def load(read: Callable[..., T], viewer: Viewer, *question: Any) -> T:
    """`read(conn, viewer, *question)`, remembered until a subject it stands on changes.

    When the database cannot be read the last good answer is given and the page says its age; without one the page
    says so and stops. The question must be hashable.
    """
    subjects: tuple[Subject, ...] = getattr(read, "subjects", tuple(Subject))
    _follow(subjects)
    stood_on: tuple[object, ...] = (live.SEEN.address, *live.counters(subjects))
    if getattr(read, "ages", False):
        stood_on = (*stood_on, clock.now().replace(second=0, microsecond=0))
    key = (read, _asker(read, viewer), question, language())
    with _lock:
        kept = _answers.get(key)
    if kept and kept.stood_on == stood_on and live.SEEN.failing_since is None:
        return kept.value  # type: ignore[no-any-return]
    try:
        with reading(installation.engine()) as conn:
            value = read(conn, viewer, *question)
    except Exception as problem:
        if not unreachable(problem):
            raise
        last: T = _last_good(kept)
        return last
    _keep(key, Answer(value, stood_on, clock.now()))
    return value


def act(write: Callable[..., T], viewer: Viewer, *args: Any, **named: Any) -> T:
    """`write(conn, viewer, …)` in one transaction; this process sees the change at once."""
    with writing(installation.engine()) as conn:
        value = write(conn, viewer, *args, **named)
    live.look()
    return value


def forget() -> None:
    """Empties the memory (for tests)."""
    with _lock:
        _answers.clear()


def stale_since() -> datetime | None:
    """When the oldest answer shown in this run was read, if the database could not be read since."""
    found: datetime | None = st.session_state.get("_stale_since")
    return found


def _asker(read: Callable[..., Any], viewer: Viewer) -> object:
    """Whose answer it is: the viewer's own, or that of all with this role and feed."""
    if getattr(read, "same_for_role", False):
        return viewer.role, viewer.feed, viewer == access.OPERATOR
    return viewer


def _keep(key: tuple[Any, ...], answer: Answer) -> None:
    with _lock:
        _answers[key] = answer
        _answers.move_to_end(key)
        while len(_answers) > KEPT:
            _answers.popitem(last=False)


def _last_good(kept: Answer | None) -> Any:
    if kept is None:
        st.error(t("words.unreadable"), icon=":material/error:")
        st.stop()
    oldest = st.session_state.get("_stale_since")
    st.session_state["_stale_since"] = min(kept.read_at, oldest) if oldest else kept.read_at
    return kept.value


def _follow(subjects: tuple[Subject, ...]) -> None:
    run = get_script_run_ctx()
    if run is None:
        return
    following = live.FOLLOWING.get(run.session_id, frozenset()) | frozenset(subjects)
    live.follow(run.session_id, following)
