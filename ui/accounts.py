"""Accounts on their page: the list, the form of one account, the form for a new one, a fresh password shown once."""

from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from data_access import accounts
from data_access.accounts import Assignable, Duty
from data_access.engine import Connection
from data_access.passwords import fresh_password
from texts import t
from ui import words
from ui.choosing import chosen
from ui.forms import Row
from ui.loading import act, load
from ui.parts import empty, flash, panel
from vocabulary.enums import Feed, Role
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible, word

ONCE = "_fresh_password"
Names = tuple[tuple[str, str], ...]


def state(row: Row) -> str:
    """The word for whether somebody can sign in with this account now."""
    return t(f"accounts.state.{'closed' if not row['open'] else 'locked' if row['locked'] else 'open'}")


def duty_words(row: Row, given: Assignable) -> str:
    """What an account answers for, by name."""
    named = dict((*given.grids, *given.units))
    feed = word(Feed(row["feed"])) if row["feed"] else ""
    return "、".join(named.get(code, code) for code in row["grids"]) or named.get(row["unit"] or "", feed)


def table(viewer: Viewer, listed: pl.DataFrame) -> Row | None:
    """The list; gives the account that was clicked."""
    given, rows = load(accounts.assignable, viewer), list(listed.iter_rows(named=True))
    shown = pl.DataFrame(
        {
            t("accounts.column.login"): [row["login"] for row in rows],
            t("accounts.column.name"): [row["name"] for row in rows],
            t("accounts.column.role"): [word(Role(row["role"])) for row in rows],
            t("accounts.column.duty"): [duty_words(row, given) for row in rows],
            t("accounts.column.state"): [state(row) for row in rows],
            t("accounts.column.signed_in_at"): [words.moment(row["signed_in_at"]) for row in rows],
        }
    )
    return chosen("accounts", rows, shown, by=("login",))


def one(viewer: Viewer, row: Row | None) -> None:
    """The form of the chosen account: its person and duty, its password, closing and reopening it."""
    if row is None:
        empty(t("accounts.choose"))
        return
    login, key = row["login"], f"{row['login']}-{row['version']}"
    name = st.text_input(t("accounts.column.name"), row["name"], key=f"name-{key}", max_chars=accounts.LONGEST_NAME)
    feed = Feed(row["feed"]) if row["feed"] else None
    duty = _duty(viewer, key, Duty(Role(row["role"]), tuple(row["grids"]), row["unit"], feed))
    with st.container(horizontal=True, gap="small"):
        if st.button(t("words.save"), key=f"save-{key}"):
            _do(t("accounts.saved", login=login), _save, viewer, login, name, duty, row["version"])
        if st.button(t("accounts.reset"), key=f"reset-{key}"):
            _with_fresh_password(login, accounts.reset, viewer, login)
        if not row["open"] and st.button(t("accounts.reopen"), key=f"reopen-{key}"):
            _do(t("accounts.cli.reopened", login=login), accounts.reopen, viewer, login)
        if row["open"]:
            with st.popover(t("accounts.close"), key=f"close-{key}"):
                st.markdown(t("accounts.close_what"))
                if st.button(t("accounts.close_really", login=login), key=f"really-{key}"):
                    _do(t("accounts.cli.closed", login=login), accounts.close, viewer, login)


def new(viewer: Viewer) -> None:
    """The form for a new account; it gets a freshly made password."""
    key = f"new-{st.session_state.get('_accounts_made', 0)}"
    with st.popover(t("accounts.new"), type="primary", icon=":material/person_add:", key=f"popover-{key}"):
        login = st.text_input(t("accounts.column.login"), key=f"login-{key}", max_chars=64, autocomplete="off")
        name = st.text_input(t("accounts.column.name"), key=f"name-{key}", max_chars=accounts.LONGEST_NAME)
        duty = _duty(viewer, key, Duty(Role.WORKER))
        if st.button(t("accounts.add"), key=f"add-{key}", type="primary"):
            _with_fresh_password(login.strip(), _add, viewer, login, name, duty)


