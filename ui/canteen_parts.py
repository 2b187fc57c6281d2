"""The canteen's other parts on its page: care, coverage, books, food safety, cards; one at a time."""

from collections.abc import Callable

import streamlit as st

import access
from access import Permission
from data_access import canteen
from jobs import care
from texts import t
from ui.canteen_books import books
from ui.canteen_care import care_lists
from ui.canteen_coverage import coverage
from ui.canteen_diners import diners
from ui.canteen_safety import safety
from ui.loading import act, load
from vocabulary.questions import Period, Viewer

FIRST = "meals"
PARTS: dict[str, tuple[Permission | None, Callable[[Viewer, Period], None]]] = {
    "care": (Permission.SEE_CARE, care_lists),
    "coverage": (None, coverage),
    "books": (None, books),
    "safety": (Permission.SEE_CANTEEN, safety),
    "diners": (Permission.WRITE_DINERS, diners),
}


def other(viewer: Viewer, period: Period) -> bool:
    """Draws the choice of parts and, when it is not the first, the chosen one; was it another than the first?"""
    waiting = _waiting(viewer)
    own = [FIRST, *(name for name, (needs, _) in PARTS.items() if needs is None or access.allows(viewer, needs))]
    asked = st.query_params.get("part", FIRST)
    found = st.segmented_control(
        t("meals.page.title"),
        own,
        default=asked if asked in own else FIRST,
        format_func=lambda name: _named(name, waiting if name == "care" else 0),
        # A count that changed makes it another control, which begins where the address says.
        key=f"canteen-part-{waiting}",
        label_visibility="collapsed",
        required=True,
    )
    part = found or FIRST
    st.query_params["part"] = part
    if part == FIRST:
        return False
    PARTS[part][1](viewer, period)
    return True


def _waiting(viewer: Viewer) -> int:
    """How many tasks wait for this social worker; those that are due are made first."""
    if not access.allows(viewer, Permission.WRITE_CARE):
        return 0
    if load(care.due, viewer):
        act(care.make, viewer)
    return load(canteen.care.open_tasks, viewer).height


def _named(name: str, waiting: int) -> str:
    said = t(f"canteen.page.part.{name}")
    return f"{said} :small[{waiting}]" if waiting else said
