"""docs/metrics.md, written from the catalogue: `python -m jobs.metrics_page` writes it anew."""

import sys
from pathlib import Path

from metrics.catalogue import METRICS
from metrics.figure import Metric
from texts import LANGUAGES, Language, said_in

FILE = Path(__file__).parent.parent / "docs" / "metrics.md"
PARTS = ("definition", "numerator", "denominator", "window", "exclusions")
HEAD = """# 指标 / Metrics

Written from `metrics/catalogue.py` by `python -m jobs.metrics_page`; a test keeps it true. Every figure on a page opens
exactly the rows named here. 由指标目录生成；页面上每个数都能打开这里写明的明细。
"""


def page() -> str:
    """The whole page, in both languages."""
    return "\n".join([HEAD, *(_section(metric) for metric in METRICS.values())])


def _section(metric: Metric) -> str:
    names = " / ".join(said_in(spoken, f"metrics.{metric.key}.name") for spoken in LANGUAGES)
    lines = [f"## `{metric.key}` {names}", ""]
    for spoken in LANGUAGES:
        lines += [_line(spoken, metric, part) for part in PARTS]
        lines.append("")
    behind = f"`{metric.rows.subject}`" + (f", `{metric.rows.column}`" if metric.rows.column else "")
    of = f" · of: `{metric.of.subject}`" if metric.of else ""
    lines.append(f"kind `{metric.kind}` · unit `{metric.unit}` · better `{metric.better}` · rows: {behind}{of}")
    return "\n".join([*lines, ""])


def _line(spoken: Language, metric: Metric, part: str) -> str:
    label = said_in(spoken, f"words.definition_{part}") if part != "definition" else ""
    return f"- {label} {said_in(spoken, f'metrics.{metric.key}.{part}')}".replace("-  ", "- ")


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
    sys.exit(0)
