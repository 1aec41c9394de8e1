"""A made register of several schemes, in which we know who is whom: for measuring how well duplicates are found.

It knows nothing of the code it measures. Of the people, a fifth are in two schemes or more; each record of theirs is
spoilt as `demo/made_slips.py` says. Among them stand those who only look alike: households of one surname, postcode and
telephone, a parent and a child of one name, twins, colleagues with one switchboard and one office address, and two
people of a very common name in one town.
"""

import random
from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from typing import Any

from demo.made_ground import Ground
from demo.made_names import CALLED, words
from demo.made_slips import MISSING, MadeRecord, spoil

SCHEMES = tuple(f"{name} Ambassadors" for name in words("North South East West Mersey Tyne Severn Forth"))
OVERLAP = 0.20
# In how many schemes those are who are in more than one.
IN_SCHEMES = {2: 88, 3: 10, 4: 2}
LOOK_ALIKES = {"household": 0.06, "parent and child": 0.004, "twins": 0.004, "colleagues": 0.03, "one town": 0.004}
LANDLINE, WORK_EMAIL, ORCID, KNOWN_AS = 0.25, 0.3, 0.08, 0.15
# How each scheme writes: it is no slip, but it is not the same.
_WRITES_PHONES = ("{0}", "+44 {1}", "{0}", "{2} {3}", "0044{1}", "({2}) {3}", "+44 (0){1}", "{0}")

Pair = tuple[int, int]


def make_people(count: int, *, seed: int = 1) -> list[MadeRecord]:
    """So many records, or a few more, of 8 schemes in mixed order: the same seed, the same records."""
    chance, ground = random.Random(seed), Ground()
    rows: list[MadeRecord] = []
    person = 0
    while len(rows) < count:
        person += 1
        one = _person(person, chance, ground)
        others = _look_alikes(one, chance, ground)
        for each in (one, *others):
            rows += _records(each, chance, ground)
        person += len(others)
    chance.shuffle(rows)
    return [replace(row, legacy_id=f"{number:06}") for number, row in enumerate(rows)]


def true_pairs(rows: list[MadeRecord]) -> set[Pair]:
    """The pairs of records, by their places in the list, that are one person's."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[row.person].append(place)
    return {pair for mine in places.values() for pair in combinations(mine, 2)}


def _person(number: int, chance: random.Random, ground: Ground) -> MadeRecord:
    community, woman = ground.community(chance), chance.random() < 0.5
    first, last = ground.first_name(chance, community, woman=woman), ground.surname(chance, community)
    postcode, lat, lon = ground.home(chance)
    employer = ground.employer(chance)
    at_work = chance.random() < WORK_EMAIL
    return MadeRecord(
        person=number,
        scheme="",
        legacy_id="",
        first=first,
        last=last,
        email=ground.work_email(first, last, employer) if at_work else ground.email(first, last, chance),
        phone=ground.landline(chance) if chance.random() < LANDLINE else ground.mobile(chance),
        postcode=postcode,
        lat=lat,
        lon=lon,
        employer=employer,
        orcid=ground.orcid(chance) if chance.random() < ORCID else "",
        woman=woman,
    )


def _look_alikes(one: MadeRecord, chance: random.Random, ground: Ground) -> list[MadeRecord]:
    """People who are somebody else, made from this one."""
    found: list[MadeRecord] = []
    for kind, share in LOOK_ALIKES.items():
        if chance.random() < share:
            found += _ALIKE[kind](_person(one.person + len(found) + 1, chance, ground), one, chance, ground)
    return [replace(each, person=one.person + place) for place, each in enumerate(found, 1)]


def _household(other: MadeRecord, one: MadeRecord, chance: random.Random, ground: Ground) -> list[MadeRecord]:
    """One surname mostly, one home, often one telephone and now and then one e-mail address."""
    last = one.last if chance.random() < 0.85 else other.last
    phone = one.phone if chance.random() < 0.4 else other.phone
    email = one.email if chance.random() < 0.1 else ground.email(other.first, last, chance)
    return [replace(_at_home(other, one), last=last, phone=phone, email=email)]


def _parent_and_child(other: MadeRecord, one: MadeRecord, chance: random.Random, ground: Ground) -> list[MadeRecord]:
    """One whole name and one home; each has a telephone, an address and an employer."""
    email = ground.email(one.first, one.last, chance)
    return [replace(_at_home(other, one), first=one.first, last=one.last, email=email, phone=ground.mobile(chance))]


def _twins(other: MadeRecord, one: MadeRecord, chance: random.Random, ground: Ground) -> list[MadeRecord]:
    """One surname, one home, one telephone, and first names that begin alike."""
    community = ground.community(chance)
    names = {ground.first_name(chance, community, woman=one.woman) for _ in range(40)} - {one.first}
    alike = sorted(name for name in names if name[0] == one.first[0]) or sorted(names)
    first = chance.choice(alike)
    email = ground.email(first, one.last, chance)
    return [replace(_at_home(other, one), first=first, last=one.last, phone=one.phone, email=email)]


def _colleagues(other: MadeRecord, one: MadeRecord, chance: random.Random, ground: Ground) -> list[MadeRecord]:
    """Three who give the switchboard, and mostly the office's address too."""
    phone, office = ground.switchboard(one.employer), ground.office_email(one.employer)
    found = []
    for _ in range(3):
        made = _person(other.person, chance, ground)
        private = ground.work_email(made.first, made.last, one.employer)
        email = office if chance.random() < 0.6 else private
        found.append(replace(made, employer=one.employer, phone=phone, email=email))
    return found


