"""The product's question put to the oracle, and its answer held beside the figure."""

from datetime import datetime
from typing import Any

import pytest

from metrics.figure import Figure, Metric
from tests.metrics.oracle.world import Asked, Told, World
from vocabulary.enums import Role
from vocabulary.questions import Filters, Period, Viewer


def asked(world: World, viewer: Viewer, period: Period, now: datetime, filters: Filters) -> Asked:
    grids = frozenset(viewer.grids) if viewer.role is Role.WORKER else None
    narrowed: dict[str, Any] = vars(filters)
    return Asked(world, period.since, period.until, now, grids, narrowed)


def same(metric: Metric, figure: Figure, told: Told, when: str) -> None:
    said = f"{metric.key}, {when}: {figure} is not {told}"
    assert figure.value == (None if told.value is None else pytest.approx(told.value)), said
    if metric.of is not None:
        assert (figure.numerator or 0) == pytest.approx(told.n or 0), said
        assert (figure.denominator or 0) == pytest.approx(told.of or 0), said
    elif told.of is not None:
        assert figure.denominator == told.of, said
