"""Filing a case: the matter first, likely duplicates before it is saved, place by list or map, contact optional."""

from datetime import timedelta
from html import escape

import streamlit as st

import access
import clock
from access import Permission
from data_access import cases, desk
from data_access.desk import Choices, NewCase
from jobs import installation
from texts import t
from ui import case_dues, case_suggestion, case_words, service_places, words
from ui.case_words import own_name
from ui.forms import choice, choice_or_none, fresh, renew
from ui.links import linked
from ui.loading import act, load
from ui.parts import flash, panel
from ui.town_area import area
from ui.town_map import Picked, town_map
from vocabulary.enums import CaseType, Channel, ReporterKind, Urgency
from vocabulary.questions import Viewer
from vocabulary.refusals import Refusal

OPEN = "_intake open"
FORM = "intake"
LOOK_BACK = timedelta(30)
ENOUGH = 6
"""From so many characters on a text is compared with what was filed before."""
CONTACT = ("name", "phone", "address")


def opener(viewer: Viewer) -> None:
    """The button that opens the form, or closes it, for those who may file."""
    if access.allows(viewer, Permission.WORK_CASES):
        is_open = bool(st.session_state.get(OPEN))
        label, icon = ("today.file_close", "expand_less") if is_open else ("today.file", "add")
        kind = "secondary" if is_open else "primary"
        st.button(t(label), key="intake-open", type=kind, icon=f":material/{icon}:", on_click=_toggle)  # type: ignore[arg-type]


def panel_when_asked(viewer: Viewer) -> None:
    """The form, when it was opened."""
    if not (st.session_state.get(OPEN) and access.allows(viewer, Permission.WORK_CASES)):
        return
    with panel(t("today.intake.title"), key="intake"):
        _form(viewer, fresh(FORM))


def _toggle() -> None:
    st.session_state[OPEN] = not st.session_state.get(OPEN)


def _form(viewer: Viewer, key: str) -> None:
    choices = load(desk.choices, viewer)
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        text = st.text_area(
            t("today.intake.text"), key=f"{key}-text", height=132, placeholder=t("today.intake.text_hint")
        )
        case_suggestion.offer(viewer, text, choices, f"{key}-category")
        building, grid, place, spot = _place(viewer, choices, key)
        lat, lon = _point(key)
        _near(viewer, text, building)
    with right:
        channel = choice(t("today.intake.channel"), Channel, f"{key}-channel", Channel.WALK_IN)
        kind = choice(t("today.intake.type"), CaseType, f"{key}-type", CaseType.HELP)
        urgency = choice(t("today.intake.urgency"), Urgency, f"{key}-urgency", Urgency.NORMAL)
        case_dues.of_a_new_case(viewer, kind, urgency)
        category = _category(choices, key)
        reporter, contact = _contact(key)
    new = NewCase(
        text=text,
        channel=channel,
        type=kind,
        urgency=urgency,
        category_id=category,
        building_id=building,
        grid_id=grid,
        place_id=place,
        spot=spot,
        lat=lat,
        lon=lon,
        reporter_kind=reporter,
        contact=contact,
    )
    if st.button(t("today.intake.submit"), key=f"{key}-submit", type="primary"):
        _file(viewer, new)


def _place(viewer: Viewer, choices: Choices, key: str) -> tuple[int | None, int | None, int | None, str]:
    """Building, grid, service point, and where exactly; all but the grid can be picked on the map too."""
    numbers = {house.id: t("cases.building", number=house.code) for house in choices.buildings}
    grids = {grid.id: own_name(grid.name, grid.name_en) or grid.code for grid in choices.grids}
    points = {point.id: own_name(point.name, point.name_en) or point.code for point in choices.places}
    there, grid_box = st.columns(2, gap="small")
    with there:
        building = _one_of("building", numbers, f"{key}-building")
    own = dict(choices.grid_of).get(building)
    with grid_box:
        grid = st.selectbox(
            t("today.intake.grid"),
            [own] if own else [0, *grids],
            format_func=lambda one: grids.get(one, t("today.intake.grid_none")),
            key=f"{key}-grid-{building}",
            filter_mode=None,
        )
    point_box, spot_box = st.columns(2, gap="small")
    with point_box:
        point = _one_of("place", points, f"{key}-place")
    with spot_box:
        spot = st.text_input(t("today.intake.spot"), key=f"{key}-spot", autocomplete="off")
    if st.toggle(t("today.intake.map"), key=f"{key}-map"):
        _map(viewer, choices, key, building, point)
    return building or None, grid or None, point or None, spot


