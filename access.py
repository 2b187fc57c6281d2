"""Who may do what: permissions, what each role is granted, which pages it has, and what is masked for the rest."""

import re
from enum import StrEnum
from functools import partial

from vocabulary.enums import Feed, Role
from vocabulary.questions import Viewer
from vocabulary.refusals import NotAllowed


class Permission(StrEnum):
    SEE_CASES = "see_cases"
    REVEAL_CONTACT = "reveal_contact"
    WORK_CASES = "work_cases"
    HANDLE_CASES = "handle_cases"
    SUPERVISE_CASES = "supervise_cases"
    IMPORT_CASES = "import_cases"
    SEE_MEAL_ROWS = "see_meal_rows"
    SEE_STALL_ROWS = "see_stall_rows"
    WRITE_MEALS = "write_meals"
    WRITE_STALLS = "write_stalls"
    SEE_CANTEEN = "see_canteen"
    WRITE_CANTEEN = "write_canteen"
    WRITE_DINERS = "write_diners"
    SEE_CARE = "see_care"
    WRITE_CARE = "write_care"
    SEE_DISPUTES = "see_disputes"
    WRITE_DISPUTES = "write_disputes"
    SEE_OPINIONS = "see_opinions"
    WRITE_OPINIONS = "write_opinions"
    SEE_RENEWAL = "see_renewal"
    FILE_PROPOSAL = "file_proposal"
    EDIT_RENEWAL = "edit_renewal"
    SEE_HEALTH = "see_health"
    WRITE_HEALTH = "write_health"
    SEE_ACTIVITIES = "see_activities"
    WRITE_ACTIVITIES = "write_activities"
    SEE_VOLUNTEERS = "see_volunteers"
    WRITE_VOLUNTEERS = "write_volunteers"
    EXPORT = "export"
    MANAGE_ACCOUNTS = "manage_accounts"
    EDIT_RULES = "edit_rules"
    BEGIN_OFFICE = "begin_office"


P = Permission
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OFFICIAL: frozenset(
        {
            P.SEE_CASES,
            P.SUPERVISE_CASES,
            P.SEE_MEAL_ROWS,
            P.SEE_STALL_ROWS,
            P.SEE_CANTEEN,
            P.SEE_CARE,
            P.SEE_DISPUTES,
            P.SEE_OPINIONS,
            P.SEE_RENEWAL,
            P.FILE_PROPOSAL,
            P.EDIT_RENEWAL,
            P.SEE_HEALTH,
            P.SEE_ACTIVITIES,
            P.SEE_VOLUNTEERS,
            P.EXPORT,
        }
    ),
    Role.WORKER: frozenset(
        {
            P.SEE_CASES,
            P.REVEAL_CONTACT,
            P.WORK_CASES,
            P.HANDLE_CASES,
            P.IMPORT_CASES,
            P.SEE_MEAL_ROWS,
            P.SEE_STALL_ROWS,
            P.SEE_CANTEEN,
            P.WRITE_DINERS,
            P.SEE_CARE,
            P.WRITE_CARE,
            P.SEE_DISPUTES,
            P.WRITE_DISPUTES,
            P.SEE_OPINIONS,
            P.WRITE_OPINIONS,
            P.SEE_RENEWAL,
            P.FILE_PROPOSAL,
            P.SEE_ACTIVITIES,
            P.WRITE_ACTIVITIES,
            P.SEE_VOLUNTEERS,
            P.WRITE_VOLUNTEERS,
            P.EXPORT,
        }
    ),
    Role.UNIT: frozenset({P.SEE_CASES, P.REVEAL_CONTACT, P.HANDLE_CASES, P.EXPORT}),
    Role.PRESENTER: frozenset(),
    Role.FEEDER: frozenset(
        {
            P.WRITE_MEALS,
            P.WRITE_STALLS,
            P.SEE_MEAL_ROWS,
            P.SEE_STALL_ROWS,
            P.SEE_CANTEEN,
            P.WRITE_CANTEEN,
            P.WRITE_DINERS,
            P.SEE_DISPUTES,
            P.WRITE_DISPUTES,
            P.SEE_OPINIONS,
            P.WRITE_OPINIONS,
            P.FILE_PROPOSAL,
            P.SEE_HEALTH,
            P.WRITE_HEALTH,
            P.SEE_ACTIVITIES,
            P.WRITE_ACTIVITIES,
            P.SEE_VOLUNTEERS,
            P.WRITE_VOLUNTEERS,
        }
    ),
    Role.ADMIN: frozenset({P.IMPORT_CASES, P.MANAGE_ACCOUNTS, P.EDIT_RULES, P.BEGIN_OFFICE}),
}
# A feeder writes and reads its own feed only; permissions that are not listed here belong to no feed.
FEED_OF: dict[Permission, Feed] = {
    P.WRITE_MEALS: Feed.CANTEEN,
    P.SEE_MEAL_ROWS: Feed.CANTEEN,
    P.SEE_CANTEEN: Feed.CANTEEN,
    P.WRITE_CANTEEN: Feed.CANTEEN,
    P.WRITE_DINERS: Feed.CANTEEN,
    P.WRITE_STALLS: Feed.STALLS,
    P.SEE_STALL_ROWS: Feed.STALLS,
    P.SEE_DISPUTES: Feed.PEACE_POST,
    P.WRITE_DISPUTES: Feed.PEACE_POST,
    P.SEE_OPINIONS: Feed.PEACE_POST,
    P.WRITE_OPINIONS: Feed.PEACE_POST,
    P.FILE_PROPOSAL: Feed.PEACE_POST,
    P.SEE_HEALTH: Feed.HOSPITAL,
    P.WRITE_HEALTH: Feed.HOSPITAL,
    P.SEE_ACTIVITIES: Feed.ACTIVITIES,
    P.WRITE_ACTIVITIES: Feed.ACTIVITIES,
    P.SEE_VOLUNTEERS: Feed.VOLUNTEERS,
    P.WRITE_VOLUNTEERS: Feed.VOLUNTEERS,
}

