"""Records for these tests: one person with everything filled in, and a town of others round them."""

from dataclasses import replace

from ambassadors.linkage.comparing import Comparer
from ambassadors.linkage.finding import find_pairs
from ambassadors.linkage.levels import LEVELS, MISSING, Field
from ambassadors.linkage.records import Person, read_person
from demo.linkage_bench import as_people
from demo.made_people import make_people

ADA = Person(
    scheme="North",
    legacy_id="1",
    full_name="Adaeze Okonkwo",
    email="adaeze.okonkwo71@post.example",
    phone="07010 123456",
    postcode="LS6 3QT",
    lat=53.82,
    lon=-1.57,
    employer="Calder Robotics Ltd",
    orcid="0000-0002-1825-0097",
)
TOWN = as_people(make_people(1500, seed=9))


def elsewhere(person: Person, **changes: object) -> Person:
    """The same person's record in another scheme, with these changes."""
    return replace(person, **{"scheme": "South", "legacy_id": "2", **changes})


def likely(one: Person, other: Person) -> float:
    """How probable it is, in a register of some size, that these two are one person; 0 when they are not compared."""
    found = find_pairs([*TOWN, one, other], above=0)
    return next((pair.probability for pair in found.pairs if {pair.a, pair.b} == {one, other}), 0.0)


def level(field: Field, one: Person, other: Person) -> str:
    """The level that a field of these two reaches, in words; empty when it cannot be compared."""
    traits = [read_person(each) for each in (one, other)]
    reached, _u = Comparer(traits).compare(*traits)[field]
    return "" if reached == MISSING else str(LEVELS[field][reached].words)
