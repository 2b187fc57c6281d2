"""A step of a demo case: one row of its history, what it sets in the case, and the rows kept beside it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data_access.tables.base import Base
from vocabulary.enums import CaseStatus, EventKind


@dataclass(frozen=True)
class Step:
    """One row of a case's history; `beside` are rows of other tables that lack only the case's id."""

    at: datetime
    kind: EventKind
    before: CaseStatus | None
    after: CaseStatus | None
    unit_id: int | None
    note: str | None
    sets: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    beside: list[tuple[type[Base], dict[str, Any]]] = field(default_factory=list)
