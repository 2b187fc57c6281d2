"""Finding words in cases: every two neighbouring characters are indexed, on both databases, and then checked.

SQLite: a contentless FTS5 table of pairs. PostgreSQL: an array of pairs, each as one number, with a GIN index. The
pairs are made here, so both find the same. A single character is looked for in the texts themselves.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import sqlalchemy as sa

from access import masked
from data_access.engine import embedded
from data_access.tables.cases import Case

FTS = "case_search"
PAIR = 2
BITS = 21  # of a character in the number of its pair
FEW = 500
USUAL, MUCH = 16 << 20, 48 << 20  # bytes of pairs that SQLite gathers before it writes them out
MAKE_INDEX = "create index ix_case_grams_grams on case_grams using gin (grams)"
# ASCII's signs are parts of words here, and whatever lies beyond ASCII is one always: a pair is one word.
_SIGNS = "".join(chr(code) for code in range(33, 127) if not chr(code).isalnum()).replace("'", "''")
_TOKENIZER = '"' + f"ascii tokenchars '{_SIGNS}'".replace('"', '""') + '"'
_EMPTY = "pairs, content='', detail=none, columnsize=0"
LONG_DIGITS = re.compile(r"[0-9]{4}")
GRAMS = sa.table("case_grams", sa.column("case_id", sa.Integer), sa.column("grams"))


def create(conn: sa.Connection) -> None:
    """Makes the index's own table (called by the first migration)."""
    if embedded(conn):
        conn.exec_driver_sql(f"create virtual table {FTS} using fts5({_EMPTY}, tokenize={_TOKENIZER})")
        _gather(conn, USUAL)
        return
    conn.exec_driver_sql(
        'create table case_grams (case_id integer primary key references "case"(id) on delete cascade, grams bigint[])'
    )
    conn.exec_driver_sql(MAKE_INDEX)


def drop(conn: sa.Connection) -> None:
    """Takes the index away."""
    conn.exec_driver_sql(f"drop table {FTS if embedded(conn) else 'case_grams'}")


def searched_text(number: str, title: str, body: str | None, spot: str | None) -> str:
    """What a search looks at, in lower case."""
    return "\n".join(part for part in (number, title, body, spot) if part).lower()


def pairs(text: str) -> set[str]:
    """Every two neighbouring characters of a lower-case text, those with white space left out."""
    return {a + b for a, b in pairwise(text) if not (a.isspace() or b.isspace())}


def add(conn: sa.Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Indexes new cases: (id, searched text)."""
    from data_access.pairs import keys, listed, spelled  # noqa: PLC0415 (numpy takes a while; a mere start adds none)

    if embedded(conn):
        indexed = [(case_id, spelled(keys(text))) for case_id, text in texts]
        if indexed:
            conn.exec_driver_sql(f"insert into {FTS}(rowid, pairs) values (?, ?)", indexed)
        return
    connection = conn.connection.driver_connection
    assert connection is not None
    with connection.cursor() as cursor, cursor.copy("copy case_grams (case_id, grams) from stdin") as out:
        for case_id, text in texts:
            out.write(f"{case_id}\t{listed(keys(text))}\n")


@contextmanager
def filling(conn: sa.Connection, cases: int) -> Iterator[None]:
    """Around the adding of so many cases. On PostgreSQL an index most of which will be new is made at the end, in a

    third of the time that filling it takes; searches wait for that. A smaller addition leaves it in place. SQLite
    gathers more before it writes, in a quarter less time.
    """
    if embedded(conn):
        _gather(conn, MUCH)
        yield
        _gather(conn, USUAL)
        return
    conn.exec_driver_sql("set local maintenance_work_mem = '256MB'")
    anew = cases > FEW and cases > (conn.scalar(sa.select(sa.func.count()).select_from(GRAMS)) or 0)
    if anew:
        conn.exec_driver_sql("drop index ix_case_grams_grams")
    yield
    if anew:
        conn.exec_driver_sql(MAKE_INDEX)


def _gather(conn: sa.Connection, size: int) -> None:
    conn.exec_driver_sql(f"insert into {FTS}({FTS}, rank) values ('hashsize', {size})")


def replace(conn: sa.Connection, changed: Iterable[tuple[int, str, str]]) -> None:
    """Indexes changed cases anew: (id, text before, text now)."""
    changed = list(changed)
    if embedded(conn):
        gone = [(case_id, " ".join(pairs(before))) for case_id, before, _ in changed]
        if gone:
            conn.exec_driver_sql(f"insert into {FTS}({FTS}, rowid, pairs) values ('delete', ?, ?)", gone)
    elif changed:
        conn.execute(sa.delete(GRAMS).where(GRAMS.c.case_id.in_([case_id for case_id, _, _ in changed])))
    add(conn, [(case_id, text) for case_id, _, text in changed])


def matching(text: str, dialect: str, *, contacts: bool) -> list[sa.ColumnElement[bool]]:
    """Conditions on Case: it holds every word of `text` (words are parted by white space).

    Unless `contacts` may be found, a word that is one, or a part of one, is looked for among the numbers of cases only.
    """
    found: list[sa.ColumnElement[bool]] = []
    for term in text.split():
        if not contacts and (LONG_DIGITS.search(term) or masked(term) != term):
            found.append(Case.number.icontains(term, autoescape=True))
            continue
        wanted = sorted(pairs(term.lower()))
        if wanted:
            found.append(_indexed(wanted, dialect))
        if len(term) != PAIR:
            found.append(_holds(term))
    return found


def _indexed(wanted: list[str], dialect: str) -> sa.ColumnElement[bool]:
    if dialect == "sqlite":
        query = " AND ".join('"' + pair.replace('"', '""') + '"' for pair in wanted)
        table = sa.table(FTS, sa.column("rowid", sa.Integer))
        return Case.id.in_(sa.select(table.c.rowid).where(sa.literal_column(FTS).op("match")(query)))
    numbers = [ord(pair[0]) << BITS | ord(pair[1]) for pair in wanted]
    array = sa.cast(numbers, sa.ARRAY(sa.BigInteger))
    hits = sa.select(GRAMS.c.case_id).where(GRAMS.c.grams.op("@>")(array))
    # An array is made first and whole. As a subquery the planner joined it anyhow: 474 ms where this takes 20.
    return Case.id == sa.any_(sa.func.array(hits.scalar_subquery(), type_=sa.ARRAY(sa.Integer)))


def _holds(term: str) -> sa.ColumnElement[bool]:
    """A database may know the small letters of ASCII only: the term is also looked for as it was typed."""
    text: sa.ColumnElement[str] = sa.func.coalesce(Case.number, "")
    for column in (Case.title, Case.body, Case.spot):
        text = text + "\n" + sa.func.coalesce(column, "")
    held = sa.func.lower(text).contains(term.lower(), autoescape=True)
    return held if term.isascii() else sa.or_(text.contains(term, autoescape=True), held)
