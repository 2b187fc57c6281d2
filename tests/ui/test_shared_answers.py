"""What is read for one viewer is shared with others only where the read asks for nothing but the role."""

import pytest
import sqlalchemy as sa

from access import OPERATOR
from data_access.frames import same_for_role, stands_on
from jobs.figures import SOURCES, card_of
from metrics.catalogue import METRICS
from ui import live, loading
from ui.loading import load
from vocabulary.enums import Feed, Role, Subject
from vocabulary.questions import Viewer

asked: list[str] = []


@stands_on(Subject.MEALS)
def own(_conn: sa.Connection, viewer: Viewer) -> str:
    asked.append(viewer.name)
    return viewer.name


@same_for_role
@stands_on(Subject.MEALS)
def shared(_conn: sa.Connection, viewer: Viewer) -> str:
    asked.append(viewer.name)
    return viewer.name


def make_named(name: str, role: Role, feed: Feed | None = None, account: int = 1) -> Viewer:
    return Viewer(account_id=account, name=name, role=role, feed=feed)


LI, WANG = make_named("Li", Role.OFFICIAL), make_named("Wang", Role.OFFICIAL, account=2)
ADMIN = make_named("Zhao", Role.ADMIN, account=3)
TILL, STALLS = make_named("till", Role.FEEDER, Feed.CANTEEN), make_named("stalls", Role.FEEDER, Feed.STALLS)


@pytest.fixture(autouse=True)
def fresh(sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite.url.render_as_string(hide_password=False))
    loading.forget()
    live.look()
    asked.clear()


def test_an_answer_that_is_the_same_for_a_role_is_read_once() -> None:
    assert [load(shared, viewer) for viewer in (LI, WANG, LI)] == ["Li", "Li", "Li"]
    assert asked == ["Li"]


def test_any_other_answer_is_read_for_each_viewer() -> None:
    assert [load(own, viewer) for viewer in (LI, WANG, LI)] == ["Li", "Wang", "Li"]
    assert asked == ["Li", "Wang"]


def test_another_role_another_feed_and_the_operator_are_never_given_it() -> None:
    viewers = (LI, ADMIN, OPERATOR, TILL, STALLS)
    assert [load(shared, viewer) for viewer in viewers] == [viewer.name for viewer in viewers]


@pytest.mark.parametrize("key", METRICS)
def test_a_card_is_shared_exactly_where_no_source_is_narrowed_to_its_viewer(key: str) -> None:
    narrowed = any(SOURCES[name].filtered for name in METRICS[key].sources)
    assert getattr(card_of(key), "same_for_role", False) is not narrowed
