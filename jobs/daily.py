"""What the server does by itself, each hour: work that falls due whether anybody looks or not."""

import asyncio
import logging
from collections.abc import Callable

from data_access.engine import unreachable
from jobs import care, retention

EVERY_SECONDS = 3600
log = logging.getLogger(__name__)


def suggestion_look() -> object:
    """Learns the suggestion of categories again when that is due."""
    from jobs import suggestion  # noqa: PLC0415 (numpy takes a while; a start does not wait for it)

    return suggestion.look()


DUE: tuple[Callable[[], object], ...] = (care.look, retention.look, suggestion_look)


async def keep() -> None:
    """Does what is due, for as long as the server lives; the lifespan of the app runs it."""
    while True:
        await asyncio.to_thread(do_due)
        await asyncio.sleep(EVERY_SECONDS)


def do_due() -> None:
    """Each piece of work once. A database that cannot be read is tried again the next hour."""
    for work in DUE:
        try:
            work()
        except Exception as problem:
            if not unreachable(problem):
                raise
            log.warning("work that is due has to wait: %s", problem)
