"""Many people at once, through several real server processes: two never in one seat, one never in two."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.enums import VisitStatus
from quality.models import Feedback
from stem.letters.links import mint_link
from tests import make
from tests.races.site import Answered, Site

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 200


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.close()


@pytest.fixture
def soon() -> tuple[datetime, datetime]:
    """An hour some weeks from the servers' own now."""
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(weeks=5)
    return start, start + timedelta(hours=1)


def offer_link(offer) -> str:
    token = mint_link("answer_offer", offer.pk, expires_at=timezone.now() + timedelta(days=2))
    return reverse("answer_offer", args=[token])


def yes(offer, start: datetime) -> tuple[str, dict[str, str]]:
    return offer_link(offer), {"answer": "accept", "starts_at": start.isoformat()}


def no(offer) -> tuple[str, dict[str, str]]:
    return offer_link(offer), {"answer": "decline"}


def offered(visit, ambassador):
    return make.offer(visit=visit, ambassador=ambassador, lapses_at=timezone.now() + timedelta(days=2))


def told(answers: list[Answered], words: str) -> int:
    return sum(words in answer.words for answer in answers)


def no_one_met_an_error(answers: list[Answered]) -> None:
    assert Counter(answer.status for answer in answers if answer.status >= 500) == {}


def test_a_hundred_people_accept_one_seat_at_once_and_exactly_one_has_it(site, soon):
    visit = make.visit(request=make.request(status="open", times=(soon,)))
    people = [make.ambassador(name=f"Person {number:03}", cleared=True) for number in range(CROWD)]
    presses = [yes(offered(visit, person), soon[0]) for person in people]
    site.open()

    answers = site.press_at_once(presses)

    no_one_met_an_error(answers)
    assert site.rows("SELECT status, count(*) FROM bookings_seat GROUP BY status") == [("taken", 1)]
    assert site.rows("SELECT count(*) FROM bookings_commitment") == [(1,)]
    assert Counter(dict(site.rows("SELECT status, count(*) FROM bookings_offer GROUP BY status"))) == {
        "accepted": 1,
        "superseded": CROWD - 1,
    }
    assert site.rows("SELECT status FROM bookings_visit") == [("matched",)]
    letters = dict(site.rows("SELECT fact, count(*) FROM letters_letter GROUP BY fact"))
    assert {fact.rpartition(".")[2]: count for fact, count in letters.items()} == {
        "ambassador_found": 1,
        "offer_accepted": 1,
        "offer_superseded": CROWD - 1,
    }
    assert told(answers, "Someone else was quicker") == CROWD - 1


@pytest.mark.slow
def test_one_person_accepts_a_hundred_overlapping_visits_at_once_and_has_exactly_one(site, soon):
    person = make.ambassador(cleared=True)
    contact = make.contact()
    presses = []
    for number in range(CROWD):
        # Each begins a minute after the other, so that all of them overlap and no two are alike.
        time = (soon[0] + timedelta(minutes=number % 50), soon[1] + timedelta(minutes=number % 50))
        visit = make.visit(request=make.request(contact=contact, status="open", times=(time,)))
        presses.append(yes(offered(visit, person), time[0]))
    site.open()

    answers = site.press_at_once(presses)

    no_one_met_an_error(answers)
    assert site.rows("SELECT count(*) FROM bookings_commitment") == [(1,)]
    assert Counter(dict(site.rows("SELECT status, count(*) FROM bookings_seat GROUP BY status"))) == {
        "taken": 1,
        "open": CROWD - 1,
    }
    assert Counter(dict(site.rows("SELECT status, count(*) FROM bookings_offer GROUP BY status"))) == {
        "accepted": 1,
        "sent": CROWD - 1,
    }
    assert Counter(dict(site.rows("SELECT status, count(*) FROM bookings_visit GROUP BY status"))) == {
        "matched": 1,
        "finding": CROWD - 1,
    }
    assert site.rows("SELECT count(*) FROM letters_onetimelink WHERE used_at IS NOT NULL") == [(1,)]
    assert told(answers, "You already have a visit at that time.") == CROWD - 1


def test_yes_and_no_to_one_offer_at_once_are_one_answer(site, soon):
    visit = make.visit(request=make.request(status="open", times=(soon,)))
    offer = offered(visit, make.ambassador(cleared=True))
    presses = [yes(offer, soon[0]) if number % 2 else no(offer) for number in range(20)]
    site.open()

    answers = site.press_at_once(presses)

    no_one_met_an_error(answers)
    [(status,)] = site.rows("SELECT status FROM bookings_offer")
    kinds = [kind for (kind,) in site.rows("SELECT kind FROM bookings_offerevent")]
    assert (status, kinds) in [("accepted", ["accept"]), ("declined", ["decline"])]
    assert site.rows("SELECT count(*) FROM bookings_commitment") == [(1 if status == "accepted" else 0,)]


def test_one_form_sent_twenty_times_at_once_is_taken_once(site):
    end = timezone.now() - timedelta(hours=1)
    visit = make.visit(
        ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, time=(end - timedelta(hours=1), end)
    )
    form = make.feedback(visit=visit)
    Feedback.objects.filter(pk=form.pk).update(closes_at=timezone.now() + timedelta(days=28))
    token = mint_link("give_feedback", form.pk, expires_at=timezone.now() + timedelta(days=28))
    presses = [(reverse("give_feedback", args=[token]), {**make.TEACHER_SAYS, "TF3": str(n)}) for n in range(20)]
    site.open()

    answers = site.press_at_once(presses)

    no_one_met_an_error(answers)
    assert site.rows("SELECT kind FROM quality_feedbackevent") == [("submit",)]
    assert Counter(answer.status for answer in answers)[302] == 1


def test_a_person_accepts_ten_days_at_once_and_has_no_more_than_their_check_allows(site, soon):
    person = make.ambassador(cleared=True)
    contact = make.contact()
    for days in (-2, -4):
        make.own_visit(person, day=(soon[0] + timedelta(days=days)).date())
    presses = []
    for number in range(10):
        time = (soon[0] + timedelta(days=number), soon[1] + timedelta(days=number))
        visit = make.visit(request=make.request(contact=contact, status="open", times=(time,)))
        presses.append(yes(offered(visit, person), time[0]))
    site.open()

    answers = site.press_at_once(presses)

    no_one_met_an_error(answers)
    assert site.rows("SELECT count(*) FROM bookings_commitment") == [(1,)]
    assert told(answers, "That would be more than 3 days with under-18s within 30") == 9
