"""The kinds of sheets that come every day: meals, cards, the canteen's books, stalls."""

from datetime import date, time

from access import Permission
from data_access import books
from jobs.sheets.common import AT, DAY, NUMBER, code
from jobs.sheets.kinds import Column, Holds, Kind
from vocabulary.canteen import SUMS, SafetyCheck
from vocabulary.enums import AgeBand, MealKind, MealMode

H, P = Holds, Permission
CANTEEN = code("canteen", "canteen", needed=True, lone=True)
_MEALS = Kind(
    "meals",
    books.MEALS,
    (
        Column("number", H.TEXT, NUMBER, True, also="流水号 单号 订单号", longest=40),
        CANTEEN,
        Column("served_at", H.MOMENT, AT, True, also="时间 消费时间 交易时间"),
        Column("meal", H.WORD, MealKind.LUNCH, True, words=MealKind, also="餐次"),
        Column("mode", H.WORD, MealMode.DINE_IN, words=MealMode, usual=MealMode.DINE_IN.value),
        Column("card", H.TEXT, "00123", also="卡号 就餐卡", longest=32),
        Column("list_fen", H.YUAN, 1500, also="原价 菜价"),
    ),
    P.SEE_MEAL_ROWS,
    day="served_at",
)
_DINERS = Kind(
    "diners",
    books.DINERS,
    (
        Column("card", H.TEXT, NUMBER, True, also="卡号", longest=32),
        Column("band", H.WORD, AgeBand.A70, True, words=AgeBand, also="年龄"),
        Column("resident", H.YES_NO, True, True),
        code("building", "3"),
        Column("valid_to", H.DAY, date(2027, 12, 31)),
    ),
    P.SEE_CARE,
)
_CANTEEN_DAYS = Kind(
    "canteen_days",
    books.CANTEEN_DAYS,
    (
        CANTEEN,
        Column("day", H.DAY, DAY, True),
        *(
            Column(f"{name}_fen", H.YUAN, fen, True, most=10**13)
            for name, fen in zip(SUMS, (820000, 90000, 430000, 310000, 60000), strict=True)
        ),
    ),
    P.SEE_CANTEEN,
    day="day",
)
_SAFETY = Kind(
    "food_safety",
    books.FOOD_SAFETY,
    (
        CANTEEN,
        Column("day", H.DAY, DAY, True),
        Column("safety_kind", H.WORD, SafetyCheck.SAMPLE, True, words=SafetyCheck),
        Column("meal", H.WORD, MealKind.LUNCH, words=MealKind),
        Column("passed", H.YES_NO, True, usual=True),
        Column("grams", H.WHOLE, 150),
        Column("hours", H.WHOLE, 48),
        Column("note", H.TEXT, None, covered=True),
    ),
    P.SEE_CANTEEN,
    day="day",
)
_CLAIMS = Kind(
    "subsidy_claims",
    books.SUBSIDY_CLAIMS,
    (
        Column("month", H.MONTH, date(2000, 1, 1), True),
        code("tier", "elder", needed=True),
        Column("meals", H.WHOLE, 6200, True),
        Column("fen", H.YUAN, 1860000, True, most=10**13),
    ),
    P.SEE_CANTEEN,
    day="month",
)
_STALL_DAYS = Kind(
    "stall_days",
    books.STALL_DAYS,
    (
        code("workshop", "workshop-1", needed=True),
        Column("stall", H.TEXT, "A1", True, longest=32),
        Column("day", H.DAY, DAY, True),
        Column("opens", H.TIME, time(8, 30), True),
        Column("closes", H.TIME, time(17, 30)),
        Column("customers", H.WHOLE, 23, also="客流 服务人次"),
    ),
    P.SEE_STALL_ROWS,
    day="day",
)
DAILY = (_MEALS, _DINERS, _CANTEEN_DAYS, _SAFETY, _CLAIMS, _STALL_DAYS)
