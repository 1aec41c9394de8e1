"""What goes wrong between two records of one person: each slip by name, how often, and what it does.

Written from what scheme officers and published studies of record linkage tell of; it knows nothing of the code that
has to see through it. A slip that finds nothing to spoil leaves the record as it is.
"""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from demo.made_ground import Ground
from demo.made_names import CALLED, OTHERWISE_SPELT

KEYS_BESIDE = {
    "a": "sq",
    "b": "vn",
    "c": "xv",
    "d": "sf",
    "e": "wr",
    "f": "dg",
    "g": "fh",
    "h": "gj",
    "i": "uo",
    "j": "hk",
    "k": "jl",
    "l": "ko",
    "m": "n",
    "n": "bm",
    "o": "ip",
    "p": "o",
    "q": "wa",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "u": "yi",
    "v": "cb",
    "w": "qe",
    "x": "zc",
    "y": "tu",
    "z": "x",
}
NO_ACCENT_TO_TAKE_OFF = str.maketrans("łŁøØđĐ", "lLoOdD")


@dataclass(frozen=True)
class MadeRecord:
    """One row as a scheme might send it, with the truth beside it: whose it is, and what was done to it."""

    person: int
    scheme: str
    legacy_id: str
    first: str
    last: str
    email: str
    phone: str
    postcode: str
    lat: float | None
    lon: float | None
    employer: str
    orcid: str = ""
    known_as: str = ""
    woman: bool = False
    surname_first: bool = False
    slips: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name as written."""
        parts = (self.last, self.first) if self.surname_first else (self.first, self.last)
        return " ".join(part for part in parts if part)


Slip = Callable[[MadeRecord, random.Random, Ground], MadeRecord]


def slipped(word: str, chance: random.Random) -> str:
    """One letter dropped, doubled, swapped with the next, or hit on the key beside."""
    if len(word) < 3:
        return word
    at = chance.randrange(0 if chance.random() < 0.1 else 1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    beside = chance.choice(KEYS_BESIDE.get(letter.lower(), "e"))
    spoilt = (
        before + after,
        before + letter + letter + after,
        before + after[:1] + letter + after[1:],
        before + beside + after,
    )
    return chance.choice(spoilt)


def first_mistyped(row: MadeRecord, chance: random.Random, _ground: Ground) -> MadeRecord:
    """A slip in the first name."""
    return replace(row, first=slipped(row.first, chance))


def last_mistyped(row: MadeRecord, chance: random.Random, _ground: Ground) -> MadeRecord:
    """A slip in the surname."""
    return replace(row, last=slipped(row.last, chance))


def nickname(row: MadeRecord, _chance: random.Random, _ground: Ground) -> MadeRecord:
    """Sue for Susan."""
    return replace(row, first=CALLED.get(row.first, row.first))


def otherwise_spelt(row: MadeRecord, _chance: random.Random, _ground: Ground) -> MadeRecord:
    """Another clerk's spelling, or another way out of another script."""
    first, last = (OTHERWISE_SPELT.get(each, each) for each in (row.first, row.last))
    return replace(row, first=first, last=last)


def initial(row: MadeRecord, _chance: random.Random, _ground: Ground) -> MadeRecord:
    """S. for Susan."""
    return replace(row, first=row.first[:1] + ".")


def middle_name(row: MadeRecord, chance: random.Random, _ground: Ground) -> MadeRecord:
    """A middle initial that only one scheme asked for."""
    return replace(row, first=f"{row.first} {chance.choice('ABCDEJLMPRST')}")


def swapped(row: MadeRecord, _chance: random.Random, _ground: Ground) -> MadeRecord:
    """First name and surname in each other's box."""
    return replace(row, first=row.last, last=row.first)


def plain_letters(row: MadeRecord, _chance: random.Random, _ground: Ground) -> MadeRecord:
    """Accents and apostrophes lost on the way."""

    def bare(text: str) -> str:
        parts = unicodedata.normalize("NFKD", text.translate(NO_ACCENT_TO_TAKE_OFF))
        return "".join(each for each in parts if not unicodedata.combining(each)).replace("'", "")

    return replace(row, first=bare(row.first), last=bare(row.last))


def married(row: MadeRecord, chance: random.Random, ground: Ground) -> MadeRecord:
    """A new surname, or both with a hyphen; nearly always a woman's."""
    if not row.woman:
        return row
    other = ground.surname(chance)
    return replace(row, last=f"{row.last}-{other}" if chance.random() < 0.35 else other)


def moved_near(row: MadeRecord, chance: random.Random, ground: Ground) -> MadeRecord:
    """Another home in the same town."""
    postcode, lat, lon = ground.home_near(row.postcode, chance)
    return replace(row, postcode=postcode, lat=lat, lon=lon)


def moved_far(row: MadeRecord, chance: random.Random, ground: Ground) -> MadeRecord:
    """Another home anywhere."""
    postcode, lat, lon = ground.home(chance)
    return replace(row, postcode=postcode, lat=lat, lon=lon)


