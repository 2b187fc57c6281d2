"""What can be done with the open case: the moves that are legal now, and the acts beside them, each with its form."""

from collections.abc import Callable

import streamlit as st

import access
from access import Permission
from data_access import desk
from data_access.cases import CaseDetail
from data_access.desk import Beside, Choice
from texts import language, t
from ui import case_more_forms as more
from ui.case_acting import seen_version
from ui.case_move_forms import move_form
from ui.loading import load
from vocabulary.desk import Hand
from vocabulary.enums import DONE_STATUSES, OPEN_STATUSES, UNDER_WAY, CaseStatus
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed, word

Form = Callable[[Viewer, CaseDetail, Beside], None]
MORE: dict[str, Form] = {
    "note": more.note,
    "remind": more.remind,
    "evidence": more.evidence,
    "extension": more.extension,
    "suspend": more.suspend,
    "resume": more.resume,
    "reclassify": more.reclassify,
    "units": more.units,
    "repeat": more.repeat,
    "unrepeat": more.unrepeat,
    "unmerge": more.unmerge,
    "whistle": more.whistle,
}


def acts(viewer: Viewer, case: CaseDetail, beside: Beside) -> None:
    """The bar of acts and the form of the chosen one; nothing for those who only read."""
    moves = load(desk.moves_for, viewer, case.id)
    offered = [f"move.{move.to.value}" for move in moves if move.refused is None]
    offered += [f"act.{name}" for name in _more(viewer, case, beside)]
    if not offered:
        return
    with st.container(key="case-acts", gap="xsmall"):
        if seen_version(case) != case.version:
            st.info(t("casework.seen_changed"), icon=":material/sync:")
        chosen = st.pills(
            t("casework.acts"),
            offered,
            format_func=lambda name: t(f"casework.{name}"),
            key=f"act-{case.id}-{case.status}-{language()}",
            wrap=True,
        )
        _others(moves)
        if chosen is None:
            return
        kind, _, name = chosen.partition(".")
        if kind == "act":
            MORE[name](viewer, case, beside)
        else:
            move_form(viewer, case, next(move for move in moves if move.to.value == name))


def _others(moves: tuple[Choice, ...]) -> None:
    """Which moves are not this viewer's, by whose they are."""
    for hand in Hand:
        names = [t(f"casework.move.{move.to.value}") for move in moves if _is_hand_of(move, hand)]
        if names:
            said = t("casework.not_yours", who=word(hand), moves=t("casework.join").join(names))
            st.markdown(f":small[:gray[{said}]]")
    for refused in (move.refused for move in moves if move.refused and not isinstance(move.refused, NotAllowed)):
        st.markdown(f":small[:gray[{refused}]]")
        break


def _is_hand_of(move: Choice, hand: Hand) -> bool:
    return isinstance(move.refused, NotAllowed) and move.refused.key == f"desk.hand.{hand.value}"


def _more(viewer: Viewer, case: CaseDetail, beside: Beside) -> list[str]:
    """The acts beside the moves that this viewer has and that make sense now."""
    now = CaseStatus(case.status)
    is_open = now in OPEN_STATUSES
    works, handles = (access.allows(viewer, p) for p in (Permission.WORK_CASES, Permission.HANDLE_CASES))
    under_way = now in UNDER_WAY
    helps = handles and beside.helps and (is_open or now in DONE_STATUSES[:2])
    suspended = case.suspended_from is not None
    found = {
        "note": helps,
        "remind": is_open and access.allows(viewer, Permission.SUPERVISE_CASES),
        "evidence": helps,
        "extension": handles and beside.leads and under_way and case.due_at and beside.extension_until is None,
        "suspend": works and under_way and not suspended,
        "resume": works and is_open and suspended,
        "reclassify": works and is_open,
        "units": works and is_open,
        "whistle": works and is_open and "whistles" in access.pages(viewer),
        "repeat": works and is_open and not _tied(beside, "first"),
        "unrepeat": works and is_open and _tied(beside, "first"),
        "unmerge": works and now is CaseStatus.MERGED,
    }
    return [name for name in MORE if found[name]]


def _tied(beside: Beside, how: str) -> bool:
    return any(one.how == how for one in beside.tied)
