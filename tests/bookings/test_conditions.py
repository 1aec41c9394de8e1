"""What a check allows someone to be booked for is obeyed on every way to a promise (rule V-34)."""

from dataclasses import dataclass

import pytest

from ambassadors.assessing import Condition
from ambassadors.models import Ambassador, Requirement
from bookings.enums import SeatStatus, VisitStatus
from bookings.matching.near_misses import find_near_misses, why_not_asked
from bookings.matching.ranking import Match, rank, wanted_by
from bookings.models import Offer, Visit
from bookings.operations.offers import accept_offer, invite_ambassador
from bookings.operations.standing import give_back_lapsed
from bookings.operations.visits import confirm_visit
from stem.accounts.roles import Role
from stem.curriculum import ACTIVITIES, Stage
from stem.rules import Audience, Refusal
from tests import make

pytestmark = pytest.mark.django_db

ARRANGEMENTS = make.arrangements(joining_link="https://meet.school.example/stem", staff_host_confirmed=True)


@dataclass(frozen=True)
class Bound:
    """A condition, a visit that it keeps someone from, one that it allows, and what they hear themselves."""

    condition: Condition
    kept_from: dict
    allowed: dict
    words: str

    def __str__(self) -> str:
        return self.condition


EACH = [
    Bound(Condition.NO_ONLINE, {"mode": "online"}, {}, "We do not book you for visits live online."),
    Bound(Condition.KS_LIMIT, {"stage": "ks2"}, {"stage": "ks5"}, "We book you only for secondary classes."),
    Bound(Condition.NO_SERIES, {"activity": "stem_club"}, {}, "We do not book you for a series of visits."),
    Bound(
        Condition.PAIRED,
        {"people": 1},
        {"people": 2},
        "We book you only for visits to which another ambassador comes as well.",
    ),
]
each_condition = pytest.mark.parametrize("bound", EACH, ids=str)


def under(*conditions: Condition, name: str = "Bound Person") -> Ambassador:
    person = make.ambassador(
        name=name, status="active", stages=("ks2", "ks3", "ks5"), activities=("careers_talk", "stem_club", "mentoring")
    )
    # A series takes the barred list as well (rule V-15).
    make.clear(person, conditions=" ".join(conditions), barred_list=True)
    return person


def offered(person: Ambassador, **columns) -> Offer:
    request = make.request(status="open", **columns)
    return make.offer(visit=make.visit(request=request, seats=request.people), ambassador=person)


def accept(offer: Offer) -> None:
    accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=offer.ambassador.user, at=make.NOW)


@each_condition
def test_accepting_what_a_condition_forbids_is_refused_and_the_rest_goes_through(bound):
    person = under(bound.condition)
    offer = offered(person, **bound.kept_from)
    with pytest.raises(Refusal) as refused:
        accept(offer)
    assert refused.value.codes == ["conditions"]
    accept(offered(person, **bound.allowed))


@each_condition
def test_an_invitation_to_it_is_refused(bound):
    person = under(bound.condition)
    visit = offered(make.ambassador(cleared=True), **bound.kept_from).visit
    match = Match(person, 0.5, {}, (), 10, (make.FIRST_TIME,))
    with pytest.raises(Refusal) as refused:
        invite_ambassador(seat=visit.seats.all()[0], match=match, by=make.staff(Role.COORDINATOR), at=make.NOW)
    assert refused.value.codes == ["conditions"]


@each_condition
def test_nobody_is_on_a_shortlist_for_it(bound):
    person, free = under(bound.condition), under(name="Free")
    kept_from, allowed = make.request(**bound.kept_from), make.request(**bound.allowed)

    def found(request) -> list[Ambassador]:
        return [match.ambassador for match in rank(wanted_by(request, [make.FIRST_TIME]), at=make.NOW)]

    assert (found(kept_from), set(found(allowed))) == ([free], {free, person})
    wanted = wanted_by(kept_from, [make.FIRST_TIME])
    [miss] = find_near_misses(wanted, make.FIRST_TIME, limit=5, at=make.NOW)
    assert (miss.ambassador, miss.why_not) == (person, "Cannot be booked for this visit.")
    assert why_not_asked(wanted, make.FIRST_TIME, person, at=make.NOW) == ["Cannot be booked for this visit."]


