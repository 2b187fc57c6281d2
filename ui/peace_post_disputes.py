"""The disputes: those open and those of the period, the chosen one with all that can be done with it."""

import polars as pl
import streamlit as st

import access
from access import Permission
from data_access import peace_post
from texts import t
from ui import peace_post_dispute_forms as forms
from ui import words
from ui.choosing import chosen
from ui.forms import Row
from ui.loading import load
from ui.parts import empty, facts, panel
from ui.peace_post_history import told
from ui.worked import worked
from vocabulary.peace_post import CheckOutcome, DisputeOrigin, DisputeOutcome, DisputeType, Mediator, Performed
from vocabulary.questions import Period, Viewer
from vocabulary.refusals import word


def disputes(viewer: Viewer, period: Period) -> None:
    """The list, and beside it the chosen dispute; who may write finds the form for a new one above."""
    if access.allows(viewer, Permission.WRITE_DISPUTES):
        with st.expander(t("peace_post.dispute_new"), icon=":material/add:", key="pp-new-dispute"):
            forms.new(viewer)
    found = load(peace_post.dispute_list, viewer, period)
    left, right = st.columns([1.62, 1], gap="small")
    with left, panel(t("peace_post.disputes_title"), _counted(found), key="pp-disputes"):
        if found.is_empty():
            empty(t("peace_post.disputes_none"))
            return
        rows = list(_open_first(found).iter_rows(named=True))
        row = chosen("pp-disputes-table", rows, _shown(rows), required=True, new=forms.NEW)
    with right, panel(t("peace_post.dispute_title"), key="pp-dispute"):
        if row:
            _one(viewer, row)


@worked
def _open_first(found: pl.DataFrame) -> pl.DataFrame:
    return found.sort(pl.col("dispute_outcome").is_not_null(), maintain_order=True)


def _counted(found: pl.DataFrame) -> str:
    still = found["dispute_outcome"].null_count()
    return t("peace_post.disputes_note", open=still, all=found.height)


def outcome_words(row: Row) -> str:
    """How it ended, or that it is still mediated."""
    return word(DisputeOutcome(row["dispute_outcome"])) if row["dispute_outcome"] else t("peace_post.still_open")


def _shown(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            t("peace_post.number"): [row["number"] for row in rows],
            t("columns.dispute_type"): [word(DisputeType(row["dispute_type"])) for row in rows],
            t("columns.grid"): [row["grid"] for row in rows],
            t("columns.opened_on"): [str(row["opened_on"]) for row in rows],
            t("columns.dispute_outcome"): [outcome_words(row) for row in rows],
            t("columns.earlier"): [
                t("peace_post.earlier", count=row["earlier"]) if row["earlier"] else "" for row in rows
            ],
        }
    )


def _again(earlier: int) -> str:
    return t("peace_post.earlier", count=earlier) if earlier else ""


def _one(viewer: Viewer, row: Row) -> None:
    mediators = [word(member) for member in Mediator if row[f"by_{member.value}"]]
    facts(
        [
            (t("peace_post.number"), row["number"]),
            (t("columns.dispute_type"), word(DisputeType(row["dispute_type"]))),
            (t("columns.dispute_origin"), word(DisputeOrigin(row["dispute_origin"])) if row["dispute_origin"] else "—"),
            (t("columns.grid"), row["grid"]),
            (t("peace_post.mediators"), t("peace_post.join").join(mediators) or "—"),
            (t("peace_post.opened_at"), words.moment(row["opened_at"])),
            (t("columns.dispute_outcome"), outcome_words(row)),
            (t("columns.closed_on"), words.day(row["closed_on"]) if row["closed_on"] else "—"),
            (t("columns.performed"), word(Performed(row["performed"])) if row["performed"] else "—"),
        ]
    )
    checks = load(peace_post.check_backs_of, viewer, row["id"])
    for check in checks.iter_rows(named=True):
        st.markdown(f":small[{_check_words(check)}]")
    if access.allows(viewer, Permission.WRITE_DISPUTES):
        _acts(viewer, row, waits=checks["check_outcome"].null_count() > 0)
    told(load(peace_post.dispute_history, viewer, row["id"]))


def _check_words(check: Row) -> str:
    days = check["after_days"]
    if check["check_outcome"] is None:
        return t("peace_post.check_waits", days=days, day=words.day(check["due_on"]))
    said = word(CheckOutcome(check["check_outcome"]))
    return t("peace_post.check_was", days=days, day=words.day(check["done_on"]), outcome=said)


def _acts(viewer: Viewer, row: Row, *, waits: bool) -> None:
    if row["dispute_outcome"] is None:
        forms.settle(viewer, row)
    if row["dispute_outcome"] == DisputeOutcome.AGREEMENT:
        forms.perform(viewer, row)
    if waits:
        with st.expander(t("peace_post.number_change"), key=f"pp-number-of-{row['id']}"):
            forms.change_number(viewer, row)
    with st.expander(t("peace_post.correct"), key=f"pp-correct-of-{row['id']}"):
        forms.correct(viewer, row)
    with st.expander(t("peace_post.strike_out"), key=f"pp-strike-of-{row['id']}"):
        forms.strike(viewer, row)
