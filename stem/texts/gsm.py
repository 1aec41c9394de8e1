"""The alphabet of text messages (GSM 03.38): what one of them can say, and how much of it."""

from collections.abc import Callable
from unicodedata import combining, normalize

LONGEST = 160
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each of these takes the room of two.
EXTENDED = frozenset("\f^{}\\[~]|€")
# What people, and our own sentences, write for what the alphabet has in a plainer form.
PLAINER = {
    **dict.fromkeys("‘’‛′`´", "'"),
    **dict.fromkeys("“”„″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\t", " "),
    "…": "...",
    "•": "-",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
}
CUT = "..."


def in_alphabet(text: str) -> str:
    """The same text in letters that every telephone has: an accent that the alphabet lacks is left off its letter.

    A message with a single other letter would be sent in another alphabet, at less than half the length.
    """
    return "".join(map(_plain, normalize("NFC", text)))


def _plain(letter: str) -> str:
    letter = PLAINER.get(letter, letter)
    if all(each in BASIC or each in EXTENDED for each in letter):
        return letter
    apart = (each for each in normalize("NFKD", letter) if not combining(each))
    return "".join(each for each in apart if each in BASIC or each in EXTENDED)


def room_of(text: str) -> int:
    """How much of a message's 160 this text of the alphabet takes."""
    return sum(2 if letter in EXTENDED else 1 for letter in text)


def in_one_text(say: Callable[[str], str], name: str) -> str:
    """What is said of this name, in one text: a name that is too long for it loses its end, and nothing else does.

    Raises `ValueError` where even with no name it does not fit.
    """
    name = " ".join(in_alphabet(name).split())
    for shown in (name, *(f"{name[:length].rstrip()}{CUT}" for length in range(len(name) - 1, -1, -1))):
        words = " ".join(in_alphabet(say(shown)).split())
        if room_of(words) <= LONGEST:
            return words
    raise ValueError("There is no room for it in one text.")
