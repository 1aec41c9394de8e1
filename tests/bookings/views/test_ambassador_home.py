"""An ambassador's own page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus, CheckStatus, HoldKind, RequirementKind
from bookings.enums import OfferStatus, VisitStatus
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


def home_of(ambassador):
    return client_of(ambassador.user).get(reverse("ambassador_home")).context["home"]


def weeks_later(weeks: int) -> tuple:
    return tuple(moment + timedelta(weeks=weeks) for moment in make.FIRST_TIME)


def test_with_nothing_to_do_the_page_encourages():
    ambassador = make.ambassador(cleared=True)

    page = client_of(ambassador.user).get(reverse("ambassador_home"))

    assert page.context["home"].next.title == "You are all set"
    assert "No visits yet" in page.text


def test_an_offer_stands_first_whatever_else_there_is():
    ambassador = make.ambassador(cleared=True)
    make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED, time=weeks_later(1))
    later = make.offer(ambassador=ambassador, lapses_at=make.NOW + timedelta(hours=60))
    sooner = make.offer(ambassador=ambassador, lapses_at=make.NOW + timedelta(hours=10))

    home = home_of(ambassador)

    assert [question.offer for question in home.asked] == [sooner, later]
    assert (home.next.title, home.next.url) == (
        "Beckside Academy asks for you",
        reverse("offer", args=[sooner.pk]),
    )
    assert home.next.text == "Wednesday 10 February 2027, 10am to 11am, or 1 other time"


def practical(ambassador, activity, status=VisitStatus.MATCHED, weeks=2, **columns):
    asked = make.request(contact=make.contact(), activity=activity)
    return make.visit(request=asked, ambassador=ambassador, status=status, time=weeks_later(weeks), **columns)


def test_what_is_theirs_to_do_before_the_day_stands_in_the_order_of_its_days():
    ambassador = make.ambassador(cleared=True)
    lesson = practical(ambassador, "lesson_link", weeks=4)
    workshop = practical(ambassador, "workshop", weeks=3)
    sent_back = practical(ambassador, "workshop", weeks=2)
    make.risk_acceptance(sent_back, sent_back_at=make.NOW, sent_back_because="Who sweeps up?")
    make.risk_acceptance(practical(ambassador, "workshop", weeks=5))
    near = practical(ambassador, "careers_talk", VisitStatus.CONFIRMED, weeks=-4)

    home = home_of(ambassador)

    assert [(duty.title, duty.visit) for duty in home.duties] == [
        ("Say that everything is as agreed", near),
        ("Change your risk assessment: the school says “not yet”", sent_back),
        ("Write a risk assessment, or use one again", workshop),
        ("Say whether pupils do anything practical", lesson),
    ]
    assert home.next.title == "Say that everything is as agreed"
    assert {duty.url for duty in home.duties[1:]} == {
        reverse("write_risk_assessment", args=[visit.pk]) for visit in (sent_back, workshop, lesson)
    }


def test_what_is_written_for_a_series_is_asked_for_once():
    ambassador = make.ambassador(cleared=True)
    asked = make.request(contact=make.contact(), activity="workshop", meetings=2, weeks_apart=1)
    first, _second = (
        make.visit(
            request=asked, ambassador=ambassador, status=VisitStatus.MATCHED, number=number, time=weeks_later(number)
        )
        for number in (1, 2)
    )

    assert [duty.visit for duty in home_of(ambassador).duties] == [first]


def test_whoever_only_watches_has_nothing_to_prepare():
    visit = practical(make.ambassador(cleared=True), "workshop", VisitStatus.CONFIRMED, weeks=-4)
    watcher = make.watched(visit).ambassador

    assert home_of(watcher).duties == []


@pytest.mark.parametrize(
    "change",
    [{"status": OfferStatus.LAPSED}, {"status": OfferStatus.QUEUED}, {"lapses_at": make.NOW}],
)
def test_an_offer_that_cannot_be_answered_is_not_waiting(change):
    ambassador = make.ambassador(cleared=True)
    make.offer(ambassador=ambassador, **change)

    assert home_of(ambassador).asked == []


def test_the_next_visit_stands_first_when_nobody_asks():
    ambassador = make.ambassador(cleared=True)
    visit = make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED)

    home = home_of(ambassador)

    assert (home.next.title, home.next.url) == ("Your next visit", reverse("visit", args=[visit.pk]))


def test_coming_and_past_visits_are_kept_apart():
    ambassador = make.ambassador(cleared=True)
    coming = make.visit(ambassador=ambassador, status=VisitStatus.MATCHED)
    cancelled = make.visit(ambassador=ambassador, status=VisitStatus.CANCELLED_BY_SCHOOL, time=weeks_later(1))
    over = make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED, time=weeks_later(-8))

    home = home_of(ambassador)

    assert [each.visit for each in home.coming] == [coming]
    assert [each.visit for each in home.past] == [cancelled, over]


@pytest.mark.parametrize("status", [AmbassadorStatus.DRAFT, AmbassadorStatus.VETTING])
def test_someone_on_the_way_in_finds_their_tasks_instead(status):
    ambassador = make.ambassador(status=status)

    assert client_of(ambassador.user).get(reverse("ambassador_home"))["Location"] == reverse("join_as_ambassador")


@pytest.mark.parametrize(
    ("until", "status", "tone"),
    [
        (date(2027, 1, 11), "Needed", "neutral"),
        (date(2027, 1, 12), "Ends soon", "warning"),
        (date(2027, 4, 12), "Ends soon", "warning"),
        (date(2027, 4, 13), "Done", "good"),
    ],
)
def test_training_that_ends_is_seen_in_time(until, status, tone):
    ambassador = make.ambassador(cleared=False, status=AmbassadorStatus.ACTIVE)
    make.requirement(ambassador, kind=RequirementKind.SAFEG, recorded_by=make.user(), valid_until=until)

    step = next(step for step in home_of(ambassador).progress.steps if step.title == "Safeguarding training")

    assert (step.status, step.tone) == (status, tone)


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (AmbassadorStatus.ACTIVE, "Something needs renewing"),
        (AmbassadorStatus.PAUSED, "You are having a break"),
        (AmbassadorStatus.DECLINED, "We could not take you on"),
        (AmbassadorStatus.LEFT, "You have left the scheme"),
    ],
)
def test_every_standing_has_its_own_next_thing(status, title):
    assert home_of(make.ambassador(status=status)).next.title == title


def test_why_someone_is_on_hold_never_shows():
    ambassador = make.ambassador(cleared=True)
    make.hold(ambassador, kind=HoldKind.SAFEGUARDING, starts_on=date(2027, 1, 1), truth="A private truth")

    page = client_of(ambassador.user).get(reverse("ambassador_home"))

    assert page.context["home"].away == []
    assert "A private truth" not in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_as_often_for_three_rows_as_for_one(django_assert_num_queries, rows):
    ambassador = make.ambassador(cleared=True)
    for number in range(rows):
        make.offer(ambassador=ambassador)
        make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED, time=weeks_later(number + 1))
        ambassador.requirements.update(valid_until=make.FIRST_TIME[0].date())
        make.visit(ambassador=ambassador, status=VisitStatus.DELIVERED, time=weeks_later(-number - 8))
        make.hold(ambassador, starts_on=date(2027, 6, 1 + number), ends_on=date(2027, 6, 1 + number))
    client = client_of(ambassador.user)
    client.get(reverse("ambassador_home"))

    # session, person, their record; offers and their times; coming and past visits; requirements, days away, and what
    # is on record for the days of the visits; a check under way; the menu
    with django_assert_num_queries(11):
        home = client.get(reverse("ambassador_home")).context["home"]

    assert (len(home.asked), len(home.coming), len(home.past), len(home.away)) == (rows, rows, rows, rows)


def test_somebody_who_takes_part_finds_their_check():
    page = client_of(make.ambassador(cleared=True).user).get(reverse("ambassador_home"))

    assert f'<a href="{reverse("agree_to_check")}">Your criminal record check</a>' in page.text
    assert reverse("comment_on_check") not in page.text


@pytest.mark.parametrize("status", [CheckStatus.ASSESSING, CheckStatus.ESCALATED])
def test_whoever_has_a_check_that_two_people_look_at_is_told_until_when_they_may_comment(status):
    ambassador = make.ambassador(cleared=True)
    make.check(ambassador, status=status, seen_on=date(2027, 1, 4))

    page = client_of(ambassador.user).get(reverse("ambassador_home"))

    assert "You may tell them what they should know, until Monday 18 January 2027." in page.text
    assert reverse("comment_on_check") in page.text


@pytest.mark.parametrize("status", [CheckStatus.NOT_SUITABLE, CheckStatus.APPEALED, CheckStatus.REFUSED])
def test_whoever_s_check_came_to_a_no_is_led_to_what_came_of_it(status):
    ambassador = make.ambassador(cleared=True)
    ambassador.requirements.filter(kind=RequirementKind.CRC).delete()
    make.check(ambassador, status=status)

    page = client_of(ambassador.user).get(reverse("ambassador_home"))

    first = page.context["home"].next
    assert first.text == "Your criminal record check has been decided. Until it counts we cannot ask you for a visit."
    assert (first.url, first.action) == (reverse("agree_to_check"), "See what came of it")
    assert not any(words in page.text for words in ("renewing", "Offer a little more", "No visits yet", ">Active<"))


def test_a_no_to_a_renewal_changes_nothing_while_the_earlier_check_counts():
    ambassador = make.ambassador(cleared=True)
    make.check(ambassador, status=CheckStatus.REFUSED)

    assert home_of(ambassador).next.title == "You are all set"
