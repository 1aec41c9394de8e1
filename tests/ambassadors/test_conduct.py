"""Until when a promise holds, as versions of the code follow one another: worked examples, without a database."""

from datetime import date

import pytest

from ambassadors import conduct

FIRST, SECOND, THIRD = date(2026, 9, 1), date(2027, 3, 1), date(2028, 3, 1)


@pytest.fixture
def _three_versions(monkeypatch):
    monkeypatch.setattr(conduct, "VERSIONS", (FIRST, SECOND, THIRD))


def test_while_there_is_one_version_its_acceptances_end_with_their_year():
    assert conduct.renewed_from(date(2030, 1, 1)) is None
    assert conduct.last_day(date(2026, 10, 1), date(2027, 9, 30)) == date(2027, 9, 30)
    assert not conduct.is_outdated(date(2020, 1, 1))


@pytest.mark.usefixtures("_three_versions")
@pytest.mark.parametrize(
    ("day", "since"),
    [
        (date(2027, 3, 1), None),
        (date(2027, 3, 30), None),
        (date(2027, 3, 31), SECOND),
        (date(2028, 3, 30), SECOND),
        (date(2028, 3, 31), THIRD),
    ],
)
def test_the_version_before_counts_for_thirty_days_more(day, since):
    assert conduct.renewed_from(day) == since


@pytest.mark.usefixtures("_three_versions")
@pytest.mark.parametrize(
    ("accepted_on", "valid_until", "last"),
    [
        (date(2026, 10, 1), date(2027, 9, 30), date(2027, 3, 30)),
        (date(2026, 3, 5), date(2027, 3, 4), date(2027, 3, 4)),
        (SECOND, date(2028, 2, 29), date(2028, 2, 29)),
        (date(2027, 6, 1), None, date(2028, 3, 30)),
        (THIRD, None, None),
    ],
)
def test_an_acceptance_ends_with_its_year_or_with_its_version(accepted_on, valid_until, last):
    assert conduct.last_day(accepted_on, valid_until) == last


@pytest.mark.usefixtures("_three_versions")
def test_an_acceptance_is_outdated_from_the_day_a_newer_version_is_there():
    assert conduct.is_outdated(date(2028, 2, 29))
    assert not conduct.is_outdated(THIRD)


def test_each_clause_has_a_code_of_its_own():
    assert len({clause.code for clause in conduct.CLAUSES}) == len(conduct.CLAUSES) == 11
