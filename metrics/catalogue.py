"""The catalogue: every metric of the product, once, by its key."""

from metrics import (
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
from metrics.figure import Metric

PARTS = (
    *(cases, desk, meals, canteen, health, activities, peace_post, renewal, steward, responsibility),
    *(volunteers, stalls, workshops),
)
METRICS: dict[str, Metric] = {metric.key: metric for part in PARTS for metric in part.METRICS}
