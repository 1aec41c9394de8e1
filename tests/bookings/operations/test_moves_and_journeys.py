"""A visit that would move so near to another one that there is little time to get there (rule T-22)."""

from datetime import timedelta

import pytest

from bookings.enums import ProposalStatus, VisitStatus
from bookings.models import Visit
from bookings.operations.proposals import agree_proposal
from stem.accounts.roles import Role
from stem.rules import Refusal
from tests import make
from tests.bookings.operations.test_proposals import (
    LATER,
    as_it_stands,
    by_person,
    by_school,
    confirmed,
    holder,
    seat_of,
    teacher,
)
from tests.clients import client_of

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def another_before(visit: Visit, *, minutes: int = 20, postcode: str = "LS2 9JT") -> Visit:
    """A visit of the same person to another school, which ends so many minutes before the later time begins."""
    ends_at = LATER[0] - minutes * MINUTE
    elsewhere = make.contact(school=make.school(name="Hillside College", postcode=postcode))
    time = (ends_at - 30 * MINUTE, ends_at)
    return make.visit(contact=elsewhere, ambassador=seat_of(visit).ambassador, status=VisitStatus.CONFIRMED, time=time)


def agrees(proposal, at, **answers):
    seat = seat_of(proposal.visit)
    return agree_proposal(proposal=proposal, seat=seat, by=holder(seat), at=at, **answers)


def refused(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refusal) as no:
        act(*args, **kwargs)
    return no.value.codes


@pytest.mark.parametrize(("minutes", "postcode", "is_too_tight"), [(14, "LS2 9JT", True), (15, "LS2 9JT", False)])
def test_fifteen_minutes_and_the_way_have_to_lie_between_two_schools(now, minutes, postcode, is_too_tight):
    visit = confirmed()
    another_before(visit, minutes=minutes, postcode=postcode)
    proposal = by_school(visit, now)

    if is_too_tight:
        assert refused(agrees, proposal, now) == ["too_tight"]
        assert proposal.agreements.count() == 0
    else:
        agrees(proposal, now)
        assert Visit.objects.get(pk=visit.pk).starts_at == LATER[0]


def test_whoever_comes_may_say_that_they_can_manage_the_journey(now):
    visit = confirmed()
    another_before(visit, minutes=5)
    before = as_it_stands(visit)
    proposal = by_school(visit, now)
    assert refused(agrees, proposal, now) == ["too_tight"]
    assert as_it_stands(visit) == before

    agrees(proposal, now, manages_journey=True)

    assert Visit.objects.get(pk=visit.pk).starts_at == LATER[0]
    assert proposal.agreements.get().manages_journey


def test_whoever_proposes_a_time_near_another_visit_of_theirs_says_so_with_it(now):
    visit = confirmed()
    another_before(visit, minutes=5)
    assert refused(by_person, visit, now) == ["too_tight"]
    assert not visit.proposals.exists()

    proposal = by_person(visit, now, manages_journey=True)
    agree_proposal(proposal=proposal, seat=None, by=teacher(visit), at=now)

    assert Visit.objects.get(pk=visit.pk).starts_at == LATER[0]


def test_a_school_cannot_say_that_somebody_else_manages_a_journey(now):
    visit = confirmed()
    another_before(visit, minutes=5)

    proposal = by_school(visit, now, manages_journey=True)

    assert not proposal.manages_journey
    assert refused(agrees, proposal, now) == ["too_tight"]


def test_a_visit_taken_on_in_between_keeps_the_other_from_moving_next_to_it_and_the_school_learns_no_more(now):
    visit = confirmed()
    proposal = by_person(visit, now)
    another_before(visit, minutes=5)
    before = as_it_stands(visit)

    def agree():
        agree_proposal(proposal=proposal, seat=None, by=teacher(visit), at=now)

    assert refused(agree) == ["cannot_then"]
    assert as_it_stands(visit) == before
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.PROPOSED


# --- the pages


def has_field(page, name: str) -> bool:
    return f'name="{name}"' in page.content.decode()


def test_the_answer_page_asks_it_of_whoever_would_travel_and_of_nobody_else(client, now):
    visit = confirmed()
    proposal = by_school(visit, now)
    client.force_login(holder(seat_of(visit)))
    path = f"/proposals/{proposal.pk}/"
    assert not has_field(client.get(path), "too_tight")

    another_before(visit, minutes=5)
    page = client.get(path)
    assert has_field(page, "too_tight")
    assert "5 minutes away in time" in page.content.decode()
    refused = client.post(path, {"answer": "yes", "words": ""})
    assert (refused.status_code, proposal.agreements.count()) == (200, 0)

    taken = client.post(path, {"answer": "yes", "words": "", "too_tight": "on"})
    assert (taken.status_code, Visit.objects.get(pk=visit.pk).starts_at) == (302, LATER[0])


def test_a_school_is_never_asked_whether_somebody_manages_their_journey(client, now):
    visit = confirmed()
    another_before(visit, minutes=5)
    client.force_login(teacher(visit))

    assert not has_field(client.get(f"/visits/{visit.pk}/another-time/"), "too_tight")


def test_a_coordinator_notes_for_whoever_telephones_that_they_manage_it(now):
    visit = confirmed()
    another_before(visit, minutes=5)
    proposal = by_school(visit, now)
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)

    page = client.get(f"/proposals/{proposal.pk}/")

    assert f"{seat_of(visit).ambassador}: Another promised visit" in page.content.decode()
    client.post(f"/proposals/{proposal.pk}/", {"answer": "yes", "whose": str(seat_of(visit).pk), "too_tight": "on"})
    assert Visit.objects.get(pk=visit.pk).starts_at == LATER[0]
