"""How long an import takes, by stage, and its peak memory: `python bench/import_speed.py [--rows N …] [--url URL]`.

Each run is a process of its own on an empty database; the petitions of `../shared/data` repeated under new numbers,
or made-up ones. `--url` measures on PostgreSQL (an empty database of its own) instead of a SQLite file.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import clock  # noqa: E402 (the project is run from its folder, not installed)
from access import OPERATOR  # noqa: E402
from data_access import migrate  # noqa: E402
from data_access.engine import open_engine, reading, sqlite_url  # noqa: E402
from data_access.sealing import seal  # noqa: E402
from jobs.imports.choices import Choices  # noqa: E402
from jobs.imports.preview import preview  # noqa: E402
from jobs.imports.writing import write  # noqa: E402
from sheets.reading import read  # noqa: E402
from sheets.tables import Table  # noqa: E402
from sheets.writing import xlsx  # noqa: E402

REAL = ROOT.parent / "shared" / "data" / "petitions_with_replies.xlsx"
HEADINGS = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
WORDS = "噪音 路灯 停车 油烟 漏水 电梯 物业 垃圾 下水道 消防通道 快递柜 外墙 食堂 老人 扰民 施工 学校 公交 绿化 热水"


def petitions() -> list[tuple[object, ...]]:
    """The real petitions; where they don't stand beside the project, as many made-up ones of their length."""
    if REAL.is_file():
        return [row.cells for row in read(REAL.read_bytes(), REAL.name).rows]
    chance, words = random.Random(1), WORDS.split()
    first = datetime(2019, 1, 1, 9, tzinfo=clock.SHANGHAI)
    return [
        (
            number,
            f"A{number:08}",
            "，".join(chance.choices(words, k=4)),
            f"{first + timedelta(hours=number):%Y/%m/%d %H:%M:%S}",
            "\n\t\t" + "，".join(chance.choices(words, k=100)) + "\n\t",
            "，".join(chance.choices(words, k=110)),
            f"{first + timedelta(hours=number + 200):%Y/%m/%d %H:%M:%S}",
        )
        for number in range(2816)
    ]


def sheet_of(rows: int) -> bytes:
    """A workbook of so many petitions, each under a number of its own."""
    said = petitions()
    columns = {
        heading: [str(number) if at == 0 else str(said[number % len(said)][at]) for number in range(rows)]
        for at, heading in enumerate(HEADINGS)
    }
    return xlsx([Table("petitions", pl.DataFrame(columns), {name: name for name in columns})])


def one(file: Path, url: str, folder: Path) -> dict[str, object]:
    """One import in this process, timed by stage; `cpu_s` is its own share of a machine that others use too."""
    engine, key = open_engine(url), seal(None, folder / "key")
    migrate.upgrade(engine)
    begun, used = time.perf_counter(), time.process_time()
    sheet = read(file.read_bytes(), file.name)
    was_read = time.perf_counter()
    with reading(engine) as conn:
        found = preview(conn, OPERATOR, sheet, file.name, Choices(), key)
    previewed = time.perf_counter()
    write(engine, OPERATOR, found, key)
    ended = time.perf_counter()
    return {
        "rows": len(sheet.rows),
        "new": len(found.new),
        "read_s": round(was_read - begun, 2),
        "preview_s": round(previewed - was_read, 2),
        "write_s": round(ended - previewed, 2),
        "total_s": round(ended - begun, 2),
        "cpu_s": round(time.process_time() - used, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, nargs="*", default=[2816, 100_000])
    asked.add_argument("--url", help="an empty PostgreSQL database")
    asked.add_argument("--one", nargs=3, metavar=("FILE", "URL", "FOLDER"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        print(json.dumps(one(Path(given.one[0]), given.one[1], Path(given.one[2]))))
        return
    for rows in given.rows:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "petitions.xlsx"
            file.write_bytes(sheet_of(rows))
            url = given.url or sqlite_url(Path(folder) / "bench.db")
            command = [sys.executable, __file__, "--one", str(file), url, folder]
            print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip(), flush=True)


if __name__ == "__main__":
    main()
