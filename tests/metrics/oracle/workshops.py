"""The craft workshops themselves."""

from tests.metrics.oracle.world import Asked, Oracle, Told


def _craft_workshops(asked: Asked) -> Told:
    workshops = [row for row in asked.world["place"] if row["kind"] == "craft_workshop"]
    return Told(sum(row["status"] != "closed" for row in workshops))


ORACLES: dict[str, Oracle] = {"craft_workshops": _craft_workshops}
