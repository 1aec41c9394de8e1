"""Two records compared field by field: which level each field reaches, and how often strangers would reach it."""

import re
from collections import Counter
from collections.abc import Iterable
from math import cos, radians

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from ambassadors.linkage.levels import (
    LEVELS,
    MISSING,
    NEAR_KM,
    REGION_KM,
    Email,
    Employer,
    Field,
    First,
    Home,
    Orcid,
    Phone,
    Surname,
)
from ambassadors.linkage.names import is_near
from ambassadors.linkage.nicknames import called
from ambassadors.linkage.records import Traits

# The level of a field, and how often strangers reach it (u).
Finding = tuple[int, float]
# One for each field, in the order of `Field`.
Comparison = tuple[Finding, ...]

_UNKNOWN: Finding = (MISSING, 1.0)
# As if the register were so much larger, with people of names and employers that are neither rare nor common in it.
_SMOOTHING = 500
# However rare a value is in the register, that two share it by chance is not rarer than this.
_RAREST = 0.00001
_RAREST_OF_TYPICAL = 0.01
# As if each surname had so many bearers more, with first names like everyone's.
_FAMILY = 30
_NAMESAKES = 0.1
_SHORTEST_SURNAME = 4
_KM_PER_DEGREE = 111.2
_EMPLOYERS_ALIKE = 90

_u = {field: tuple(level.strangers for level in levels) for field, levels in LEVELS.items()}
_most = {field: tuple(level.same for level in levels) for field, levels in LEVELS.items()}


