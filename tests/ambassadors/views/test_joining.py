"""Beginning to join, and one's times away."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, HoldKind, RequirementKind
from ambassadors.models import Ambassador, Application
from stem.accounts.roles import Role
from stem.letters.models import Letter
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def away(start: timedelta, end: timedelta) -> dict[str, str]:
    today = timezone.localdate()
    days = {"starts_on": today + start, "ends_on": today + end}
    return {
        f"{name}_{part}": str(getattr(day, column))
        for name, day in days.items()
        for part, column in enumerate(("day", "month", "year"))
    }


def test_looking_at_the_start_begins_nothing():
    user = make.user(name="Ada Engineer")

    assert "Begin" in client_of(user).get(reverse("join_as_ambassador")).text

    assert not Ambassador.objects.exists()


def test_who_begins_is_asked_who_they_are_and_not_what_their_account_knows():
    user = make.user(name="Ada Engineer", phone="07700 900123")

    response = client_of(user).post(reverse("begin_application"))

    person = Ambassador.objects.get(user=user)
    assert response["Location"] == reverse("about_me")
    assert (person.full_name, person.phone, person.status) == ("Ada Engineer", "07700 900123", AmbassadorStatus.DRAFT)


def test_beginning_twice_makes_one_person():
    client = client_of(make.user())
    client.post(reverse("begin_application"))

    client.post(reverse("begin_application"))

    assert Ambassador.objects.count() == 1


def test_who_takes_part_has_nothing_to_begin():
    person = make.ambassador(cleared=True)

    assert client_of(person.user).get(reverse("join_as_ambassador"))["Location"] == reverse("ambassador_home")


def test_someone_not_in_the_register_goes_and_joins():
    client = client_of(make.user())
    for name in ("edit_profile", "go_away"):
        assert client.get(reverse(name))["Location"] == reverse("join_as_ambassador")


def test_days_away_are_kept_and_listed():
    person = make.ambassador(cleared=True)
    client = client_of(person.user)

    client.post(reverse("go_away"), away(timedelta(days=10), timedelta(days=12)))

    hold = person.holds.get()
    assert (hold.kind, hold.set_by) == (HoldKind.AWAY, person.user)
    assert (hold.ends_on - hold.starts_on) == timedelta(days=2)
    assert client.get(reverse("go_away")).context["periods"] == [hold]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (12, 10, "The last day comes before the first. Change one of them."),
        (-12, -10, "These days are over. Give days that are still to come."),
    ],
)
def test_days_that_cannot_be_are_refused(start, end, words):
    person = make.ambassador(cleared=True)

    page = client_of(person.user).post(reverse("go_away"), away(timedelta(days=start), timedelta(days=end)))

    assert errors(page) == {"ends_on": [words]}
    assert not person.holds.exists()


def test_other_people_s_reasons_are_not_listed_among_days_away():
    person = make.ambassador(cleared=True)
    make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=timezone.localdate(), truth="Private")

    page = client_of(person.user).get(reverse("go_away"))

    assert page.context["periods"] == []
    assert "Private" not in page.text


def test_a_break_begins_and_ends():
    person = make.ambassador(cleared=True)
    client = client_of(person.user)

    client.post(reverse("take_a_break"))
    person.refresh_from_db()
    assert person.status == AmbassadorStatus.PAUSED

    client.post(reverse("come_back"))
    person.refresh_from_db()
    assert person.status == AmbassadorStatus.ACTIVE


def test_a_break_is_not_begun_by_looking():
    person = make.ambassador(cleared=True)

    assert client_of(person.user).get(reverse("take_a_break")).status_code == 405


def test_someone_being_vetted_has_no_break_to_take():
    person = make.ambassador()

    client_of(person.user).post(reverse("take_a_break"))

    person.refresh_from_db()
    assert person.status == AmbassadorStatus.VETTING


@pytest.fixture
def whole():
    """Someone who has given all that sending in asks for, and has not sent it."""
    person = make.applicant(status=AmbassadorStatus.DRAFT)
    for kind in (RequirementKind.ELIG, RequirementKind.SELF, RequirementKind.CODE):
        make.requirement(person, kind=kind, recorded_by=person.user)
    return person


def test_what_is_whole_is_sent_once_and_with_one_letter(whole):
    client = client_of(whole.user)

    for _ in range(2):
        assert client.post(reverse("send_application"))["Location"] == reverse("application_sent")

    whole.refresh_from_db()
    assert whole.status == AmbassadorStatus.VETTING
    assert Letter.objects.filter(recipient=whole.user).count() == 1


def test_what_is_not_whole_is_not_sent_and_says_what_is_missing(whole):
    whole.requirements.filter(kind=RequirementKind.SELF).delete()

    page = client_of(whole.user).post(reverse("send_application"))

    assert "Before you send it in, finish “Your declaration”." in page.text
    whole.refresh_from_db()
    assert whole.status == AmbassadorStatus.DRAFT
    assert not Letter.objects.exists()


def ask(person: Ambassador, **columns) -> None:
    Application.objects.filter(ambassador=person).update(
        asked_for="Your middle name, please.",
        asked_by=make.staff(Role.VETTING_OFFICER),
        asked_at=make.NOW,
        **columns,
    )


def test_what_an_officer_asked_for_stands_first_until_it_is_answered():
    person = make.applicant()
    client = client_of(person.user)
    assert "We need something more from you" not in client.get(reverse("join_as_ambassador")).text

    ask(person)
    page = client.get(reverse("join_as_ambassador")).text
    assert page.index("Your middle name, please.") < page.index("About you")
    assert reverse("answer_asked") in page

    ask(person, answered_at=make.NOW)
    assert "Your middle name" not in client.get(reverse("join_as_ambassador")).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_tasks_asks_as_often_however_many_rows_there_are(count, django_assert_num_queries):
    person = make.applicant()
    ask(person)
    for number in range(count):
        make.referee(person, email=f"referee{number}@northern.example")
        make.requirement(person, kind=list(RequirementKind)[number], recorded_by=person.user)
    client = client_of(person.user)

    with django_assert_num_queries(8):
        client.get(reverse("join_as_ambassador"))
