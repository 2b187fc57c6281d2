"""The sheet of a kind that a reader has begun to import: the file, columns mapped by hand, its preview."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from jobs import installation
from jobs.imports.report import mendable
from jobs.sheets import report
from jobs.sheets.columns import Columns, Mapped, recognise
from jobs.sheets.kinds import Kind
from jobs.sheets.preview import CHANGED, Preview, previewed, write
from sheets.cells import Sheet
from sheets.reading import read
from ui import live
from ui.exchange_work import chooser, told
from ui.exchange_work import end as next_chooser
from ui.parts import flash
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

Bytes = Callable[[], bytes]
KEY = "_exchange_kind"


@dataclass
class Work:
    """One file on its way: read, looked at, written."""

    kind: Kind
    file: str
    sheet: Sheet
    mapped: Mapped = ()
    preview: Preview | None = None
    written: bool = False
    mend: bytes = b""

    def columns(self) -> Columns:
        return recognise(self.kind, self.sheet.headings, self.mapped)


def current(kind: Kind) -> Work | None:
    found: Work | None = st.session_state.get(KEY)
    return found if found and found.kind is kind else None


def begin(kind: Kind, file: str, data: bytes) -> None:
    """Reads a file that was chosen. NotPossible for one that is no sheet."""
    st.session_state[KEY] = Work(kind, file, read(data, file))


def end() -> None:
    """Puts the file away; the chooser begins anew."""
    st.session_state.pop(KEY, None)
    next_chooser()


def map_columns(work: Work, mapped: Mapped) -> None:
    """Other columns make another preview."""
    if work.mapped != mapped:
        st.session_state[KEY] = replace(work, mapped=mapped, preview=None, mend=b"")


def look(viewer: Viewer, work: Work) -> Preview:
    """The preview, worked out when there is none yet."""
    if work.preview is None:
        with told(len(work.sheet.rows)) as tell:
            engine = installation.engine()
            work.preview = previewed(engine, viewer, work.kind, work.sheet, work.file, work.mapped, tell)
    return work.preview


def write_down(viewer: Viewer, work: Work) -> None:
    """Writes the sound rows; when the data changed in between nothing is written and the preview is made anew."""
    assert work.preview is not None
    mended(work)
    try:
        with told(work.preview.sound) as tell:
            write(installation.engine(), viewer, work.preview, tell)
    except NotPossible as refusal:
        if refusal.key != CHANGED:
            raise
        work.preview, work.mend = None, b""
        flash(str(refusal))
    else:
        work.written = True
    live.look()


def mended(work: Work) -> bytes:
    """The sheet of the rows that can be mended, made once."""
    if not work.mend and work.preview and mendable(work.preview.rejected):
        work.mend = report.mend_sheet(work.preview)
    return work.mend


__all__ = ["Bytes", "Work", "begin", "chooser", "current", "end", "look", "map_columns", "mended", "write_down"]
