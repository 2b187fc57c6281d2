"""The head of renewal: its period, its first sentence, its figures."""

from datetime import date

import polars as pl

import clock
from data_access import renewal
from jobs.figures import Card
from jobs.renewal import on_day
from metrics import renewal as figures
from texts import t
from ui import parts, words
from ui.evidence import cards
from ui.filters import period_bar
from ui.loading import load
from ui.worked import worked
from vocabulary.questions import Filters, Period, Span, Viewer

KEYS = (
    "proposals_open",
    "steps_passed",
    "step_days",
    "renewal_area",
    "renewal_done",
    "renewal_progress",
    "renewal_paid",
)


def head(_viewer: Viewer) -> Period:
    """Title, what it is, badges, and the period that was chosen."""
    chosen: list[Period] = []
    subtitle = t("renewal.subtitle")
    parts.head(t("renewal.title"), subtitle, lambda: chosen.append(period_bar("renewal", Span.QUARTER)))
    return chosen[0]


def nothing_yet(viewer: Viewer) -> bool:
    """Is there neither a proposal nor a project?"""
    today = clock.today()
    reads = (renewal.steps, renewal.projects)
    return all(load(read, viewer, today, today).is_empty() for read in reads)


def shown(viewer: Viewer, period: Period) -> dict[str, Card]:
    """The cards and the rows of the one that is opened."""
    return cards(viewer, KEYS, period, Filters(), "renewal")


def sentence(viewer: Viewer, found: dict[str, Card], period: Period) -> str:
    """HTML of ours: what is under way and waits longest, how far the projects are, what is late."""
    waiting = _waiting(period.until, load(renewal.steps, viewer, period.since, period.until))
    if waiting.is_empty():
        return t("renewal.lead_none") + _projects(viewer, found, period)
    longest = waiting.row(0, named=True)
    told = t(
        "renewal.lead",
        open=words.number(waiting.height),
        step=t(f"renewal.word.step.{longest['step']}"),
        days=words.number((period.until - longest["opened_on"]).days),
    )
    return told + _projects(viewer, found, period)


@worked
def _waiting(day: date, steps: pl.DataFrame) -> pl.DataFrame:
    return figures.standing(day, steps).sort("opened_on", "step")


def _projects(viewer: Viewer, found: dict[str, Card], period: Period) -> str:
    area = found["renewal_area"].figure.value
    if not area:
        return t("renewal.lead_no_projects")
    there = load(on_day, viewer, period)
    late = worked(figures.late)(there, period.until).height
    done, progress = found["renewal_done"].figure.value or 0, found["renewal_progress"].figure.value
    told = t(
        "renewal.lead_projects",
        projects=words.number(there.height),
        area=words.number(area),
        done=words.number(done),
        progress=words.share(progress),
    )
    return told + t("renewal.lead_late", late=words.number(late)) if late else told + t("renewal.lead_no_late")
