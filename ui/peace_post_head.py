"""The head of the peace post: its period, its first sentence, its eight figures."""

import streamlit as st

import clock
from data_access import peace_post
from jobs.figures import Card, card_of
from texts import t
from ui import parts, words
from ui.evidence import cards
from ui.filters import period_bar
from ui.loading import load
from vocabulary.questions import Filters, Period, Span, Viewer

DISPUTES = ("disputes_settled", "mediation_success", "agreements_performed", "check_backs_due")
PARTS = ("checks", "disputes", "opinions", "pictures")
OPINIONS = ("opinions_collected", "opinions_answered", "opinions_adopted", "dispute_recurrence")


def head() -> Period:
    """Title, what the post is, badges, and the period that was chosen."""
    chosen: list[Period] = []
    parts.head(
        t("peace_post.title"), t("peace_post.subtitle"), lambda: chosen.append(period_bar("peace_post", Span.MONTH))
    )
    return chosen[0]


def figures(viewer: Viewer, period: Period) -> dict[str, Card]:
    """Two rows of cards, on a phone the second folded; under each row the rows behind the one that is opened."""
    first = cards(viewer, DISPUTES, period, Filters(), "peace_post")
    with st.container(key="fold"):
        st.html(f"<details><summary>{t('overview.more')}</summary></details>")
    with st.container(key="cards-more"):
        return first | cards(viewer, OPINIONS, period, Filters(), "peace_post")


def sentence(viewer: Viewer, shown: dict[str, Card], period: Period) -> str:
    """HTML of ours: what came, what was settled, what was answered, and what waits today."""
    opened = load(card_of("disputes_opened"), viewer, period, Filters()).figure.value or 0
    told = t(
        "peace_post.lead",
        opened=words.number(opened),
        settled=words.number(shown["disputes_settled"].figure.value or 0),
        collected=words.number(shown["opinions_collected"].figure.value or 0),
        answered=words.number(shown["opinions_answered"].figure.numerator or 0),
    )
    due, waiting = due_count(viewer), waiting_count(viewer)
    if not due and not waiting:
        return told + t("peace_post.lead_nothing_waits")
    return told + t("peace_post.lead_waits", due=words.number(due), waiting=words.number(waiting))


def due_count(viewer: Viewer) -> int:
    """How many check-backs wait today."""
    return load(peace_post.open_check_backs, viewer, clock.today()).height


def waiting_count(viewer: Viewer) -> int:
    """How many opinions wait for their decision, of whatever time."""
    today = clock.today()
    return load(peace_post.opinion_list, viewer, Period(today, today), True).height


def nothing_yet(viewer: Viewer) -> bool:
    """Is there neither a dispute nor an opinion that this viewer sees?"""
    return not load(peace_post.anything, viewer)


def part(viewer: Viewer) -> str:
    """Which part of the page is open, kept in its address; the work lists say how much waits."""
    counts = {"checks": due_count(viewer), "disputes": open_count(viewer), "opinions": waiting_count(viewer)}
    asked = st.query_params.get("part", PARTS[0])
    chosen = st.segmented_control(
        t("peace_post.title"),
        PARTS,
        default=asked if asked in PARTS else PARTS[0],
        format_func=lambda name: _named(name, counts.get(name, 0)),
        # A count that changed makes it another control, which begins where the address says.
        key=f"pp-part-{hash(tuple(counts.values()))}",
        label_visibility="collapsed",
        required=True,
    )
    opened = chosen or PARTS[0]
    st.query_params["part"] = opened
    return opened


def _named(name: str, waiting: int) -> str:
    said = t(f"peace_post.part_{name}")
    return f"{said} :small[{waiting}]" if waiting else said


def open_count(viewer: Viewer) -> int:
    """How many disputes are still mediated."""
    today = clock.today()
    found = load(peace_post.dispute_list, viewer, Period(today, today))
    return found["dispute_outcome"].null_count()
