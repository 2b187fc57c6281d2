"""How long two-character words take to find among a hundred thousand cases: by the index and by LIKE.

`python -m bench.search [--cases 100000] [--petitions FILE.xlsx] [--json]`; PostgreSQL too where it is installed.
The texts are the real petitions of `../shared/data` where they stand, else made up of twenty words.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from access import OPERATOR
from bench import many_cases
from data_access import cases, migrate
from data_access.engine import open_engine, reading, sqlite_url
from data_access.tables.cases import Case
from tests import needs, postgres
from vocabulary.cases import Order, Show
from vocabulary.questions import Filters

WORDS = ("路灯", "电梯", "停车", "消防", "量子")
ROUNDS = 7
REAL = Path(__file__).parents[2] / "shared" / "data" / "petitions_with_replies.xlsx"
Line = dict[str, Any]


def databases(stack: ExitStack) -> Iterator[sa.Engine]:
    """An empty database of either kind."""
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    yield open_engine(sqlite_url(Path(folder) / "many.db"))
    if binaries := needs.postgres_bin():
        yield open_engine(stack.enter_context(postgres.server(binaries)) + "postgres")


def milliseconds(run: Callable[[], object]) -> float:
    """The median of some rounds, the first left out."""
    taken = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        run()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[1:])


def lines(conn: sa.Connection) -> Iterator[Line]:
    for word in WORDS:
        asked = Filters(text=word, show=Show.ALL)
        like = sa.or_(Case.title.contains(word), Case.body.contains(word), Case.spot.contains(word))
        scan = sa.select(Case.id).where(like).order_by(Case.received_at.desc()).limit(50)
        page = milliseconds(lambda asked=asked: cases.listing(conn, OPERATOR, asked, Order.NEWEST, 0, 50))  # type: ignore[misc]
        count = milliseconds(lambda asked=asked: cases.counts(conn, OPERATOR, asked))  # type: ignore[misc]
        scanned = milliseconds(lambda like=like: conn.scalar(sa.select(sa.func.count(Case.id)).where(like)))  # type: ignore[misc]
        first = milliseconds(lambda scan=scan: conn.execute(scan).all())  # type: ignore[misc]
        yield {
            "database": conn.dialect.name,
            "word": word,
            "hits": cases.counts(conn, OPERATOR, asked)[Show.ALL],
            "page_ms": round(page, 1),
            "count_ms": round(count, 1),
            "like_page_ms": round(first, 1),
            "like_count_ms": round(scanned, 1),
        }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--petitions", type=Path, default=REAL if REAL.is_file() else None)
    asked.add_argument("--json", action="store_true")
    chosen = asked.parse_args()
    found: list[Line] = []
    with ExitStack() as stack:
        for engine in databases(stack):
            migrate.upgrade(engine)
            many_cases.fill(engine, many_cases.texts(chosen.petitions), chosen.cases)
            with engine.connect() as conn:
                conn.exec_driver_sql("analyze")
                conn.commit()
            with reading(engine) as conn:
                found.extend(lines(conn))
            engine.dispose()
    if chosen.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    print("  ".join(found[0]))
    for line in found:
        print("  ".join(str(value).rjust(len(name)) for name, value in line.items()))


if __name__ == "__main__":
    main()
