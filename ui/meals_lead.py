"""The words at the head of the canteen's page: of how many elders it speaks, and the sentence from the numbers."""

from datetime import date
from html import escape

import polars as pl

import clock
from jobs.figures import Card
from jobs.meals_page import Reach, Residents
from metrics.catalogue import METRICS
from metrics.coverage import LAGGING
from texts import t
from ui import words
from ui.evidence import hidden_small
from ui.worked import worked
from vocabulary.questions import Period, Span, Viewer

NAMED = 3


def subtitle(residents: Residents) -> str:
    """The canteen, the community's residents of 60+ and the day they were counted on."""
    if not residents.count or residents.counted_on is None:
        return t("meals.page.subtitle_none")
    return t("meals.page.subtitle", count=words.number(residents.count), day=words.day(residents.counted_on))


def span_words(period: Period) -> str:
    """This month / 11月1日至11月20日."""
    if period.span is not Span.CHOSEN:
        return t(f"meals.page.when.{period.span.value}")
    return dates(period)


def dates(days: Period) -> str:
    """10月29日至11月25日, with the year where it is not this one throughout; a single day alone."""
    this_year = days.since.year == days.until.year == clock.today().year
    since, until = (_short(day) if this_year else words.day(day) for day in (days.since, days.until))
    return since if days.days == 1 else t("meals.page.span", since=since, until=until)


def _short(day: date) -> str:
    return t("meals.page.short_day", month=day.month, day=day.day, name=f"{day:%b}")


def sentence(viewer: Viewer, cards: dict[str, Card], reach: Reach, period: Period) -> str:
    """HTML of ours: what was served, to whom, how many elders are reached, and which buildings lag behind."""
    meals = cards["elder_share"].figure
    if not meals.denominator:
        return t("meals.page.lead_none", when=span_words(period))
    parts = [_meals(cards, period), _elders(viewer, cards), _coverage(viewer, cards)]
    first = t("meals.page.lead_join").join(part for part in parts if part) + t("meals.page.lead_stop")
    return first + _lagging(reach)


def _meals(cards: dict[str, Card], period: Period) -> str:
    daily, share = cards["meals_a_day"].figure, cards["elder_share"].figure
    shared = t("meals.page.lead_share", share=words.share(share.value))
    when = span_words(period)
    if period.days == 1 or daily.value is None:
        today = period.until == clock.today()
        key = "meals.page.lead_so_far" if today else "meals.page.lead_total"
        return t(key, when=when, meals=words.number(share.denominator or 0)) + shared
    days = words.number(daily.denominator or 0)
    return t("meals.page.lead_daily", when=when, days=days, meals=words.number(daily.value)) + shared


def _elders(viewer: Viewer, cards: dict[str, Card]) -> str:
    card = cards["elders_served"]
    if not card.figure.value or hidden_small(viewer, METRICS["elders_served"], card):
        return ""
    return t("meals.page.lead_elders", count=words.number(card.figure.value))


def _coverage(viewer: Viewer, cards: dict[str, Card]) -> str:
    card = cards["elder_coverage"]
    if card.figure.value is None or hidden_small(viewer, METRICS["elder_coverage"], card):
        return ""
    said = t("meals.page.lead_coverage", value=words.share(card.figure.value))
    if card.target is None:
        return said
    state = "below" if card.figure.value < card.target else "reached"
    return said + t(f"meals.page.lead_{state}", goal=words.share(card.target))


def _lagging(reach: Reach) -> str:
    behind = _behind(reach.buildings)
    if behind.is_empty():
        return ""
    names = [_whole(t("meals.page.building", number=number)) for number in behind["building"].head(NAMED)]
    key = "meals.page.lead_lagging_more" if behind.height > NAMED else "meals.page.lead_lagging"
    return t(key, names=t("meals.page.list").join(names), count=behind.height, part=f"{LAGGING:.0%}")


@worked
def _behind(buildings: pl.DataFrame) -> pl.DataFrame:
    return buildings.filter("lagging").sort("rate")


def _whole(name: str) -> str:
    """A name that no line breaks."""
    return f'<span class="whole">{escape(name)}</span>'
