"""Rules: what holds today, what is coming, what held before, and the form that changes it from a day on."""

from ui import rules_calendar, rules_limits, rules_places, rules_steps, rules_suggestion, rules_targets, rules_tiers
from ui.claims_forms import section as claims
from ui.gate import enter
from ui.rules_parts import Part, chosen_part, head

viewer = enter("rules")
PARTS = {
    Part.LIMITS: rules_limits.limits,
    Part.NUMBERS: rules_limits.numbers,
    Part.WORKDAYS: rules_calendar.workdays_part,
    Part.HOURS: rules_calendar.hours,
    Part.CLOSED: rules_calendar.closed,
    Part.TARGETS: rules_targets.targets,
    Part.TIERS: rules_tiers.tiers,
    Part.STEPS: rules_steps.steps,
    Part.PLACES: rules_places.places,
    Part.CLAIMS: claims,
    Part.SUGGESTION: rules_suggestion.section,
}

head(viewer)
PARTS[chosen_part()](viewer)
