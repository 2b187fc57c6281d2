"""Cases 诉求: everything the product reads of them."""

from data_access.cases.detail import CaseDetail, Revealed, named, numbered, one, reveal
from data_access.cases.exported import Exported, export_rows
from data_access.cases.history import CaseStep, events
from data_access.cases.listing import counts, listing, map_counts
from data_access.cases.options import GridChoice, Options, options
from data_access.cases.spans import spans

__all__ = [
    "CaseDetail",
    "CaseStep",
    "Exported",
    "GridChoice",
    "Options",
    "Revealed",
    "counts",
    "events",
    "export_rows",
    "listing",
    "map_counts",
    "named",
    "numbered",
    "one",
    "options",
    "reveal",
    "spans",
]
