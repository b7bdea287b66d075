"""The words that an activity's fields may hold; activities/README.md explains each."""

from __future__ import annotations

from enum import StrEnum

from companion.domain.language import _


class Category(StrEnum):
    CALM = "calm"
    DRAW = "draw"
    MOVE = "move"
    READ = "read"
    MUSIC = "music"
    PLAY = "play"
    OUTDOOR = "outdoor"
    KITCHEN = "kitchen"
    ROUTINE = "routine"
    FEELINGS = "feelings"
    CONNECT = "connect"
    RITUALS = "rituals"
    STEADY = "steady"

    @property
    def label(self) -> str:
        return _(_CATEGORY_LABELS[self])


_CATEGORY_LABELS = {
    Category.CALM: "Calm and breathe",
    Category.DRAW: "Draw and make",
    Category.MOVE: "Yoga and movement",
    Category.READ: "Read and tell",
    Category.MUSIC: "Sing and play music",
    Category.PLAY: "Sense and play",
    Category.OUTDOOR: "Outside and nature",
    Category.KITCHEN: "Kitchen and food",
    Category.ROUTINE: "Routines and bedtime",
    Category.FEELINGS: "Feelings and talking",
    Category.CONNECT: "Connection",
    Category.RITUALS: "Giving, thanks and family rituals",
    Category.STEADY: "Steady me",
}


class Energy(StrEnum):
    """What an activity asks of the parent."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class EnergyToday(StrEnum):
    """How much the parent has: the first question on the activities screen."""

    VERY_SLEEPY = "very sleepy"
    LITTLE = "a little"
    SOME = "some"
    LOTS = "lots"

    @property
    def label(self) -> str:
        return _(self.value)


class Position(StrEnum):
    LYING = "lying"
    SIT = "sit"
    STAND = "stand"
    MOVING = "moving"


class Cost(StrEnum):
    FREE = "free"
    HOUSEHOLD = "household"
    LOW = "low"


class Setting(StrEnum):
    """Where she and the child are, or how they are in touch."""

    HOME = "home"
    OUTDOORS = "outdoors"
    CAR_WAITING = "car-waiting"
    VISIT_ROOM = "visit-room"
    VIDEO_CALL = "video-call"
    LETTER = "letter-recording"

    @property
    def label(self) -> str:
        return _(_SETTING_LABELS[self])


_SETTING_LABELS = {
    Setting.HOME: "at home",
    Setting.OUTDOORS: "outside",
    Setting.CAR_WAITING: "in a parked car or a waiting room",
    Setting.VISIT_ROOM: "in a visit room",
    Setting.VIDEO_CALL: "on a video call",
    Setting.LETTER: "by letter or recording",
}


class Place(StrEnum):
    INDOOR = "indoor"
    OUTDOOR = "outdoor"
    EITHER = "either"


class Season(StrEnum):
    ANY = "any"
    WARM = "warm"
    RAIN = "rain"


class Company(StrEnum):
    """For how many children. SOLO: for the parent alone, the child safe nearby or asleep."""

    ONE = "one"
    ONE_OR_MORE = "one-or-more"
    SOLO = "solo"


class Mess(StrEnum):
    NONE = "none"
    LITTLE = "little"
    LOTS = "lots"


class Noise(StrEnum):
    QUIET = "quiet"
    MEDIUM = "medium"
    LOUD = "loud"


class ChildBuilds(StrEnum):
    ATTACHMENT = "attachment"
    SELF_REGULATION = "self-regulation"
    LANGUAGE = "language"
    MOTOR = "motor"
    SOCIAL = "social"
    THINKING = "thinking"
    CREATIVITY = "creativity"
    IDENTITY = "identity"
    SLEEP = "sleep"
    HEALTH = "health"


class ParentBuilds(StrEnum):
    """Shown as "helps you"."""

    GROUNDING = "grounding"
    CRAVING_COPING = "craving-coping"
    SLEEP = "sleep"
    CONFIDENCE = "confidence"
    MOOD = "mood"
    CONNECTION = "connection"
    BODY = "body"
    SUPPORT = "support"
    ROUTINE = "routine"


class Status(StrEnum):
    """A draft is checked but never offered."""

    DRAFT = "draft"
    LIVE = "live"


class GuideKind(StrEnum):
    PAGES = "pages"
    TIMER = "timer"
    PAGES_TIMER = "pages+timer"
    BREATH = "breath"


class Variation(StrEnum):
    """The fixed starts of the "Change it" lines."""

    MORE_CHILDREN = "More than one child"
    VISIT = "At a visit"
    CALL = "On a call"
    TIRED = "Very tired day"
    NEEDS = "Other needs"


class Tier(StrEnum):
    """A: public body or academic; B: established programme, charity or professional; C: blog or news."""

    A = "A"
    B = "B"
    C = "C"
