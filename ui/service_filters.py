"""Which service points are shown and which one is chosen; the address says both, in no language."""

import streamlit as st

from texts import t
from ui.service_places import Door, Spot
from vocabulary.enums import PlaceKind
from vocabulary.refusals import word

LIST = "service list"
KINDS = "service kinds"
OPEN = "service open"
KIND, ONLY, PLACE = "kind", "open", "place"
_ASKED = "service filters asked"
_CHOSEN = "service place"
_WRITTEN = "service place written"
Asked = tuple[list[str], bool]


def bar(spots: list[Spot]) -> list[Spot]:
    """The filters, and the service points they keep."""
    kinds = list(dict.fromkeys(spot.kind.value for spot in spots))
    _arrive(kinds)
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        chosen = st.pills(
            t("service_points.kinds"),
            kinds,
            selection_mode="multi",
            format_func=lambda kind: word(PlaceKind(kind)),
            key=KINDS,
            label_visibility="collapsed",
        )
        now = st.toggle(t("service_points.only_open"), key=OPEN)
    _write(chosen, now=now)
    return [spot for spot in spots if (not chosen or spot.kind in chosen) and (not now or spot.door is Door.OPEN)]


def only_open() -> None:
    """Shows exactly the service points that are open now."""
    st.session_state[KINDS] = []
    st.session_state[OPEN] = True


def _arrive(kinds: list[str]) -> None:
    """An address that was opened sets the filters; one that we wrote ourselves does not."""
    asked = _asked()
    if asked != st.session_state.get(_ASKED):
        st.session_state[_ASKED] = asked
        st.session_state[KINDS] = [kind for kind in asked[0] if kind in kinds]
        st.session_state[OPEN] = asked[1]


def _asked() -> Asked:
    return st.query_params.get_all(KIND), st.query_params.get(ONLY) == "1"


def _write(chosen: list[str], *, now: bool) -> None:
    if (chosen, now) == _asked():
        return
    for name, value in ((KIND, chosen), (ONLY, "1" if now else "")):
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]
    st.session_state[_ASKED] = (chosen, now)


def chosen(spots: list[Spot]) -> Spot | None:
    """The service point of the address, or the one picked since; None when it is not among these."""
    asked = st.query_params.get(PLACE)
    if asked != st.session_state.get(_WRITTEN):
        st.session_state[_CHOSEN] = st.session_state[_WRITTEN] = asked
    return next((spot for spot in spots if spot.code == st.session_state.get(_CHOSEN)), None)


def choose(code: str | None) -> None:
    """Chooses a service point; its address can be copied."""
    st.session_state[_CHOSEN] = st.session_state[_WRITTEN] = code
    if code:
        st.query_params[PLACE] = code
    elif PLACE in st.query_params:
        del st.query_params[PLACE]
