"""Files of proposals and projects, stored in the database: what is taken, and by whom they are read."""

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from access import Permission, check, masked
from data_access.renewal.given import Upload
from data_access.tables.renewal import RenewalFile
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LARGEST = 8 * 1024 * 1024
LONGEST_NAME = 120
# By a file's first bytes; its name proves nothing.
MEDIA = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
PICTURES = ("image/jpeg", "image/png")


@dataclass(frozen=True)
class Stored:
    """A file as it was handed in."""

    name: str
    media: str
    content: bytes


def media_of(upload: Upload, pictures: bool = False) -> str:
    """What the file is. NotPossible when it is empty, too large, or of a kind that is not taken."""
    size = len(upload.content)
    if not size:
        raise NotPossible("renewal.refused.file_empty", name=upload.name)
    if size > LARGEST:
        large = f"{size / 1024 / 1024:.1f}"
        raise NotPossible("renewal.refused.file_large", name=upload.name, size=large, most=LARGEST // 1024 // 1024)
    found = next((media for start, media in MEDIA.items() if upload.content.startswith(start)), None)
    if found is None or (pictures and found not in PICTURES):
        raise NotPossible(f"renewal.refused.{'picture' if pictures else 'file'}_kind", name=upload.name)
    return found


def store(conn: sa.Connection, upload: Upload, pictures: bool = False) -> int:
    """Keeps a file in this transaction and gives its id."""
    media = media_of(upload, pictures)
    name = upload.name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    name = name if len(name) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending[:8]}"
    written = sa.insert(RenewalFile).values(
        name=masked(name),
        media=media,
        size=len(upload.content),
        digest=hashlib.sha256(upload.content).hexdigest(),
        content=upload.content,
    )
    return int(conn.execute(written.returning(RenewalFile.id)).scalar_one())


def stored(conn: sa.Connection, viewer: Viewer, file_id: int) -> Stored:
    """A stored file. NotAllowed for those who may read no rows of renewal."""
    check(viewer, Permission.SEE_RENEWAL)
    row = conn.execute(
        sa.select(RenewalFile.name, RenewalFile.media, RenewalFile.content).where(RenewalFile.id == file_id)
    ).one_or_none()
    if row is None:
        raise NotPossible("words.row_gone")
    return Stored(row.name, row.media, row.content)


def drop(conn: sa.Connection, file_id: int) -> None:
    """Forgets a file that no row points to any more."""
    conn.execute(sa.delete(RenewalFile).where(RenewalFile.id == file_id))
