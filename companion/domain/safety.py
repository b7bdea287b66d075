"""The safety rules that an activity can name, and what follows from them when one is offered.

Each rule is spelled out in activities/README.md, with the words that call for it in formats/activity_words.py.
"""

from __future__ import annotations

from enum import StrEnum


class Safety(StrEnum):
    """A rule's id, as activity files write it."""

    SAFE_SLEEP = "safe-sleep"
    TUMMY = "tummy"
    AWAKE_HOLD = "awake-hold"
    SOOTHE_PLAN = "soothe-plan"
    SWADDLE = "swaddle"
    HONEY = "honey"
    CHOKE_FOOD = "choke-food"
    CHOKE_SMALL = "choke-small"
    BATTERIES_BEADS = "batteries-beads"
    CORDS = "cords"
    WATER = "water"
    HOT = "hot"
    MEDS = "meds"
    OILS = "oils"
    DOUGH = "dough"
    ALLERGY = "allergy"
    MOVE_CLEAR = "move-clear"
    LIFT = "lift"
    BREATH_GENTLE = "breath-gentle"
    TRAUMA_CHOICE = "trauma-choice"
    TOUCH_CONSENT = "touch-consent"
    SCREEN = "screen"
    VISIT_RULES = "visit-rules"
    PRIVACY = "privacy"
    PROMISES = "promises"
    CHILD_LEVEL = "child-level"
    TRIGGER_CHECK = "trigger-check"
    CRISIS = "crisis"
    CLAIMS = "claims"
    NO_DRIVE = "no-drive"
    SUN = "sun"
    ROAD = "road"
    PLANTS = "plants"
    SHARPS = "sharps"
    CARRIER = "carrier"
    FALLS = "falls"
    TOOLS = "tools"
    PREG_FOOD = "preg-food"


# Somebody who may doze off holds no baby, baths nobody, cooks nothing, drives nowhere and guards no edge, road or
# blade: medicine for opioid use disorder can make a person drowsy in its first weeks.
NOT_WHEN_SLEEPY = frozenset(
    {
        Safety.AWAKE_HOLD,
        Safety.TUMMY,
        Safety.LIFT,
        Safety.CARRIER,
        Safety.WATER,
        Safety.HOT,
        Safety.NO_DRIVE,
        Safety.FALLS,
        Safety.ROAD,
        Safety.SHARPS,
        Safety.TOOLS,
        Safety.CHOKE_FOOD,
    }
)

# A small child who is in the room gets hold of what an older one plays with. Months at which each thing stops being
# a danger for a child it was not chosen for (choking: AAP and CPSC; hot drinks and cords: the same care as choking).
DANGER_UNTIL = {
    Safety.HONEY: 12,
    Safety.DOUGH: 24,
    Safety.CHOKE_SMALL: 36,
    Safety.BATTERIES_BEADS: 36,
    Safety.CORDS: 36,
    Safety.WATER: 36,
    Safety.HOT: 36,
    Safety.TOOLS: 36,
    Safety.SHARPS: 36,
    Safety.CHOKE_FOOD: 48,
}
