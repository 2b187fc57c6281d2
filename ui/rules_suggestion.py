"""How well the suggestion of categories does: when it was learnt, from what, and its accuracy by category."""

import polars as pl
import streamlit as st

import clock
from data_access import suggestion
from data_access.suggestion import Label, Standing
from jobs.suggestion import LEAST, lines
from suggesting import hundredths_up, macro_f1, silent
from texts import t
from ui import parts, words
from ui.loading import load
from ui.rules_parts import HEAD, ROW, TALL
from vocabulary.questions import Viewer


def section(viewer: Viewer) -> None:
    """The part of the rules page."""
    standing = load(suggestion.standing, viewer)
    threshold = load(suggestion.threshold, viewer, clock.today())
    left, right = st.columns([1.6, 1], gap="small")
    with left, parts.panel(t("rules.part.suggestion"), t("suggestion.part_note"), key="rules-suggestion"):
        if standing is None:
            parts.empty(t("suggestion.none", least=LEAST))
        else:
            _table(standing, threshold)
    with right, parts.panel(t("suggestion.checks"), key="rules-suggestion-facts"):
        parts.facts(_facts(standing, threshold))
        st.caption(parts.plain(t("suggestion.threshold_hint")))
        st.caption(parts.plain(t("suggestion.how")))


def _facts(standing: Standing | None, threshold: float) -> list[tuple[str, str]]:
    now = [(t("suggestion.threshold"), f"{threshold:.0%}")]
    if standing is None:
        return now
    judged = lines(standing.labels)
    suggested = sum(_from(label.suggested, threshold) for label in standing.labels)
    right = sum(_from(label.right, threshold) for label in standing.labels)
    return [
        *now,
        (t("suggestion.silent"), words.share(silent(judged, threshold))),
        (t("suggestion.right"), _share_of(right, suggested)),
        (t("suggestion.f1"), f"{macro_f1(judged) or 0:.3f}"),
        (t("suggestion.cases"), words.number(standing.cases)),
        (t("suggestion.trained"), words.moment(standing.trained_at)),
    ]


def _table(standing: Standing, threshold: float) -> None:
    rows = [_row(label, threshold) for label in sorted(standing.labels, key=lambda one: (-one.cases, one.path))]
    height = min(TALL, HEAD + ROW * len(rows))
    st.dataframe(pl.DataFrame(rows), hide_index=True, row_height=ROW, height=height, key="suggestion-table")


def _row(label: Label, threshold: float) -> dict[str, str]:
    suggested, right = _from(label.suggested, threshold), _from(label.right, threshold)
    return {
        t("suggestion.label"): " › ".join(label.path),
        t("suggestion.own"): words.number(label.cases),
        t("suggestion.recognised"): _share_of(label.recognised, label.cases),
        t("suggestion.suggested"): words.number(suggested),
        t("suggestion.suggested_right"): _share_of(right, suggested),
    }


def _from(counts: tuple[int, ...], threshold: float) -> int:
    return sum(counts[hundredths_up(threshold) :])


def _share_of(part: int, whole: int) -> str:
    return words.share(part / whole if whole else None)
