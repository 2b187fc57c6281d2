"""One proposal: where it stands, its dated story, what was given for it, and what can be done now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import streamlit as st

import access
from access import Permission
from data_access import renewal
from data_access.renewal import Story
from texts import t
from ui import renewal_acts, renewal_filing, renewal_project_form, words
from ui.links import linked
from ui.loading import load
from ui.parts import facts, log, panel, plain, steps
from ui.renewal_chosen import choose
from vocabulary.enums import Level
from vocabulary.questions import Viewer
from vocabulary.refusals import word
from vocabulary.renewal import Feasible, MeetingForm, Outcome, Profession, ProposalState, Side, Step

Row = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """One thing that happened, or is to happen: `said` is HTML of ours."""

    on: date
    said: str
    note: str = ""
    kind: str = ""


def show(viewer: Viewer, story: Story) -> None:
    """The proposal beside what can be done with it."""
    proposal = story.proposal
    left, right = st.columns([1.3, 1], gap="small")
    with left, panel(proposal["title"], proposal["number"], key="story"):
        _head(story)
        st.space("small")
        log([(each.kind, f"{each.on:%Y-%m-%d}", each.said, each.note) for each in reversed(moments(viewer, story))])
        _files(viewer, story)
        st.button(t("words.close"), key="story-close", type="tertiary", on_click=choose, args=("proposal", None))
    with right, panel(t("renewal.now_title"), key="acts"):
        if not access.allows(viewer, Permission.EDIT_RENEWAL):
            st.markdown(f":gray[{t('renewal.only_officials')}]")
        elif proposal["state"] == ProposalState.OPEN:
            renewal_acts.acts(viewer, story)
        elif proposal["state"] == ProposalState.DECIDED:
            renewal_project_form.from_proposal(viewer, proposal)
        if access.allows(viewer, Permission.EDIT_RENEWAL):
            renewal_acts.corrections(viewer, story)
            renewal_filing.correct(viewer, proposal)


def _head(story: Story) -> None:
    proposal = story.proposal
    ended = proposal["state"] == ProposalState.DECIDED
    steps([word(step) for step in Step], len(Step) if ended else proposal["step"] - 1)
    st.html(f'<p class="case-text">{escape(proposal["matter"])}</p>')
    origin = t(f"renewal.word.origin.{proposal['origin']}")
    level = proposal["level"]
    facts(
        [
            (t("renewal.state"), t(f"renewal.word.proposal_state.{proposal['state']}")),
            (t("renewal.came_from"), f"{origin} {story.source.number if story.source else ''}".strip()),
            (t("columns.grid"), proposal["grid"] or t("renewal.whole")),
            (t("renewal.level"), word(Level(level)) if level else t("words.unfilled")),
            (t("renewal.unit"), proposal["unit"] or t("words.unfilled")),
        ]
    )


def moments(viewer: Viewer, story: Story) -> list[Moment]:
    """The story in the order of its days: origin, meetings, decision, projects, milestones."""
    found = [*_way(viewer, story), *_afterwards(story)]
    return sorted(found, key=lambda each: each.on)


def _way(viewer: Viewer, story: Story) -> Iterator[Moment]:
    proposal = story.proposal
    origin = t(f"renewal.word.origin.{proposal['origin']}")
    source = f"{origin} {escape(story.source.number)}" if story.source else origin
    if story.source:
        number = escape(story.source.number)
        if proposal["case_id"] is not None:
            number = linked(number, viewer, "cases", {"case": [str(story.source.id)]})
        yield Moment(story.source.came_on, t(f"renewal.told.came_{proposal['origin']}", number=number))
    yield Moment(proposal["filed_on"], t("renewal.told.filed", source=source))
    for row in story.evidence:
        title = escape(row["title"])
        yield Moment(row["given_on"], t("renewal.told.evidence", title=title, step=word(Step(row["step"]))))
    for row in story.opinions:
        who, verdict = word(Profession(row["profession"])), word(Feasible(row["feasible"]))
        late = "late" if row["feasible"] == Feasible.NO else ""
        note = t("renewal.joined_note", body=row["body"], reason=row["reason"]) if row["reason"] else row["body"]
        yield Moment(row["given_on"], t("renewal.told.opinion", who=who, verdict=verdict), note, late)
    for row in story.publicity:
        until = words.day(row["to_on"])
        yield Moment(
            row["from_on"], t("renewal.told.publicity", until=until, venue=escape(row["venue"])), row["replies"] or ""
        )
    for row in story.meetings:
        yield _meeting(row)
    if proposal["state"] == ProposalState.WITHDRAWN:
        yield Moment(proposal["closed_on"], t("renewal.told.withdrawn"), proposal["close_reason"] or "")


def _meeting(row: Row) -> Moment:
    outcome, step = Outcome(row["outcome"]), Step(row["step"])
    decided = outcome is Outcome.PASS and step is Step.DECIDE
    told = t(
        "renewal.told.decided" if decided else "renewal.told.meeting",
        step=word(step),
        form=word(MeetingForm(row["form"])),
        venue=escape(row["venue"]),
        outcome=word(outcome),
    )
    kind = {Outcome.PASS: "now", Outcome.REJECT: "late"}.get(outcome, "")
    return Moment(row["held_on"], told, "".join([present(row), _votes(row), _noted(row)]), kind)


def present(row: Row) -> str:
    """How many were there, by side."""
    sides = t("renewal.join").join(f"{word(side)} {row[side.value]}" for side in Side if row[side.value])
    return t("renewal.told.present", present=sum(row[side.value] for side in Side), sides=sides)


def _votes(row: Row) -> str:
    if row["votes_for"] is None:
        return ""
    return t("renewal.told.votes", **{name: row[name] for name in ("votes_for", "votes_against", "votes_abstain")})


def _noted(row: Row) -> str:
    return t("renewal.told.note", note=row["note"]) if row["note"] else ""


def _afterwards(story: Story) -> Iterator[Moment]:
    names = {project["id"]: project["number"] for project in story.projects}
    for project in story.projects:
        name = escape(project["name"])
        yield Moment(project["approved_on"], t("renewal.told.project", number=project["number"], name=name), kind="now")
        for column in ("started_on", "finished_on", "stopped_on"):
            if project[column]:
                yield Moment(project[column], t(f"renewal.told.{column}", number=project["number"]))
    for stage in story.milestones:
        if stage["done_on"]:
            said = {"number": names[stage["project_id"]], "name": escape(stage["name"]), "weight": stage["weight"]}
            yield Moment(stage["done_on"], t("renewal.told.milestone", **said))


def _files(viewer: Viewer, story: Story) -> None:
    """The evidence that came as text or file, to be read."""
    if not story.evidence:
        return
    with st.expander(t("renewal.evidence_title", count=len(story.evidence))):
        for row in story.evidence:
            step = word(Step(row["step"]))
            st.markdown(f"**{plain(row['title'])}** :small[:gray[{step} · {row['given_on']:%Y-%m-%d}]]")
            if row["body"]:
                st.html(f'<p class="case-text">{escape(row["body"])}</p>')
            if row["file_id"]:
                _download(viewer, row)


def _download(viewer: Viewer, row: Row) -> None:
    file_id = row["file_id"]
    st.download_button(
        t("renewal.download", name=row["file"], size=f"{row['size'] / 1024:,.0f}"),
        lambda: load(renewal.stored, viewer, file_id).content,
        file_name=row["file"],
        key=f"file-{file_id}",
        type="tertiary",
        icon=":material/download:",
    )