@each_condition
def test_a_school_cannot_confirm_it(bound):
    request = make.request(status="fulfilled", **bound.kept_from)
    visit = make.visit(request=request, ambassador=under(bound.condition), status=VisitStatus.MATCHED)
    with pytest.raises(Refusal) as refused:
        confirm_visit(visit=visit, arrangements=ARRANGEMENTS, by=request.contact.user, at=make.NOW)
    # A club of several meetings wants its risk assessment first.
    assert refused.value.codes[-1] == "conditions"


@each_condition
def test_a_place_in_it_is_given_back_when_it_is_near(bound):
    kept_from = make.visit(
        request=make.request(status="fulfilled", **bound.kept_from),
        ambassador=under(bound.condition),
        status=VisitStatus.CONFIRMED,
    )
    allowed = make.visit(
        request=make.request(status="fulfilled", **bound.allowed),
        ambassador=under(bound.condition),
        status=VisitStatus.CONFIRMED,
    )
    assert give_back_lapsed(at=make.FIRST_TIME[0].replace(day=1)) == 1
    assert [visit.seats.get().status for visit in (kept_from, allowed)] == [SeatStatus.OPEN, SeatStatus.TAKEN]


@each_condition
def test_each_hears_as_much_as_is_theirs(bound):
    with pytest.raises(Refusal) as refused:
        accept(offered(under(bound.condition), **bound.kept_from))
    assert refused.value.told_to() == "We need to find a different ambassador."
    assert refused.value.told_to(Audience.COORDINATOR) == "Cannot be booked for this visit."
    assert refused.value.told_to(Audience.PERSON) == bound.words
    assert bound.condition.label.lower() in refused.value.told_to(Audience.ENTITLED)


def for_two(person: Ambassador) -> Visit:
    request = make.request(status="fulfilled", people=2)
    return make.visit(request=request, ambassador=person, status=VisitStatus.MATCHED, seats=2)


def test_whoever_comes_only_with_another_is_confirmed_once_the_other_has_said_yes():
    visit = for_two(under(Condition.PAIRED))
    act = {"visit": visit, "arrangements": ARRANGEMENTS, "by": visit.request.contact.user, "at": make.NOW}
    with pytest.raises(Refusal) as refused:
        confirm_visit(**act)
    assert refused.value.codes == ["conditions"]

    beside = make.ambassador(name="Bea Beside", cleared=True)
    visit.seats.filter(ambassador=None).update(status=SeatStatus.TAKEN, ambassador=beside)
    confirm_visit(**act)


def test_several_conditions_are_one_reason():
    person = under(Condition.NO_ONLINE, Condition.PAIRED)
    with pytest.raises(Refusal) as refused:
        accept(offered(person, mode="online"))
    assert refused.value.codes == ["conditions"]
    assert refused.value.told_to(Audience.PERSON) == f"{EACH[0].words} {EACH[3].words}"


def test_a_new_check_without_conditions_ends_them_and_another_issuer_s_does_not():
    person = under(Condition.NO_ONLINE)
    check = Requirement.objects.get(ambassador=person, kind="CRC")
    check.pk, check.body, check.conditions, check.started_on = None, "pvg", "", check.started_on.replace(day=2)
    check.save()
    with pytest.raises(Refusal):
        accept(offered(person, mode="online"))

    check.pk, check.body = None, "dbs"
    check.save()
    accept(offered(person, mode="online"))


def test_a_series_is_what_meets_the_same_pupils_again():
    assert {code for code, each in ACTIVITIES.items() if each.is_series} == {"stem_club", "mentoring"}


@pytest.mark.parametrize("stage", Stage)
def test_secondary_is_what_is_not_primary(stage):
    person = under(Condition.KS_LIMIT)
    offer = offered(person, stage=stage)
    if stage in (Stage.KS1, Stage.KS2):
        with pytest.raises(Refusal):
            accept(offer)
    else:
        accept(offer)
