"""Following the data live: one watcher a process sees versions rise and redraws the open pages that stand on them."""

import asyncio
import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import get_instance
from streamlit.runtime.app_session import AppSessionState

import clock
from data_access import changes
from data_access.engine import reading, unreachable
from jobs import installation
from vocabulary.enums import Subject

EVERY_SECONDS = 0.5
log = logging.getLogger(__name__)


@dataclass
class Seen:
    """What the process knows of the database: counters, when they were last read, whether that succeeded."""

    counters: dict[Subject, int] = field(default_factory=dict)
    address: str = ""
    read_at: datetime | None = None
    failing_since: datetime | None = None
    watched: bool = False
    untold: set[Subject] = field(default_factory=set)  # seen to change, open pages not asked to run again yet


SEEN = Seen()
FOLLOWING: dict[str, frozenset[Subject]] = {}
_lock = threading.Lock()


def counters(subjects: Iterable[Subject]) -> tuple[int, ...]:
    """The counters of these subjects, as last seen by the watcher; without one they are read now."""
    if not SEEN.watched:
        look()
    return tuple(SEEN.counters.get(subject, 0) for subject in subjects)


def look() -> set[Subject]:
    """Reads the counters and says which subjects changed. A database that cannot be read is noted, not raised."""
    with _lock:
        try:
            address = str(installation.engine().url)
            with reading(installation.engine()) as conn:
                found = {subject: counter for subject, (counter, _) in changes.versions(conn).items()}
        except Exception as problem:
            if not unreachable(problem):
                raise
            if SEEN.failing_since is None:
                log.warning("the database cannot be read: %s", problem)
            SEEN.failing_since = SEEN.failing_since or clock.now()
            return set()
        changed = {subject for subject in found if found[subject] != SEEN.counters.get(subject)}
        if SEEN.failing_since is not None or address != SEEN.address:
            changed = set(Subject)
        SEEN.counters, SEEN.address, SEEN.read_at, SEEN.failing_since = found, address, clock.now(), None
        SEEN.untold |= changed
        return changed


def told() -> set[Subject]:
    """What changed since this was last asked, whoever saw it first: a form looks at once after its own write."""
    with _lock:
        changed, SEEN.untold = SEEN.untold, set()
        return changed


def follow(session: str, subjects: frozenset[Subject]) -> None:
    """This session's page stands on these subjects."""
    FOLLOWING[session] = subjects


async def watch() -> None:
    """Watches for as long as the server lives; the lifespan of the app runs it."""
    SEEN.watched = True
    minute, waiting = -1, frozenset[str]()
    try:
        while True:
            failing = SEEN.failing_since
            await asyncio.to_thread(look)
            changed = told()
            this = int(time.time() // 60)
            if SEEN.failing_since != failing or this != minute:
                minute, changed = this, set(Subject)
            waiting = redraw(changed, waiting)
            await asyncio.sleep(EVERY_SECONDS)
    finally:
        SEEN.watched = False


def redraw(changed: set[Subject], waiting: frozenset[str] = frozenset()) -> frozenset[str]:
    """Asks each open page that stands on these subjects, or still waits, to run again; gives those that are busy.

    A page in the middle of a run is asked later: stopping it could lose what its reader just chose. The request
    carries no widget states, so that it never puts an older choice in place of a newer one.
    """
    if not changed and not waiting:
        return frozenset()
    sessions = {info.session.id: info.session for info in get_instance()._session_mgr.list_active_sessions()}
    for gone in FOLLOWING.keys() - sessions.keys():
        FOLLOWING.pop(gone, None)
    due = {key for key, subjects in FOLLOWING.items() if subjects & changed} | (waiting & FOLLOWING.keys())
    busy = {key for key in due if sessions[key]._state is not AppSessionState.APP_NOT_RUNNING}
    for key in due - busy:
        state = ClientState()
        state.CopyFrom(sessions[key]._client_state)
        state.ClearField("widget_states")
        sessions[key].request_rerun(state)
    return frozenset(busy)
