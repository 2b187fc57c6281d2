"""The rows that the demo's cases have beside them: units, evidence, extensions and follow-ups."""

from typing import Any

import polars as pl

from data_access.engine import Connection
from data_access.frames import MOMENT
from data_access.tables.base import Base
from data_access.tables.desk import CaseExtension, CaseFile, CaseUnit, FollowUp
from jobs.demo.rows import put
from jobs.demo.steps import Step

LATER: dict[type[Base], dict[str, Any]] = {
    CaseUnit: {},
    CaseFile: {"content": pl.Binary},
    CaseExtension: {"approved": pl.Boolean, "decided_at": MOMENT, "answer": pl.String},
    FollowUp: {"solved": pl.String, "satisfaction": pl.String},
}


def keep(conn: Connection, lives: dict[int, list[Step]]) -> None:
    """Puts the rows in, and tells the steps which file they speak of."""
    kept: dict[type[Base], list[dict[str, Any]]] = {table: [] for table in LATER}
    for case_id, steps in lives.items():
        for step in steps:
            for table, row in step.beside:
                row_id = len(kept[table]) + 1
                kept[table].append({"id": row_id, "case_id": case_id, **dict.fromkeys(LATER[table]), **row})
                if table is CaseFile:
                    step.detail["file"] = row_id
    for table, rows in kept.items():
        if rows:
            put(conn, table, pl.DataFrame(rows, schema_overrides=LATER[table], infer_schema_length=None))
