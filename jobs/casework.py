"""Acts of the case desk that are two writes in one: moving with evidence, finding the other case by its number."""

from collections.abc import Sequence

from data_access import cases, desk
from data_access.desk import Given
from data_access.engine import Connection
from data_access.renewal import Upload
from vocabulary.enums import CaseStatus
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible


def move(
    conn: Connection,
    viewer: Viewer,
    case_id: int,
    seen_version: int,
    to: CaseStatus,
    given: Given,
    uploads: Sequence[Upload] = (),
) -> None:
    """Keeps the files as evidence and moves the case: both or neither."""
    for upload in uploads:
        desk.attach(conn, viewer, case_id, seen_version, upload)
        seen_version += 1
    desk.move(conn, viewer, case_id, seen_version, to, given)


def merge(conn: Connection, viewer: Viewer, case_id: int, seen_version: int, number: str, reason: str) -> None:
    """Merges into the case of this number. NotPossible when there is none that this viewer sees."""
    desk.merge(conn, viewer, case_id, seen_version, _numbered(conn, viewer, number), reason)


def link_repeat(conn: Connection, viewer: Viewer, case_id: int, seen_version: int, number: str) -> None:
    """Links to the earlier case of this number. NotPossible when there is none that this viewer sees."""
    desk.link_repeat(conn, viewer, case_id, seen_version, _numbered(conn, viewer, number))


def _numbered(conn: Connection, viewer: Viewer, number: str) -> int:
    found = cases.numbered(conn, viewer, number.strip())
    if found is None:
        raise NotPossible("casework.no_number", number=number.strip()[:80])
    return found
