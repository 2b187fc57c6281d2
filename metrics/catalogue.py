"""The catalogue: every metric of the product, once, by its key."""

from metrics import activities, canteen, cases, desk, health, meals, peace_post, renewal, stalls, workshops
from metrics.figure import Metric

METRICS: dict[str, Metric] = {
    metric.key: metric
    for part in (cases, desk, meals, canteen, health, activities, peace_post, renewal, stalls, workshops)
    for metric in part.METRICS
}
