"""How long one act on many cases takes: a note in each of 500 of a hundred thousand, in one transaction.

`python -m bench.many_acts [--cases 100000] [--acts 500]`
"""

import argparse
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from access import OPERATOR
from bench import many_cases
from data_access import desk, migrate
from data_access.engine import Connection, open_engine, sqlite_url, writing
from data_access.tables.cases import Case
from vocabulary.enums import CaseStatus
from vocabulary.questions import Viewer

ROUNDS = 5


def note(conn: Connection, viewer: Viewer, case_id: int, seen_version: int, *, text: str) -> None:
    desk.note(conn, viewer, case_id, seen_version, text)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--acts", type=int, default=500)
    chosen = asked.parse_args()
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(sqlite_url(Path(folder) / "many.db"))
        migrate.upgrade(engine)
        many_cases.fill(engine, many_cases.texts(None), chosen.cases)
        with writing(engine) as conn:
            conn.execute(
                sa.update(Case).where(Case.id <= chosen.acts).values(status=CaseStatus.HANDLING, finished_on=None)
            )
        for number in range(ROUNDS):
            with writing(engine) as conn:
                handled = sa.select(Case.id, Case.version).where(Case.status == CaseStatus.HANDLING)
                pairs = [(row.id, row.version) for row in conn.execute(handled.limit(chosen.acts))]
                begun = time.perf_counter()
                results = desk.each(conn, OPERATOR, pairs, partial(note, text=f"第{number}次催办"))
                taken.append(time.perf_counter() - begun)
            assert all(one.refused is None for one in results), results[0]
        engine.dispose()
    print(f"{len(pairs)} of {chosen.cases} cases noted: {statistics.median(taken):.2f} s (median of {ROUNDS})")


if __name__ == "__main__":
    main()
