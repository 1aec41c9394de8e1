"""A person of the register as this engine takes them, and as it compares them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ambassadors.linkage.names import Name, fold, read_name, set_of
from ambassadors.linkage.nicknames import called


@dataclass(frozen=True, slots=True)
class Person:
    """One record of one scheme, as written; what is not known is empty."""

    scheme: str
    legacy_id: str
    full_name: str
    known_as: str = ""
    email: str = ""
    phone: str = ""
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None
    employer: str = ""
    orcid: str = ""
    # Whose row of the register it is, where it is one.
    pk: int = 0

    @property
    def key(self) -> str:
        """What a record is called: its scheme and its id there."""
        return f"{self.scheme}/{self.legacy_id}"


_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")
_POWER_OF_TEN = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
# Words of an employer's name that say what kind of body it is, which one record has and another has not.
_KIND_OF_BODY = set_of("ltd limited plc llp llc inc co company group holdings the uk of and for foundation")
_SHORTER = {"univ": "university", "uni": "university", "inst": "institute", "dept": "department", "hosp": "hospital"}
# What stands before the @ of an address that belongs to a place and not to a person.
_OFFICES = set_of(
    "office info enquiries enquiry admin reception contact hello mail stem outreach hr sales team education"
)
_SHORT_LOCAL = 6
NATIONAL_DIGITS = 10


def read_phone(text: str) -> str:
    """A British number without its nought, another with its plus; empty where it is none, or a spreadsheet ate it."""
    if _POWER_OF_TEN.fullmatch(text.strip()):
        return ""
    text = re.sub(r"\.0$", "", text.strip()).replace("(0)", "")
    digits = re.sub(r"\D", "", text)
    abroad = text.startswith(("+", "00"))
    if digits.startswith("00"):
        digits = digits[2:]
    if digits.startswith("44") and len(digits) >= NATIONAL_DIGITS + 1:
        return digits[2:].lstrip("0")
    if abroad:
        return f"+{digits}" if len(digits) >= 8 else ""
    national = digits.removeprefix("0")
    return national if len(national) >= NATIONAL_DIGITS - 1 else ""


def read_email(text: str) -> str:
    """An address in small letters, without what is marked off by a plus; empty where it is none."""
    local, at, domain = text.strip().casefold().partition("@")
    if not (local and at and domain) or " " in local:
        return ""
    return f"{local.partition('+')[0]}@{domain.replace('googlemail', 'gmail')}"


@lru_cache(maxsize=50_000)
def read_employer(text: str) -> str:
    """An employer's name by the words that tell it from others."""
    words = [_SHORTER.get(word, word) for word in fold(text.replace("&", " ")).split()]
    return " ".join([word for word in words if word not in _KIND_OF_BODY] or words)


def read_home(text: str) -> str:
    """A postcode without its space; empty where it is none."""
    plain = re.sub(r"[^A-Z0-9]", "", text.upper())
    return plain if _POSTCODE.fullmatch(plain) else ""


def read_orcid(text: str) -> str:
    """The sixteen characters of an ORCID, from its address or alone; empty where there are not sixteen."""
    plain = re.sub(r"[^0-9X]", "", text.upper().rpartition("/")[2])
    return plain if len(plain) == 16 else ""


@dataclass(slots=True)
class Traits:
    """What of a record is compared, read once."""

    scheme: str
    name: Name
    called: tuple[str, ...]
    email: str
    local: str
    phone: str
    postcode: str
    lat: float | None
    lon: float | None
    employer: str
    orcid: str

    @property
    def sector(self) -> str:
        """All of the postcode but its last two letters."""
        return self.postcode[:-2]

    @property
    def outward(self) -> str:
        """What stands before the space of a postcode."""
        return self.postcode[:-3]


def read_person(person: Person) -> Traits:
    """The record as it is compared."""
    name = read_name(person.full_name)
    known_as = tuple(fold(person.known_as).split())
    groups = dict.fromkeys(group for word in (*name.first[:1], *known_as[:1]) for group in called(word))
    email = read_email(person.email)
    local = re.sub(r"[^a-z0-9]", "", email.partition("@")[0])
    return Traits(
        scheme=person.scheme,
        name=name,
        called=tuple(groups),
        email=email,
        local="" if local in _OFFICES or len(local) < _SHORT_LOCAL else local,
        phone=read_phone(person.phone),
        postcode=read_home(person.postcode),
        lat=person.lat,
        lon=person.lon,
        employer=read_employer(person.employer),
        orcid=read_orcid(person.orcid),
    )
