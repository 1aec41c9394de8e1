"""Eight weeks after a visit some teachers are asked what has become of it: by chance, once, by a single-use link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from bookings.enums import VisitStatus
from bookings.models import Visit
from quality.models import Feedback, FollowUp
from quality.operations.following_up import invite_follow_ups, is_chosen, remind_of_follow_ups
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.policy.models import PolicyValue
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

END = make.FIRST_TIME[1]
LATER = END + timedelta(weeks=8)


@pytest.fixture
def everyone():
    """The scheme asks every teacher."""
    PolicyValue.objects.create(
        key="follow_up_share", value=100, effective_from=END.date(), set_by=make.user(), set_at=END
    )


def told_visit(**columns) -> Visit:
    """A visit that took place, of which the teacher's form came."""
    visit = make.visit(ambassador=make.ambassador(cleared=True), **{"status": VisitStatus.DELIVERED, **columns})
    make.feedback(visit=visit, answers=make.TEACHER_SAYS)
    return visit


def test_about_one_in_ten_is_chosen_the_same_ones_each_time_and_others_by_another_key(settings):
    visits = [Visit() for _ in range(2000)]
    chosen = {visit.uid for visit in visits if is_chosen(visit, 10)}
    assert 140 < len(chosen) < 260
    assert chosen == {visit.uid for visit in visits if is_chosen(visit, 10)}
    assert chosen <= {visit.uid for visit in visits if is_chosen(visit, 20)}
    settings.SECRET_KEY = "another"
    assert chosen != {visit.uid for visit in visits if is_chosen(visit, 10)}


@pytest.mark.parametrize(("percent", "is_one"), [(0, False), (100, True)])
def test_nobody_or_everybody_where_the_scheme_says_so(percent, is_one):
    assert {is_chosen(Visit(), percent) for _ in range(50)} == {is_one}


def test_a_teacher_is_asked_once_eight_weeks_later(everyone):
    visit = told_visit()
    assert invite_follow_ups(at=LATER - timedelta(days=1)) == 0
    assert [invite_follow_ups(at=LATER) for _twice in range(2)] == [1, 0]
    assert FollowUp.objects.get().visit == visit
    assert Letter.objects.filter(fact="quality.notifications.follow_up_asked").count() == 1


def test_nobody_is_asked_of_a_visit_without_a_form_that_did_not_happen_or_of_long_ago(everyone):
    Feedback.objects.filter(visit=told_visit()).delete()
    told_visit(status=VisitStatus.NO_SHOW_BY_AMBASSADOR)
    assert invite_follow_ups(at=LATER) == 0
    told_visit()
    assert invite_follow_ups(at=LATER + timedelta(weeks=2)) == 0


def test_the_link_in_the_letter_takes_three_answers_once_and_those_who_look_after_quality_read_them(
    everyone, monkeypatch
):
    visit = told_visit()
    at = LATER.replace(hour=11)
    monkeypatch.setattr("quality.views.follow_ups.timezone.now", lambda: at)
    invite_follow_ups(at=at)
    send_due(at=at)
    [letter] = [each for each in mail.outbox if "What has become" in each.subject]
    assert letter.to == [f"{visit.supervising_adult} <{visit.supervising_email}>"]
    page = re.search(r"http\S+/follow-up/\S+/", letter.body)[0].partition("//")[2].partition("/")[2]
    teacher = Client()
    assert "I have referred back" in teacher.get(f"/{page}").content.decode()
    assert "Answer at least one question." in teacher.post(f"/{page}", {}).content.decode()
    assert "Choose one of the answers offered" in teacher.post(f"/{page}", {"L1": "6"}).content.decode()
    assert teacher.post(f"/{page}", {"L1": "5", "L3": "na"}).status_code == 302
    assert teacher.post(f"/{page}", {"L1": "1"}).status_code == 410
    assert FollowUp.objects.get().answers == {"L1": "5", "L3": "na"}
    quality = client_of(make.staff(Role.QUALITY_MANAGER), second_factor=True)
    form = Feedback.objects.get(visit=visit)
    assert "Eight weeks later" in quality.get(reverse("feedback", args=[form.pk])).content.decode()


def letters() -> int:
    return Letter.objects.filter(fact="quality.notifications.follow_up_asked").count()


def test_whoever_is_silent_for_ten_days_is_asked_once_more(everyone):
    told_visit()
    at = LATER.replace(hour=11)
    invite_follow_ups(at=at)
    send_due(at=at)

    assert remind_of_follow_ups(at=at + timedelta(days=9, hours=23)) == 0
    assert [remind_of_follow_ups(at=at + timedelta(days=days)) for days in (10, 11, 20)] == [1, 0, 0]
    # The tenth day is a Saturday: it leaves on Monday.
    send_due(at=at + timedelta(days=12))
    asked = [each for each in mail.outbox if "What has become" in each.subject]
    assert ["We have not heard from you yet" in each.body for each in asked] == [False, True]
    assert ["we ask once more" in each.body for each in asked] == [True, False]
    # Each letter has a link of its own, and either works.
    pages = [re.search(r"http\S+/follow-up/\S+/", each.body)[0] for each in asked]
    assert len({*pages}) == 2


@pytest.mark.parametrize("meanwhile", ["answered", "closed"])
def test_whoever_has_answered_or_has_no_more_time_is_not(meanwhile, everyone):
    told_visit()
    invite_follow_ups(at=LATER)
    if meanwhile == "answered":
        FollowUp.objects.update(submitted_at=LATER + timedelta(days=1), answers={"L1": "4"})
    at = LATER + timedelta(days=10 if meanwhile == "answered" else 28)
    assert remind_of_follow_ups(at=at) == 0
    assert letters() == 1


def test_a_first_letter_that_has_waited_past_the_reminder_falls_silent(everyone):
    told_visit()
    at = LATER.replace(hour=11)
    invite_follow_ups(at=at)
    remind_of_follow_ups(at=at + timedelta(days=10))
    send_due(at=at + timedelta(days=12))
    assert len([each for each in mail.outbox if "What has become" in each.subject]) == 1


def test_after_how_long_is_the_scheme_s_to_say(everyone):
    columns = {"effective_from": END.date(), "set_by": make.user(), "set_at": END}
    PolicyValue.objects.create(key="follow_up_reminder_days", value=3, **columns)
    told_visit()
    invite_follow_ups(at=LATER)
    assert [remind_of_follow_ups(at=LATER + timedelta(days=days)) for days in (2, 3)] == [0, 1]
