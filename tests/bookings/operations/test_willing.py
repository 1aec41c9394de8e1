"""Saying that one could do what a school wants, and taking it back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.enums import OfferStatus, RequestStatus
from bookings.matching.shortlist import shortlist
from bookings.models import Offer, Request, RequestEvent, Seat, Willing
from bookings.operations.willing import no_longer_offer_oneself, offer_oneself
from bookings.queries.boards import history_of_request
from bookings.queries.coordinators import coordinators_of
from bookings.querysets import RequestQuerySet
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.letters.models import Letter
from stem.letters.rendering import word_letter
from stem.nations import Nation
from stem.rules import Audience, Refusal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make.ambassador(name="Tom Okafor", cleared=True)


@pytest.fixture
def request_(now):
    return make.visit().request


def say(person, request, at) -> Willing:
    return offer_oneself(ambassador=person, pk=request.pk, by=person.user, at=at)


def take_back(person, request, at) -> None:
    no_longer_offer_oneself(ambassador=person, pk=request.pk, by=person.user, at=at)


def refused(person, request, at) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        say(person, request, at)
    assert not Willing.objects.exists() and not Letter.objects.exists()
    return refusal.value


def events(request) -> list[str]:
    return [event.kind for event in RequestEvent.objects.filter(request=request).order_by("pk")]


def in_region(name: str, area: str) -> Region:
    region = Region.objects.create(name=name, slug=name.lower(), nation=Nation.ENG)
    RegionArea.objects.create(region=region, area=area)
    return region


def test_it_is_on_record_and_the_coordinator_is_written_to(now, person, request_):
    coordinator = make.staff(Role.COORDINATOR)
    say(person, request_, now)

    assert [willing.ambassador for willing in Willing.objects.standing()] == [person]
    [letter] = Letter.objects.all()
    assert letter.recipient == coordinator
    worded = word_letter(letter, at=now, preview=True)
    assert worded is not None
    assert "Tom Okafor has seen the request" in worded.text
    assert reverse("coordinate_request", args=[request_.pk]) in worded.text
    assert [each.title for each in history_of_request(request_)] == ["An ambassador said that they could do it"]


def test_it_takes_no_seat_and_makes_no_offer(now, person, request_):
    say(person, request_, now)
    assert not Offer.objects.exists()
    assert [seat.ambassador for seat in Seat.objects.all()] == [None]


def test_coordinators_of_the_region_are_told_and_those_of_others_are_not(now, person, request_):
    here, everywhere = make.staff(Role.COORDINATOR, regions=(in_region("Leeds", "LS"),)), make.staff(Role.COORDINATOR)
    make.staff(Role.COORDINATOR, regions=(in_region("Kent", "CT"),))
    make.staff(Role.VETTING_OFFICER)
    assert list(coordinators_of(request_.school, at=now)) == [here, everywhere]
    say(person, request_, now)
    assert {letter.recipient for letter in Letter.objects.all()} == {here, everywhere}


def test_a_coordinator_who_offers_themselves_gets_no_letter(now, request_):
    coordinator = make.staff(Role.COORDINATOR)
    say(make.ambassador(cleared=True, user=coordinator), request_, now)
    assert not Letter.objects.exists()


def test_said_again_it_is_said_once(now, person, request_):
    make.staff(Role.COORDINATOR)
    for _each in range(4):
        say(person, request_, now)
    assert (Willing.objects.count(), Letter.objects.count(), len(events(request_))) == (1, 1, 1)


def test_taken_back_and_said_again_nobody_is_written_to_twice(now, person, request_):
    make.staff(Role.COORDINATOR)
    say(person, request_, now)
    for _each in range(2):
        take_back(person, request_, now)
    assert not Willing.objects.standing().exists()
    assert word_letter(Letter.objects.get(), at=now, preview=True) is None
    later = now + timedelta(days=1)
    say(person, request_, later)
    assert Willing.objects.standing().get().said_at == later
    assert Letter.objects.count() == 1
    assert events(request_) == ["offer_oneself", "no_longer_offer_oneself", "offer_oneself"]


def test_nobody_says_it_for_somebody_else(now, person, request_):
    other = make.ambassador(cleared=True)
    for act in (offer_oneself, no_longer_offer_oneself):
        with pytest.raises(Refusal) as refusal:
            act(ambassador=person, pk=request_.pk, by=other.user, at=now)
        assert refusal.value.codes == ["not_yours"]


@pytest.mark.parametrize("status", [RequestStatus.FULFILLED, RequestStatus.UNFILLED, RequestStatus.WITHDRAWN])
def test_what_is_closed_meanwhile_is_told_in_one_sentence_and_nothing_changes(now, person, request_, status):
    Request.objects.filter(pk=request_.pk).update(status=status)
    assert refused(person, request_, now).told_to(Audience.PERSON) == "Nobody is being looked for there any more."


def test_a_draft_and_what_is_no_request_are_told_the_same(now, person):
    draft = make.request()
    assert refused(person, draft, now).codes == ["state"]
    draft.pk += 999
    assert refused(person, draft, now).codes == ["state"]


def test_a_request_whose_last_seat_is_taken_looks_for_nobody(now, person):
    visit = make.visit(ambassador=make.ambassador(cleared=True))
    Request.objects.filter(pk=visit.request_id).update(status=RequestStatus.OPEN)
    assert refused(person, visit.request, now).codes == ["state"]


@pytest.mark.parametrize("columns", [
    {"status": "paused", "cleared": True}, {"status": "active"}, {"cleared": True, "stages": ("ks1",)},
    {"cleared": True, "postcode": "TR1 1AA"},
])  # fmt: skip
def test_whoever_a_gate_refuses_is_told_no_more_than_that(now, request_, columns):
    refusal = refused(make.ambassador(**columns), request_, now)
    assert refusal.codes == ["cannot_be_asked"]
    assert "cannot be asked for this one as things are now" in refusal.told_to(Audience.PERSON)


def test_a_held_person_is_told_the_same_as_one_who_is_away(now, request_):
    held, away = make.ambassador(cleared=True), make.ambassador(cleared=True)
    make.hold(held, starts_on=now.date(), truth="Something private")
    hold = make.hold(away, starts_on=now.date())
    type(hold).objects.filter(pk=hold.pk).update(set_by=away.user)
    told = {refused(each, request_, now).told_to(Audience.PERSON) for each in (held, away)}
    assert len(told) == 1


def test_whoever_is_asked_already_answers_that(now, person):
    offer = make.offer(visit=make.visit(), ambassador=person)
    assert refused(person, offer.visit.request, now).codes == ["asked_before"]
    Offer.objects.update(status=OfferStatus.DECLINED)
    assert refused(person, offer.visit.request, now).codes == ["cannot_be_asked"]


def on_the_shortlist(request, now, limit: int = 12) -> list[tuple[str, bool]]:
    rows: RequestQuerySet = Request.objects.filter(pk=request.pk)
    visit = request.visits.get()
    visit.request = rows.with_willing().get()
    return [(card.match.ambassador.full_name, card.is_willing)
            for card in shortlist(visit, without=(), at=now, limit=limit)]  # fmt: skip


def test_they_are_marked_where_they_stand_and_no_higher(now, person, request_):
    make.ambassador(name="Near", cleared=True)
    exact, field = make.ambassador(name="Exact", cleared=True), make.ambassador(
        name="Field", cleared=True, subjects=("mechanical_engineering",))  # fmt: skip
    say(field, request_, now)
    everybody = [("Tom Okafor", False), ("Near", False), ("Exact", False), ("Field", True)]
    assert on_the_shortlist(request_, now) == everybody
    say(exact, request_, now)
    take_back(field, request_, now)
    assert [marked for _name, marked in on_the_shortlist(request_, now)] == [False, False, True, False]


def test_whoever_says_so_is_on_the_list_although_others_are_better(now, request_):
    for number in range(3):
        make.ambassador(name=f"Exact {number}", cleared=True)
    field = make.ambassador(name="Field", cleared=True, subjects=("mechanical_engineering",))
    make.ambassador(name="Silent", cleared=True, subjects=("mechanical_engineering",))
    say(field, request_, now)
    assert on_the_shortlist(request_, now, limit=2) == [("Exact 0", False), ("Exact 1", False), ("Field", True)]


def test_whoever_cannot_be_asked_any_more_is_not(now, person, request_):
    say(person, request_, now)
    make.hold(person, starts_on=now.date())
    assert on_the_shortlist(request_, now, limit=2) == []
