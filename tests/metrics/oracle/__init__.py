"""A second, slow way to every figure: plain loops over raw rows, written from the definitions and `domain.md` §4.

Nothing of the product but its data stands behind it, so that a slip in a frame, a statement or a formula shows.
"""

from tests.metrics.oracle import canteen, cases, community, health, renewal
from tests.metrics.oracle.stock import Oracle, Stock, Told, Window

ORACLES: dict[str, Oracle] = {
    **cases.ORACLES,
    **canteen.ORACLES,
    **health.ORACLES,
    **community.ORACLES,
    **renewal.ORACLES,
}
__all__ = ["ORACLES", "Oracle", "Stock", "Told", "Window"]
