"""How the names of schools and towns, and what people type for them, become the same words."""

import re
import unicodedata
from collections.abc import Iterable

from schools.models.word import LONGEST
from stem.slips import SHORTEST_SOUND

# Two ways to write one thing become one word. Read from the top: what stands alone comes before what it is part of.
_PHRASES = {
    "church of england": "ce",
    "c of e": "ce",
    "cofe": "ce",
    "coe": "ce",
    "c e": "ce",
    "cevc": "ce vc",
    "ceva": "ce va",
    "cevap": "ce va primary",
    "cevcp": "ce vc primary",
    "church in wales": "ciw",
    "c in w": "ciw",
    "roman catholic": "rc",
    "catholic": "rc",
    "r c": "rc",
    "voluntary aided": "va",
    "v a": "va",
    "voluntary controlled": "vc",
    "v c": "vc",
    "junior mixed and infants": "junior infant",
    "junior mixed and infant": "junior infant",
    "jmi": "junior infant",
    "j m i": "junior infant",
    "jm and i": "junior infant",
    "jm i": "junior infant",
    "j and i": "junior infant",
    "j i": "junior infant",
    "saint": "st",
    "ss": "st",
    "sts": "st",
    "jnr": "junior",
    "jr": "junior",
    "jun": "junior",
    "inf": "infant",
    "prim": "primary",
    "pri": "primary",
    "sch": "school",
    "schl": "school",
    "sec": "secondary",
    "comp": "comprehensive",
    "coll": "college",
    "acad": "academy",
    "tech": "technology",
    "prep": "preparatory",
    "comm": "community",
    "6th": "sixth",
    "mt": "mount",
    "rd": "road",
    "ln": "lane",
    "ave": "avenue",
    "nr": "near",
    "gt": "great",
}
# The Church of England has the longest name and the most schools: one slip in it is no other church.
_CHURCH = r"(?:c\w+|\w*ch) ?(?:of|\b\w{1,3}) ?england|church of ?eng\w*"
_PHRASE = re.compile(rf"\b(?:{'|'.join(_PHRASES)}|{_CHURCH})\b")

# An apostrophe in every shape, and the question mark that a lost one leaves between two letters.
_APOSTROPHE = re.compile(r"['’‘`´ʼ]|(?<=[a-z])\?(?=[a-z])")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_WORD = re.compile(r"[^\W_]+")
# Words that only hold others together, which nobody remembers.
_LINKS = "a an and at by d de for in l le of on s the to upon with y"
# What a school is, rather than what it is called.
_KINDS = """academy aided art boy ce centre church ciw college community comprehensive controlled county education
    england first form foundation free girl grammar high independent infant international junior language learning
    lower middle mixed nursery preparatory primary pupil rc referral school science secondary sixth special specialist
    sport st studio technology trust unit university upper va vc voluntary ysgol"""
LINKS, KINDS = frozenset(_LINKS.split()), frozenset(_KINDS.split())


def words_in(text: str) -> list[str]:
    """The words of a name, a town or a search, in their order, each in the one form that all its spellings share."""
    letters = text.casefold()
    if not letters.isascii():
        letters = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = _APOSTROPHE.sub("", letters).replace("&", " and ").replace("+", " and ").replace("@", " at ")
    letters = _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), letters)
    spaced = " ".join(_WORD.findall(letters))
    spaced = _PHRASE.sub(lambda typed: _PHRASES.get(typed[0], "ce"), spaced)
    return [singular(word[:LONGEST]) for word in spaced.split() if word not in LINKS]


def singular(word: str) -> str:
    """Without the s of a possessive or a plural: "King's", "Kings" and "King" are one to those who type."""
    is_whole = len(word) < 4 or word.endswith(("ss", "saints"))
    return word if is_whole else word.removesuffix("s")


def own_words(words: Iterable[str]) -> list[str]:
    """Those that tell one school from another; all of them when there are no others ("The Grammar School")."""
    words = list(dict.fromkeys(words))
    return [word for word in words if word not in KINDS] or words


def is_kind(typed: str) -> bool:
    """Whether this is a word for what a school is, or the beginning of one: "prim"."""
    return typed in KINDS or (len(typed) >= SHORTEST_SOUND and any(kind.startswith(typed) for kind in KINDS))
