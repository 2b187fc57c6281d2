"""The artisans' names: whole for those who keep the stalls' books, covered for other readers, refused to the rest."""

import pytest
import sqlalchemy as sa

from data_access.artisans import artisans
from data_access.engine import reading
from tests.conftest import make_viewer
from vocabulary.enums import Feed, Role
from vocabulary.refusals import NotAllowed


def test_only_those_who_write_the_stalls_read_whole_names(small_demo: sa.Engine) -> None:
    with reading(small_demo) as conn:
        whole = artisans(conn, make_viewer(Role.FEEDER, feed=Feed.STALLS))
        covered = artisans(conn, make_viewer())
    assert whole
    assert covered == {stall: f"{name[0]}**" for stall, name in whole.items()}


@pytest.mark.parametrize(("role", "feed"), [(Role.PRESENTER, None), (Role.FEEDER, Feed.CANTEEN), (Role.ADMIN, None)])
def test_who_may_read_no_stall_reads_no_name(small_demo: sa.Engine, role: Role, feed: Feed | None) -> None:
    with reading(small_demo) as conn, pytest.raises(NotAllowed):
        artisans(conn, make_viewer(role, feed=feed))
