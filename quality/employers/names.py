"""When two ways to write an employer's name are the same: pure."""

import re
import unicodedata

# What firms are by law, in either language of Wales and as people shorten it: it tells no two employers apart.
FORMS = frozenset({"ltd", "limited", "plc", "llp", "cyf", "cyfyngedig", "ccc", "inc", "the"})


def key_of(name: str) -> str:
    """What a name comes to without case, accents, spaces, punctuation and the kind of firm; "" of nothing.

    A name that is nothing but such words keeps them.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    # "p.l.c." is one word, as "plc" is.
    words = re.findall(r"\w+", re.sub(r"[.'’`]", "", letters).replace("_", " "))
    return "".join(word for word in words if word not in FORMS) or "".join(words)
