"""The canteen beside its meals: till, cards and pauses, consent and care, tiers, subsidy, ledger, food safety."""

from data_access.canteen import care
from data_access.canteen.care import care_tasks
from data_access.canteen.claims import add_claim, claim_lines, correct_claim, reconciled
from data_access.canteen.diners import CardFacts, add_pause, correct_card, end_pause, issue_card, pauses
from data_access.canteen.enrolment import Consent, Person, enrol, enrolled, register, withdraw
from data_access.canteen.ledger import LedgerDay, add_day, correct_day, ledger
from data_access.canteen.prices import menu, set_price
from data_access.canteen.safety import SafetyEntry, correct_entry, log_entry, safety_due, safety_log
from data_access.canteen.tier_reach import tier_holders
from data_access.canteen.tiers import TierFacts, add_tier, end_tier, tier_versions
from data_access.canteen.till import Quote, canteens, newest_sales, quote, takings

__all__ = [
    "CardFacts",
    "Consent",
    "LedgerDay",
    "Person",
    "Quote",
    "SafetyEntry",
    "TierFacts",
    "add_claim",
    "add_day",
    "add_pause",
    "add_tier",
    "canteens",
    "care",
    "care_tasks",
    "claim_lines",
    "correct_card",
    "correct_claim",
    "correct_day",
    "correct_entry",
    "end_pause",
    "end_tier",
    "enrol",
    "enrolled",
    "issue_card",
    "ledger",
    "log_entry",
    "menu",
    "newest_sales",
    "pauses",
    "quote",
    "reconciled",
    "register",
    "safety_due",
    "safety_log",
    "set_price",
    "takings",
    "tier_holders",
    "tier_versions",
    "withdraw",
]
