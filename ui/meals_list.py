"""The list of meals: filtered, the newest first, read a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import streamlit as st

import access
from access import Permission
from jobs import meals_page
from metrics.meals import ELDER
from texts import t
from ui import words
from ui.loading import load
from ui.meals_days import SERVED
from ui.meals_rows import meals_table
from ui.parts import plain
from vocabulary.enums import MealKind, Role
from vocabulary.questions import Op, Period, Rows, Viewer, Where
from vocabulary.refusals import word

WHO = ("elderly", "others")


@dataclass(frozen=True)
class Choice:
    """What the list is narrowed to; empty is all."""

    meal: str = ""
    who: str = ""
    tier: str = ""

    @property
    def rows(self) -> Rows:
        """The rows that it keeps."""
        where = list(SERVED)
        if self.meal:
            where.append(Where("meal", Op.IN, (self.meal,)))
        if self.who:
            where.append(Where("band", Op.IN if self.who == "elderly" else Op.NOT_IN, ELDER))
        if self.tier:
            where.append(Where("tier", Op.IN, (self.tier,)))
        return Rows("meals", tuple(where))

    def count(self, counted: pl.DataFrame) -> int:
        """How many these are, from the meals counted by meal, band and tier."""
        elder = pl.col("band").is_in(ELDER).fill_null(value=False)
        kept = [pl.col("meal") == self.meal] if self.meal else []
        kept += [elder if self.who == "elderly" else ~elder] if self.who else []
        kept += [pl.col("tier") == self.tier] if self.tier else []
        return int(counted.filter(*kept)["meals"].sum())


def listed(viewer: Viewer, period: Period) -> None:
    """The panel, for those who may read single meals; nothing for the others."""
    if not access.allows(viewer, Permission.SEE_MEAL_ROWS):
        return
    counted = load(meals_page.counted, viewer, period)
    with st.container(border=True, key="panel-meals-list", gap="xsmall"):
        title, bar = st.container(), st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small")
        with bar:
            choice = _chosen(viewer, counted)
        total = choice.count(counted)
        days = t("meals.page.span", since=words.day(period.since), until=words.day(period.until))
        note = t("meals.page.list_note", count=words.number(total), span=days)
        title.markdown(f"**{t('meals.page.list_title')}** :small[:gray[{plain(note)}]]")
        if total:
            meals_table(viewer, choice.rows, period, total, f"meals-list-{choice.meal}-{choice.who}-{choice.tier}")
        else:
            st.markdown(f":gray[{t('meals.page.no_match')}]")


def _chosen(viewer: Viewer, counted: pl.DataFrame) -> Choice:
    meal = _pills("meal", tuple(kind.value for kind in MealKind), lambda kind: word(MealKind(kind)))
    who = _pills("who", WHO, lambda who: t(f"meals.page.{who}"))
    tiers = sorted(counted["tier"].drop_nulls().unique()) if viewer.role is not Role.FEEDER else []
    if not tiers:
        return Choice(meal, who)
    tier = st.selectbox(
        t("meals.page.tier_name"),
        tiers,
        index=None,
        placeholder=t("meals.page.any_tier"),
        key="meals-tier",
        label_visibility="collapsed",
        width=220,
    )
    return Choice(meal, who, tier or "")


def _pills(name: str, options: tuple[str, ...], said: Callable[[str], str]) -> str:
    """One of these or none; the address says which."""
    chosen = st.pills(
        t(f"meals.page.filter_{name}"),
        options,
        format_func=said,
        key=name,
        label_visibility="collapsed",
        bind="query-params",
    )
    return chosen or ""
