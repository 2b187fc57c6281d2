"""What a warm rerun of each page costs, against an empty script of Streamlit as it comes.

`python -m bench.reruns [--days 400] [--petitions 100000] [--rounds 40] [--pages meals,cases] [--json FILE]`;
several --days show growth.
One tab a page, all in one run: each round asks every page of every demo once and both empty scripts, so that what
else the machine does meets them all. A run counts from the request to "script finished".
"""

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import access
from bench.servers import ROOT, demo, empty_script, product
from bench.tab import Tab, sign_in, tab
from vocabulary.enums import Role

Asked = tuple[int, str]
"""The days of the demo and the page."""
STOCK, OURS = (0, "empty, stock"), (0, "empty, our settings")
WARM_UP = 5
Line = dict[str, Any]


def accounts() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every account of the demo with the pages it has, its home first; a feeder's is named like its feed."""
    for role, own in access.PAGES.items():
        if role is not Role.FEEDER:
            yield role.value, own
    for feed, own in access.FEED_PAGES.items():
        yield feed.value, own


def who_has(page: str) -> str:
    """The account that sees most of this page: the first that has it."""
    return next(who for who, own in accounts() if page in own)


def pages() -> list[str]:
    """Every page of the product that stands."""
    named = {page for _, own in accounts() for page in own}
    return sorted(page for page in named if (ROOT / "pages" / f"{page}.py").exists())


def path_of(page: str) -> str:
    """Where the page stands for its account: a home answers at the root only."""
    return "" if dict(accounts())[who_has(page)][0] == page else page


def measured(days: list[int], wanted: list[str], rounds: int, petitions: int = 0) -> list[Line]:
    """A line for either empty script, then one for each page of each demo."""
    with ExitStack() as stack:
        tabs = _tabs(stack, Path(stack.enter_context(tempfile.TemporaryDirectory())), days, wanted, petitions)
        for each in tabs.values():
            for _ in range(WARM_UP):
                each.run()
        taken: dict[Asked, list[float]] = {asked: [] for asked in tabs}
        for _ in range(rounds):
            for asked, each in tabs.items():
                taken[asked].append(each.run())
        stock = statistics.median(taken[STOCK])
        return [_line(asked, taken[asked], stock, each) for asked, each in tabs.items()]


def _tabs(stack: ExitStack, folder: Path, days: list[int], wanted: list[str], petitions: int) -> dict[Asked, Tab]:
    empty = {
        STOCK: stack.enter_context(empty_script(folder / "stock")),
        OURS: stack.enter_context(empty_script(folder / "ours", ROOT / ".streamlit" / "config.toml")),
    }
    tabs = {asked: stack.enter_context(tab(address)) for asked, address in empty.items()}
    for each in days:
        passwords = demo(folder / str(each), each, petitions)
        address = stack.enter_context(product(folder / str(each)))
        cookies = {who: sign_in(address, who, passwords[who]) for who in sorted({who_has(page) for page in wanted})}
        for page in wanted:
            tabs[each, page] = stack.enter_context(tab(address, path_of(page), cookies[who_has(page)]))
    return tabs


def _line(asked: Asked, taken: list[float], stock: float, each: Tab) -> Line:
    ordered = sorted(taken)
    p50, p95 = statistics.median(ordered), ordered[-(-len(ordered) * 95 // 100) - 1]
    return {
        "days": asked[0],
        "page": asked[1],
        "p50_ms": round(p50, 1),
        "p95_ms": round(p95, 1),
        "against_stock": round(p50 / stock, 2),
        "elements": each.elements,
        "kilobytes": round(each.bytes / 1024, 1),
    }


def grown(lines: list[Line], wanted: list[str]) -> Iterator[Line]:
    """How much dearer each page is with the most days than with the fewest."""
    days = sorted({line["days"] for line in lines if line["page"] in wanted})
    at = {(line["days"], line["page"]): line["p50_ms"] for line in lines}
    for page in wanted if len(days) > 1 else []:
        yield {"page": page, "from": days[0], "to": days[-1], "times": round(at[days[-1], page] / at[days[0], page], 2)}


def table(lines: list[Line]) -> str:
    """The lines for a reader."""
    widths = {name: max(len(name), *(len(str(line[name])) for line in lines)) for name in lines[0]}
    shown = ["  ".join(name.ljust(width) for name, width in widths.items())]
    shown += ["  ".join(str(line[name]).ljust(width) for name, width in widths.items()) for line in lines]
    return "\n".join(text.rstrip() for text in shown)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--days", type=int, nargs="+", default=[400])
    asked.add_argument("--petitions", type=int, default=0, help="so many petitions imported into each demo")
    asked.add_argument("--rounds", type=int, default=40)
    asked.add_argument("--pages", type=lambda text: text.split(","), default=pages())
    asked.add_argument("--json", metavar="FILE", help="also as JSON; - for standard output alone")
    chosen = asked.parse_args()
    lines = measured(chosen.days, chosen.pages, chosen.rounds, chosen.petitions)
    growth = list(grown(lines, chosen.pages))
    text = json.dumps({"reruns": lines, "growth": growth}, ensure_ascii=False, indent=1)
    if chosen.json == "-":
        print(text)
        return
    if chosen.json:
        Path(chosen.json).write_text(text + "\n", encoding="utf-8")
    print(table(lines))
    if growth:
        print(table(growth))


if __name__ == "__main__":
    main()
