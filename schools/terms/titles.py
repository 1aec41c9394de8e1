"""What the title of an entry in a calendar of term dates means, by plain rules.

The rules are tried from the top, and the first that fits speaks. What none fits is shown to whoever sent the file.
"""

import re
from enum import StrEnum


class Meaning(StrEnum):
    """What an entry says of its days."""

    TERM = "term"
    TERM_DAY = "term_day"
    STARTS = "starts"
    ENDS = "ends"
    HOLIDAY = "holiday"
    HALF_TERM = "half_term"
    INSET = "inset"
    CLOSURE = "closure"
    EXAMS = "exams"
    # Bank holidays are reckoned: a calendar that lists them tells us nothing.
    KNOWN = "known"


_WORDS: dict[str, Meaning] = {
    r"\bmocks?\b|parents|open (evening|day|morning)|sports day|transfer day": Meaning.KNOWN,
    r"\binset\b|\bin[- ]?service\b|training day|staff (development|training|only|day)|non[- ]pupil": Meaning.INSET,
    r"teacher(s’|s'|s)? day|baker day|\bpd day\b|planning day": Meaning.INSET,
    r"bank holiday|public holiday|good friday|easter monday|may day|christmas day|boxing day": Meaning.KNOWN,
    r"new year'?’?s day|st\.? patrick|st\.? andrew": Meaning.KNOWN,
    r"\bexam|\bgcses?\b|\ba[- ]levels?\b|\bsqa\b": Meaning.EXAMS,
    r"\b(term|schools?|pupils|students|children|classes)\b.*\b(starts?|begins?|(re-?)?opens?|returns?|resumes?)\b": (
        Meaning.STARTS
    ),
    r"\b(start|beginning|first day) of\b.*\b(term|school|year)|\bback to school\b": Meaning.STARTS,
    r"\b(term|schools?|classes)\b.*\b(ends?|close|closes|breaks? up|finish(es)?)\b": Meaning.ENDS,
    r"\b(end|last day|close) of\b.*\b(term|school|year)|\bbreak up\b": Meaning.ENDS,
    r"half[- ]term (holiday|break|week)|mid[- ]?term|reading week|(holiday|break).*half[- ]term": Meaning.HALF_TERM,
    r"holidays?\b|vacation|\bbreak\b|\brecess\b": Meaning.HOLIDAY,
    r"\bclosed\b|\bclosure\b|no school|polling|occasional day|\bsnow\b": Meaning.CLOSURE,
    r"\b(term|school) ?days?\b|\bterm[- ]time\b": Meaning.TERM_DAY,
    r"half[- ]term": Meaning.HALF_TERM,
    r"\bterm\b|\bsemester\b|^(autumn|spring|summer|michaelmas|lent|trinity|hilary)\b": Meaning.TERM,
}
# Whether school or the holiday starts with it, nobody can tell.
_UNCLEAR = re.compile(r"half[- ]term\b.*\b(starts?|begins?|ends?|finish(es)?)\b")
# How we write a day ourselves where it has a name: "Closed (Polling day)".
PLAIN = {
    "term": Meaning.TERM,
    "half term": Meaning.HALF_TERM,
    "inset day": Meaning.INSET,
    "closed": Meaning.CLOSURE,
    "exams": Meaning.EXAMS,
}
RULES = tuple((re.compile(pattern), meaning) for pattern, meaning in _WORDS.items())
# A half term in which pupils are away lasts no longer than this; what lasts longer is half of a term.
LONGEST_HALF_TERM = 16

SEASONS = {
    "autumn": ("autumn", "michaelmas", "christmas", "winter"),
    "spring": ("spring", "lent", "hilary", "easter"),
    "summer": ("summer", "trinity"),
}


def meaning_of(title: str, days: int) -> Meaning | None:
    """What an entry of so many days means; None where no rule says."""
    words = " ".join(title.casefold().replace("_", " ").split())
    plain, bracket, _name = words.partition(" (")
    if bracket and plain in PLAIN:
        return PLAIN[plain]
    if _UNCLEAR.search(words):
        return None
    found = next((meaning for pattern, meaning in RULES if pattern.search(words)), None)
    if found is Meaning.HALF_TERM and days > LONGEST_HALF_TERM:
        return Meaning.TERM
    return found


def season_of(title: str) -> str:
    """The season that a term is named for: "autumn", "spring" or "summer"; "" where it is named for none."""
    words = title.casefold()
    return next((season for season, names in SEASONS.items() if any(name in words for name in names)), "")


def bare(title: str) -> str:
    """A title without whose it is: "Sheffield: Term day (Week 1)" is "Term day (Week 1)"."""
    whose, colon, rest = title.partition(": ")
    return rest if colon and meaning_of(rest, 1) and not meaning_of(whose, 1) else title
