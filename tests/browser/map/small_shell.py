"""The script of the small app: a list, four switches, the map, and a line that writes down what was heard."""

import streamlit as st

import texts
from geo import neighbourhood
from geo.neighbourhood import Place
from geo.seals import character
from ui.town_map import Dots, Picked, Point, map_caption, town_map

st.set_page_config(layout="wide", page_title="map")
spoken: texts.Language = "en" if st.query_params.get("lang") == "en" else "zh"
texts.follow_reader(lambda: spoken)
state = st.session_state
places = neighbourhood.places()
hide, shaded = st.toggle("hide workshops"), st.toggle("shade")
late, dotted = st.toggle("late"), st.toggle("dots")
st.radio("list", [place.code for place in places], key="list", index=None, horizontal=True)


def seal(place: Place) -> Point:
    name = place.name if spoken == "zh" else place.name_en
    mark = character(place.kind, place.trade)
    text = ("今日休息" if late else "营业中", "<b>07:00</b>–19:00")
    return Point(place.code, place.lat, place.lon, name, place.kind, mark, text, paused=place.code == "workshop_2")


def pick(picked: Picked) -> None:
    state["heard"] = f"{picked.what} {picked.id}"
    if picked.what == "point" and picked.id != "count":
        state["list"] = picked.id


points = [seal(place) for place in places if not (hide and place.trade)]
points.append(Point("count", *neighbourhood.buildings()[1].corner, "2栋在办", count=7 if late else 2))
got = town_map(
    "places",
    points=points,
    shades={"1": 4, "2": 0} if shaded else None,
    dots=Dots(["a", "b"], [29.51745, 29.5145], [106.51345, 106.5129], ["brick", "green"]) if dotted else None,
    stamp=1 if dotted else None,
    selected=state.get("list"),
    on_pick=pick,
)
map_caption(points, "该楼在办件数")
state["runs"] = state.get("runs", 0) + 1
st.text(f"run {state['runs']}; got {f'{got.what} {got.id}' if got else None}; heard {state.get('heard')}")
