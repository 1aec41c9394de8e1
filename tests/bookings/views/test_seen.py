"""What a school sees of someone, and that they see just the same of themselves (rule P-05)."""

import re

import pytest
from django.urls import reverse

from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Offer, Seat
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

ALL_STATUSES = sorted(VisitStatus.values)
NAMED = {"matched", "confirmed", "delivered", "not_delivered", "no_show_by_ambassador", "no_show_by_school"}


def person_of(**columns):
    return make.ambassador(cleared=True, story="I took clocks apart.", scheme_number="A000042", **columns)


def client_for(visit):
    return client_of(visit.request.contact.user)


def photo_of(visit) -> str:
    return reverse("visitor_photo", args=[visit.seats.get(status=SeatStatus.TAKEN).pk])


def card_in(text: str) -> str:
    """The card of the one person on a page, without the address of the picture."""
    card = re.search(r'<section class="card[^"]*">\s*<div class="person">.*?</section>', text, re.S)
    assert card
    return re.sub(r'src="[^"]+"', "", card[0])


def test_the_preview_and_the_school_s_page_are_word_for_word_the_same():
    person = person_of()
    make.photo(person)
    visit = make.visit(ambassador=person, status=VisitStatus.MATCHED)

    theirs = client_for(visit).get(reverse("visit", args=[visit.pk])).text
    mine = client_of(person.user).get(reverse("as_schools_see_me")).text

    assert card_in(mine) == card_in(theirs)
    assert "I took clocks apart." in card_in(mine)


def test_while_others_are_sought_a_school_sees_a_job_and_a_way_and_no_name():
    person = person_of()
    visit = make.visit(ambassador=person, seats=2)
    Offer.objects.filter(visit=visit).update(minutes=35)

    page = client_for(visit).get(reverse("visit", args=[visit.pk])).text

    assert "Ambassador, bridge engineer, about 35 minutes away (18 miles)" in page
    for hidden in (person.full_name, person.organisation, person.story, person.scheme_number):
        assert hidden not in page


def test_of_a_neighbour_a_school_reads_no_number():
    visit = make.visit(ambassador=person_of(), seats=2)
    Offer.objects.filter(visit=visit).update(minutes=3)

    page = client_for(visit).get(reverse("visit", args=[visit.pk])).text

    assert "Ambassador, bridge engineer, less than 15 minutes away" in page
    assert "3 minutes" not in page


def test_a_visit_for_which_nobody_has_said_yes_shows_nobody():
    visit = make.visit(seats=2)
    make.offer(visit=visit, ambassador=person_of())

    assert client_for(visit).get(reverse("visit", args=[visit.pk])).context["expected"].glimpses == []


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"job_title": "Bridge engineer", "in_person": False}, "Ambassador, bridge engineer, live online"),
        ({"job_title": "IT technician", "in_person": False}, "Ambassador, IT technician, live online"),
        ({"job_title": "", "in_person": False}, "Ambassador, live online"),
        ({"job_title": "Bridge engineer"}, "Ambassador, bridge engineer"),
        ({"job_title": "I test bridges"}, "Ambassador, I test bridges"),
        ({"job_title": "Iron founder"}, "Ambassador, iron founder"),
    ],
)
def test_a_glimpse_reads_as_a_sentence(columns, words):
    page = client_of(person_of(**columns).user).get(reverse("as_schools_see_me"))
    assert page.context["preview"].glimpse.words == words


def test_the_preview_is_of_the_nearest_school_that_someone_would_go_to():
    make.school(name="Near School", postcode="LS1 4AP")
    make.school(name="Far School", postcode="TR1 1AA")

    page = client_of(person_of().user).get(reverse("as_schools_see_me"))

    assert page.context["preview"].school.name == "Near School"
    assert "As Near School would see it, the nearest school to you." in page.text


def test_what_a_school_would_miss_is_said_with_the_way_to_give_it():
    page = client_of(make.ambassador(job_title="", subjects=()).user).get(reverse("as_schools_see_me"))
    assert [each.page for each in page.context["preview"].missing] == ["my_work", "my_work", "my_photo", "my_subjects"]

    person = person_of()
    make.photo(person)
    assert client_of(person.user).get(reverse("as_schools_see_me")).context["preview"].missing == []


@pytest.mark.parametrize("status", ALL_STATUSES)
def test_a_school_s_people_are_sent_the_photo_once_they_may_know_who_comes(status):
    person = person_of()
    photo = make.photo(person)
    visit = make.visit(ambassador=person, status=status)

    answer = client_for(visit).get(photo_of(visit))

    if status in NAMED:
        assert (answer.status_code, answer.content) == (200, photo.picture)
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["Content-Type"] == "image/jpeg"
    else:
        assert answer.status_code == 404


def test_another_school_and_a_person_without_a_photo_are_answered_alike():
    person = person_of()
    visit = make.visit(ambassador=person, status=VisitStatus.MATCHED)
    assert client_for(visit).get(photo_of(visit)).status_code == 404

    make.photo(person)
    assert client_for(visit).get(photo_of(visit)).status_code == 200
    assert client_of(make.contact().user).get(photo_of(visit)).status_code == 404


def test_a_part_that_somebody_gave_up_shows_no_photo():
    person = person_of()
    make.photo(person)
    visit = make.visit(ambassador=person, status=VisitStatus.MATCHED)
    address = photo_of(visit)
    Seat.objects.update(ambassador=None, status=SeatStatus.OPEN)

    assert client_for(visit).get(address).status_code == 404


def test_the_school_s_page_shows_the_photo_in_place_of_the_initials():
    person = person_of()
    visit = make.visit(ambassador=person, status=VisitStatus.MATCHED)
    assert 'aria-hidden="true">AE<' in client_for(visit).get(reverse("visit", args=[visit.pk])).text

    make.photo(person)
    page = client_for(visit).get(reverse("visit", args=[visit.pk])).text
    assert f'src="{photo_of(visit)}"' in page
    assert 'alt="Photo of Ada Engineer"' in page and "please ask for photo ID" not in page


def test_no_school_is_shown_a_photo_before_we_have_seen_that_it_is_them():
    person = person_of()
    make.photo(person, confirmed=False)
    visit = make.visit(ambassador=person, status=VisitStatus.MATCHED)
    page = client_for(visit).get(reverse("visit", args=[visit.pk])).text
    assert photo_of(visit) not in page and "No photo on this page: please ask for photo ID." in page
    assert client_for(visit).get(photo_of(visit)).status_code == 404
    preview = client_of(person.user).get(reverse("as_schools_see_me"))
    assert preview.context["preview"].card.picture == ""
    assert "we show it once we have seen, with your document, that it is you" in preview.text
