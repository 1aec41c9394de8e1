"""No workshop without a risk assessment that the school has accepted (rules T-13, V-80)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bookings.enums import CancelReason, OfferStatus, VisitStatus
from bookings.models import Request, RiskAcceptance, RiskAssessment, Visit
from bookings.operations.offers import accept_offer
from bookings.operations.risk import (
    Answers,
    Word,
    accept_assessment,
    agree_to_high_risk,
    say_not_practical,
    send_back_assessment,
    use_assessment,
    write_assessment,
)
from bookings.operations.visits import confirm_visit, give_up_seat
from bookings.packs import pack_of
from bookings.risk import assessed_in, reasons_not_assessed
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.rendering import word_letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SCIENCE = Word("Head of science")
BRIDGES = {
    "name": "Paper bridges",
    "done": "We fold bridges and load them.",
    "hazards": "Cuts from scissors",
    "who_harmed": "Pupils: fingers",
    "controls": "Round scissors",
    "residual": "low",
    "first_aid": "Plasters are at hand.",
}


@pytest.fixture
def visit():
    person = make.ambassador(name="Tom Okafor", cleared=True)
    asked = make.request(contact=make.contact(lead=True), status="fulfilled", activity="workshop")
    return make.visit(request=asked, ambassador=person, status=VisitStatus.MATCHED)


@pytest.fixture
def seat(visit):
    return visit.seats.get()


@pytest.fixture
def tom(seat):
    return seat.ambassador.user


@pytest.fixture
def teacher(visit):
    return visit.request.contact.user


@pytest.fixture
def coordinator():
    return make.staff(Role.COORDINATOR)


def written(seat, at, *, replaces=None, by=None, **answers) -> RiskAcceptance:
    by = by or seat.ambassador.user
    return write_assessment(seat=seat, answers=Answers(**{**BRIDGES, **answers}), by=by, at=at, replaces=replaces)


def accepted(row, at, word=SCIENCE, by=None) -> RiskAcceptance:
    return accept_assessment(acceptance=row, word=word, by=by or row.visit.request.contact.user, at=at)


def confirm(visit, at) -> None:
    confirm_visit(visit=visit, arrangements=make.arrangements(), by=visit.request.contact.user, at=at)


def refused(act, *args, **how) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        act(*args, **how)
    return refusal.value.codes


def letters(fact, at) -> list[str]:
    """To whom letters of this fact would leave now."""
    owed = Letter.objects.filter(fact__endswith=f".{fact}").order_by("pk")
    return [words.envelope.to_email for letter in owed if (words := word_letter(letter, at=at, preview=True))]


def of_activity(visit, activity) -> None:
    Request.objects.filter(pk=visit.request_id).update(activity=activity)
    visit.refresh_from_db()


def test_the_yes_waits_until_it_is_accepted(visit, seat, now):
    assert refused(confirm, visit, now) == ["risk_assessment"]
    row = written(seat, now)
    assert refused(confirm, visit, now) == ["risk_assessment"]
    accepted(row, now)
    confirm(visit, now)
    visit.refresh_from_db()
    assert visit.status == VisitStatus.CONFIRMED
    assert [event.kind for event in visit.events.all()] == [
        *("offer_risk_assessment", "accept_risk_assessment", "confirm")
    ]
    assert [str(each) for each in pack_of(visit, at=now).risks] == ["Paper bridges (1)"]


@pytest.mark.parametrize("activity", ["careers_talk", "careers_fair", "panel_qa"])
def test_what_needs_none_is_confirmed_without(visit, seat, now, activity):
    of_activity(visit, activity)
    assert refused(written, seat, now) == ["state"]
    confirm(visit, now)


def test_of_a_lesson_whoever_comes_says_whether_it_is_practical(visit, seat, tom, now):
    of_activity(visit, "lesson_link")
    assert refused(confirm, visit, now) == ["practical_unsaid"]
    for n in range(3):
        say_not_practical(seat=seat, by=tom, at=now + n * MINUTE)
    assert seat.events.count() == 1
    assert reasons_not_assessed(visit) == []
    # They think again: writing one says that it is.
    row = written(seat, now)
    seat.refresh_from_db()
    assert seat.practical and refused(confirm, visit, now) == ["risk_assessment"]
    accepted(row, now)
    confirm(visit, now)


def test_a_workshop_is_always_practical(seat, tom, now):
    assert refused(say_not_practical, seat=seat, by=tom, at=now) == ["state"]


def test_a_visit_that_was_confirmed_before_is_left_alone(visit, seat, now):
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.CONFIRMED)
    visit.refresh_from_db()
    assert [each.is_done for each in assessed_in(visit)] == [False]
    row = written(seat, now)
    accepted(row, now)
    visit.refresh_from_db()
    assert visit.status == VisitStatus.CONFIRMED


@pytest.mark.parametrize("column", ["name", "done", "hazards", "who_harmed", "controls", "first_aid", "residual"])
def test_each_answer_that_is_missing_is_named(seat, now, column):
    assert refused(written, seat, now, **{column: " "}) == [column]
    assert not RiskAssessment.objects.exists()


def test_mains_equipment_has_its_test_and_substances_are_looked_up(seat, now):
    assert refused(written, seat, now, brings_mains=True) == ["tested_on"]
    assert refused(written, seat, now, brings_mains=True, tested_on=(now + DAY).date()) == ["tested_on"]
    assert refused(written, seat, now, substances="Glue") == ["guidance_checked"]
    checked = {"substances": "Glue", "guidance_checked": True, "brings_mains": True, "tested_on": now.date()}
    assert written(seat, now, **checked).assessment.substances == "Glue"


def test_the_same_again_is_one_and_one_letter(seat, teacher, now):
    rows = {written(seat, now + n * MINUTE).pk for n in range(4)}
    assert (len(rows), RiskAssessment.objects.count()) == (1, 1)
    assert letters("risk_assessment_offered", now) == [teacher.email]


def test_a_change_is_a_new_version_and_what_was_accepted_stays(visit, seat, now):
    first = accepted(written(seat, now), now)
    second = written(seat, now + MINUTE, replaces=first.assessment, controls="No scissors")
    first.refresh_from_db()
    assert (first.assessment.controls, first.assessment.version, first.is_accepted) == ("Round scissors", 1, True)
    assert (second.assessment.version, second.is_accepted) == (2, False)
    assert refused(confirm, visit, now) == ["risk_assessment"]
    assert refused(accepted, first, now) == ["changed"]
    accepted(second, now)
    confirm(visit, now)


def test_of_two_changes_of_one_version_the_second_looks_again(seat, now):
    first = written(seat, now).assessment
    written(seat, now, replaces=first, controls="No scissors")
    assert refused(written, seat, now, replaces=first, controls="Blunt scissors") == ["changed"]
    assert [each.version for each in RiskAssessment.objects.order_by("version")] == [1, 2]


def test_the_way_back_to_an_accepted_one_needs_no_new_word(visit, seat, tom, now):
    first = accepted(written(seat, now), now)
    written(seat, now + MINUTE, name="Slime")
    use_assessment(seat=seat, assessment=first.assessment, by=tom, at=now + 2 * MINUTE)
    assert reasons_not_assessed(visit) == []


def test_it_is_used_again_for_the_same_activity_for_two_years(visit, seat, tom, now):
    before = make.risk_assessment(seat.ambassador)
    row = use_assessment(seat=seat, assessment=before, by=tom, at=now)
    assert (row.assessment, RiskAssessment.objects.count()) == (before, 1)
    too_old = make.risk_assessment(seat.ambassador, written_at=now - 710 * DAY, name="Old")
    assert refused(use_assessment, seat=seat, assessment=too_old, by=tom, at=now) == ["too_old"]
    for other in (
        make.risk_assessment(seat.ambassador, activity="stem_club"),
        make.risk_assessment(make.ambassador(cleared=True)),
    ):
        assert refused(use_assessment, seat=seat, assessment=other, by=tom, at=now) == ["not_yours"]
    usable = RiskAssessment.objects.usable(seat.ambassador, "workshop", make.FIRST_DAY)
    assert list(usable) == [before]


def test_one_that_is_too_old_by_the_day_of_the_visit_counts_no_more(visit, seat, now):
    accepted(written(seat, now), now)
    later = now + 800 * DAY
    Visit.objects.filter(pk=visit.pk).update(starts_at=later, ends_at=later + MINUTE)
    visit.refresh_from_db()
    assert [each.code for each in reasons_not_assessed(visit)] == ["risk_assessment"]


def test_medium_names_the_head_of_department(seat, now):
    row = written(seat, now, residual="medium")
    assert refused(accepted, row, now) == ["head_of_department"]
    row = accepted(row, now, Word("Teacher", head_of_department="Dr Hood"))
    assert (row.head_of_department, row.who_accepted) == ("Dr Hood", f"{row.accepted_by}, Teacher")


def test_low_asks_for_the_position_alone(seat, now):
    row = written(seat, now)
    assert refused(accepted, row, now, Word(" ")) == ["position"]
    assert accepted(row, now, Word("Teacher", head_of_department="Dr Hood")).head_of_department == ""


def test_high_takes_the_lead_and_a_coordinator(visit, seat, tom, teacher, coordinator, now):
    row = written(seat, now, residual="high")
    assert sorted(letters("high_risk_to_agree", now)) == [coordinator.email]
    colleague = make.contact(school=visit.request.school).user
    assert refused(accepted, row, now, by=colleague) == ["not_lead"]
    accepted(row, now)
    assert refused(confirm, visit, now) == ["risk_assessment"]
    for person in (teacher, tom):
        assert refused(agree_to_high_risk, acceptance=row, by=person, at=now) == ["not_coordinator"]
    for n in range(2):
        agree_to_high_risk(acceptance=row, by=coordinator, at=now + n * MINUTE)
    row.refresh_from_db()
    assert row.scheme_agreed_at == now
    assert letters("high_risk_to_agree", now) == []
    confirm(visit, now)


def test_of_a_high_risk_the_lead_hears_too_where_a_colleague_asked(visit, now):
    colleague = make.contact(school=visit.request.school)
    Request.objects.filter(pk=visit.request_id).update(contact=colleague)
    written(Visit.objects.get(pk=visit.pk).seats.get(), now, residual="high")
    lead = visit.request.contact.user
    assert sorted(letters("risk_assessment_offered", now)) == sorted([colleague.user.email, lead.email])


def test_where_the_risk_is_not_high_no_coordinator_is_asked(seat, coordinator, now):
    row = written(seat, now)
    assert refused(agree_to_high_risk, acceptance=row, by=coordinator, at=now) == ["state"]


def test_accepted_twice_is_accepted_once(seat, now):
    row = written(seat, now)
    assert accepted(row, now).accepted_at == accepted(row, now + MINUTE, Word("Another")).accepted_at == now
    row.refresh_from_db()
    assert row.position == "Head of science"


def test_nobody_else_writes_or_accepts(seat, tom, teacher, now):
    for stranger in (teacher, make.ambassador(cleared=True).user, make.contact().user):
        assert refused(written, seat, now, by=stranger) == ["not_yours"]
    row = written(seat, now)
    for stranger in (tom, make.contact().user, make.ambassador(cleared=True).user):
        assert refused(accepted, row, now, by=stranger) == ["not_for_school"]
        sent = {"acceptance": row, "because": "More", "by": stranger, "at": now}
        assert refused(send_back_assessment, **sent) == ["not_for_school"]


def test_nobody_accepts_their_own(visit, seat, tom, now):
    make.contact(school=visit.request.school, user=tom)
    row = written(seat, now)
    assert refused(accepted, row, now, by=tom) == ["own_assessment"]


def test_a_coordinator_acts_for_either_who_telephones(visit, seat, coordinator, now):
    how = {"by": coordinator, "at": now, "on_behalf_of": "Tom Okafor"}
    row = write_assessment(seat=seat, answers=Answers(**BRIDGES), **how)
    accepted(row, now, Word("Head of science", on_behalf_of="Tess Teacher"), by=coordinator)
    row.refresh_from_db()
    assert row.who_accepted == "Tess Teacher, Head of science"
    assert [event.on_behalf_of for event in visit.events.all()] == ["Tom Okafor", "Tess Teacher"]


def test_not_yet_is_said_with_words_and_answered_with_a_change(seat, tom, teacher, now):
    row = written(seat, now)
    assert refused(send_back_assessment, acceptance=row, because=" ", by=teacher, at=now) == ["no_words"]
    for n in range(2):
        send_back_assessment(acceptance=row, because="Who sweeps up?", by=teacher, at=now + n * MINUTE)
    row.refresh_from_db()
    letter = Letter.objects.get(fact__endswith="risk_assessment_sent_back")
    assert letter.recipient == tom and "Who sweeps up?" in word_letter(letter, at=now, preview=True).text
    assert letters("risk_assessment_offered", now) == []
    assert refused(written, seat, now) == ["sent_back"]
    changed = written(seat, now + MINUTE, replaces=row.assessment, controls="We sweep up")
    assert word_letter(letter, at=now, preview=True) is None
    assert letters("risk_assessment_offered", now) == [teacher.email]
    accepted(changed, now)


def test_after_a_not_yet_the_school_may_accept_all_the_same(visit, seat, teacher, now):
    row = written(seat, now)
    send_back_assessment(acceptance=row, because="Who sweeps up?", by=teacher, at=now)
    accepted(row, now)
    assert reasons_not_assessed(visit) == []
    assert refused(send_back_assessment, acceptance=row, because="But", by=teacher, at=now) == ["state"]


def test_somebody_else_in_the_seat_writes_their_own(visit, seat, tom, teacher, now):
    row = accepted(written(seat, now), now)
    confirm(visit, now)
    give_up_seat(seat=seat, reason=CancelReason.ILLNESS, by=tom, at=now)
    assert refused(accepted, row, now) == ["state"]
    ada = make.ambassador(name="Ada Engineer", cleared=True)
    visit.refresh_from_db()
    seat.refresh_from_db()
    offer = make.offer(seat=seat, ambassador=ada, status=OfferStatus.SENT)
    accept_offer(offer=offer, starts_at=visit.starts_at, by=ada.user, at=now + MINUTE)
    visit.refresh_from_db()
    seat.refresh_from_db()
    assert letters("risk_assessment_asked", now) == [ada.reached_at]
    assert refused(confirm, visit, now) == ["risk_assessment"]
    assert refused(accepted, row, now) == ["changed"]
    theirs = written(seat, now + MINUTE)
    assert letters("risk_assessment_asked", now) == []
    assert theirs.assessment.version == 1
    accepted(theirs, now)
    confirm(visit, now + MINUTE)


@pytest.mark.parametrize(
    ("activity", "asks"), [("workshop", "Please write a risk"), ("lesson_link", "Will pupils do"), ("careers_talk", "")]
)
def test_whoever_is_found_is_asked_for_what_the_activity_needs(now, activity, asks):
    offer = make.offer(visit=make.visit(request=make.request(status="open", activity=activity)))
    accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=offer.ambassador.user, at=now)
    owed = Letter.objects.filter(fact__endswith="risk_assessment_asked")
    subjects = [word_letter(letter, at=now, preview=True).subject for letter in owed]
    assert len(subjects) == bool(asks) and all(subject.startswith(asks) for subject in subjects)


def test_what_was_said_of_a_lesson_ends_with_the_seat(visit, seat, tom, now):
    of_activity(visit, "lesson_link")
    say_not_practical(seat=seat, by=tom, at=now)
    give_up_seat(seat=seat, reason=CancelReason.ILLNESS, by=tom, at=now)
    seat.refresh_from_db()
    assert seat.practical is None


def test_what_is_accepted_for_one_meeting_of_a_series_counts_for_all(now):
    asked = make.request(status="fulfilled", activity="stem_club", meetings=2)
    person, week = make.ambassador(cleared=True), timedelta(weeks=1)
    times = (make.FIRST_TIME, (make.FIRST_TIME[0] + week, make.FIRST_TIME[1] + week))
    meetings = [make.visit(request=asked, ambassador=person, status=VisitStatus.MATCHED, time=time) for time in times]
    assert [bool(reasons_not_assessed(meeting)) for meeting in meetings] == [True, True]
    accepted(written(meetings[1].seats.get(), now), now)
    assert [bool(reasons_not_assessed(meeting)) for meeting in meetings] == [False, False]


def test_everybody_who_comes_has_their_own(now):
    asked = make.request(status="fulfilled", activity="workshop", people=2)
    visit = make.visit(request=asked, ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED, seats=2)
    first, second = visit.seats.order_by("pk")
    second.ambassador, second.status = make.ambassador(cleared=True), "taken"
    second.save()
    accepted(written(first, now), now)
    assert [each.is_done for each in assessed_in(visit)] == [True, False]
    accepted(written(second, now), now)
    assert reasons_not_assessed(visit) == []


@pytest.mark.parametrize("status", [VisitStatus.FINDING, VisitStatus.DELIVERED, VisitStatus.CANCELLED_BY_SCHOOL])
def test_not_before_everybody_is_found_and_not_afterwards(visit, seat, now, status):
    row = written(seat, now)
    Visit.objects.filter(pk=visit.pk).update(status=status)
    assert refused(written, seat, now) == refused(accepted, row, now) == ["state"]


def test_the_database_keeps_what_must_never_be(visit, seat, now):
    person = seat.ambassador
    wrong = [
        lambda: make.risk_assessment(person, brings_mains=True),
        lambda: make.risk_assessment(person, substances="Glue"),
        lambda: make.risk_acceptance(visit, accepted_at=now),
        lambda: make.risk_acceptance(visit, accepted_at=now, accepted_by=make.user()),
        lambda: make.risk_acceptance(visit, sent_back_at=now),
    ]
    row = make.risk_acceptance(visit)
    wrong += [
        lambda: make.risk_acceptance(visit, assessment=row.assessment),
        lambda: [make.risk_assessment(person, replaces=row.assessment) for _ in range(2)],
    ]
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
