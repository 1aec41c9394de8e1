"""Which pairs are looked at: those that share one of many keys, so that a slip in any one field leaves another key.

A key that many records share (a switchboard, "David Smith") is told apart by second facts; what is still shared by
too many is passed over. No record is so compared with more than a fixed number of others, whatever the register's
size: the cost grows as the register does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from ambassadors.linkage.names import skeleton
from ambassadors.linkage.nicknames import called
from ambassadors.linkage.records import Traits

# More records than these under one key, and it is told apart further.
LARGEST = 12
_MOST_NAME_KEYS = 8

Keys = Callable[[Traits], Iterable[str]]


def _tokens(word: str) -> tuple[str, ...]:
    """What a word may stand for as a name: nickname's groups, or how it sounds."""
    return tuple(skeleton(each) for each in called(word))


def first_names(one: Traits) -> tuple[str, ...]:
    """How the first name sounds, and those it is short for; nothing for an initial."""
    names = dict.fromkeys(skeleton(each) for each in one.called if len(each) > 1)
    return tuple(names)


def surnames(one: Traits) -> tuple[str, ...]:
    """How the surname sounds, whole and by its parts."""
    if not one.name.surname:
        return ()
    return tuple(dict.fromkeys((skeleton(one.name.surname), *(skeleton(each) for each in one.name.parts))))


def _whole_names(one: Traits) -> Iterable[str]:
    """First name and surname in either order; also with the second first name, by which some go."""
    given = dict.fromkeys((*first_names(one), *(skeleton(each) for each in one.name.first[1:2] if len(each) > 1)))
    family = dict.fromkeys((*surnames(one), *_tokens(one.name.surname)) if one.name.surname else ())
    keys = dict.fromkeys("+".join(sorted((a, b))) for a in given for b in family)
    return list(keys)[:_MOST_NAME_KEYS]


def _both(first: Keys, second: Keys) -> Keys:
    return lambda one: [f"{a}+{b}" for a in first(one) for b in second(one)]


def _whole(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _initials(one: Traits) -> Iterable[str]:
    """The first letters of both names in either order, with the district."""
    if not (one.name.first and one.name.surname and one.outward):
        return ()
    return ("".join(sorted((one.name.first[0][0], one.name.surname[0]))) + "+" + one.postcode[:-2],)


def _sectors(one: Traits) -> tuple[str, ...]:
    return _whole(one.sector)


def _employers(one: Traits) -> tuple[str, ...]:
    return _whole(one.employer)


# Each by itself brings a pair together.
KEYS: dict[str, Keys] = {
    "e-mail": lambda one: _whole(one.email),
    "before the @": lambda one: _whole(one.local),
    "phone": lambda one: _whole(one.phone),
    "ORCID": lambda one: _whole(one.orcid),
    "postcode": lambda one: _whole(one.postcode),
    "name": _whole_names,
    "initials, sector": _initials,
    "surname, sector": _both(surnames, _sectors),
    "first name, sector": _both(first_names, _sectors),
    "surname, employer": _both(surnames, _employers),
    "first name, employer": _both(first_names, _employers),
}
# By what a key of too many is told apart, each by itself again.
_APART: tuple[Keys, ...] = (
    surnames,
    first_names,
    _sectors,
    _employers,
    lambda one: _whole(one.outward),
    lambda one: _whole(one.local[:5]),
    lambda one: _whole(one.phone[-4:]),
)


def blocks(people: Sequence[Traits], keys: Iterable[Keys] = tuple(KEYS.values())) -> Iterator[list[int]]:
    """Places in the list of those who share a key, two or more and no more than are looked at together."""
    for key in keys:
        for block in _shared(people, range(len(people)), key):
            if len(block) <= LARGEST:
                yield block
                continue
            for apart in _APART:
                yield from (each for each in _shared(people, block, apart) if len(each) <= LARGEST)


def _shared(people: Sequence[Traits], places: Iterable[int], key: Keys) -> Iterator[list[int]]:
    """The places under each key that has more than one."""
    found: dict[str, list[int]] = defaultdict(list)
    for place in places:
        for each in key(people[place]):
            found[each].append(place)
    return (block for block in found.values() if len(block) > 1)


def pairs_to_compare(people: Sequence[Traits], *, within: bool = False) -> Iterator[tuple[int, int]]:
    """Every pair that shares a key, once, the lower place first; of one scheme only when asked `within`."""
    around: list[list[list[int]]] = [[] for _ in people]
    for block in blocks(people):
        for place in block[:-1]:
            around[place].append(block)
    for place, one in enumerate(people):
        others = {other for block in around[place] for other in block if other > place}
        around[place] = []
        for other in sorted(others):
            if within or people[other].scheme != one.scheme:
                yield place, other
