"""The things that the sheets of a kind may name: those of the database, and the metrics."""

from data_access.books import Coded, coded
from data_access.engine import Connection
from jobs.sheets.kinds import Kind
from metrics.catalogue import METRICS
from texts import LANGUAGES, said_in

METRIC = "metric"
BOUNDS = ("canteen_margin_least", "canteen_margin_most")
"""Targets that bound the margin 微利 from both sides; they are no figures of their own."""


def things(conn: Connection, kind: Kind) -> dict[str, list[Coded]]:
    """By what a column names, everything there is."""
    wanted = {column.of for column in kind.columns if column.of}
    return {what: _metrics() if what == METRIC else coded(conn, what) for what in wanted}


def _metrics() -> list[Coded]:
    return [
        Coded(key, tuple(said_in(spoken, f"metrics.{key}.name") for spoken in LANGUAGES)) for key in (*METRICS, *BOUNDS)
    ]
