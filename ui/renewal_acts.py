"""What can be done with an open proposal at its step: evidence, opinions, publicity, the meeting, withdrawing it."""

from typing import Any

import streamlit as st

import clock
from data_access import renewal
from data_access.renewal import Examined, Made, Meeting, Present, Rule, Story, Votes
from texts import t
from ui import words
from ui.forms import FILES, choice, done, fresh, upload
from ui.loading import load
from ui.renewal_forms import day, lines, number, submit, text
from vocabulary.questions import Viewer
from vocabulary.refusals import word
from vocabulary.renewal import Feasible, MeetingForm, Outcome, Profession, Side, Step

Row = dict[str, Any]
USUAL = {
    Step.PROPOSE: MeetingForm.HOME_VISIT,
    Step.DISCUSS: MeetingForm.COURTYARD,
    Step.REVIEW: MeetingForm.MEETING,
    Step.EXPERTS: MeetingForm.REVIEW,
    Step.DECIDE: MeetingForm.MEETING,
}


def acts(viewer: Viewer, story: Story) -> None:
    """What the present step asks for, and the forms that give it."""
    step = Step(story.proposal["step"])
    rule = load(renewal.rules, viewer, clock.today())[step]
    st.markdown(asked(rule, story))
    with st.expander(t("renewal.hold_title", step=word(step)), expanded=not story.lacks):
        _hold(viewer, story, rule)
    with st.expander(t("renewal.evidence_form")):
        _evidence(viewer, story)
    if step is Step.EXPERTS:
        with st.expander(t("renewal.opinion_form")):
            _opinion(viewer, story)
    if step is Step.DECIDE:
        with st.expander(t("renewal.publicity_form")):
            _publicity(viewer, story, rule)
    with st.expander(t("renewal.withdraw_form")):
        _withdraw(viewer, story)


def asked(rule: Rule, story: Story) -> str:
    """The step, what it asks for, and what is still missing."""
    parts = [t("renewal.asks.quorum", quorum=rule.quorum), t("renewal.asks.evidence")]
    if rule.votes:
        parts.append(t("renewal.asks.votes", percent=rule.pass_percent))
    if rule.opinions:
        parts.append(t("renewal.asks.opinions", opinions=rule.opinions))
    if rule.publicity_days:
        parts.append(t("renewal.asks.publicity", days=rule.publicity_days))
    told = t("renewal.asks.step", step=word(rule.step), what=t("renewal.join").join(parts))
    missing = t("renewal.join").join(word(lack) for lack in story.lacks)
    running = story.standing.public_to
    if missing and running and running >= clock.today():
        missing = f"{missing} {t('renewal.asks.until', day=words.day(running))}"
    return told + (t("renewal.asks.missing", missing=missing) if missing else t("renewal.asks.nothing"))


def _hold(viewer: Viewer, story: Story, rule: Rule) -> None:
    proposal = story.proposal
    form = f"hold-{proposal['id']}-{rule.step}"
    key = fresh(form)
    with st.form(key, border=False):
        meeting = _meeting(key, rule, {})
        if submit(t("renewal.hold_act")):
            said = t("renewal.held", step=word(rule.step), outcome=word(meeting.outcome))
            done(said, form, renewal.hold, viewer, proposal["id"], proposal["version"], meeting)


def corrections(viewer: Viewer, story: Story) -> None:
    """The forms that correct a meeting and take evidence away, each with a reason."""
    if story.meetings:
        held = {row["id"]: row for row in reversed(story.meetings)}
        with st.expander(t("renewal.correct_meeting")):
            which = st.selectbox(
                t("renewal.which_meeting"),
                list(held),
                format_func=lambda meeting_id: _called(held[meeting_id]),
                key=f"which-{story.proposal['id']}",
                filter_mode=None,
            )
            if which:
                _correct_meeting(viewer, held[which])
    if story.evidence:
        with st.expander(t("renewal.remove_evidence")):
            _remove(viewer, story)


def _called(row: Row) -> str:
    return f"{row['held_on']:%Y-%m-%d} {word(Step(row['step']))} · {word(Outcome(row['outcome']))}"


def _correct_meeting(viewer: Viewer, row: Row) -> None:
    key = f"correct-meeting-{row['id']}-{row['version']}"
    rule = load(renewal.rules, viewer, row["held_on"])[Step(row["step"])]
    with st.form(key, border=False):
        meeting = _meeting(key, rule, row)
        reason = text("reason", key)
        if submit(t("renewal.correct_act")):
            seen = (row["id"], row["version"])
            done(t("renewal.corrected"), key, renewal.correct_meeting, viewer, *seen, reason, meeting)


