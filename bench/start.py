"""How long a start takes: the first one, which makes the demo, and later ones, up to the first page.

`python -m bench.start [--starts 3] [--json]`. A start is `bootstrap.py run`, which is all that
`make run` calls, in an environment that is installed; the first page is there when its script has finished.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.reruns import table
from bench.servers import ROOT, wait_for
from bench.tab import tab
from tests.postgres import free_port

Line = dict[str, Any]


@contextmanager
def started(folder: Path) -> Iterator[str]:
    """The product as an office starts it, with its data in `folder`; its address, once it answers."""
    port, log = free_port(), folder / "log"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    inherited.pop("DATABASE_URL", None)
    with log.open("w", encoding="utf-8") as written:
        server = subprocess.Popen(
            [sys.executable, "bootstrap.py", "run"],
            cwd=ROOT,
            env={**inherited, "JIEFANG_DATA": str(folder / "data"), "HOST": "127.0.0.1", "PORT": str(port)},
            stdout=written,
            stderr=written,
        )
    try:
        wait_for(port, server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def start(folder: Path, name: str) -> Line:
    """One start: seconds until the server answers, and until the first visitor's page stands."""
    begun = time.perf_counter()
    with started(folder) as address, tab(address) as first:
        answered = time.perf_counter() - begun
        run = first.run()
        return {
            "start": name,
            "answers_s": round(answered, 2),
            "first_page_s": round(time.perf_counter() - begun, 2),
            "its_run_ms": round(run, 1),
        }


def measured(starts: int) -> list[Line]:
    """The first start and so many after it, with their median at the end."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [start(Path(folder), "first")]
        lines += [start(Path(folder), f"again {number}") for number in range(1, starts + 1)]
    names = ("answers_s", "first_page_s", "its_run_ms")
    middle = {name: round(statistics.median(line[name] for line in lines[1:]), 2) for name in names}
    return [*lines, {"start": "again, median", **middle}]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--starts", type=int, default=3)
    asked.add_argument("--json", action="store_true")
    chosen = asked.parse_args()
    lines = measured(chosen.starts)
    print(json.dumps(lines, ensure_ascii=False) if chosen.json else table(lines))


if __name__ == "__main__":
    main()
