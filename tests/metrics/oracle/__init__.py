"""A second, slow opinion on every metric: plain Python over raw rows, worked out from the definitions alone.

Nothing of the product is imported, so that no mistake of its can be shared; tests/metrics/test_oracle.py proves it.
"""

from tests.metrics.oracle import (
    activities,
    canteen,
    cases,
    desk,
    health,
    meals,
    peace_post,
    renewal,
    responsibility,
    stalls,
    steward,
    volunteers,
    workshops,
)
from tests.metrics.oracle.world import Oracle

PARTS = (
    *(cases, desk, meals, canteen, health, activities, peace_post, renewal, responsibility, steward, volunteers),
    *(stalls, workshops),
)
ORACLES: dict[str, Oracle] = {key: oracle for part in PARTS for key, oracle in part.ORACLES.items()}
