"""The accounts of the demo neighbourhood: one a role, with freshly made passwords."""

from access import OPERATOR
from data_access import accounts
from data_access.accounts import Duty
from data_access.engine import Connection
from data_access.passwords import fresh_password
from texts import said_in
from vocabulary.enums import Feed, Role

ROLES: dict[str, tuple[Role, Feed | None]] = {
    "official": (Role.OFFICIAL, None),
    "worker": (Role.WORKER, None),
    "unit": (Role.UNIT, None),
    "presenter": (Role.PRESENTER, None),
    "canteen": (Role.FEEDER, Feed.CANTEEN),
    "stalls": (Role.FEEDER, Feed.STALLS),
    "hospital": (Role.FEEDER, Feed.HOSPITAL),
    "activities": (Role.FEEDER, Feed.ACTIVITIES),
    "volunteers": (Role.FEEDER, Feed.VOLUNTEERS),
    "admin": (Role.ADMIN, None),
}
GRIDS_OF_WORKER = 2
Row = tuple[str, str, str]


def make(conn: Connection) -> list[Row]:
    """Makes the accounts of a demo that has none: role in both languages, login, password.

    The worker gets the first grids, the unit account the unit that leads most cases; without a unit it is left out.
    """
    given = accounts.assignable(conn, OPERATOR)
    grids = tuple(code for code, _ in given.grids[:GRIDS_OF_WORKER])
    unit = accounts.busiest_unit(conn, OPERATOR)
    made = []
    for login, (role, feed) in ROLES.items():
        if role is Role.UNIT and unit is None:
            continue
        duty = Duty(role, grids if role is Role.WORKER else (), unit if role is Role.UNIT else None, feed)
        password = fresh_password()
        accounts.add(conn, OPERATOR, login, said_in("zh", f"accounts.demo.{login}"), password, duty)
        made.append((_both(role, feed), login, password))
    return made


def renew(conn: Connection) -> list[Row]:
    """Gives those accounts of the demo that are still there new passwords, and shows them."""
    there = accounts.listing(conn, OPERATOR).filter(open=True)["login"].to_list()
    made = []
    for login, (role, feed) in ROLES.items():
        if login in there:
            password = fresh_password()
            accounts.reset(conn, OPERATOR, login, password)
            made.append((_both(role, feed), login, password))
    return made


def table(rows: list[Row]) -> list[Row]:
    """The rows under a heading in both languages."""
    return [("角色 / role", "账号 / account", "口令 / password"), *rows]


def _both(role: Role, feed: Feed | None) -> str:
    key = f"words.feed.{feed}" if feed else f"words.role.{role}"
    return f"{said_in('zh', key)} / {said_in('en', key)}"