class Comparer:
    """Knows how common each value is among these people."""

    def __init__(self, people: Iterable[Traits]) -> None:
        rows = list(people)
        self.size = len(rows)
        self._first = Counter(word for one in rows for word in set(one.name.first))
        self._called = Counter(group for one in rows for group in one.called)
        self._initials = Counter(one.name.first[0][0] for one in rows if one.name.first)
        self._surname = Counter(part for one in rows for part in {one.name.surname, *one.name.parts})
        self._whole = Counter((word, one.name.surname) for one in rows for word in set(one.name.first))
        self._email = Counter(one.email for one in rows)
        self._local = Counter(one.local for one in rows)
        self._phone = Counter(one.phone for one in rows)
        self._postcode = Counter(one.postcode for one in rows)
        self._sector = Counter(one.sector for one in rows)
        self._employer = Counter(one.employer for one in rows)

    def _share(self, count: int, field: Field, level: int) -> float:
        """How often a stranger would have this value too; never more often than the person themselves.

        `count` is of the whole register: the two who are compared have it, and say nothing of how common it is.
        """
        typical = _u[field][level]
        share = (max(count - 2, 0) + _SMOOTHING * typical) / (self.size + _SMOOTHING)
        return min(max(share, _RAREST, typical * _RAREST_OF_TYPICAL), _most[field][level])

    def compare(self, one: Traits, other: Traits) -> Comparison:
        """Every field of two records, in the order of `Field`; which of them comes first makes no difference."""
        first, surname = self._names(one, other)
        namesakes = 0 <= first[0] < First.INITIAL and 0 <= surname[0] < Surname.DIFFER
        return (
            first,
            surname,
            self._emails(one, other, namesakes=namesakes),
            self._phones(one, other),
            self._homes(one, other),
            self._employers(one, other),
            self._orcids(one, other),
        )

    def _names(self, one: Traits, other: Traits) -> tuple[Finding, Finding]:
        first, surname = self._firsts(one, other), self._surnames(one, other)
        if first[0] == First.EXACT and surname[0] == Surname.EXACT:
            return (First.EXACT, self._among_family(one, first[1])), surname
        if first[0] < First.ANOTHER or surname[0] < Surname.FORMER:
            return first, surname
        return self._in_each_others_place(one, other) or (first, surname)

    def _among_family(self, one: Traits, share: float) -> float:
        """How common a first name is among those of this surname: Rhys among Williamses is commoner than anywhere.

        The two records themselves say nothing of that.
        """
        whole, family = self._whole[one.name.first[0], one.name.surname], self._surname[one.name.surname]
        others = (max(whole - 2, 0) + _FAMILY * share) / (max(family - 2, 0) + _FAMILY)
        return min(max(share, others), _most[Field.FIRST_NAME][First.EXACT])

    def _in_each_others_place(self, one: Traits, other: Traits) -> tuple[Finding, Finding] | None:
        """Whether the first name of each is the surname of the other."""
        if not (one.name.first and other.name.first and one.name.surname and other.name.surname):
            return None
        sides = _crossed(one.name.first, other.name.surname), _crossed(other.name.first, one.name.surname)
        if First.DIFFER in sides:
            return None
        # Which of the two is the first name nobody knows: the commoner reading of each counts.
        words = (one.name.first[0], other.name.first[0])
        shares = sorted(self._share(max(self._first[word], self._surname[word]), Field.SURNAME, 0) for word in words)
        if First.INITIAL in sides:
            initial = self._share(self._initials[min(words, key=len)[0]], Field.FIRST_NAME, First.INITIAL)
            return (First.INITIAL, initial), (Surname.EXACT, shares[0])
        exact = sides == (First.EXACT, First.EXACT)
        level = (First.EXACT, Surname.EXACT) if exact else (First.NEAR, Surname.NEAR)
        return (level[0], shares[1]), (level[1], shares[0])

    def _firsts(self, one: Traits, other: Traits) -> Finding:
        mine, theirs = one.name.first, other.name.first
        if not (mine and theirs):
            return _UNKNOWN
        a, b = mine[0], theirs[0]
        if len(a) == 1 or len(b) == 1:
            fits = a[0] == b[0]
            level = First.INITIAL if fits else First.DIFFER
            return level, self._share(self._initials[a[0]], Field.FIRST_NAME, level) if fits else 0.92
        if a == b:
            return First.EXACT, self._share(self._first[a], Field.FIRST_NAME, First.EXACT)
        for group in one.called:
            if group in other.called:
                return First.CALLED, self._share(self._called[group], Field.FIRST_NAME, First.CALLED)
        if is_near(a, b):
            count = 2 * max(self._first[a], self._first[b])
            return First.NEAR, self._share(count, Field.FIRST_NAME, First.NEAR)
        for word in (*theirs[1:], a) if a in theirs else (b,):
            if len(word) > 1 and word in mine and word in theirs:
                return First.ANOTHER, _u[Field.FIRST_NAME][First.ANOTHER]
        if "".join(mine) == "".join(theirs):
            return First.EXACT, self._share(self._first[a], Field.FIRST_NAME, First.EXACT)
        return First.DIFFER, _u[Field.FIRST_NAME][First.DIFFER]

    def _surnames(self, one: Traits, other: Traits) -> Finding:
        a, b = one.name.surname, other.name.surname
        if not (a and b):
            return _UNKNOWN
        if a == b:
            return Surname.EXACT, self._share(self._surname[a], Field.SURNAME, Surname.EXACT)
        shared = [part for part in one.name.parts if part in other.name.parts]
        if shared:
            rarest = min(self._surname[part] for part in shared)
            return Surname.PART, self._share(rarest, Field.SURNAME, Surname.PART)
        if is_near(a, b):
            count = 2 * max(self._surname[a], self._surname[b])
            return Surname.NEAR, self._share(count, Field.SURNAME, Surname.NEAR)
        if one.email != other.email and (_is_in(a, other.local) or _is_in(b, one.local)):
            count = self._surname[a if _is_in(a, other.local) else b]
            return Surname.FORMER, self._share(count, Field.SURNAME, Surname.FORMER)
        return Surname.DIFFER, _u[Field.SURNAME][Surname.DIFFER]

    def _emails(self, one: Traits, other: Traits, *, namesakes: bool) -> Finding:
        a, b = one.email, other.email
        if not (a and b):
            return _UNKNOWN
        if a == b:
            level = Email.EXACT if one.local else Email.OFFICE
            return level, self._share(self._email[a], Field.EMAIL, level)
        if one.local and one.local == other.local:
            level = Email.LOCAL_FIGURES if re.search(r"\d\d", one.local) else Email.LOCAL
            # An address is made of a name: two of one name often have the same one, each at another service.
            if namesakes and level == Email.LOCAL:
                return level, _NAMESAKES
            return level, self._share(self._local[one.local], Field.EMAIL, level)
        # Other figures behind one name are another person of that name more often than a slip.
        near = OSA.distance(a, b, score_cutoff=1) <= 1 and _figures(a) == _figures(b) and one.local and other.local
        level = Email.NEAR if near else Email.DIFFER
        return level, _u[Field.EMAIL][level]

    def _phones(self, one: Traits, other: Traits) -> Finding:
        a, b = one.phone, other.phone
        if not (a and b):
            return _UNKNOWN
        if a == b:
            return Phone.EXACT, self._share(self._phone[a], Field.PHONE, Phone.EXACT)
        level = Phone.NEAR if OSA.distance(a, b, score_cutoff=1) <= 1 else Phone.DIFFER
        return level, _u[Field.PHONE][level]

    def _homes(self, one: Traits, other: Traits) -> Finding:
        a, b = one.postcode, other.postcode
        if not (a and b):
            return _UNKNOWN
        if a == b:
            return Home.EXACT, self._share(self._postcode[a], Field.HOME, Home.EXACT)
        if OSA.distance(a, b, score_cutoff=1) <= 1:
            return Home.NEAR, self._share(self._sector[one.sector], Field.HOME, Home.NEAR)
        if one.sector == other.sector:
            return Home.SECTOR, self._share(self._sector[one.sector], Field.HOME, Home.SECTOR)
        km = _km(one, other)
        if km is None:
            return _UNKNOWN
        level = Home.TOWN if km <= NEAR_KM else Home.REGION if km <= REGION_KM else Home.DIFFER
        return level, _u[Field.HOME][level]

    def _employers(self, one: Traits, other: Traits) -> Finding:
        a, b = one.employer, other.employer
        if not (a and b):
            return _UNKNOWN
        if a == b:
            return Employer.EXACT, self._share(self._employer[a], Field.EMPLOYER, Employer.EXACT)
        if fuzz.token_sort_ratio(a, b, score_cutoff=_EMPLOYERS_ALIKE) or fuzz.ratio(a, b) >= _EMPLOYERS_ALIKE:
            count = max(self._employer[a], self._employer[b])
            return Employer.NEAR, self._share(count, Field.EMPLOYER, Employer.NEAR)
        return Employer.DIFFER, _u[Field.EMPLOYER][Employer.DIFFER]

    def _orcids(self, one: Traits, other: Traits) -> Finding:
        a, b = one.orcid, other.orcid
        if not (a and b):
            return _UNKNOWN
        level = Orcid.EXACT if a == b else Orcid.NEAR if OSA.distance(a, b, score_cutoff=1) <= 1 else Orcid.DIFFER
        return level, _u[Field.ORCID][level]


def _crossed(first: tuple[str, ...], surname: str) -> First:
    """How like somebody's first name another's surname is."""
    if surname in (first[0], "".join(first)):
        return First.EXACT
    if min(len(first[0]), len(surname)) == 1:
        return First.INITIAL if first[0][0] == surname[0] else First.DIFFER
    alike = is_near(first[0], surname) or not set(called(first[0])).isdisjoint(called(surname))
    return First.NEAR if alike else First.DIFFER


def _is_in(surname: str, local: str) -> bool:
    """Whether an address was made of this surname; a short one is in many a word."""
    return len(surname) >= _SHORTEST_SURNAME and surname in local


def _figures(text: str) -> str:
    return "".join(each for each in text if each.isdecimal())


def _km(one: Traits, other: Traits) -> float | None:
    """Kilometres between two homes as on a flat map, which is near enough to tell a town from a region."""
    if one.lat is None or other.lat is None or one.lon is None or other.lon is None:
        return None
    north = one.lat - other.lat
    east = (one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return _KM_PER_DEGREE * float((north * north + east * east) ** 0.5)
