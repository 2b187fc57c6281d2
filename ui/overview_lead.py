"""The sentence the overview opens with, written from the figures of its cards."""

from jobs.figures import Card
from metrics.catalogue import METRICS
from metrics.figure import Better
from texts import t
from ui import words
from ui.evidence import hidden_small, too_few
from vocabulary.questions import Period, Span, Viewer


def sentence(viewer: Viewer, cards: dict[str, Card], period: Period) -> str:
    """HTML of ours: what came in, what the canteen serves, and each target that is missed; figures that are not there
    are not mentioned."""
    parts = [part for part in (_cases(cards, period), _meals(cards), *_targets(viewer, cards)) if part]
    if not parts:
        return t("overview.lead_none", when=span_words(period))
    return t("overview.lead_join").join(parts) + t("overview.lead_stop")


def span_words(period: Period) -> str:
    """This week / 11月1日至11月20日."""
    if period.span is not Span.CHOSEN:
        return t(f"overview.when.{period.span.value}")
    return t("overview.when.chosen", since=words.day(period.since), until=words.day(period.until))


def _cases(cards: dict[str, Card], period: Period) -> str:
    counts = {key: cards[key].figure.value or 0 for key in ("received", "finished", "open")}
    if not any(counts.values()):
        return ""
    said = {key: words.number(value) for key, value in counts.items()}
    return t("overview.lead_cases", when=span_words(period), **said) + _hours(cards)


def _hours(cards: dict[str, Card]) -> str:
    hours = cards["hours_to_finish"].figure.value
    return "" if hours is None else t("overview.lead_hours", hours=words.number(hours, 1))


def _meals(cards: dict[str, Card]) -> str:
    meals, share = cards["meals_a_day"].figure.value, cards["elder_share"].figure.value
    if meals is None or share is None:
        return ""
    return t("overview.lead_meals", meals=words.number(meals), share=words.share(share))


def _targets(viewer: Viewer, cards: dict[str, Card]) -> list[str]:
    """The rates that miss their targets, in a clause each; none that a card would not show this viewer."""
    found = []
    for key, name in (("on_time_rate", "on_time"), ("elder_coverage", "coverage"), ("stalls_open", "stalls")):
        value, target = cards[key].figure.value, cards[key].target
        unshown = hidden_small(viewer, METRICS[key], cards[key]) or too_few(METRICS[key], cards[key])
        if value is None or target is None or unshown:
            continue
        if value < target if METRICS[key].better is Better.UP else value > target:
            found.append(
                t(f"overview.lead_{name}", value=words.share(value))
                + t("overview.lead_below", goal=words.share(target))
            )
    return found
