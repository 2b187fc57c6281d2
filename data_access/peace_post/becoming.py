"""An opinion becomes a case or a proposal in one act; each end of the link knows the other."""

from typing import Any

import sqlalchemy as sa

from access import Permission, check
from data_access import changes
from data_access.desk.filing import NewCase, file_case
from data_access.peace_post import bounds
from data_access.tables.peace_post import Opinion
from vocabulary.enums import CaseType, Channel, Subject
from vocabulary.peace_post import OpinionOrigin
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LONGEST_TITLE = 60
CHANNELS: dict[OpinionOrigin, Channel | None] = {
    OpinionOrigin.PEACE_POST: Channel.PEACE_POST,
    OpinionOrigin.COURTYARD: Channel.COURTYARD,
    OpinionOrigin.DISCUSSION: Channel.DISCUSSION,
    OpinionOrigin.HOME_VISIT: Channel.HOME_VISIT,
    OpinionOrigin.BOX: None,
}


def become_case(conn: sa.Connection, viewer: Viewer, opinion_id: int, seen_version: int, title: str = "") -> int:
    """Files a pending case from an opinion, with its text, grid and channel; gives the case's id.

    Without a title it gets the beginning of the text. NotPossible when the opinion became a case before.
    """
    check(viewer, Permission.WORK_CASES)
    opinion = _to_move(conn, viewer, opinion_id, seen_version)
    if opinion["case_id"] is not None:
        raise NotPossible("peace_post.case_already", number=opinion["number"])
    said = title.strip() or opinion["text"].splitlines()[0]
    case_id = _file(conn, viewer, opinion, said[:LONGEST_TITLE])
    bounds.update(conn, Opinion, opinion_id, seen_version, case_id=case_id)
    changes.record(conn, viewer, Subject.OPINIONS, "opinion_became_case", opinion_id, case=case_id)
    changes.record(conn, viewer, Subject.CASES, "case_from_opinion", case_id, opinion=opinion["number"])
    return case_id


def link_proposal(conn: sa.Connection, viewer: Viewer, opinion_id: int, seen_version: int, proposal_id: int) -> None:
    """Notes the proposal that was filed from an opinion. NotPossible when it became one before."""
    opinion = _to_move(conn, viewer, opinion_id, seen_version)
    if opinion["proposal_id"] is not None:
        raise NotPossible("peace_post.proposal_already", number=opinion["number"])
    bounds.update(conn, Opinion, opinion_id, seen_version, proposal_id=proposal_id)
    changes.record(conn, viewer, Subject.OPINIONS, "opinion_became_proposal", opinion_id, proposal=proposal_id)


def _to_move(conn: sa.Connection, viewer: Viewer, opinion_id: int, seen_version: int) -> dict[str, Any]:
    check(viewer, Permission.WRITE_OPINIONS)
    opinion = bounds.row(conn, viewer, Opinion, opinion_id)
    if opinion["version"] != seen_version:
        raise NotPossible("words.changed_meanwhile")
    if opinion["text"] is None:
        raise NotPossible("peace_post.text_gone", number=opinion["number"])
    return opinion


def _file(conn: sa.Connection, viewer: Viewer, opinion: dict[str, Any], title: str) -> int:
    return file_case(
        conn,
        viewer,
        NewCase(
            text=opinion["text"],
            title=title,
            channel=CHANNELS[OpinionOrigin(opinion["origin"])],
            type=CaseType.SUGGESTION,
            grid_id=opinion["grid_id"],
        ),
    )
