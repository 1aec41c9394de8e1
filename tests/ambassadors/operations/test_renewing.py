"""What is renewed before its last day leaves no gap, and renewing one thing renews nothing else (rules V-02, V-05)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.eligibility import reasons_not_bookable
from ambassadors.enums import CheckBody, RequirementKind
from ambassadors.models import Ambassador, Requirement
from ambassadors.operations.checks import clear_check
from ambassadors.operations.declarations import declare_no_change
from ambassadors.operations.requirements import fulfil_requirement
from stem.accounts.roles import Role
from stem.nations import Nation
from tests import make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RENEWED = (RequirementKind.CODE, RequirementKind.DECL, RequirementKind.SAFEG)
BODIES = (CheckBody.DBS, CheckBody.PVG, CheckBody.ACCESS_NI)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def days_without(person: Ambassador, kind: RequirementKind, first: date, last: date) -> list[date]:
    """The days from the first to the last, both included, on which no record of this kind counts."""
    days = (first + number * DAY for number in range((last - first).days + 1))
    rows = Requirement.objects.filter(ambassador=person, kind=kind)
    return [day for day in days if not rows.counting_on(day).exists()]


class TestNoGap(TestCase):
    """Renewed on whatever day of its validity, every day from the first of the old to the last of the new counts."""

    @settings(max_examples=min(settings.default.max_examples, 12))
    @given(kind=st.sampled_from(RENEWED), first=st.dates(date(2026, 9, 1), date(2031, 1, 1)), part=st.floats(0, 1))
    def test_by_one_s_own_act(self, kind, first, part):
        person = make.ambassador()
        old = fulfil_requirement(ambassador=person, kind=kind, by=person.user, at=at_noon(first))
        renewed_on = first + timedelta(days=round(part * (old.valid_until - first).days))

        new = fulfil_requirement(ambassador=person, kind=kind, by=person.user, at=at_noon(renewed_on))

        assert new.started_on <= old.valid_until <= new.valid_until
        assert days_without(person, kind, first, new.valid_until) == []
        assert days_without(person, kind, new.valid_until + DAY, new.valid_until + DAY) == [new.valid_until + DAY]

    @settings(max_examples=min(settings.default.max_examples, 12))
    @given(body=st.sampled_from(BODIES), first=st.dates(date(2026, 9, 1), date(2031, 1, 1)), part=st.floats(0, 1))
    def test_by_a_check_that_was_issued_in_time_however_late_it_is_confirmed(self, body, first, part):
        person = make.ambassador()
        recorder, second = make.staff(Role.VETTING_OFFICER), make.staff(Role.VETTING_OFFICER)

        def check(issued_on: date, seen_on: date) -> Requirement:
            seen = make.check(person, body=body, issued_on=issued_on, seen_by=recorder)
            clear_check(check=seen, by=second, at=at_noon(seen_on))
            seen.refresh_from_db()
            return seen.requirement

        old = check(first, first)
        issued_on = first + timedelta(days=round(part * (old.valid_until - first).days))
        new = check(issued_on, old.valid_until + 10 * DAY)

        assert days_without(person, RequirementKind.CRC, first, new.valid_until) == []


def test_renewed_the_day_after_the_last_one_that_day_alone_counts_from_the_new():
    person = make.ambassador()
    old = fulfil_requirement(ambassador=person, kind=RequirementKind.DECL, by=person.user, at=at_noon(date(2026, 9, 1)))
    late = old.valid_until + 2 * DAY
    fulfil_requirement(ambassador=person, kind=RequirementKind.DECL, by=person.user, at=at_noon(late))
    assert days_without(person, RequirementKind.DECL, old.valid_until, late) == [old.valid_until + DAY]


def test_renewing_the_declaration_while_safeguarding_is_out_of_date_leaves_exactly_that_missing():
    person = make.ambassador(cleared=True)
    yesterday = make.NOW.date() - DAY
    person.requirements.filter(kind__in=["SAFEG", "DECL"]).update(valid_until=yesterday)

    declare_no_change(ambassador=person, by=person.user, at=make.NOW)

    reasons = reasons_not_bookable(person, make.NOW.date(), Nation.ENG)
    assert [reason.code for reason in reasons] == ["SAFEG"]