def _meeting(key: str, rule: Rule, now: Row) -> Meeting:
    left, right = st.columns(2)
    with left:
        held_on = day("held_on", key, now.get("held_on"))
    with right:
        form = choice(t("renewal.form"), MeetingForm, f"{key}-form", now.get("form", USUAL[rule.step]))
    venue = text("venue", key, now.get("venue", ""))
    with st.grid(3, min_column_width=100, gap="xsmall"):
        sides = {side.value: number(side.value, key, now.get(side.value, 0)) for side in Side}
    votes = None
    if rule.votes:
        with st.grid(3, min_column_width=100, gap="xsmall"):
            names = ("votes_for", "votes_against", "votes_abstain")
            counted = [number(name, key, now.get(name) or 0) for name in names]
        votes = Votes(*counted) if any(counted) else None
    outcome = choice(t("renewal.outcome"), Outcome, f"{key}-outcome", now.get("outcome"))
    note = lines("note", key, now.get("note") or "")
    return Meeting(rule.step, held_on, form, venue, Present(**sides), outcome, votes, note)


def _evidence(viewer: Viewer, story: Story) -> None:
    proposal = story.proposal
    form = f"evidence-{proposal['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        open_steps = [step for step in Step if step <= proposal["step"]]
        step = st.selectbox(
            t("renewal.column.step"), open_steps, len(open_steps) - 1, format_func=word, key=f"{key}-step"
        )
        title = text("title", key)
        body = lines("body", key)
        file = upload(t("renewal.file"), FILES, f"{key}-file")
        given_on = day("given_on", key)
        if submit(t("renewal.evidence_act")) and step:
            given = (proposal["id"], step, title, body, file, given_on)
            done(t("renewal.evidence_given"), form, renewal.give_evidence, viewer, *given)


def _opinion(viewer: Viewer, story: Story) -> None:
    form = f"opinion-{story.proposal['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        profession = choice(t("renewal.profession"), Profession, f"{key}-profession")
        feasible = choice(t("renewal.verdict"), Feasible, f"{key}-feasible")
        body = lines("body", key)
        reason = text("reason", key, "", t("renewal.reason_help"))
        given_on = day("given_on", key)
        if submit(t("renewal.opinion_act")):
            examined = Examined(profession, feasible, body, given_on, reason)
            done(t("renewal.opinion_given"), form, renewal.give_opinion, viewer, story.proposal["id"], examined)


def _publicity(viewer: Viewer, story: Story, rule: Rule) -> None:
    form = f"publicity-{story.proposal['id']}"
    key = fresh(form)
    with st.form(key, border=False):
        left, right = st.columns(2)
        with left:
            since = day("public_from", key)
        with right:
            until = day("public_to", key)
        st.markdown(f":small[:gray[{t('renewal.publicity_note', days=rule.publicity_days)}]]")
        venue = text("venue", key)
        replies = st.text_area(t("renewal.replies"), key=f"{key}-replies", height=96)
        if submit(t("renewal.publicity_act")):
            made = Made(since, until, venue, replies)
            done(t("renewal.published"), form, renewal.publish, viewer, story.proposal["id"], made)


def _withdraw(viewer: Viewer, story: Story) -> None:
    proposal = story.proposal
    key = f"withdraw-{proposal['id']}-{proposal['version']}"
    with st.form(key, border=False):
        reason = text("reason", key)
        if submit(t("renewal.withdraw_act")):
            done(t("renewal.withdrawn"), key, renewal.withdraw, viewer, proposal["id"], proposal["version"], reason)


def _remove(viewer: Viewer, story: Story) -> None:
    form = f"remove-{story.proposal['id']}"
    key = fresh(form)
    titles = {row["id"]: row["title"] for row in story.evidence}
    with st.form(key, border=False):
        which = st.selectbox(
            t("renewal.which_evidence"),
            list(titles),
            format_func=titles.__getitem__,
            key=f"{key}-which",
            filter_mode=None,
        )
        reason = text("reason", key)
        if submit(t("renewal.remove_act")) and which:
            done(t("renewal.evidence_removed"), form, renewal.remove_evidence, viewer, which, reason)
