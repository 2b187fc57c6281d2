"""Since which day the database knows of each subject: a figure is compared with no time before that."""

from datetime import date

import sqlalchemy as sa

from data_access.frames import stands_on
from data_access.tables.activities import Activity
from data_access.tables.canteen import CanteenDay, CareTask
from data_access.tables.cases import Case
from data_access.tables.health import HealthMonth
from data_access.tables.meals import MealDay
from data_access.tables.peace_post import Dispute, Opinion
from data_access.tables.renewal import Proposal
from data_access.tables.stalls import StallDay
from data_access.tables.volunteers import ServiceRecord
from vocabulary.enums import Subject
from vocabulary.questions import Viewer

# The day that dates a row of each subject whose rows are counted: an indexed column, whose first is found at once.
DAYS: dict[Subject, sa.orm.InstrumentedAttribute[date]] = {
    Subject.CASES: Case.received_on,
    Subject.MEALS: MealDay.served_on,
    Subject.CANTEEN: CanteenDay.day,
    Subject.CARE: CareTask.made_on,
    Subject.DISPUTES: Dispute.opened_on,
    Subject.OPINIONS: Opinion.collected_on,
    Subject.RENEWAL: Proposal.filed_on,
    Subject.HEALTH: HealthMonth.month,
    Subject.ACTIVITIES: Activity.day,
    Subject.VOLUNTEERS: ServiceRecord.day,
    Subject.STALLS: StallDay.day,
}


def first_day(conn: sa.Connection, subjects: tuple[Subject, ...]) -> date | None:
    """The first day of the first of these subjects whose rows are counted; None when it has no row yet."""
    days = [DAYS[subject] for subject in subjects if subject in DAYS]
    found: date | None = conn.scalar(sa.select(sa.func.min(days[0]))) if days else None
    return found


@stands_on(*DAYS)
def earliest(conn: sa.Connection, _viewer: Viewer) -> date | None:
    """The first day of anything counted; None in an empty database."""
    found = (conn.scalar(sa.select(sa.func.min(day))) for day in DAYS.values())
    return min((day for day in found if day is not None), default=None)
