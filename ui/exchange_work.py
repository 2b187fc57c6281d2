"""The import a reader has begun: the sheet that was chosen, what was chosen for it, its preview, what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from jobs import installation
from jobs.import_sheet import previewed
from jobs.imports.choices import Choices
from jobs.imports.headings import Columns, recognise
from jobs.imports.preview import Preview
from jobs.imports.progress import Progress
from jobs.imports.report import mend_sheet, mendable
from jobs.imports.writing import CHANGED, Written, write
from sheets.cells import Sheet
from sheets.reading import read
from texts import t
from ui import live, words
from ui.parts import flash
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

KEY = "_exchange"
ROUND = "_exchange_round"
LONG = 5_000


@dataclass
class Work:
    """One file on its way: read, looked at, written. `mend` is the sheet of its rows that were not taken."""

    file: str
    sheet: Sheet | None
    choices: Choices = field(default_factory=Choices)
    preview: Preview | None = None
    written: Written | None = None
    mend: bytes = b""

    def columns(self) -> Columns | None:
        """Which column is what, by what was chosen so far."""
        return recognise(self.sheet.headings, self.choices) if self.sheet else None


def current() -> Work | None:
    found: Work | None = st.session_state.get(KEY)
    return found


def begin(file: str, data: bytes) -> None:
    """Reads a file that was chosen. NotPossible for one that is no sheet."""
    st.session_state[KEY] = Work(file, read(data, file))


def end() -> None:
    """Puts the file away; the chooser begins anew."""
    st.session_state.pop(KEY, None)
    st.session_state[ROUND] = chooser() + 1


def chooser() -> int:
    """Which time a file is being chosen: a chooser cannot be emptied otherwise."""
    found: int = st.session_state.get(ROUND, 0)
    return found


def choose(choices: Choices) -> None:
    """Other choices make another preview."""
    work = current()
    if work and work.choices != choices:
        st.session_state[KEY] = replace(work, choices=choices, preview=None, mend=b"")


def look(viewer: Viewer, work: Work) -> Preview:
    """The preview, worked out when there is none yet."""
    if work.preview is None:
        assert work.sheet is not None
        with told(len(work.sheet.rows)) as tell:
            seal = installation.contact_seal()
            engine = installation.engine()
            work.preview = previewed(engine, viewer, work.sheet, work.file, work.choices, seal, tell)
    return work.preview


def write_down(viewer: Viewer, work: Work) -> None:
    """Writes the sound rows; when the data changed in between nothing is written and the preview is made anew."""
    assert work.preview is not None
    mended(work)
    try:
        with told(work.preview.sound) as tell:
            engine, seal = installation.engine(), installation.contact_seal()
            work.written = write(engine, viewer, work.preview, seal, tell)
    except NotPossible as refusal:
        if refusal.key != CHANGED:
            raise
        work.preview, work.mend = None, b""
        flash(str(refusal))
    else:
        work.sheet = None
    live.look()


def mended(work: Work) -> bytes:
    """The sheet of the rows that are not taken, made once."""
    if not work.mend and work.preview and mendable(work.preview.hindering):
        work.mend = mend_sheet(work.preview)
    return work.mend


@contextmanager
def told(rows: int) -> Iterator[Progress]:
    """A bar that says how far a long file is."""
    slot = st.empty()
    bar = slot.progress(0.0) if rows >= LONG else None
    yield _teller(bar)
    slot.empty()


def _teller(bar: DeltaGenerator | None) -> Progress:
    def tell(stage: str, done: int, of: int) -> None:
        if bar is not None:
            said = {"stage": t(f"imports.stage.{stage}"), "done": words.number(done), "of": words.number(of)}
            bar.progress(min(1.0, done / max(1, of)), t("exchange.stage", **said))

    return tell
