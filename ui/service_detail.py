"""The chosen service point in full, and the stalls of the craft workshops."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

import access
import clock
from access import Permission
from data_access import stalls
from data_access.artisans import artisans
from jobs import overview
from metrics.stalls import waived_so_far
from texts import t
from ui import words
from ui.loading import load
from ui.overview_news import stall_name
from ui.parts import facts, plain
from ui.service_places import Spot, door_words, today, week, words_of_kind
from vocabulary.enums import PlaceStatus, Role, Trade
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word


def detail(viewer: Viewer, spot: Spot | None) -> None:
    """Everything about the chosen one; a presenter sees no phone and no note."""
    if spot is None:
        st.markdown(f":gray[{t('service_points.pick_first')}]")
        return
    st.markdown(f"**{plain(spot.name)}** :gray[{door_words(spot)} · {plain(today(spot))}]")
    pairs = [
        ("kind", words_of_kind(spot)),
        ("address", spot.address),
        ("hours", t("service_points.list_stop").join(f"{days} {spans}" for days, spans in week(spot))),
        ("step_free", None if spot.step_free is None else t(f"service_points.step_free_{_yes(spot.step_free)}")),
        ("accuracy", word(spot.accuracy)),
    ]
    if viewer.role is not Role.PRESENTER:
        pairs += [("phone", spot.phone), ("note", spot.note)]
    facts([(t(f"service_points.{name}"), value or t("words.unfilled")) for name, value in pairs])


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def stall_table(viewer: Viewer, period: Period, chosen: Spot | None) -> None:
    """The stalls, those of the chosen workshop only when one is chosen."""
    rows = _rows(viewer, period)
    here = [row for row in rows if chosen is None or not chosen.trades or row["place"] == chosen.code]
    if not here:
        st.markdown(f":gray[{t('service_points.stalls_none')}]")
        return
    shown = pl.DataFrame([{name: row[name] for name in _columns(viewer)} for row in here])
    st.dataframe(
        shown.rename(_headings(viewer)).to_arrow(),
        hide_index=True,
        height="content",
        row_height=40,
        key="stalls-table",
        placeholder=words.NONE,
    )


def _columns(viewer: Viewer) -> list[str]:
    """Prices last: they are the longest."""
    rows = access.allows(viewer, Permission.SEE_STALL_ROWS)
    return [
        "stall",
        "opened_today",
        "customers",
        *(["artisan"] if rows else []),
        "agreement",
        "rent_waived",
        "waived_so_far",
        "prices",
    ]


def _headings(viewer: Viewer) -> dict[str, str]:
    return {name: t("columns.stall") if name == "stall" else t(f"service_points.{name}") for name in _columns(viewer)}


def _rows(viewer: Viewer, period: Period) -> list[dict[str, Any]]:
    openings = {row["stall_id"]: row for row in load(stalls.openings, viewer, clock.today()).iter_rows(named=True)}
    served = {(row["place"], row["stall"]): row["customers"] for row in _customers(viewer, period)}
    known = load(artisans, viewer) if access.allows(viewer, Permission.SEE_STALL_ROWS) else {}
    return [
        {
            "place": row["place"],
            "stall": stall_name(row["stall"], Trade(row["trade"])),
            "opened_today": _opened(row["status"], openings[row["stall_id"]]),
            "customers": served.get((row["place"], row["stall"])),
            "artisan": known.get(row["stall_id"], t("words.unfilled")),
            "agreement": _agreement(row["agreement_from"], row["agreement_to"]),
            "rent_waived": _rent(row["rent_waived_fen"]),
            "waived_so_far": _rent(
                waived_so_far(row["rent_waived_fen"], row["agreement_from"], row["agreement_to"], clock.today())
            ),
            "prices": prices(row["prices"]),
        }
        for row in load(stalls.stalls, viewer).iter_rows(named=True)
    ]


def _customers(viewer: Viewer, period: Period) -> Iterator[dict[str, Any]]:
    return load(overview.customers, viewer, period).iter_rows(named=True)


def _opened(status: str, opening: dict[str, Any]) -> str:
    since, until = opening["opened_at"], opening["closed_at"]
    if since and until:
        return t("service_points.opened_until", since=words.clock_time(since), until=words.clock_time(until))
    if since:
        return t("service_points.opened_since", at=words.clock_time(since))
    if status != PlaceStatus.OPEN:
        return word(PlaceStatus(status))
    return t("service_points.not_opened" if opening["agreed"] else "service_points.no_day")


def _agreement(since: date | None, until: date | None) -> str:
    if since is None:
        return t("words.unfilled")
    if until is None:
        return t("service_points.agreement_open", since=f"{since:%Y-%m-%d}")
    return t("service_points.agreement_span", since=f"{since:%Y-%m-%d}", until=f"{until:%Y-%m-%d}")


def _rent(fen: int | None) -> str:
    return t("words.unfilled") if fen is None else t("service_points.rent_yuan", yuan=_yuan(fen))


def prices(text: str) -> str:
    """配单把钥匙 5 元、换锁芯 40 元."""
    listed = json.loads(text).items()
    said = (t("service_points.price", item=item, yuan=_yuan(fen)) for item, fen in listed)
    return t("service_points.list_join").join(said) or t("words.unfilled")


def _yuan(fen: int) -> str:
    """Whole yuan without decimals: 5, 12.50."""
    return f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"
