"""Each sentence that is texted: one message of the GSM alphabet, with no name of a person in it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bookings import texts
from bookings.enums import VisitStatus
from bookings.models import Visit
from schools.models import School
from stem.letters.drafts import Draft
from stem.texts.gsm import BASIC, EXTENDED, LONGEST, room_of
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "https://scheme.example/visits/{}/"
TIME = (make.NOW + timedelta(days=1, hours=-2, minutes=15), make.NOW + timedelta(days=1))
SENTENCES = {
    "visit_called_off": (VisitStatus.CANCELLED_BY_SCHOOL, "Called off: visit at {}, Wed 13 Jan, 10:15am. {}"),
    "visit_moved": (VisitStatus.CONFIRMED, "Moved: visit at {} is now on Wed 13 Jan, 10:15am. {}"),
    "person_withdrew": (
        VisitStatus.FINDING,
        "Visit at {}, Wed 13 Jan, 10:15am: somebody cannot come, we look for somebody else. {}",
    ),
}
NAMES = {
    "Beckside Academy": "Beckside Academy",
    "Ysgol Gymraeg Llŷn": "Ysgol Gymraeg Llyn",
    "St Mary’s – Upper": "St Mary's - Upper",
}
LONG = "The Archbishop of the Northern Province’s Church of England Voluntary Aided Junior, Infant and Nursery School"


@pytest.fixture(autouse=True)
def scheme(settings) -> None:
    settings.BASE_URL = "https://scheme.example"


def a_visit(status: VisitStatus, *, name: str = "Beckside Academy") -> Visit:
    contact = make.contact(user=make.user(name="Tess Teacher"), school=make.school(name=name))
    return make.visit(
        contact=contact, ambassador=make.ambassador(name="Pat Person", cleared=True), status=status, time=TIME
    )


def told(fact: str, visit: Visit, **ids: object) -> str | None:
    draft = Draft(at=make.NOW)
    said = {"visit_id": visit.pk, "sequence": visit.sequence, "user_id": visit.request.contact.user_id, **ids}
    words = getattr(texts, fact)(draft, **said)
    return words.words if words else None


@pytest.mark.parametrize("fact", SENTENCES)
@pytest.mark.parametrize("name", NAMES)
def test_each_says_what_when_which_school_and_where_to_read_more(fact, name):
    status, sentence = SENTENCES[fact]
    visit = a_visit(status, name=name)
    assert told(fact, visit) == sentence.format(NAMES[name], PAGE.format(visit.pk))


def test_whom_a_rule_takes_out_is_told_where_to_ask():
    visit, person = a_visit(VisitStatus.CONFIRMED), make.ambassador(cleared=True)
    said = told("no_longer_expected", visit, user_id=person.user_id, starts_at=TIME[0].isoformat())
    assert said == (
        "You are no longer expected at Beckside Academy, Wed 13 Jan, 10:15am. https://scheme.example/contact/"
    )


def test_and_not_if_they_have_a_seat_again():
    visit = a_visit(VisitStatus.CONFIRMED)
    user_id = visit.seats.get().ambassador.user_id
    assert told("no_longer_expected", visit, user_id=user_id, starts_at=TIME[0].isoformat()) is None


@pytest.mark.parametrize("fact", SENTENCES)
def test_a_long_name_loses_its_end_and_nothing_else_does(fact):
    status, sentence = SENTENCES[fact]
    visit = a_visit(status, name=LONG)
    said = told(fact, visit)
    before, between, _after = sentence.split("{}")
    assert said.startswith(f"{before}The Archbishop of the") and said.endswith(f"...{between}{PAGE.format(visit.pk)}")
    assert 157 <= room_of(said) <= LONGEST


@pytest.mark.parametrize("fact", SENTENCES)
def test_it_names_nobody(fact):
    said = told(fact, a_visit(SENTENCES[fact][0]))
    assert not [name for name in ("Tess", "Teacher", "Pat", "Person", "Sam", "Dee") if name in said]


@pytest.mark.parametrize("fact", SENTENCES)
def test_what_has_changed_since_or_concerns_its_reader_no_longer_is_not_told(fact):
    visit = a_visit(SENTENCES[fact][0])
    assert told(fact, visit, sequence=visit.sequence + 1) is None
    assert told(fact, visit, user_id=make.user().pk) is None
    Visit.objects.update(status=VisitStatus.DELIVERED)
    assert told(fact, visit) is None


def test_whoever_has_a_seat_is_concerned_as_well():
    visit = a_visit(VisitStatus.CANCELLED_BY_SCHEME)
    assert told("visit_called_off", visit, user_id=visit.seats.get().ambassador.user_id)


def test_in_summer_it_is_london_s_time():
    visit = a_visit(VisitStatus.CANCELLED_BY_SCHOOL)
    starts = datetime.fromisoformat("2027-07-01T11:00:00+00:00")
    Visit.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=1))
    assert ", Thu 1 Jul, midday. " in told("visit_called_off", visit)


class AnySchool(TestCase):
    @settings(deadline=None)
    @given(
        name=st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=150),
        fact=st.sampled_from(list(SENTENCES)),
        key=st.integers(1, 10**9),
    )
    def test_whatever_a_school_is_called_it_is_one_message_that_ends_with_the_page(self, name, fact, key):
        visit = a_visit(SENTENCES[fact][0])
        School.objects.filter(pk=visit.request.school_id).update(name=name)
        said = told(fact, visit)
        assert room_of(said) <= LONGEST and set(said) <= BASIC | EXTENDED
        assert said.endswith(PAGE.format(visit.pk)) and "13 Jan, 10:15am" in said
