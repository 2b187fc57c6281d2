"""What the list of meals is narrowed to; the address says it, in no language."""

from dataclasses import astuple, dataclass

import polars as pl
import streamlit as st

from metrics.meals import ELDER
from texts import t
from ui.meals_days import SERVED
from ui.worked import worked
from vocabulary.enums import MealKind, Role
from vocabulary.questions import Op, Rows, Viewer, Where
from vocabulary.refusals import word

WHO = ("elderly", "others")
NAMES = ("meal", "who", "tier")
_ASKED = "meals asked"


@dataclass(frozen=True)
class Choice:
    """What the list is narrowed to: a meal, elders or the others, a tier's code; empty is all."""

    meal: str = ""
    who: str = ""
    tier: str = ""

    def rows(self, counted: pl.DataFrame) -> Rows:
        """The rows that it keeps."""
        where = list(SERVED)
        if self.meal:
            where.append(Where("meal", Op.IN, (self.meal,)))
        if self.who:
            where.append(Where("band", Op.IN if self.who == "elderly" else Op.NOT_IN, ELDER))
        if self.tier:
            where.append(Where("tier", Op.IN, tuple(counted.filter(code=self.tier)["tier"].unique())))
        return Rows("meals", tuple(where))

    @worked
    def count(self, counted: pl.DataFrame) -> int:
        """How many these are, from the meals counted by meal, band and tier."""
        elder = pl.col("band").is_in(ELDER).fill_null(value=False)
        kept = [pl.col("meal") == self.meal] if self.meal else []
        kept += [elder if self.who == "elderly" else ~elder] if self.who else []
        kept += [pl.col("code") == self.tier] if self.tier else []
        return int(counted.filter(*kept)["meals"].sum())


def chosen(viewer: Viewer, counted: pl.DataFrame) -> Choice:
    """The filters, starting from an address that was opened; no till is asked about tiers."""
    tiers = _tiers(counted)
    options = {"meal": [kind.value for kind in MealKind], "who": list(WHO), "tier": list(tiers)}
    if viewer.role is Role.FEEDER:
        options["tier"] = []
    _arrive(options)
    meal = st.pills(
        t("meals.page.filter_meal"),
        options["meal"],
        format_func=lambda kind: word(MealKind(kind)),
        key="meals meal",
        label_visibility="collapsed",
    )
    who = st.pills(
        t("meals.page.filter_who"),
        options["who"],
        format_func=lambda who: t(f"meals.page.{who}"),
        key="meals who",
        label_visibility="collapsed",
    )
    choice = Choice(meal or "", who or "", _tier(options["tier"], tiers))
    _write(choice)
    return choice


@worked
def _tiers(counted: pl.DataFrame) -> dict[str, str]:
    return dict(counted.drop_nulls("code").sort("tier")[["code", "tier"]].iter_rows())


def _tier(codes: list[str], names: dict[str, str]) -> str:
    if not codes:
        return ""
    chosen = st.selectbox(
        t("meals.page.tier_name"),
        codes,
        index=None,
        format_func=lambda code: names[code],
        placeholder=t("meals.page.any_tier"),
        key="meals tier",
        label_visibility="collapsed",
        width=220,
    )
    return chosen or ""


def _arrive(options: dict[str, list[str]]) -> None:
    """An address that was opened sets the filters; one that we wrote ourselves does not."""
    asked = tuple(st.query_params.get(name, "") for name in NAMES)
    if asked == st.session_state.get(_ASKED):
        return
    st.session_state[_ASKED] = asked
    for name, value in zip(NAMES, asked, strict=True):
        st.session_state[f"meals {name}"] = value if value in options[name] else None


def _write(choice: Choice) -> None:
    wanted = astuple(choice)
    for name, value in zip(NAMES, wanted, strict=True):
        if value and st.query_params.get(name) != value:
            st.query_params[name] = value
        elif not value and name in st.query_params:
            del st.query_params[name]
    st.session_state[_ASKED] = wanted