def _point(key: str) -> tuple[float | None, float | None]:
    """Latitude and longitude of the open ground that was clicked, with the button that takes it back."""
    picked = st.session_state.get(f"{key}-at")
    if picked is None:
        return None, None
    lat, lon = picked.at
    st.button(
        t("today.intake.point", lat=f"{lat:.4f}", lon=f"{lon:.4f}"),
        key=f"{key}-no-point",
        icon=":material/close:",
        type="tertiary",
        on_click=st.session_state.pop,
        args=(f"{key}-at",),
    )
    return lat, lon


def _one_of(what: str, names: dict[int, str], key: str) -> int:
    """The id that was chosen, 0 for none."""
    chosen: int = st.selectbox(
        t(f"today.intake.{what}"),
        [0, *names],
        format_func=lambda one: names.get(one, t(f"today.intake.{what}_none")),
        key=key,
        filter_mode="contains",
    )
    return chosen


def _map(viewer: Viewer, choices: Choices, key: str, building: int, point: int) -> None:
    """A click on a building or on the seal of a service point chooses it, one beside them all the place itself."""
    houses = {house.code: house.id for house in choices.buildings}
    codes = {place.code: place.id for place in choices.places}

    def pick(picked: Picked) -> None:
        if picked.what == "ground":
            st.session_state[f"{key}-at"] = picked
        elif picked.what == "point" and picked.id in codes:
            st.session_state[f"{key}-place"] = codes[picked.id]
        elif picked.id in houses:
            st.session_state[f"{key}-building"] = houses[picked.id]

    chosen = [Picked("block", code) for code, one in houses.items() if one == building]
    chosen += [Picked("point", code) for code, one in codes.items() if one == point]
    here = st.session_state.get(f"{key}-at")
    seals = [service_places.seal(spot) for spot in service_places.spots(viewer)]
    town_map(
        f"{key}-town",
        points=seals,
        selected=here or (chosen[0] if chosen else None),
        on_pick=pick,
        area=area(viewer),
        anywhere=True,
        height=300,
    )


def _near(viewer: Viewer, text: str, building: int | None) -> None:
    """Cases that may be the same matter, offered before saving."""
    if len(text.strip()) < ENOUGH:
        return
    since = (clock.now() - LOOK_BACK).replace(minute=0, second=0, microsecond=0)
    found = load(desk.near, viewer, text.strip(), since, building)
    if found.is_empty():
        return
    lines = []
    for row in found.iter_rows(named=True):
        named = escape(f"{row['number']} {row['title']}")
        case = linked(named, viewer, "cases", {"case": [str(row["id"])], "show": ["all"]})
        status, at = case_words.status(row["status"]), words.moment(row["received_at"])
        lines.append(t("today.intake.near_one", case=case, status=status, at=at, likeness=words.share(row["likeness"])))
    items = "".join(f"<li>{line}</li>" for line in lines)
    st.html(f'<p class="case-heading">{escape(t("today.intake.near"))}</p><ol class="today">{items}</ol>')


def _category(choices: Choices, key: str) -> int | None:
    paths = {0: t("today.intake.category_none")} | {one: " › ".join(path) for one, path in choices.categories}
    chosen = st.selectbox(
        t("today.intake.category"),
        list(paths),
        format_func=paths.__getitem__,
        key=f"{key}-category",
        filter_mode="contains",
    )
    return chosen or None


def _contact(key: str) -> tuple[ReporterKind | None, dict[str, str]]:
    with st.expander(t("today.intake.contact")):
        kind = choice_or_none(
            t("today.intake.reporter"), ReporterKind, f"{key}-reporter", t("today.intake.reporter_none")
        )
        typed = {
            name: st.text_input(t(f"today.intake.{name}"), key=f"{key}-{name}", autocomplete="off") for name in CONTACT
        }
    return kind, {name: value for name, value in typed.items() if value.strip()}


def _file(viewer: Viewer, new: NewCase) -> None:
    """Files it and says its number, with a fresh form; a refusal is said here and what was typed stays."""
    try:
        case_id = act(desk.file_case, viewer, new, installation.contact_seal())
    except Refusal as refusal:
        st.error(str(refusal), icon=":material/error:")
        return
    filed = load(cases.one, viewer, case_id)
    renew(FORM)
    flash(t("today.intake.done", number=filed.number if filed else case_id))
    st.rerun()