def shown_once() -> None:
    """A password that was just made, until the admin has noted it."""
    made = st.session_state.get(ONCE)
    if made is None:
        return
    with st.container(border=True, key="panel-fresh"):
        st.markdown(t("accounts.fresh", login=made[0]))
        st.code(made[1], language=None)
        st.button(t("accounts.noted"), on_click=lambda: st.session_state.pop(ONCE, None))


def lead(listed: pl.DataFrame) -> str:
    """The sentence the page opens with."""
    opened = listed.filter(pl.col("open"))
    admins = opened.filter(role=Role.ADMIN.value)
    return t("accounts.lead", open=f"<b>{len(opened)}</b>", admins=f"<b>{len(admins)}</b>")


def accounts_panel(viewer: Viewer, listed: pl.DataFrame) -> None:
    """The list and, beside it, the account that was clicked."""
    left, right = st.columns([1.62, 1], gap="small")
    with left, panel(t("accounts.list"), key="accounts"):
        row = table(viewer, listed)
    with right, panel(row["login"] if row else t("accounts.one"), state(row) if row else "", key="account"):
        one(viewer, row)


def _duty(viewer: Viewer, key: str, now: Duty) -> Duty:
    """Role, and what that role is for."""
    given = load(accounts.assignable, viewer)
    roles = list(Role)
    role = st.selectbox(
        t("accounts.column.role"), roles, roles.index(now.role), format_func=word, key=f"role-{key}", filter_mode=None
    )
    if role is Role.WORKER:
        return Duty(role, _grids(given.grids, now.grids, key=f"grids-{key}"))
    if role is Role.UNIT:
        return Duty(role, unit=_unit(given.units, now.unit, key=f"unit-{key}"))
    if role is Role.FEEDER:
        feeds = list(Feed)
        index = feeds.index(now.feed) if now.feed else None
        pick = t("accounts.pick")
        feed = st.selectbox(
            t("accounts.feed"), feeds, index, format_func=word, key=f"feed-{key}", placeholder=pick, filter_mode=None
        )
        return Duty(role, feed=feed)
    return Duty(role)


def _grids(given: Names, now: tuple[str, ...], key: str) -> tuple[str, ...]:
    if not given:
        st.markdown(f":small[:gray[{t('accounts.no_grids')}]]")
        return ()
    named, pick = dict(given), t("accounts.pick_more")
    chosen = st.multiselect(
        t("accounts.grids"), list(named), list(now), format_func=named.__getitem__, key=key, placeholder=pick
    )
    return tuple(chosen)


def _unit(given: Names, now: str | None, key: str) -> str | None:
    if not given:
        st.markdown(f":small[:gray[{t('accounts.no_units')}]]")
        return None
    named, pick = dict(given), t("accounts.pick")
    index = list(named).index(now) if now in named else None
    return st.selectbox(
        t("accounts.unit"), list(named), index, format_func=named.__getitem__, key=key, placeholder=pick
    )


def _save(conn: Connection, viewer: Viewer, login: str, name: str, duty: Duty, version: int) -> None:
    accounts.assign(conn, viewer, login, duty, version)
    accounts.rename(conn, viewer, login, name)


def _add(conn: Connection, viewer: Viewer, login: str, name: str, duty: Duty, password: str) -> None:
    accounts.add(conn, viewer, login, name, password, duty)


def _with_fresh_password(login: str, write: Callable[..., Any], viewer: Viewer, *args: Any) -> None:
    password = fresh_password()
    try:
        act(write, viewer, *args, password)
    except NotPossible as refusal:
        st.error(str(refusal))
        return
    st.session_state[ONCE] = (login, password)
    st.session_state["_accounts_made"] = st.session_state.get("_accounts_made", 0) + 1
    st.rerun()


def _do(said: str, write: Callable[..., Any], viewer: Viewer, *args: Any) -> None:
    try:
        act(write, viewer, *args)
    except NotPossible as refusal:
        st.error(str(refusal))
        return
    flash(said)
    st.rerun()
