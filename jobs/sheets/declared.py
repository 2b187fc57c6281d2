"""The kinds of sheets, in the order a reader chooses from."""

from datetime import date

from access import Permission, allows
from data_access import books
from data_access.books.office import BANDS
from data_access.health import NUMBERS
from jobs.sheets.common import AT, DAY, GRID, LATER, LEVEL, NEXT, NUMBER, UNIT, code
from jobs.sheets.daily import DAILY
from jobs.sheets.kinds import Column, Holds, Kind
from vocabulary.activities import ActivityKind, Audience, PartyKind
from vocabulary.enums import Field
from vocabulary.health import HealthGroup
from vocabulary.peace_post import (
    Decision,
    DisputeOrigin,
    DisputeOutcome,
    DisputeType,
    Mediator,
    OpinionOrigin,
    Performed,
    Theme,
)
from vocabulary.questions import Viewer
from vocabulary.renewal import Function, Mode, Origin
from vocabulary.volunteers import Occupation, ServiceOutcome, VolunteerRole, VolunteerStatus

H, P = Holds, Permission
_DISPUTES = Kind(
    "disputes",
    books.DISPUTES,
    (
        Column("number", H.TEXT, NUMBER, True, longest=64),
        Column("type", H.WORD, DisputeType.NOISE, True, words=DisputeType),
        Column("origin", H.WORD, DisputeOrigin.WALK_IN, words=DisputeOrigin),
        code("grid", "1", needed=True),
        Column("mediators", H.WORDS, (Mediator.COMMUNITY, Mediator.LAWYER), words=Mediator),
        Column("opened_at", H.MOMENT, AT, True),
        Column("outcome", H.WORD, DisputeOutcome.AGREEMENT, words=DisputeOutcome),
        Column("closed_on", H.DAY, NEXT),
        Column("performed", H.WORD, Performed.YES, words=Performed),
    ),
    P.SEE_DISPUTES,
    day="opened_at",
)
_OPINIONS = Kind(
    "opinions",
    books.OPINIONS,
    (
        Column("number", H.TEXT, NUMBER, True, longest=64),
        Column("origin", H.WORD, OpinionOrigin.COURTYARD, True, words=OpinionOrigin),
        Column("theme", H.WORD, Theme.FACILITIES, True, words=Theme),
        Column("text", H.TEXT, "希望在院坝加装一盏路灯。", True, longest=1000, covered=True),
        GRID,
        Column("collected_on", H.DAY, DAY, True),
        Column("decision", H.WORD, Decision.ADOPTED, words=Decision),
        Column("decision_reason", H.TEXT, "已列入本月计划。", covered=True),
        Column("decided_on", H.DAY, NEXT),
        Column("answered_on", H.DAY, NEXT),
    ),
    P.SEE_OPINIONS,
    day="collected_on",
)
_PROPOSALS = Kind(
    "proposals",
    books.PROPOSALS,
    (
        Column("number", H.TEXT, NUMBER, True, longest=64),
        Column("title", H.TEXT, "给二栋加装电梯", True, longest=80),
        Column("matter", H.TEXT, "二栋没有电梯，老人下楼不便。", True, longest=2000),
        Column("filed_on", H.DAY, DAY, True),
        Column("origin", H.WORD, Origin.RESIDENTS, words=Origin, usual=Origin.RESIDENTS.value),
        Column("opinion", H.TEXT, None, longest=64),
        Column("case", H.TEXT, None, longest=64),
        GRID,
        UNIT,
        LEVEL,
    ),
    P.SEE_RENEWAL,
    day="filed_on",
)
_PROJECTS = Kind(
    "projects",
    books.PROJECTS,
    (
        Column("number", H.TEXT, NUMBER, True, longest=64),
        Column("name", H.TEXT, "二栋加装电梯", True, longest=80),
        Column("mode", H.WORD, Mode.IMPROVE, True, words=Mode),
        Column("function", H.WORD, Function.LIVING, True, words=Function),
        Column("area_m2", H.WHOLE, 120, True),
        Column("households", H.WHOLE, 24, True),
        Column("budget_fen", H.YUAN, 60000000, True, most=10**13),
        Column("approved_on", H.DAY, DAY, True),
        Column("plan_from", H.DAY, NEXT, True),
        Column("plan_to", H.DAY, date(2000, 6, 30), True),
        Column("proposal", H.TEXT, None, longest=64),
        Column("buildings", H.CODES, ("2", "3"), of="building"),
        GRID,
        UNIT,
        LEVEL,
    ),
    P.SEE_RENEWAL,
    day="approved_on",
)
_HEALTH = Kind(
    "health_months",
    books.HEALTH_MONTHS,
    (
        Column("month", H.MONTH, date(2000, 1, 1), True),
        Column("health_group", H.WORD, HealthGroup.HYPERTENSION, True, words=HealthGroup),
        *(
            Column(name, H.WHOLE, number, needed=name != "controlled")
            for name, number in zip(NUMBERS, (900, 700, 620, 540, 480, 600, 560, 620, 500), strict=True)
        ),
    ),
    P.SEE_HEALTH,
    day="month",
)
_VOLUNTEERS = Kind(
    "volunteers",
    books.VOLUNTEERS,
    (
        Column("number", H.TEXT, NUMBER, True, longest=64),
        Column("name", H.TEXT, "张**", True, longest=24),
        Column("occupation", H.WORD, Occupation.COURIER, True, words=Occupation),
        Column("team", H.TEXT, "快递先锋队", longest=64),
        Column("registered_on", H.DAY, DAY, True),
        Column("status", H.WORD, VolunteerStatus.ACTIVE, words=VolunteerStatus, usual=VolunteerStatus.ACTIVE.value),
    ),
    P.SEE_VOLUNTEERS,
    day="registered_on",
)
_RECORDS = Kind(
    "service_records",
    books.SERVICE_RECORDS,
    (
        Column("number", H.TEXT, NUMBER, True, longest=64),
        Column("role", H.WORD, VolunteerRole.SERVICE, True, words=VolunteerRole),
        Column("starts_at", H.MOMENT, AT, True),
        Column("ends_at", H.MOMENT, LATER, True),
        Column("outcome", H.WORD, ServiceOutcome.DONE, words=ServiceOutcome, usual=ServiceOutcome.DONE.value),
    ),
    P.SEE_VOLUNTEERS,
    day="starts_at",
)
_ACTIVITIES = Kind(
    "activities",
    books.ACTIVITIES,
    (
        Column("title", H.TEXT, "示例：邻里百家宴", True, longest=120, covered=True),
        Column("kind", H.WORD, ActivityKind.WARM_HEART, True, words=ActivityKind),
        Column("starts_at", H.MOMENT, AT, True),
        Column("ends_at", H.MOMENT, LATER, True),
        Column("audience", H.WORD, Audience.EVERYONE, words=Audience, usual=Audience.EVERYONE.value),
        code("zone", "hall"),
        code("place", ""),
        Column("planned", H.WHOLE, 80, True),
        Column("actual", H.WHOLE, 76),
        Column("party_kind", H.WORD, None, words=PartyKind),
        code("branch", ""),
        Column("topic", H.TEXT, None, longest=120, covered=True),
        Column("festival", H.TEXT, None, longest=30),
        Column("field", H.WORD, None, words=Field),
    ),
    P.SEE_ACTIVITIES,
    day="starts_at",
)
_PLANS = Kind(
    "party_plans",
    books.PARTY_PLANS,
    (
        code("branch", "1", needed=True),
        Column("month", H.MONTH, date(2000, 1, 1), True),
        Column("party_kind", H.WORD, PartyKind.THEME_DAY, True, words=PartyKind),
        Column("due", H.WHOLE, 1, True),
    ),
    P.SEE_ACTIVITIES,
    day="month",
)
_WORKDAYS = Kind(
    "workdays",
    books.WORKDAYS,
    (
        Column("day", H.DAY, DAY, True),
        Column("works", H.YES_NO, False, True),
        Column("name", H.TEXT, "元旦", longest=60),
    ),
    P.EDIT_RULES,
    day="day",
)
_TARGETS = Kind(
    "targets",
    books.TARGETS,
    (
        Column("metric", H.CODE, "meals_a_day", True, of="metric"),
        Column("value", H.NUMBER, 1300, True),
        Column("from_on", H.DAY, DAY, True),
    ),
    P.EDIT_RULES,
)
_COUNTS = Kind(
    "elder_counts",
    books.ELDER_COUNTS,
    (
        code("building", "3", needed=True),
        Column("counted_on", H.DAY, DAY, True),
        *(Column(name, H.WHOLE, count, True) for name, count in zip(BANDS, (46, 31, 14, 3), strict=True)),
    ),
    P.EDIT_RULES,
)
_GRIDS = Kind(
    "grids",
    books.GRIDS,
    (
        Column("code", H.TEXT, NUMBER, True, longest=32),
        Column("name", H.TEXT, "一网格", True, longest=60),
        Column("name_en", H.TEXT, "Grid 1", longest=60),
    ),
    P.EDIT_RULES,
)
_BUILDINGS = Kind(
    "buildings",
    books.BUILDINGS,
    (Column("building", H.TEXT, NUMBER, True, longest=32), GRID),
    P.EDIT_RULES,
)
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        *DAILY,
        _DISPUTES,
        _OPINIONS,
        _PROPOSALS,
        _PROJECTS,
        _HEALTH,
        _VOLUNTEERS,
        _RECORDS,
        _ACTIVITIES,
        _PLANS,
        _WORKDAYS,
        _TARGETS,
        _COUNTS,
        _GRIDS,
        _BUILDINGS,
    )
}


def importable(viewer: Viewer) -> tuple[Kind, ...]:
    """The kinds a viewer may import."""
    return tuple(kind for kind in KINDS.values() if allows(viewer, kind.permission))


def exportable(viewer: Viewer) -> tuple[Kind, ...]:
    """The kinds a viewer may take away: those they import, and those they may read and export."""
    return tuple(kind for kind in KINDS.values() if may_export(viewer, kind))


def may_export(viewer: Viewer, kind: Kind) -> bool:
    return allows(viewer, kind.permission) or (allows(viewer, P.EXPORT) and allows(viewer, kind.see))
