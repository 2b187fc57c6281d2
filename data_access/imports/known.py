"""What an import of cases must know beforehand: grids, buildings, units, the taxonomy, the calendar."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from access import Permission, check
from data_access import changes, workdays
from data_access.frames import stands_on
from data_access.installation import facts
from data_access.tables.cases import Case, Category
from data_access.tables.places import Building, Grid, Unit
from data_access.workdays import Calendar
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

COMMUNITY = "民主村社区"
BEHIND = (Subject.CASES, Subject.PLACES, Subject.RULES)
Path = tuple[str, str, str]
Grounds = tuple[int, ...]


@dataclass(frozen=True)
class Known:
    """Ids by the names a file may use; a name that two rows share is not there.

    `elsewhere` gives the village of each stored case, by source and number, that is kept with another than ours.
    `buildings` gives the building and its grid, `grid_names` a grid's own name. `community` is ours.
    """

    community: str
    grids: Mapping[str, int]
    grid_names: Mapping[int, str]
    buildings: Mapping[str, tuple[int, int | None]]
    building_numbers: Mapping[int, str]
    units: Mapping[str, int]
    paths: Mapping[Path, int]
    calendar: Calendar
    elsewhere: Mapping[tuple[str, str], str]


@stands_on(*BEHIND)
def known(conn: sa.Connection, viewer: Viewer) -> Known:
    """Of the whole community, whoever imports: a file speaks of all of it."""
    check(viewer, Permission.IMPORT_CASES)
    grids = conn.execute(sa.select(Grid.id, Grid.code, Grid.name, Grid.name_en)).all()
    buildings = conn.execute(sa.select(Building.id, Building.number, Building.grid_id)).all()
    units = conn.execute(sa.select(Unit.name, Unit.id).order_by(Unit.id.desc()))
    community = facts(conn).get("community") or COMMUNITY
    paths = conn.execute(sa.select(Category.level1, Category.level2, Category.level3, Category.id))
    return Known(
        community=community,
        grids=_unambiguous((name, grid.id) for grid in grids for name in {grid.code, grid.name, grid.name_en}),
        grid_names={grid.id: grid.name for grid in grids},
        buildings={one.number: (one.id, one.grid_id) for one in buildings},
        building_numbers={one.id: one.number for one in buildings},
        units={str(name): int(unit) for name, unit in units},
        paths={(level1, level2, level3): category for level1, level2, level3, category in paths},
        calendar=workdays.calendar(conn, viewer),
        elsewhere=_elsewhere(conn, community),
    )


def stood_on(conn: sa.Connection) -> Grounds:
    """The versions of what a preview is worked out from: other ones mean that it is old."""
    versions = changes.versions(conn)
    return tuple(versions[subject][0] if subject in versions else 0 for subject in BEHIND)


def _elsewhere(conn: sa.Connection, community: str) -> dict[tuple[str, str], str]:
    ours = Case.village.contains(community.removesuffix("社区"), autoescape=True)
    kept = conn.execute(sa.select(Case.source, Case.number, Case.village).where(~ours))
    return {(source, number): village for source, number, village in kept if village is not None}


def _unambiguous(named: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    pairs = [(name, found) for name, found in named if name]
    times = Counter(name for name, _ in pairs)
    return {name: found for name, found in pairs if times[name] == 1}
