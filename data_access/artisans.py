"""Who works at the stalls: the names, covered for everyone but those who keep the stalls' books."""

import sqlalchemy as sa

from access import Permission, allows, check, masked_name
from data_access.frames import stands_on
from data_access.tables.stalls import Stall
from vocabulary.enums import Subject
from vocabulary.questions import Viewer


@stands_on(Subject.STALLS)
def artisans(conn: sa.Connection, viewer: Viewer) -> dict[int, str]:
    """The artisan of each stall by its id. NotAllowed for those who may read no rows of stalls."""
    check(viewer, Permission.SEE_STALL_ROWS)
    whole = allows(viewer, Permission.WRITE_STALLS)
    rows = conn.execute(sa.select(Stall.id, Stall.artisan).where(Stall.artisan.is_not(None)))
    return {stall: name if whole else masked_name(name) for stall, name in rows if name}
