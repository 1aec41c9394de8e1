"""What an ambassador gave, year by year: the certificate, its page, and the letter that thanks for a year."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, HoldKind
from bookings.enums import RequestStatus, VisitStatus
from quality.enums import FeedbackSide
from quality.given import Given, record_of
from quality.instruments import CURRENT, load_instrument
from quality.operations.thanking import thank_for_year
from stem.letters.models import Letter, UnwantedKind
from stem.letters.sending import send_due
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

SEPTEMBER = datetime(2027, 9, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def ada():
    return make.ambassador(cleared=True)


def gave(person, day: datetime, *, minutes: int = 60, pupils: object = None, contact=None, **asked):
    """A visit of theirs that took place, and how many pupils its teacher counted, if they did."""
    request = make.request(contact=contact or make.contact(), status=RequestStatus.FULFILLED, **asked)
    time = (day, day + timedelta(minutes=minutes))
    visit = make.visit(request=request, ambassador=person, status=VisitStatus.DELIVERED, time=time)
    if pupils is not None:
        make.feedback(visit=visit, answers={**make.TEACHER_SAYS, "TF3": pupils})
    return visit


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def of_year(person, year: int, *, when: datetime = SEPTEMBER) -> Given:
    given = record_of(person, at=when).of(year)
    assert given is not None
    return given


def test_a_year_is_from_september_to_august_as_london_s_clocks_show_it(ada):
    # In summer London is an hour ahead: the last evening of August, and the first hour of September.
    gave(ada, datetime(2026, 8, 31, 22, 30, tzinfo=UTC), minutes=20)
    gave(ada, datetime(2026, 8, 31, 23, 30, tzinfo=UTC))
    gave(ada, at(2027, 8, 31))

    assert [(each.name, each.visits) for each in record_of(ada, at=SEPTEMBER).years] == [("2026–27", 2), ("2025–26", 1)]


def test_visits_hours_schools_and_subjects_of_a_year_are_counted_and_pupils_where_a_teacher_counted_them(ada):
    school = make.contact()
    gave(ada, at(2026, 10, 6), minutes=90, pupils=28, contact=school)
    gave(ada, at(2026, 11, 3), pupils="31", contact=school, subject="physics", activity="workshop")
    gave(ada, at(2026, 12, 1))

    given = of_year(ada, 2026)

    assert (given.visits, given.hours, given.schools, given.young_people) == (3, "3½ hours", 2, 59)
    assert given.how_counted == "as teachers counted them in 2 of 3 visits"
    assert given.subjects == ("Civil and structural engineering", "Physics")
    assert given.activities == ("Careers talk", "Hands-on workshop")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (5, "½ hour"),
        (30, "½ hour"),
        (60, "1 hour"),
        (70, "1 hour"),
        (90, "1½ hours"),
        (100, "1½ hours"),
        (120, "2 hours"),
    ],
)
def test_hours_are_told_by_the_half(minutes, words, ada):
    gave(ada, at(2026, 10, 6), minutes=minutes)
    assert of_year(ada, 2026).hours == words


def test_the_pupils_of_a_series_are_the_same_ones_each_time(ada):
    first = gave(ada, at(2026, 10, 6), pupils=20, activity="stem_club", meetings=3, weeks_apart=1)
    for week, pupils in ((1, 22), (2, 18)):
        time = (first.starts_at + timedelta(weeks=week), first.ends_at + timedelta(weeks=week))
        columns = {"request": first.request, "ambassador": ada, "time": time, "number": week + 1}
        visit = make.visit(status=VisitStatus.DELIVERED, **columns)
        make.feedback(visit=visit, answers={**make.TEACHER_SAYS, "TF3": pupils})

    given = of_year(ada, 2026)
    assert (given.visits, given.young_people, given.counted) == (3, 22, 3)


def test_what_did_not_take_place_and_what_was_only_watched_is_not_among_them(ada):
    watched = gave(make.ambassador(cleared=True), at(2026, 10, 6))
    make.watched(watched, ambassador=ada)
    make.visit(ambassador=ada, status=VisitStatus.CONFIRMED)

    assert record_of(ada, at=SEPTEMBER).years == []
    assert record_of(ada, at=SEPTEMBER).in_all is None


def test_how_many_came_is_not_told_before_the_school_s_form_may_be_known_of(ada):
    visit = gave(ada, at(2026, 10, 6), pupils=28)
    sent = visit.ends_at + timedelta(days=1)

    assert of_year(ada, 2026, when=sent).counted == 0
    assert of_year(ada, 2026, when=visit.ends_at + timedelta(days=14)).young_people == 28
    make.feedback(visit=visit, side=FeedbackSide.AMBASSADOR, answers=make.AMBASSADOR_SAYS)
    assert of_year(ada, 2026, when=sent).young_people == 28


def certificate(person, year: int):
    return client_of(person.user).get(reverse("certificate", args=[year]))


@pytest.fixture
def spring(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: at(2027, 3, 1))


def test_the_running_year_is_so_far_and_the_one_before_is_final(ada, spring):
    gave(ada, at(2026, 2, 3), pupils=30)
    gave(ada, at(2026, 10, 6))

    before, now = certificate(ada, 2025).text, certificate(ada, 2026).text

    assert "this is final" in before and "so far" not in before
    assert "so far" in now and "final" not in now
    assert "Ada Engineer" in before and "Young people: as their teachers counted them." in before
    assert "young people" not in now, "nobody has counted them"
    page = client_of(ada.user).get(reverse("certificates")).text
    assert page.index("2026–27") < page.index("2025–26") and page.count("So far") == 1


def test_without_a_visit_the_pages_say_so_kindly_and_lead_nowhere(ada, spring):
    page = client_of(ada.user).get(reverse("certificates")).text
    assert "None yet" in page and reverse("certificate", args=[2026]) not in page
    assert reverse("endorsement") not in page
    assert "No visit in 2026–27" in certificate(ada, 2026).text
    assert [certificate(ada, year).status_code for year in (1999, 2027, 9999)] == [404] * 3


def test_nobody_reads_another_s(ada, spring):
    gave(ada, at(2026, 10, 6))
    other = make.ambassador(name="Otto Other", cleared=True)
    assert "No visit in 2026–27" in certificate(other, 2026).text
    assert "Ada" not in certificate(other, 2026).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_however_many_visits_there_are(rows, ada, spring, django_assert_num_queries):
    for number in range(rows):
        gave(ada, at(2026, 10, 6 + number), pupils=20)
    client = client_of(ada.user)
    for address in (reverse("certificates"), reverse("certificate", args=[2026])):
        client.get(address)
        with django_assert_num_queries(6):
            client.get(address)


# The letter of September.


def thanked() -> list[str]:
    return sorted(Letter.objects.filter(fact__endswith=".year_thanked").values_list("recipient__full_name", flat=True))


def test_in_september_each_who_made_a_visit_in_the_year_that_has_ended_is_thanked_once(ada, outbox):
    gave(ada, at(2027, 8, 20))
    gave(ada, at(2026, 9, 1))
    gave(make.ambassador(name="Earl Earlier", cleared=True), at(2026, 7, 1))
    gave(make.ambassador(name="Lata Later", cleared=True), at(2027, 9, 3))
    gave(make.ambassador(name="Gina Gone", cleared=True, status=AmbassadorStatus.LEFT), at(2027, 1, 5))

    assert thank_for_year(at=SEPTEMBER) == 1
    assert thank_for_year(at=SEPTEMBER + timedelta(days=1)) == 0
    assert thanked() == ["Ada Engineer"]

    send_due(at=SEPTEMBER)
    [message] = outbox
    assert "you made 2 visits, and gave 2 hours" in message.body
    assert reverse("certificate", args=[2026]) in message.body


@pytest.mark.parametrize("day", [(2027, 9, 14), (2027, 10, 1), (2027, 8, 31), (2027, 1, 12)])
def test_on_other_days_nobody_is(day, ada):
    gave(ada, at(2026, 10, 6))
    gave(ada, at(2025, 10, 7))
    assert thank_for_year(at=at(*day)) == 0
    assert thanked() == []


def test_whoever_is_suspended_meanwhile_or_wants_no_thanks_is_not_written_to(ada, outbox):
    gave(ada, at(2026, 10, 6))
    modest = make.ambassador(name="Mo Modest", cleared=True)
    gave(modest, at(2026, 10, 6))
    UnwantedKind.objects.create(user=modest.user, kind="receipts", since=SEPTEMBER)
    assert thank_for_year(at=SEPTEMBER) == 2
    make.hold(ada, kind=HoldKind.SAFEGUARDING, starts_on=SEPTEMBER.date())

    send_due(at=SEPTEMBER)
    assert outbox == []


def test_a_teacher_is_asked_whether_others_may_read_what_worked_well():
    assert "T17" in {each.code for each in load_instrument(CURRENT[FeedbackSide.TEACHER]).questions}
