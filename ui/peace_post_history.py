"""The corrections of a dispute or an opinion as sentences."""

from enum import StrEnum
from html import escape

from data_access.peace_post import Corrected
from texts import known, t
from ui import words
from ui.parts import log
from vocabulary.peace_post import (
    Decision,
    DisputeOrigin,
    DisputeOutcome,
    DisputeType,
    OpinionOrigin,
    Performed,
    Theme,
)
from vocabulary.refusals import word

KINDS: dict[str, tuple[type[StrEnum], ...]] = {
    "type": (DisputeType,),
    "origin": (DisputeOrigin, OpinionOrigin),
    "outcome": (DisputeOutcome,),
    "performed": (Performed,),
    "theme": (Theme,),
    "decision": (Decision,),
}


def told(history: tuple[Corrected, ...]) -> None:
    """A dated list of them; nothing where there are none."""
    if history:
        log([("", words.moment(one.at), _sentence(one), _changes(one)) for one in history])


def _sentence(one: Corrected) -> str:
    return escape(t("peace_post.corrected_by", who=one.actor or t("peace_post.someone"), reason=one.reason))


def _changes(one: Corrected) -> str:
    changes = (
        t("peace_post.changed", field=_field(name), before=_said(name, before), after=_said(name, after))
        for name, before, after in one.changed
    )
    return t("peace_post.join").join(changes)


def _field(name: str) -> str:
    return t(f"peace_post.field.{name}") if known(f"peace_post.field.{name}") else t(f"columns.{name}")


def _said(name: str, value: str | bool | None) -> str:
    if value is None:
        return words.NONE
    if isinstance(value, bool):
        return t("peace_post.yes" if value else "peace_post.no")
    for kind in KINDS.get(name, ()):
        if value in set(kind):
            return word(kind(value))
    return value
