"""What we ask a school to look at again in its own words: never a refusal (rules P-02, E-40)."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

# "Sam Patel in Year 8": two capitalised words, and then the year.
NAMES_A_CHILD = re.compile(r"\b[A-Z][\w’'-]+ [A-Z][\w’'-]+,? (?:is |who is )?in (?:Year|year|P|S)\s?\d")
# What no school asks for in a person: sex, ethnicity, age, disability, religion, orientation.
ASKS_WHO = re.compile(
    r"\b(?:fe)?male (?:ambassador|engineer|scientist|speaker|visitor|role model)s?\b"
    r"|\b(?:a|young|older|black|asian|white) (?:wom[ae]n|m[ae]n|lady|ladies|girl|boy|person of colou?r)\b"
    r"|\b(?:black|asian|white|disabled|gay|lesbian|muslim|christian|jewish|hindu|sikh|young|older)"
    r" (?:\w+ )?(?:ambassador|engineer|scientist|speaker|visitor|role model|person)s?\b"
    r"|\b(?:women|men|females|males) only\b|\bonly (?:women|men|females|males)\b",
    re.IGNORECASE,
)


def names_a_child(text: str) -> bool:
    """Whether this reads as if it named a pupil."""
    return bool(NAMES_A_CHILD.search(text))


def second_thoughts(texts: Iterable[str]) -> list[str]:
    """What to look at again in these texts, each said once; nothing for most."""
    texts = list(texts)
    thoughts = []
    if any(names_a_child(text) for text in texts):
        thoughts.append(_("Does this name a child? Please write about the group, and name no pupil."))
    if any(ASKS_WHO.search(text) for text in texts):
        thoughts.append(_("Tell us what you want pupils to take from the visit, rather than who should come."))
    return thoughts
