"""The door: the forms that sign in, sign out, set up the first admin and change one's own password."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from access import OPERATOR
from data_access import accounts, signins
from jobs import installation
from jobs.cookies import COOKIE, secret_in
from texts import known, language, t
from ui import live
from ui.loading import load
from ui.parts import flash, is_demo
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

SAID = ("failed", "locked", "refused")
SPOKEN = {"zh": "中文", "en": "English"}


def door(path: str = "/") -> None:
    """What somebody sees who is not signed in: the way in, and back to the page that was asked for."""
    said = st.query_params
    if load(accounts.none_yet, OPERATOR):
        setup_form(said.get("refused"))
    else:
        sign_in_form("failed" in said, "locked" in said, path + _query())


def sign_in_form(failed: bool, locked: bool, goal: str = "/") -> None:
    """Account and password; `goal` is the local address that opens afterwards."""
    if begun := st.session_state.get("_flash"):
        st.success(begun, icon=":material/check:")
    minutes = signins.LOCKED_FOR.seconds // 60
    wrong = t("signin.locked", minutes=minutes) if locked else t("signin.failed") if failed else ""
    foot = [t("signin.demo")] if load(is_demo, OPERATOR) else []
    fields = _field("account", t("signin.account"), autocomplete="username", maxlength="64", autofocus="")
    fields += _field("password", t("signin.password"), type="password", autocomplete="current-password")
    fields += f'<input type="hidden" name="next" value="{escape(goal)}">'
    _sheet("/sign-in", "", wrong, fields, t("signin.enter"), [*foot, t("signin.forgotten")])


def setup_form(refused: str | None) -> None:
    """The one-time code from the console and the first admin; `refused` names what was wrong the last time."""
    wrong = t(f"signin.refused.{refused}") if refused and known(f"signin.refused.{refused}") else ""
    fields = _field("code", t("signin.setup.code"), autocomplete="one-time-code", spellcheck="false")
    fields += _field("account", t("signin.account"), autocomplete="username", maxlength="64")
    fields += _field("person", t("signin.setup.person"), autocomplete="name", maxlength="40")
    secret = {"type": "password", "autocomplete": "new-password", "minlength": "10", "maxlength": "200"}
    fields += _field("password", t("signin.password"), t("signin.setup.hint"), **secret)
    heading = f"<h2>{escape(t('signin.setup.title'))}</h2><p>{escape(t('signin.setup.about'))}</p>"
    _sheet("/setup", heading, wrong, fields, t("signin.setup.enter"), [])


def sign_out_form() -> None:
    """One button that ends this session."""
    st.html(
        f'<form class="sign-out" method="post" action="/sign-out"><button>{escape(t("signin.leave"))}</button></form>'
    )


def own_password(viewer: Viewer) -> None:
    """A small form, opened by a button, to change one's own password; it stays open over a live redraw."""
    key = f"own-password-{st.session_state.get('_passwords_changed', 0)}"
    with st.popover(t("signin.own.button"), type="tertiary", key=key, on_change="rerun") as box:
        if box.open:
            _own_form(viewer, key)


def _own_form(viewer: Viewer, key: str) -> None:
    with st.form(f"form-{key}", border=False):
        old = st.text_input(t("signin.own.old"), key=f"old-{key}", type="password", autocomplete="current-password")
        new = st.text_input(t("signin.own.new"), key=f"new-{key}", type="password", autocomplete="new-password")
        again = st.text_input(t("signin.own.again"), key=f"again-{key}", type="password", autocomplete="new-password")
        st.markdown(f":small[:gray[{t('signin.setup.hint')}]]")
        if st.form_submit_button(t("signin.own.button"), type="primary"):
            _change(viewer, old, new, again)


def _change(viewer: Viewer, old: str, new: str, again: str) -> None:
    if new != again:
        st.error(t("signin.own.differ"))
        return
    secret = secret_in(st.context.cookies.get(COOKIE, ""))
    try:
        signins.change_password(installation.engine(), viewer, old, new, secret)
    except NotPossible as refusal:
        st.error(str(refusal))
        return
    live.look()
    st.session_state["_passwords_changed"] = st.session_state.get("_passwords_changed", 0) + 1
    flash(t("signin.own.done"))
    st.rerun()


def _sheet(action: str, heading: str, wrong: str, fields: str, enter: str, foot: list[str]) -> None:
    alert = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in foot)
    st.html(
        f'<div class="sign-in"><header><img src="/assets/seal.png" alt=""><div><h1>{escape(t("words.product"))}</h1>'
        f"<p>{escape(t('words.community'))}</p></div></header>{heading}{alert}"
        f'<form method="post" action="{action}">{fields}<button>{escape(enter)}</button></form>'
        f'<footer>{notes}<nav aria-label="{escape(t("words.language"))}">{_languages()}</nav></footer></div>'
    )


def _field(name: str, label: str, hint: str = "", **attributes: str) -> str:
    said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    note = f"<small>{escape(hint)}</small>" if hint else ""
    return f'<label><span>{escape(label)}</span><input name="{name}" required{said}>{note}</label>'


def _languages() -> str:
    now = language()
    words = (
        f'<b lang="{key}">{name}</b>' if key == now else f'<a lang="{key}" href="{escape(_query(lang=key))}">{name}</a>'
        for key, name in SPOKEN.items()
    )
    return "".join(words)


def _query(**instead: str) -> str:
    """The query of this address with some values instead, without what the last form said; empty when nothing is."""
    kept = [(name, value) for name in st.query_params for value in st.query_params.get_all(name) if name not in SAID]
    said = [*((name, value) for name, value in kept if name not in instead), *instead.items()]
    return f"?{urlencode(said)}" if said else ""
