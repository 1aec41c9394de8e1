"""What people are told that is held about them: all of their own, nothing of others, nothing to be read from gaps."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.enums import HoldKind, RefereeCapacity, RefereeStatus, RequirementKind
from ambassadors.held import SUBJECTS as OF_REGISTER
from ambassadors.models import Ambassador, Hold, Referee, Requirement
from bookings.enums import VisitStatus
from quality.enums import ConcernStatus, FeedbackSide
from quality.held import ALL_SUBJECTS
from quality.operations.endorsing import make_endorsement
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.audit.record import record
from stem.letters.choices import stop_letters
from stem.letters.kinds import LetterKind
from stem.letters.models import Letter
from tests import make
from tests.clients import client_of

WORDS = [subject.word for subject in ALL_SUBJECTS]


def told(client: Client, word: str) -> str:
    response = client.get(reverse("what_we_hold_about", args=[word]))
    assert response.status_code == 200
    return response.content.decode()


def main_of(page: str) -> str:
    """What stands on a page, without what every page has and the tokens that differ each time."""
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.django_db
def test_the_subjects_are_the_same_for_everyone():
    pages = [
        main_of(client_of(user).get(reverse("what_we_hold")).content.decode())
        for user in (make.user(), make.ambassador(cleared=True).user, make.contact().user)
    ]
    assert pages[0] == pages[1] == pages[2]
    assert all(reverse("what_we_hold_about", args=[word]) in pages[0] for word in WORDS)


@pytest.mark.django_db
@pytest.mark.parametrize("word", WORDS)
def test_each_subject_opens_for_someone_with_no_part_and_says_how_long_each_thing_is_kept(word):
    subject = next(each for each in ALL_SUBJECTS if each.word == word)
    page = told(client_of(make.user()), word)
    assert page.count("How long we keep it:") == len(subject.sections)


@pytest.mark.django_db
def test_an_unknown_subject_is_not_there():
    assert client_of(make.user()).get(reverse("what_we_hold_about", args=["concerns"])).status_code == 404


@pytest.mark.django_db
def test_an_ambassador_reads_their_own_record_and_nobody_else_s(now):
    person = make.ambassador(name="Ada Engineer", cleared=True, story="I built a bridge.")
    make.ambassador(name="Otto Other", cleared=True, story="Mine is another story.")
    client = client_of(person.user)
    profile, vetting = told(client, "profile"), told(client, "vetting")
    assert "I built a bridge." in profile and "LS1 4AP" in profile
    assert "Otto Other" not in profile + vetting and "another story" not in profile
    assert all(str(kind.label) in vetting for kind in RequirementKind)


@pytest.mark.django_db
def test_what_referees_said_and_how_it_was_judged_is_left_out(now):
    person = make.ambassador(cleared=True)
    shown = []
    for status in (RefereeStatus.ANSWERED, RefereeStatus.ACCEPTED, RefereeStatus.NOT_ACCEPTED):
        Referee.objects.all().delete()
        Referee.objects.create(
            ambassador=person,
            full_name="Rita Referee",
            email="rita@people.example",
            capacity=RefereeCapacity.EMPLOYER,
            status=status,
            named_at=now,
            answered_at=now,
            reliability="Late every Monday",
            has_doubts=True,
            verified_how="By telephone",
        )
        shown.append(main_of(told(client_of(person.user), "vetting")))
    assert shown[0] == shown[1] == shown[2]
    assert "Rita Referee" in shown[0]
    assert "Late every Monday" not in shown[0] and "By telephone" not in shown[0]


class TestNothingShowsOfKeepingChildrenSafe(TestCase):
    @settings(max_examples=10)
    @given(
        levels=st.lists(st.sampled_from(sorted(ConcernStatus)), max_size=3),
        holds=st.integers(0, 3),
        lifted=st.booleans(),
    )
    def test_every_page_is_the_same_to_the_letter_under_any_worry_or_hold(self, levels, holds, lifted):
        person = make.ambassador(cleared=True)
        visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
        make.hold(person, starts_on=make.FIRST_TIME[0].date())
        client = client_of(person.user)
        before = [main_of(told(client, word)) for word in WORDS]

        lead = make.staff(Role.SAFEGUARDING_LEAD)
        for status in levels:
            record("concern.read", make.concern(visit=visit, status=status), by=lead, at=make.NOW)
        for _ in range(holds):
            hold = make.hold(
                person, kind=HoldKind.SAFEGUARDING, starts_on=make.FIRST_TIME[0].date(), truth="Something grave"
            )
            record("hold.set", hold, by=lead, at=make.NOW)
            if lifted:
                Hold.objects.filter(pk=hold.pk).update(lifted_at=make.NOW, lifted_by=lead)

        assert [main_of(told(client, word)) for word in WORDS] == before


@pytest.mark.django_db
def test_a_hold_of_other_kinds_is_told_in_neutral_words(now):
    person = make.ambassador(cleared=True)
    make.hold(person, kind=HoldKind.QUALITY, starts_on=now.date(), truth="A parent complained")
    page = told(client_of(person.user), "vetting")
    assert "Not asked for a time" in page
    assert "A parent complained" not in page and "Quality" not in page


@pytest.mark.django_db
def test_who_looked_is_told_by_day_and_part_and_never_by_name(now):
    person, officer = make.ambassador(cleared=True), make.staff(Role.VETTING_OFFICER, name="Olu Officer")
    for hours in (0, 1, 30):
        record("ambassador.read", person, by=officer, at=now + timedelta(hours=hours))
    record("ambassador.read", person, by=person.user, at=now + timedelta(days=9))
    record("ambassador.read", make.ambassador(), by=officer, at=now + timedelta(days=20))
    page = told(client_of(person.user), "readings")
    assert page.count("A vetting officer") == 2
    assert "Tue 12 Jan 2027" in page and "Wed 13 Jan 2027" in page and "Olu" not in page


@pytest.mark.django_db
def test_reading_one_s_own_is_not_put_on_record():
    person = make.ambassador(cleared=True)
    client, entries = client_of(person.user), Entry.objects.count()
    for word in WORDS:
        told(client, word)
    assert Entry.objects.count() == entries


@pytest.mark.django_db
def test_only_the_latest_are_shown_and_the_page_says_of_how_many():
    person = make.ambassador()
    officer = make.user()
    Requirement.objects.bulk_create(
        Requirement(
            ambassador=person,
            kind=RequirementKind.DECL,
            started_on=make.NOW.date() - timedelta(days=n),
            recorded_by=officer,
            recorded_at=make.NOW,
        )
        for n in range(23)
    )
    page = told(client_of(person.user), "vetting")
    assert "The latest 20 of 23" in page
    assert page.count('<tr><th scope="row">Annual declaration') == 20


@pytest.mark.django_db
def test_a_teacher_reads_what_they_asked_and_where_schools_name_them():
    contact = make.contact()
    make.person(school=contact.school, name="Tess T", email=contact.user.email)
    visit = make.visit(contact=contact, supervising_email=contact.user.email.upper())
    make.feedback(visit=visit, answers=make.TEACHER_SAYS)
    client = client_of(contact.user)
    schools, visits, feedback = (told(client, word) for word in ("schools", "visits", "feedback"))
    assert str(contact.school) in schools and "Tess T" in schools
    assert "Meet someone who builds bridges" in visits and "Sam Supervisor" in visits
    assert str(contact.school) in feedback.partition("Feedback about your visits")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("both", "days", "shown"), [(False, 3, False), (True, 3, True), (False, 15, True)])
def test_that_a_school_has_answered_shows_once_both_have_or_after_14_days_and_never_its_words(both, days, shown):
    person = make.ambassador(cleared=True)
    end = timezone.now() - timedelta(days=days)
    visit = make.visit(ambassador=person, status=VisitStatus.DELIVERED, time=(end - timedelta(hours=1), end))
    make.feedback(visit=visit, answers={**make.TEACHER_SAYS, "T12": "Could not be heard at the back"})
    if both:
        make.feedback(visit=visit, side=FeedbackSide.AMBASSADOR, answers=make.AMBASSADOR_SAYS)
    page = told(client_of(person.user), "feedback")
    about = page.partition("Feedback about your visits")[2]
    assert (str(visit.request.school) in about) is shown
    assert "Could not be heard" not in page


@pytest.mark.django_db
def test_letters_that_went_are_listed_and_those_that_did_not_are_not(now):
    user = make.user()
    for status, fact in (("sent", "bookings.notifications.visit_confirmed"), ("held", "x.y.never_sent")):
        Letter.objects.create(
            fact=fact,
            key=fact,
            recipient=user,
            posted_at=now,
            due_at=now,
            next_try_at=now,
            status=status,
            sent_at=now if status == "sent" else None,
            to_email=user.email,
            message_id=f"<{fact}@x>",
        )
    stop_letters(user=user, kind=LetterKind.RECEIPTS, at=now)
    page = told(client_of(user), "letters")
    assert "Visit confirmed" in page and "Never sent" not in page
    assert str(LetterKind.RECEIPTS.label) in page


@pytest.mark.django_db
def test_hostile_words_stay_words():
    person = make.ambassador(name="<script>alert(1)</script>", story="</dd><b>x")
    page = told(client_of(person.user), "profile")
    assert "<script>alert" not in page and "</dd><b>x" not in page


@pytest.mark.django_db
def test_a_standing_that_is_not_one_s_own_to_know_reads_as_a_break():
    person = make.ambassador(cleared=True)
    Ambassador.objects.filter(pk=person.pk).update(status="suspended")
    page = told(client_of(person.user), "profile")
    assert "Having a break" in page and "uspended" not in page


def test_each_subject_has_a_word_of_its_own_and_the_register_s_can_be_added_to():
    assert len(set(WORDS)) == len(WORDS)
    assert set(OF_REGISTER) <= set(ALL_SUBJECTS)


@pytest.mark.django_db
def test_whoever_shows_a_page_to_others_finds_its_link_s_days_and_not_the_link():
    person = make.ambassador(cleared=True)
    make.visit(ambassador=person, status=VisitStatus.DELIVERED)
    assert "You have made none." in told(client_of(person.user), "feedback")
    token = make_endorsement(ambassador=person, by=person.user, at=timezone.now())
    page = told(client_of(person.user), "feedback")
    assert "It opens the page until" in page and token not in page