def postcode_mistyped(row: MadeRecord, chance: random.Random, ground: Ground) -> MadeRecord:
    """A letter or a figure of the postcode hit wrongly: mostly a place that is not there."""
    outward, _, inward = row.postcode.partition(" ")
    at = chance.randrange(1, 3) if inward else 0
    spoilt = f"{outward} {inward[:at]}{chance.choice('ABDEFGHJLNPQ')}{inward[at + 1 :]}" if inward else row.postcode
    lat, lon = ground.point(spoilt)
    return replace(row, postcode=spoilt, lat=lat, lon=lon)


def new_job(row: MadeRecord, chance: random.Random, ground: Ground) -> MadeRecord:
    """Another employer; whoever gave the address at work has a new one."""
    employer = ground.employer(chance)
    at_work = row.email.endswith(".work.example")
    return replace(
        row, employer=employer, email=ground.work_email(row.first, row.last, employer) if at_work else row.email
    )


def employer_otherwise(row: MadeRecord, chance: random.Random, _ground: Ground) -> MadeRecord:
    """The employer's name in another form."""
    longer = {"Ltd": "Limited", "plc": "PLC", "University of": "Univ. of", "NHS Trust": "NHS Foundation Trust"}
    for short, long in longer.items():
        if short in row.employer:
            cut = row.employer.replace(f" {short}", "") if short in {"Ltd", "plc"} else row.employer
            return replace(row, employer=chance.choice((row.employer.replace(short, long), cut)))
    return replace(row, employer=slipped(row.employer, chance))


def other_email(row: MadeRecord, chance: random.Random, ground: Ground) -> MadeRecord:
    """An address at work instead of the private one, or the other way, or one at another service."""
    work = row.employer and not row.email.endswith(".work.example") and chance.random() < 0.6
    email = ground.work_email(row.first, row.last, row.employer) if work else ground.email(row.first, row.last, chance)
    return replace(row, email=email)


def email_mistyped(row: MadeRecord, chance: random.Random, _ground: Ground) -> MadeRecord:
    """A slip in the address, before or after the @."""
    local, at, domain = row.email.partition("@")
    if chance.random() < 0.7:
        return replace(row, email=slipped(local, chance) + at + domain)
    return replace(row, email=local + at + slipped(domain, chance))


def other_phone(row: MadeRecord, chance: random.Random, ground: Ground) -> MadeRecord:
    """Another number."""
    return replace(row, phone=ground.mobile(chance))


def phone_mistyped(row: MadeRecord, chance: random.Random, _ground: Ground) -> MadeRecord:
    """A figure of the number hit wrongly, or two swapped."""
    if len(row.phone) < 8:
        return row
    at = chance.randrange(4, len(row.phone) - 2)
    if chance.random() < 0.5:
        return replace(row, phone=row.phone[:at] + chance.choice("0123456789") + row.phone[at + 1 :])
    return replace(row, phone=row.phone[:at] + row.phone[at + 1] + row.phone[at] + row.phone[at + 2 :])


def phone_from_a_spreadsheet(row: MadeRecord, chance: random.Random, _ground: Ground) -> MadeRecord:
    """A leading nought lost, a number in powers of ten, or one with ".0" behind it."""
    digits = re.sub(r"\D", "", row.phone)
    if not digits.startswith("0"):
        return row
    power = f"{digits[1]}.{digits[2:4]}E+0{len(digits) - 2}"
    return replace(row, phone=chance.choice((digits[1:], digits[1:], digits[1:] + ".0", power)))


# How often each is drawn, against the others, when a record is spoilt.
SLIPS: dict[str, tuple[float, Slip]] = {
    "first name mistyped": (6, first_mistyped),
    "surname mistyped": (7, last_mistyped),
    "nickname": (11, nickname),
    "otherwise spelt": (6, otherwise_spelt),
    "initial": (5, initial),
    "middle name": (5, middle_name),
    "names swapped": (2.5, swapped),
    "plain letters": (5, plain_letters),
    "married": (5, married),
    "moved near": (8, moved_near),
    "moved far": (5, moved_far),
    "postcode mistyped": (4, postcode_mistyped),
    "new job": (9, new_job),
    "employer otherwise": (8, employer_otherwise),
    "other e-mail": (12, other_email),
    "e-mail mistyped": (4, email_mistyped),
    "other phone": (6, other_phone),
    "phone mistyped": (3, phone_mistyped),
    "phone from a spreadsheet": (6, phone_from_a_spreadsheet),
}
# How many befall one record of somebody who is in two schemes or more.
HOW_MANY = {0: 12, 1: 33, 2: 30, 3: 17, 4: 8}
# What is simply not given, in any record.
MISSING = {"email": 0.03, "phone": 0.18, "postcode": 0.03, "employer": 0.15}


def spoil(row: MadeRecord, chance: random.Random, ground: Ground) -> MadeRecord:
    """The record with some slips, each no more than once, and their names on it."""
    [how_many] = chance.choices(list(HOW_MANY), list(HOW_MANY.values()))
    drawn: list[str] = []
    weights = {name: weight for name, (weight, _slip) in SLIPS.items()}
    for _ in range(how_many):
        [name] = chance.choices(list(weights), list(weights.values()))
        del weights[name]
        spoilt = SLIPS[name][1](row, chance, ground)
        if spoilt != row:
            row, drawn = spoilt, [*drawn, name]
    return replace(row, slips=tuple(drawn))
