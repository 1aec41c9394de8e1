"""Leaving the scheme: nothing promised is left hanging, and nothing over is touched."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.enums import TAKES_NO_PART, AmbassadorStatus, CheckBody, HoldKind, LeaveReason, RequirementKind
from ambassadors.models import Ambassador, Photo
from ambassadors.operations.departures import note_pvg_told
from ambassadors.queries.pvg import pvg_notices
from ambassadors.queries.records import history_of
from bookings.enums import UNSETTLED_OFFERS, UPCOMING, OfferStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Offer, Seat, Visit
from bookings.operations.departures import leave_scheme
from bookings.operations.offers import accept_offer
from bookings.operations.visits import confirm_visit
from quality.operations.feedback import invite_feedback
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.moments import day_of
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def leaver() -> Ambassador:
    return make.ambassador(name="Lee Leaver", cleared=True)


def at_week(weeks: int):
    return tuple(moment + timedelta(weeks=weeks) for moment in make.FIRST_TIME)


def promised(person: Ambassador, status=VisitStatus.CONFIRMED, weeks: int = 0, **columns) -> Visit:
    return make.visit(ambassador=person, status=status, time=at_week(weeks), **columns)


def leave(person: Ambassador, now, **words) -> None:
    leave_scheme(ambassador=person, by=words.pop("by", person.user), at=now, **words)
    person.refresh_from_db()


def facts_to(user) -> list[str]:
    return sorted(letter.fact_name for letter in Letter.objects.filter(recipient=user))


def test_each_promised_visit_is_given_back_its_school_told_and_the_search_reopened(leaver, now, outbox):
    visits = [promised(leaver), promised(leaver, VisitStatus.MATCHED, weeks=1)]

    leave(leaver, now)

    assert leaver.status == AmbassadorStatus.LEFT
    assert [Visit.objects.get(pk=visit.pk).status for visit in visits] == [VisitStatus.FINDING] * 2
    assert [visit.request.__class__.objects.get(pk=visit.request_id).status for visit in visits] == ["open", "open"]
    assert not Seat.objects.filter(ambassador=leaver).exists() and not Commitment.objects.exists()
    assert [facts_to(visit.request.contact.user) for visit in visits] == [["ambassador_withdrew"]] * 2
    assert facts_to(leaver.user) == ["scheme_left", "seat_given_up", "seat_given_up"]
    send_due(at=now)
    assert all("Lee Leaver" not in message.body for message in outbox if leaver.user.email not in message.to[0])
    assert "6 years" in next(message.body for message in outbox if message.subject == "You have left the scheme")


def test_a_visit_too_near_to_fill_again_is_called_off_and_both_sides_hear_of_it(leaver, now):
    near = (now + timedelta(hours=3), now + timedelta(hours=4))
    visit = make.visit(ambassador=leaver, status=VisitStatus.CONFIRMED, time=near)
    leave(leaver, now)
    visit.refresh_from_db()
    assert visit.status == VisitStatus.CANCELLED_BY_AMBASSADOR
    assert "visit_cancelled" in facts_to(visit.request.contact.user)


def test_a_near_visit_for_which_others_are_still_sought_is_not_called_off(leaver, now):
    near = (now + timedelta(hours=3), now + timedelta(hours=4))
    visit = make.visit(ambassador=leaver, status=VisitStatus.FINDING, time=near, seats=2)
    leave(leaver, now)
    visit.refresh_from_db()
    assert (visit.status, visit.seats.filter(status=SeatStatus.TAKEN).count()) == (VisitStatus.FINDING, 0)


def test_whoever_goes_along_keeps_their_place_and_the_time(leaver, now):
    beside = make.ambassador(name="Bea Beside", cleared=True)
    visit = promised(leaver, seats=2)
    other = visit.seats.get(status=SeatStatus.OPEN)
    Seat.objects.filter(pk=other.pk).update(status=SeatStatus.TAKEN, ambassador=beside)
    leave(leaver, now)
    visit.refresh_from_db()
    assert Seat.objects.get(pk=other.pk).ambassador == beside
    assert visit.starts_at == make.FIRST_TIME[0]


def test_offers_that_wait_are_declined_and_those_that_are_over_stay(leaver, now):
    waiting = [make.offer(ambassador=leaver), make.offer(ambassador=leaver)]
    lapsed = make.offer(ambassador=leaver, status=OfferStatus.LAPSED)
    leave(leaver, now)
    assert {Offer.objects.get(pk=offer.pk).status for offer in waiting} == {OfferStatus.DECLINED}
    lapsed.refresh_from_db()
    assert lapsed.status == OfferStatus.LAPSED


def test_a_visit_that_is_over_or_has_begun_is_left_and_nobody_asks_how_it_went(leaver, now, outbox):
    over = promised(leaver, weeks=-8)
    begun = make.visit(
        ambassador=leaver, status=VisitStatus.CONFIRMED, time=(now - timedelta(hours=1), now + timedelta(hours=1))
    )
    leave(leaver, now)
    assert {visit.status for visit in Visit.objects.filter(pk__in=[over.pk, begun.pk])} == {VisitStatus.CONFIRMED}
    outbox.clear()
    invite_feedback(at=now + timedelta(hours=2))
    send_due(at=now + timedelta(hours=2))
    asked = [message.to[0] for message in outbox if "How did" in message.subject or "How was" in message.subject]
    assert all(leaver.user.email not in address for address in asked)
    unsent = Letter.objects.filter(fact__endswith="feedback_asked_of_ambassador")
    assert {letter.status for letter in unsent} == {"not_needed"}


def test_the_photograph_goes_and_the_record_stays_with_its_reason(leaver, now):
    Photo.objects.create(ambassador=leaver, picture=b"x", digest="0" * 64, width=1, height=1, added_at=now)
    leave(leaver, now, reason=LeaveReason.MOVING, words=" Off to sea. ")
    assert not Photo.objects.exists()
    assert leaver.requirements.count() == len(RequirementKind)
    told = history_of(leaver)[-1]
    assert (told.title, told.by, told.note) == ("Left", "Lee Leaver", "I am moving away, or changing work\nOff to sea.")
    assert Entry.objects.filter(action="ambassador.leave", actor=leaver.user).count() == 1


def test_twice_is_refused_and_changes_nothing(leaver, now):
    leave(leaver, now)
    letters = Letter.objects.count()
    with pytest.raises(Refusal) as refused:
        leave(leaver, now)
    assert refused.value.codes == ["state"]
    assert (Letter.objects.count(), leaver.events.count()) == (letters, 1)


def test_an_officer_ends_it_for_someone_who_telephones_and_the_record_says_so(leaver, now):
    visit = promised(leaver)
    officer = make.staff(Role.VETTING_OFFICER, name="Olu Officer")
    leave(leaver, now, by=officer, on_behalf_of="Lee Leaver")
    assert [(event.by, event.on_behalf_of) for event in leaver.events.all()] == [(officer, "Lee Leaver")]
    assert visit.events.filter(kind="reopen").exists()
    assert facts_to(leaver.user) == ["scheme_left", "seat_given_up"]


@pytest.mark.parametrize("who", ["stranger", "another ambassador", "safeguarding lead", "administrator"])
def test_nobody_else_may(who, leaver, now):
    visit = promised(leaver)
    by = {
        "stranger": make.user,
        "another ambassador": lambda: make.ambassador(cleared=True).user,
        "safeguarding lead": lambda: make.staff(Role.SAFEGUARDING_LEAD),
        "administrator": lambda: make.staff(Role.ADMINISTRATOR),
    }[who]()
    with pytest.raises(Refusal) as refused:
        leave(leaver, now, by=by)
    assert refused.value.codes == ["not_vetting_officer"]
    visit.refresh_from_db()
    assert visit.status == VisitStatus.CONFIRMED


def test_staff_who_are_ambassadors_too_leave_as_ambassadors_and_keep_their_part(now):
    officer = make.staff(Role.COORDINATOR)
    person = make.ambassador(user=officer, cleared=True)
    leave(person, now)
    assert person.status == AmbassadorStatus.LEFT
    assert officer.grants.get().ended_at is None


def test_someone_without_an_account_gets_the_letter_too(now, outbox):
    person = make.ambassador(cleared=True)
    Ambassador.objects.filter(pk=person.pk).update(user=None, email="paper@post.example")
    person.refresh_from_db()
    leave(person, now, by=make.staff(Role.VETTING_OFFICER), on_behalf_of="Ada Engineer")
    send_due(at=now)
    assert [message.to for message in outbox] == [["Ada Engineer <paper@post.example>"]]


def pvg_holder() -> Ambassador:
    person = make.ambassador(name="Morag Member")
    make.clear(person, body=CheckBody.PVG)
    return person


def test_disclosure_scotland_is_to_be_told_within_28_days_of_a_pvg_holder_s_leaving(now):
    person, officer = pvg_holder(), make.staff(Role.VETTING_OFFICER)
    leave(make.ambassador(cleared=True), now)
    leave(person, now)

    (notice,) = pvg_notices(Ambassador.objects.visible_to(officer), on=day_of(now + 28 * DAY))
    assert (notice.ambassador, notice.due_on, notice.is_late) == (person, day_of(now + 28 * DAY), False)
    assert pvg_notices(Ambassador.objects.visible_to(officer), on=day_of(now + 29 * DAY))[0].is_late

    note_pvg_told(ambassador=person, by=officer, at=now + DAY)
    assert pvg_notices(Ambassador.objects.visible_to(officer), on=day_of(now)) == []
    assert history_of(person)[-1].title == "Disclosure Scotland told"
    with pytest.raises(Refusal) as refused:
        note_pvg_told(ambassador=person, by=officer, at=now + DAY)
    assert refused.value.codes == ["nothing_owed"]


def test_of_whom_it_need_not_be_told_it_cannot_be_noted(now):
    with pytest.raises(Refusal) as refused:
        note_pvg_told(ambassador=pvg_holder(), by=make.staff(Role.VETTING_OFFICER), at=now)
    assert refused.value.codes == ["nothing_owed"]


def test_safeguarding_leads_alone_hear_that_someone_left_while_a_hold_stood(leaver, now, outbox):
    lead = make.staff(Role.SAFEGUARDING_LEAD)
    make.hold(leaver, kind=HoldKind.SAFEGUARDING, starts_on=day_of(now), truth="Something grave")
    leave(leaver, now)
    send_due(at=now)
    assert facts_to(lead) == ["left_under_hold"]
    assert Letter.objects.get(recipient=lead).is_confidential
    assert all("Something grave" not in message.body for message in outbox)
    assert facts_to(leaver.user) == ["scheme_left"]


def test_without_such_a_hold_they_hear_nothing(leaver, now):
    lead = make.staff(Role.SAFEGUARDING_LEAD)
    make.hold(leaver, kind=HoldKind.QUALITY, starts_on=day_of(now), truth="A question")
    leave(leaver, now)
    assert facts_to(lead) == []


def test_a_school_that_confirms_first_is_told_and_one_that_confirms_after_is_refused(leaver, now):
    early = promised(leaver, VisitStatus.MATCHED)
    late = promised(leaver, VisitStatus.MATCHED, weeks=1)
    confirm_visit(visit=early, arrangements=arrangements(early), by=early.request.contact.user, at=now)
    leave(leaver, now)
    early.refresh_from_db()
    assert (early.status, early.starts_at) == (VisitStatus.FINDING, make.FIRST_TIME[0])
    with pytest.raises(Refusal) as refused:
        confirm_visit(visit=late, arrangements=arrangements(late), by=late.request.contact.user, at=now)
    assert refused.value.codes == ["state"]


def test_whoever_has_left_accepts_nothing(leaver, now):
    offer = make.offer(ambassador=leaver)
    leave(leaver, now)
    with pytest.raises(Refusal):
        accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=leaver.user, at=now)


def arrangements(visit: Visit):
    from_visit = ("supervising_adult", "supervising_email", "safeguarding_lead", "safeguarding_phone", "arrival")
    return make.arrangements(**{name: getattr(visit, name) or "Reception" for name in from_visit})


class TestAnyDiary(TestCase):
    @given(
        status=st.sampled_from(sorted(set(AmbassadorStatus) - set(TAKES_NO_PART))),
        visits=st.lists(st.sampled_from(sorted(VisitStatus)), max_size=4),
        offers=st.lists(
            st.sampled_from(sorted(set(OfferStatus) - {OfferStatus.ACCEPTED, OfferStatus.QUEUED})), max_size=3
        ),
    )
    def test_afterwards_nothing_to_come_names_them_and_what_was_over_is_as_it_was(self, status, visits, offers):
        person = make.ambassador(cleared=True)
        Ambassador.objects.filter(pk=person.pk).update(status=status)
        person.refresh_from_db()
        made = [make.visit(ambassador=person, status=each, time=at_week(n)) for n, each in enumerate(visits)]
        before = {visit.pk: visit.status for visit in made if visit.status not in UPCOMING}
        asked = [make.offer(ambassador=person, status=each) for each in offers]

        leave(person, make.NOW)

        assert not Seat.objects.promised_by(person, at=make.NOW).exists()
        assert not Offer.objects.filter(ambassador=person, status__in=UNSETTLED_OFFERS).exists()
        assert {pk: Visit.objects.get(pk=pk).status for pk in before} == before
        over = [offer for offer in asked if offer.status not in UNSETTLED_OFFERS]
        assert [Offer.objects.get(pk=offer.pk).status for offer in over] == [offer.status for offer in over]
