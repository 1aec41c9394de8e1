"""Asking somebody all the same whom their own word keeps off the list (rule E-33)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassadors.enums import HoldKind
from bookings.enums import OfferStatus, SetAside, VisitStatus
from bookings.matching.overriding import SOFT, misses_of
from bookings.models import Offer, OfferEvent, Visit
from bookings.operations.offers import accept_offer
from bookings.operations.overriding import invite_all_the_same
from bookings.queries.boards import history_of_request
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from stem.rules import Refusal
from tests import make
from tests.undoing import as_if_nothing_happened

pytestmark = pytest.mark.django_db
BECAUSE = "She has met this class before and offered to come back."


@pytest.fixture
def coordinator():
    return make.staff(Role.COORDINATOR)


def promised_elsewhere(person) -> None:
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED)


def three_days_with_pupils(person) -> None:
    for day in (8, 9, 11):
        make.own_visit(person, day=date(2027, 2, day))


# What can stand in somebody's way: what makes them so, or what is done to them then.
MADE_SO = {
    "subject": {"subjects": ("biology",)},
    "stage": {"stages": ("ks5",)},
    "activity": {"activities": ("workshop",)},
    "too_far": {"postcode": "YO1 7HH", "max_minutes": 20},
    "vetting": {"cleared": False, "status": "active"},
    "paused": {"status": "paused"},
    "mode": {"in_person": False},
}
DONE_THEN = {
    "time": lambda person: make.hours(person, days=(0, 1)),
    "away": lambda person: make.hold(person, starts_on=make.FIRST_DAY),
    "suspended": lambda person: make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=make.FIRST_DAY),
    "clash": promised_elsewhere,
    "days": three_days_with_pupils,
}
OWN_WORD = {"subject", "stage", "activity", "too_far", "time"}


def someone(*in_the_way: str):
    """Somebody with all of this in their way."""
    columns = {"cleared": True}
    for each in in_the_way:
        columns |= MADE_SO.get(each, {})
    person = make.ambassador(name="Nia Near", **columns)
    for each in sorted(set(in_the_way) & set(DONE_THEN)):
        DONE_THEN[each](person)
    return person


def ask(person, visit: Visit | None = None, *, by, because: str = BECAUSE) -> Offer:
    seat = (visit or make.visit()).seats.all()[0]
    return invite_all_the_same(seat=seat, ambassador=person, because=because, by=by, at=make.NOW)


def why_not(person, visit: Visit | None = None, *, by, because: str = BECAUSE) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        ask(person, visit, by=by, because=because)
    return refusal.value.codes


@pytest.mark.parametrize("gate", sorted(OWN_WORD))
def test_their_own_word_is_set_aside_for_a_reason_that_is_kept(gate, coordinator):
    offer = ask(someone(gate), by=coordinator, because=f"  {BECAUSE}\n")

    assert (offer.set_aside, offer.because, offer.status) == (gate, BECAUSE, OfferStatus.SENT)
    assert 0 <= offer.score < 1
    assert [each.note for each in history_of_request(offer.visit.request)] == [BECAUSE]
    assert OfferEvent.objects.get().by == coordinator


def test_short_notice_is_their_own_word_too(coordinator):
    visit = make.visit(request=make.request(status="open", promised_from=make.FIRST_DAY + timedelta(days=1)))

    assert ask(someone(), visit, by=coordinator).set_aside == SetAside.SHORT_NOTICE


def test_whoever_is_asked_so_can_say_yes(coordinator):
    person = someone("stage")
    offer = ask(person, by=coordinator)

    assert accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=person.user, at=make.NOW).ambassador == person


def test_what_is_set_aside_counts_nothing_and_the_rest_counts(coordinator):
    parts = ask(someone("stage"), by=coordinator).parts

    assert (parts["topic"], parts["stage"], parts["activity"], parts["load"]) == (1.0, 0.0, 1.0, 1.0)
    assert ask(someone("subject"), by=coordinator).parts["topic"] == 0.0


@pytest.mark.parametrize("gate", sorted({*MADE_SO, *DONE_THEN} - OWN_WORD))
def test_nothing_else_is_set_aside(gate, coordinator):
    assert why_not(someone(gate), by=coordinator) == ["not_set_aside"]
    assert not Offer.objects.exclude(status=OfferStatus.ACCEPTED).exists()


def test_no_condition_of_a_check_is_set_aside(coordinator):
    person = make.ambassador(status="active")
    make.clear(person, conditions="paired")

    assert why_not(person, by=coordinator) == ["not_set_aside"]


def test_no_nation_s_law_is_set_aside(coordinator):
    school = make.school(postcode="G1 1XQ", town="Glasgow")
    visit = make.visit(contact=make.contact(school=school))

    assert why_not(make.ambassador(cleared=True, postcode="G2 1DY"), visit, by=coordinator) == ["not_set_aside"]


@settings(max_examples=40, deadline=None)
@given(in_the_way=st.sets(st.sampled_from(sorted({*MADE_SO, *DONE_THEN})), max_size=3))
def test_an_override_passes_one_word_of_their_own_and_never_anything_else(in_the_way):
    with as_if_nothing_happened():
        visit = make.visit()
        person = someone(*in_the_way)
        try:
            offer = ask(person, visit, by=make.staff(Role.COORDINATOR))
        except Refusal:
            assert len(in_the_way) != 1 or not in_the_way <= OWN_WORD
        else:
            assert in_the_way == {offer.set_aside} <= OWN_WORD <= SOFT


def test_two_of_their_own_words_are_one_too_many(coordinator):
    assert why_not(someone("stage", "activity"), by=coordinator) == ["more_than_one"]


def test_whoever_could_be_asked_anyway_is_invited_from_the_list(coordinator):
    assert why_not(someone(), by=coordinator) == ["nothing_in_the_way"]


@pytest.mark.parametrize("because", ["", "   ", "\n\t"])
def test_no_reason_is_no_reason(because, coordinator):
    assert why_not(someone("stage"), by=coordinator, because=because) == ["because"]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (OfferStatus.SENT, "asked_before"),
        (OfferStatus.DECLINED, "said_no"),
        (OfferStatus.RELEASED, "said_no"),
    ],
)
def test_nobody_is_asked_twice_and_a_no_is_a_no(status, code, coordinator):
    person, visit = someone("stage"), make.visit()
    make.offer(visit=visit, ambassador=person, status=status)

    assert why_not(person, visit, by=coordinator) == [code]
    assert misses_of(visit, without=[person.pk], at=make.NOW, limit=12) == []


def test_whoever_did_not_answer_in_time_may_be_asked(coordinator):
    person, visit = someone("stage"), make.visit()
    make.offer(visit=visit, ambassador=person, status=OfferStatus.LAPSED)

    assert ask(person, visit, by=coordinator).status == OfferStatus.SENT


def test_whoever_has_left_or_lives_beyond_all_travel_is_not_considered(coordinator):
    assert why_not(make.ambassador(cleared=True, status="left", stages=("ks5",)), by=coordinator) == ["not_considered"]
    far = make.ambassador(cleared=True, postcode="TR1 1AA")
    assert why_not(far, by=coordinator) == ["not_considered"]


def test_a_request_for_which_nobody_is_sought_is_over(coordinator):
    visit = make.visit(status=VisitStatus.UNFILLED)
    assert why_not(someone("stage"), visit, by=coordinator) == ["state"]


def test_three_asked_are_enough_here_too(coordinator):
    visit = make.visit()
    for number in range(3):
        make.offer(visit=visit, ambassador=make.ambassador(name=f"Asked {number}", cleared=True))

    assert why_not(someone("stage"), visit, by=coordinator) == ["enough_asked"]


def test_only_a_coordinator_of_the_region_asks_and_never_themselves(coordinator):
    region = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=region, area="CT")
    person = someone("stage")

    assert why_not(person, by=make.staff(Role.COORDINATOR, regions=(region,))) == ["not_coordinator"]
    assert why_not(person, by=person.user) == ["not_coordinator"]
    own = make.ambassador(name="Cora", user=coordinator, cleared=True, stages=("ks5",))
    assert why_not(own, by=coordinator) == ["own_offer"]


def test_only_their_own_word_is_offered_to_be_set_aside():
    people = {gate: someone(gate) for gate in (*MADE_SO, *DONE_THEN)}
    said = {miss.ambassador: miss.may_be_asked for miss in misses_of(make.visit(), without=[], at=make.NOW, limit=50)}

    assert said == {person: gate in OWN_WORD for gate, person in people.items()}