# Acts for the product itself: jobs that an operator starts at the machine, behind the operating system's own lock.
OPERATOR = Viewer(account_id=0, name="operator", role=Role.ADMIN)

GROUPS: dict[str, tuple[str, ...]] = {
    "oversee": ("overview", "service_points"),
    "cases": ("today", "cases", "whistles", "peace_post"),
    "livelihood": (
        "till",
        "meals",
        "volunteers",
        "health",
        "activities",
    ),
    "build": ("renewal", "steward"),
    "report": ("claims", "exchange", "rules", "accounts"),
}
# The menu and the gate in one; the first is the role's home.
PAGES: dict[Role, tuple[str, ...]] = {
    Role.OFFICIAL: (
        "overview",
        "service_points",
        "cases",
        "whistles",
        "peace_post",
        "meals",
        "volunteers",
        "health",
        "activities",
        "renewal",
        "steward",
        "claims",
    ),
    Role.WORKER: (
        *("today", "cases", "whistles", "peace_post", "meals", "volunteers", "activities", "service_points"),
        "exchange",
    ),
    Role.UNIT: ("today", "cases", "whistles"),
    Role.PRESENTER: ("overview", "service_points", "meals", "volunteers", "renewal", "claims"),
    Role.FEEDER: ("exchange",),
    Role.ADMIN: ("accounts", "rules", "exchange"),
}
FEED_PAGES: dict[Feed, tuple[str, ...]] = {
    Feed.CANTEEN: ("till", "meals"),
    Feed.STALLS: ("service_points",),
    Feed.PEACE_POST: ("peace_post",),
    Feed.HOSPITAL: ("health",),
    Feed.ACTIVITIES: ("activities",),
    Feed.VOLUNTEERS: ("volunteers",),
}


def allows(viewer: Viewer, permission: Permission) -> bool:
    """May this viewer do this? The operator at the machine may do all."""
    if viewer == OPERATOR:
        return True
    if viewer.role is Role.FEEDER and FEED_OF.get(permission, viewer.feed) is not viewer.feed:
        return False
    return permission in GRANTS[viewer.role]


def check(viewer: Viewer, permission: Permission) -> None:
    """Raises NotAllowed, naming what was asked, unless `allows`."""
    if not allows(viewer, permission):
        raise NotAllowed("words.not_allowed", what=permission)


def pages(viewer: Viewer) -> tuple[str, ...]:
    """The pages of this viewer, its home first."""
    own = FEED_PAGES.get(viewer.feed, ()) if viewer.role is Role.FEEDER and viewer.feed else ()
    return own + PAGES[viewer.role]


# Longest first: an ID or a bank card must not be half covered as a phone number. Any run of digits may be written
# with blanks or dashes between its groups, as people do.
_GAP = r"[ \-–—]?"
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
# pattern, characters left readable at its head and at its tail
_MASKS: tuple[tuple[re.Pattern[str], int, int], ...] = (
    (re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+", re.ASCII), 1, 0),
    (re.compile(rf"(?<![0-9])(?:[0-9]{_GAP}){{17}}[0-9Xx](?![0-9])"), 4, 2),
    (re.compile(rf"(?<![0-9])[1-9](?:{_GAP}[0-9]){{14,18}}(?![0-9])"), 4, 4),
    (re.compile(rf"(?<![0-9])(?:\+?86{_GAP})?1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?![0-9])"), 3, 2),
    (re.compile(rf"(?<![0-9])\(?0[0-9]{{2,3}}\)?{_GAP}[2-9][0-9]{{6,7}}(?![0-9])"), 3, 2),
    (re.compile(rf"[{_PROVINCE}][A-Za-z][·• ]?[A-Za-z0-9]{{4,5}}[A-Za-z0-9挂学警港澳](?![A-Za-z0-9])"), 2, 1),
)


def masked(text: str) -> str:
    """The text with phone, ID, bank-card and plate numbers and e-mail addresses covered; its ends stay readable."""
    for pattern, head, tail in _MASKS:
        text = pattern.sub(partial(_cover, head=head, tail=tail), text)
    return text


def masked_name(name: str) -> str:
    """A person's name for those who may not know it: the first character and ** (张** )."""
    return f"{name[:1]}**" if name else ""


def _cover(found: re.Match[str], head: int, tail: int) -> str:
    text = found[0]
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]
