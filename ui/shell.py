"""The frame: who is here, the menu for this viewer, follow live changes, run the page."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

import access
import texts
from data_access import desk
from texts import Language, t
from ui import gate, live, signin
from ui.loading import load
from vocabulary.desk import Today
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import word

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
ICONS = {
    "overview": "explore",
    "service_points": "storefront",
    "today": "checklist",
    "cases": "inbox",
    "whistles": "campaign",
    "peace_post": "handshake",
    "till": "point_of_sale",
    "meals": "restaurant",
    "volunteers": "volunteer_activism",
    "health": "local_hospital",
    "activities": "event",
    "renewal": "construction",
    "steward": "diversity_3",
    "claims": "fact_check",
    "exchange": "swap_vert",
    "rules": "rule",
    "accounts": "group",
}


def run() -> None:
    """One run of the product for one reader."""
    texts.follow_reader(lambda: st.session_state.get("language"))
    _take_language()
    st.set_page_config(
        page_title=t("words.product"),
        page_icon=str(STATIC / "seal.png"),
        layout="wide",
        initial_sidebar_state=216,
    )
    st.session_state.pop("_stale_since", None)
    if run_context := get_script_run_ctx():
        live.follow(run_context.session_id, frozenset({Subject.ACCOUNTS}))
    st.html(STATIC / "app.css")
    st.logo(str(STATIC / f"logo-{texts.language()}.svg"), size="large")
    viewer = gate.viewer()
    page = _sign_in_page() if viewer is None else _menu(viewer)
    with st.container(key="page", gap="small"):
        try:
            with texts.speaking(texts.language()):
                page.run()
        except Exception:
            st.error(t("words.page_failed"), icon=":material/error:")
            raise  # into the log; the reader gets no traceback (client.showErrorDetails)


def _take_language() -> None:
    asked = st.query_params.get("lang")
    if "language" not in st.session_state:
        st.session_state["language"] = asked if asked in texts.LANGUAGES else "zh"


def _sign_in_page() -> StreamlitPage:
    known = sorted({page for pages in (*access.PAGES.values(), *access.FEED_PAGES.values()) for page in pages})
    home = st.Page(_asks("/"), title=t("words.product"), url_path="sign-in-here", default=True)
    doors = [st.Page(_asks(f"/{page}"), title=t("words.product"), url_path=page) for page in known]
    return st.navigation([home, *doors], position="hidden")


def _asks(path: str) -> Callable[[], None]:
    def ask() -> None:
        signin.door(path)

    return ask


def _menu(viewer: Viewer) -> StreamlitPage:
    own = access.pages(viewer)
    made = {page: _page(page, _mark(viewer, page), home=page == own[0]) for page in own}
    grouped: dict[str, list[StreamlitPage]] = {
        t(f"words.group.{group}"): [made[page] for page in pages if page in made]
        for group, pages in access.GROUPS.items()
    }
    elsewhere = [_doorless(page) for page in _asked_for() if page not in made]
    shown = {name: pages for name, pages in grouped.items() if pages}
    shown[""] = [*elsewhere, _home_by_name(own[0])]
    page = st.navigation(shown, position="hidden" if st.context.is_embedded else "sidebar")
    if not st.context.is_embedded:
        _about_me(viewer)
    return page


def _mark(viewer: Viewer, page: str) -> int:
    """How much waits on a page, said in the menu, but for what is finished and waits for its follow-up."""
    if page != "today":
        return 0
    return sum(count for name, count in load(desk.today, viewer).items() if name is not Today.TO_FOLLOW_UP)


def _page(page: str, waiting: int, *, home: bool) -> StreamlitPage:
    title = t(f"words.page.{page}")
    return st.Page(
        ROOT / "pages" / f"{page}.py",
        title=t("today.mark", page=title, count=waiting) if waiting else title,
        icon=f":material/{ICONS[page]}:",
        url_path="home" if home else page,
        default=home,
    )


def _asked_for() -> list[str]:
    """The page that the address names; all of them where there is no address to look at."""
    url = st.context.url
    if not url:
        return list(ICONS)
    asked = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return [asked] if asked in ICONS else []


def _doorless(page: str) -> StreamlitPage:
    """A page of other roles: its address says so in a sentence instead of "page not found"."""

    def denied() -> None:
        gate.enter(page)

    return st.Page(denied, title=t(f"words.page.{page}"), url_path=page, visibility="hidden")


def _home_by_name(page: str) -> StreamlitPage:
    """The home page under its own name too: a default page answers to / only."""

    def home() -> None:
        every = {name: st.query_params.get_all(name) for name in st.query_params}
        st.switch_page(ROOT / "pages" / f"{page}.py", query_params=every)

    return st.Page(home, title=t(f"words.page.{page}"), url_path=page, visibility="hidden")


def _about_me(viewer: Viewer) -> None:
    with st.sidebar, st.container(key="me", gap="xxsmall"):
        st.markdown(f":small[{t('words.signed_in_as', name=viewer.name, role=word(viewer.role))}]")
        with st.container(horizontal=True, gap="small"):
            other: Language = "en" if texts.language() == "zh" else "zh"
            st.button(
                "English" if other == "en" else "中文", key="speak", type="tertiary", on_click=_speak, args=(other,)
            )
            signin.own_password(viewer)
        signin.sign_out_form()


def _speak(language: Language) -> None:
    st.session_state["language"] = language
    st.query_params["lang"] = language


if __name__ == "__main__":
    run()