def _one_town(other: MadeRecord, one: MadeRecord, chance: random.Random, ground: Ground) -> list[MadeRecord]:
    """Two Davids Smith who live in one town."""
    first, last = chance.choice((("David", "Smith"), ("Sarah", "Jones"), ("Mohammed", "Khan"), ("Gareth", "Davies")))
    postcode, lat, lon = ground.home_near(one.postcode, chance)
    found = []
    for home in ((one.postcode, one.lat, one.lon), (postcode, lat, lon)):
        made = _person(other.person, chance, ground)
        email = ground.email(first, last, chance)
        found.append(replace(made, first=first, last=last, email=email, postcode=home[0], lat=home[1], lon=home[2]))
    return found


_ALIKE = {
    "household": _household,
    "parent and child": _parent_and_child,
    "twins": _twins,
    "colleagues": _colleagues,
    "one town": _one_town,
}


def _at_home(other: MadeRecord, one: MadeRecord) -> MadeRecord:
    return replace(other, postcode=one.postcode, lat=one.lat, lon=one.lon)


def _records(one: MadeRecord, chance: random.Random, ground: Ground) -> list[MadeRecord]:
    """Their record in each scheme they are in; the first as they gave it, the later ones with slips."""
    several = chance.random() < OVERLAP
    count = chance.choices(list(IN_SCHEMES), list(IN_SCHEMES.values()))[0] if several else 1
    schemes = chance.sample(range(len(SCHEMES)), count)
    rows = []
    for place, scheme in enumerate(schemes):
        row = spoil(one, chance, ground) if place else one
        rows.append(_as_written(replace(row, scheme=SCHEMES[scheme]), scheme, chance))
    return rows


def _as_written(row: MadeRecord, scheme: int, chance: random.Random) -> MadeRecord:
    """The record in this scheme's manner, without what was not given."""
    blank: dict[str, Any] = {field: "" for field, share in MISSING.items() if chance.random() < share}
    if "postcode" in blank:
        row = replace(row, lat=None, lon=None)
    known_as = CALLED.get(row.first, "") if chance.random() < KNOWN_AS else ""
    row = replace(row, known_as=known_as, phone=_phone_as_written(row.phone, scheme))
    if scheme == 3:
        row = replace(row, last=row.last.upper())
    if scheme == 5:
        row = replace(row, email=row.email.title() if chance.random() < 0.3 else row.email)
    if scheme == 6:
        row = replace(row, first=f"{chance.choice(('Dr', 'Ms' if row.woman else 'Mr', 'Prof'))} {row.first}")
    if scheme == 7:
        row = replace(row, surname_first=True, last=f"{row.last},")
    return replace(row, **blank)


def _phone_as_written(phone: str, scheme: int) -> str:
    if not (phone.isdecimal() and phone.startswith("0")):
        return phone
    return _WRITES_PHONES[scheme].format(phone, phone[1:], phone[:5], phone[5:])
