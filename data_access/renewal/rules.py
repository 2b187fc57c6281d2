"""What each of the five steps asks for on a day, and how the office changes it: dated, never overwritten."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

import clock
from access import Permission
from data_access.frames import by_the_minute, stands_on
from data_access.renewal.common import at_least, begin, done, insert
from data_access.tables.renewal import StepRule
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible
from vocabulary.renewal import LEAST_PUBLICITY, Profession, Step


@dataclass(frozen=True)
class Rule:
    """What one step asks for; a vote passes when more than `pass_percent` of those present are for it."""

    step: Step
    votes: bool
    quorum: int
    pass_percent: int
    opinions: int
    publicity_days: int


# What the steps ask for until the office says otherwise.
USUAL = {
    Step.PROPOSE: Rule(Step.PROPOSE, votes=False, quorum=1, pass_percent=0, opinions=0, publicity_days=0),
    Step.DISCUSS: Rule(Step.DISCUSS, votes=True, quorum=15, pass_percent=50, opinions=0, publicity_days=0),
    Step.REVIEW: Rule(Step.REVIEW, votes=True, quorum=7, pass_percent=50, opinions=0, publicity_days=0),
    Step.EXPERTS: Rule(Step.EXPERTS, votes=False, quorum=3, pass_percent=0, opinions=1, publicity_days=0),
    Step.DECIDE: Rule(Step.DECIDE, votes=True, quorum=15, pass_percent=50, opinions=0, publicity_days=7),
}
NAMES = ("votes", "quorum", "pass_percent", "opinions", "publicity_days")


@by_the_minute
@stands_on(Subject.RENEWAL)
def rules(conn: sa.Connection, _viewer: Viewer, on: date) -> dict[Step, Rule]:
    """The rule of each step that holds on a day: the office's newest up to it, else the usual one."""
    columns = (StepRule.step, *(getattr(StepRule, name) for name in NAMES), StepRule.from_on)
    found = dict(USUAL)
    for row in conn.execute(sa.select(*columns).where(StepRule.from_on <= on).order_by(StepRule.from_on)):
        found[Step(row.step)] = Rule(Step(row.step), *(getattr(row, name) for name in NAMES))
    return found


def change_rule(conn: sa.Connection, viewer: Viewer, rule: Rule, from_on: date) -> None:
    """The rule of a step from a day on. NotPossible for a day that is past, or for less than the law asks."""
    begin(conn, viewer, Permission.EDIT_RULES)
    _check(rule)
    if from_on < clock.today():
        raise NotPossible("renewal.refused.rule_past", day=from_on, today=clock.today())
    at = StepRule.step == rule.step
    conn.execute(sa.delete(StepRule).where(at, StepRule.from_on >= from_on))
    ends = sa.update(StepRule).where(at, sa.or_(StepRule.to_on.is_(None), StepRule.to_on >= from_on))
    conn.execute(ends.values(to_on=from_on - timedelta(1)))
    values = {name: getattr(rule, name) for name in NAMES}
    rule_id = insert(conn, StepRule, step=int(rule.step), from_on=from_on, **values)
    done(conn, viewer, "step_rule_changed", rule_id, step=int(rule.step), from_on=from_on, **values)


def _check(rule: Rule) -> None:
    at_least("quorum", rule.quorum, 1)
    at_least("pass_percent", rule.pass_percent)
    if rule.pass_percent > 99:
        raise NotPossible("renewal.refused.share_large", percent=rule.pass_percent)
    at_least("opinions", rule.opinions)
    if rule.opinions > len(Profession):
        raise NotPossible("renewal.refused.opinions_many", opinions=rule.opinions, most=len(Profession))
    if rule.step is Step.DECIDE:
        at_least("publicity_days", rule.publicity_days, LEAST_PUBLICITY)
