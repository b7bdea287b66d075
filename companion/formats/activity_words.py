"""Words that call for a safety rule, words that are not used, and what the safety lines have to say.

The rules and their sources are in activities/README.md. The lists are cautious: a word that often means a danger
calls for the rule even where it means something else once; the author then writes it otherwise or adds the rule.
English only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.domain.activity import Safety


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Call:
    """A word in any line calls for `rule` where a band begins at `since` months or later and before `until`."""

    rule: Safety
    words: re.Pattern[str]
    since: int = -1
    until: int = 216


CALLS = (
    Call(Safety.SAFE_SLEEP, _any(r"sleep\w*|naps?|bedtime|crib|lullab\w+|blankets?|rest(?:s|ing)?|chest"), 0, 12),
    Call(Safety.TUMMY, _any(r"tummy"), 0, 12),
    Call(
        Safety.AWAKE_HOLD,
        _any(
            r"skin-to-skin|chest|cuddl\w+|laps?|in (?:your )?arms"
            r"|hold(?:ing)? (?:your |the )?baby|pick\w* (?:\w+ ){0,2}up"
        ),
        0,
        12,
    ),
    Call(Safety.SOOTHE_PLAN, _any(r"cr(?:y|ies|ying)|fuss\w*|scream\w*"), 0, 72),
    Call(Safety.SWADDLE, _any(r"swaddl\w+")),
    Call(Safety.HONEY, _any(r"honey"), 0, 36),
    Call(
        Safety.CHOKE_FOOD,
        _any(r"grapes?|nuts?|peanuts?|popcorn|cand(?:y|ies)|raisins?|hot dogs?|carrots?|apples?|marshmallows?|sweets"),
        0,
        72,
    ),
    Call(
        Safety.CHOKE_SMALL,
        _any(
            r"beads?|coins?|pom-poms?|buttons?|marbles?|pebbles?|stones?|acorns?|crayons?|chalk|(?:bottle )?caps?"
            r"|stickers?|balls?|dots?|dry (?:beans|pasta)|bits|rattles?|shakers?"
        ),
        0,
        36,
    ),
    Call(Safety.BATTERIES_BEADS, _any(r"batter(?:y|ies)|magnets?|water beads?|flashlights?")),
    Call(Safety.CORDS, _any(r"strings?|ribbons?|yarn|scar(?:f|ves)|cords?|slings?"), -1, 72),
    Call(Safety.WATER, _any(r"baths?|buckets?|water play|pools?|puddles?|(?:bowl|inch) of (?:\w+ )?water"), -1, 108),
    Call(Safety.HOT, _any(r"stove|oven|tea|coffee|kettle|boil\w*|hot drinks?|warm drinks?")),
    Call(Safety.MEDS, _any(r"medicines?(?!.*\b(?:drowsy|sleepy)\b)|pills?|doses?|methadone|buprenorphine")),
    Call(Safety.OILS, _any(r"essential oils?|aromatherapy|diffusers?|lavender|scented")),
    Call(Safety.DOUGH, _any(r"dough|salt"), -1, 72),
    Call(Safety.ALLERGY, _any(r"nuts?|peanuts?|eggs?|milk|yogurt|wheat|flour|wasps?|stings?|bugs?|almonds?")),
    Call(Safety.SCREEN, _any(r"tv|tablets?|apps?|cartoons?|videos"), 0, 72),
    Call(Safety.PRIVACY, _any(r"photos?|record(?:s|ed|ing|ings)?|post(?:s|ed)? (?:it|them|online)|selfies?")),
    Call(Safety.TRIGGER_CHECK, _any(r"wine|beer|cocktails?|casino|bets?|gambl\w+")),
    Call(
        Safety.CRISIS,
        _any(r"despair|hopeless|violen\w+|suicid\w+|hurt yourself|harm(?:ing)? yourself|thoughts of harm|moves? less"),
    ),
    Call(Safety.NO_DRIVE, _any(r"driv(?:e|es|ing|er)")),
    Call(Safety.SUN, _any(r"sun|sunny|sunlight")),
    Call(Safety.ROAD, _any(r"roads?|streets?|sidewalks?|parking lots?|driveways?|curbs?")),
    Call(Safety.PLANTS, _any(r"leaf|leaves|berr(?:y|ies)|mushrooms?|flowers?"), -1, 72),
    Call(Safety.SHARPS, _any(r"litter|needles?|broken glass")),
    Call(Safety.CARRIER, _any(r"carriers?|slings?|baby wrap")),
    Call(
        Safety.FALLS,
        _any(r"climb\w*|stools?|on (?:the|a) (?:sofa|couch|chair)|changing tables?|high chairs?|ladders?"),
        0,
        72,
    ),
    Call(Safety.TOOLS, _any(r"kni(?:fe|ves)|scissors|peelers?|graters?|blades?")),
    Call(Safety.PREG_FOOD, _any(r"cook\w*|taste\w*|snacks?|cheese|fish|meat"), -1, 0),
    Call(Safety.TOUCH_CONSENT, _any(r"massag\w+|tickl\w+|hug(?:s|ged|ging)?|kiss\w*|trac(?:e|es|ing)")),
)

# Where she is with others who make rules: what is eaten, given or pictured there is asked about first.
VISIT_WORDS = _any(r"food|snacks?|eat(?:s|ing)?|drinks?|photos?|gifts?|presents?|lotion")

# A rule that is named is also said. What the lines under "Stay safe" have to hold, all of each tuple.
SAYS: dict[Safety, tuple[re.Pattern[str], ...]] = {
    Safety.SAFE_SLEEP: (_any(r"crib|back"),),
    Safety.TUMMY: (_any(r"awake"), _any(r"watch\w*")),
    Safety.AWAKE_HOLD: (_any(r"awake"),),
    Safety.SOOTHE_PLAN: (_any(r"shake|step away|walk away"),),
    Safety.HONEY: (_any(r"honey"),),
    Safety.CHOKE_FOOD: (_any(r"chok\w+|sit\w*|cook\w*|soft|raw"),),
    Safety.CHOKE_SMALL: (_any(r"fist|big\w*|small|swallow\w*|caps?|mouths?|thick|put \w+ away"),),
    Safety.BATTERIES_BEADS: (_any(r"batter\w+|magnets?|beads?"),),
    Safety.CORDS: (_any(r"strings?|cords?|scar(?:f|ves)|ribbons?|cloths?|neck|face"),),
    Safety.WATER: (_any(r"arm's reach|within reach"), _any(r"empt\w+")),
    Safety.HOT: (_any(r"hot|stove|oven"),),
    Safety.MEDS: (_any(r"lock\w*"),),
    Safety.OILS: (_any(r"oils?|scent\w*"),),
    Safety.DOUGH: (_any(r"salt\w*|mouths?"),),
    Safety.ALLERGY: (_any(r"allerg\w+|stings?|wash"),),
    Safety.MOVE_CLEAR: (_any(r"ask|doctor|midwife|cleared|pain|sore"),),
    Safety.LIFT: (_any(r"head|bounc\w+"),),
    Safety.BREATH_GENTLE: (_any(r"dizzy|soft\w*"),),
    Safety.TRAUMA_CHOICE: (_any(r"skip|stop|no one has to|never push|do not push|eyes open|honest|fine"),),
    Safety.TOUCH_CONSENT: (_any(r"ask|skip|no touch\w*|without touch\w*|choose|chooses|say no|let"),),
    Safety.SCREEN: (_any(r"screens?|helper|stay"),),
    Safety.VISIT_RULES: (_any(r"ask"),),
    Safety.PRIVACY: (_any(r"ask|permission|private|leave out"),),
    Safety.PROMISES: (_any(r"promis\w+|keep|true"),),
    Safety.CHILD_LEVEL: (_any(r"child-sized|small|adult|grown-up|honou?r|skip"),),
    Safety.TRIGGER_CHECK: (_any(r"trigger\w*|money|craving\w*"),),
    Safety.CRISIS: (_any(r"988"),),
    Safety.NO_DRIVE: (_any(r"driv\w+"),),
    Safety.SUN: (_any(r"sun|shade"),),
    Safety.ROAD: (_any(r"roads?|streets?|cars|route"),),
    Safety.PLANTS: (_any(r"plants?|berr\w+|leaf|leaves|ground"),),
    Safety.SHARPS: (_any(r"needles?|glass|sharp"),),
    Safety.CARRIER: (_any(r"chin|face"),),
    Safety.FALLS: (_any(r"hand on|floor|near (?:a )?(?:wall|support|chair)|helper|falls?|steady|safe moves"),),
    Safety.TOOLS: (_any(r"kni(?:fe|ves)|blades?|sharp|scissors"),),
}

# What no line may say, with the mend.
BANS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?<!\bno )\b(?:blanket|toy|mirror|pillow|book)s? in (?:the|a|your|their) crib\b", re.IGNORECASE),
        "A crib stays empty.",
    ),
    (_any(r"you(?: will|'ll) (?:be|come) home|come home soon|soon we|i promise"), "Only what she can keep alone."),
    (
        _any(
            r"cure[sd]?|heal(?:s|ed|ing)?|treat(?:s|ing)? (?:anxiety|depression|addiction|stress|colic)"
            r"|prevents? relapse|guarantee[sd]?|proven|detox\w*|will calm"
        ),
        'Promise no effect: "may help", "can".',
    ),
)

# What is banned only where it is done (steps and things needed), not where it is warned of.
DOING_BANS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_any(r"button batter(?:y|ies)|water beads?|strong magnets?"), "Leave it out: it can kill when swallowed."),
    (_any(r"essential oils?|aromatherapy|diffusers?|lavender oil|almond oil"), "Leave oils out."),
)

# Words for people and tone, with what to write instead.
AVOID: tuple[tuple[re.Pattern[str], str], ...] = (
    (_any(r"should|must|have to|need to"), "Say it as a plain step."),
    (_any(r"just|simply|easy|easily|obviously"), "Take the word out."),
    (_any(r"good (?:mothers?|moms?|parents?)|bad (?:mothers?|moms?|parents?)|real mother"), "Praise the act."),
    (_any(r"naughty|spoiled|lazy"), "Say what the child does."),
    (_any(r"addicts?|junkies?|alcoholics?|drug users?|abusers?"), '"Person in recovery".'),
    (_any(r"(?:get|stay|staying|got) clean|clean and sober|clean time|dirty test"), '"In recovery".'),
    (_any(r"(?:substance|drug|alcohol) abuse|drug habit"), '"Substance use".'),
    (_any(r"addicted bab(?:y|ies)|drug bab(?:y|ies)|nas bab(?:y|ies)"), '"Baby exposed to substances".'),
    (_any(r"relaps\w+|fell off the wagon"), '"Return to use", "a setback".'),
    (_any(r"medication-assisted|replacement drug"), '"Medicine for opioid use disorder".'),
    (_any(r"lost custody"), '"Your child lives with …".'),
    (_any(r"commit(?:s|ted)? suicide"), '"Die by suicide".'),
    (_any(r"fail(?:s|ed|ure)?|complian(?:t|ce)|non-compliant"), "Say what happened, without blame."),
)

BRANDS = _any(r"theraplay|vroom|sesame|elmo|play-doh|mommy (?:and|&) me|bebbo|lego")

_KNOWN_LONG = """
activity activities temperature buprenorphine emergency caterpillar television february january macaroni watermelon
helicopter alligator appointment american
"""
_NO_VERBS = """
a an the this that these those it its he she they we i you your my our their his her baby child if when while after
before then there here for to with without in on at by from of and or but because so no not never always maybe is are
was will can may one two three four five
"""

# Words of four syllables and more that people know.
KNOWN_LONG = frozenset(_KNOWN_LONG.split())

# A step begins with what to do. These first words show that it doesn't.
NO_VERBS = frozenset(_NO_VERBS.split())
