"""The made register is what it says: so many records, so many of two schemes, every slip in it."""

from collections import Counter

from demo.made_people import SCHEMES, make_people, true_pairs
from demo.made_slips import SLIPS

ROWS = make_people(5000, seed=3)


def test_the_same_seed_makes_the_same_register():
    assert make_people(200, seed=3) == make_people(200, seed=3) != make_people(200, seed=4)


def test_a_fifth_of_the_people_are_in_two_schemes_or_more():
    schemes = Counter(row.person for row in ROWS)
    several = sum(count > 1 for count in schemes.values())
    assert 0.18 < several / len(schemes) < 0.22
    assert {row.scheme for row in ROWS} == set(SCHEMES) and len(ROWS) >= 5000


def test_nobody_is_in_one_scheme_twice():
    assert max(Counter((row.person, row.scheme) for row in ROWS).values()) == 1


def test_every_slip_is_made():
    assert {slip for row in ROWS for slip in row.slips} == set(SLIPS)


def test_true_pairs_are_one_persons():
    assert all(ROWS[a].person == ROWS[b].person and a < b for a, b in true_pairs(ROWS))


def test_common_names_are_common_and_towns_are_crowded():
    surnames = Counter(row.last.casefold().strip(",") for row in ROWS)
    sectors = Counter(row.postcode[:-2] for row in ROWS if row.postcode)
    assert surnames.most_common(1)[0][1] > 20 * sorted(surnames.values())[len(surnames) // 2]
    assert sectors.most_common(1)[0][1] > 4 * sorted(sectors.values())[len(sectors) // 2]


def test_there_are_households_and_colleagues_who_are_nobody_twice():
    homes = Counter((row.postcode, row.last.casefold()) for row in {row.person: row for row in ROWS}.values())
    offices = Counter(row.email for row in ROWS if row.email.startswith("office@"))
    assert sum(count > 1 for count in homes.values()) > 50 and max(offices.values()) > 1
