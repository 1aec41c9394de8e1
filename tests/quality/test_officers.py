"""The numbers of designated officers: kept by leads, and read where a worry is told on (rule C-03)."""

from datetime import date

import pytest
from django.urls import reverse

from quality.enums import ConcernStatus
from quality.models import Officer
from quality.officers import officers_listed
from quality.operations.officers import Reached, forget_officer, keep_officer
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

REACHED = Reached("LADO team", "01632 960200", "01632 960999", "lado@council.example", date(2026, 11, 2))


@pytest.fixture
def lead():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")


def typed(**said: str) -> dict[str, str]:
    usual = {"whose": "england/Leeds", "name": "LADO team", "phone": "01632 960200"}
    day = {"checked_on_0": "2", "checked_on_1": "11", "checked_on_2": "2026"}
    return {**usual, **day, **said}


def in_leeds(status: ConcernStatus = ConcernStatus.HARM_THRESHOLD):
    contact = make.contact(school=make.school(authority="Leeds"))
    visit = make.visit(contact=contact, ambassador=make.ambassador(), status="confirmed")
    return make.concern(visit=visit, status=status)


def test_a_worry_shows_the_number_of_its_schools_authority_or_else_of_its_nation(lead):
    client, worry = client_of(lead, second_factor=True), in_leeds()
    shown = lambda: client.get(reverse("concern", args=[worry.pk])).text  # noqa: E731
    make.officer("Bradford", phone="01632 960555")
    make.officer(nation=Nation.WLS, phone="01632 960666")
    assert "Nobody has written down this officer's number" in shown()
    make.officer(phone="01632 960777")
    assert "01632 960777" in shown()
    make.officer("Leeds", phone="01632 960888")
    assert "01632 960888" in shown()
    assert not {"01632 960555", "01632 960666", "01632 960777"} & set(shown().split('"'))


def test_a_lead_writes_one_down_changes_it_and_takes_it_off(lead):
    client = client_of(lead, second_factor=True)
    assert "No numbers yet" in client.get(reverse("officers")).text
    answer = client.post(reverse("keep_officer"), typed(), follow=True)
    assert "01632 960200" in answer.text and "Leeds" in answer.text
    officer = Officer.objects.get()
    form = client.get(officer.change_url).text
    assert 'value="01632 960200"' in form and 'value="england/Leeds" selected' in form

    client.post(officer.change_url, typed(phone="01632 960201"))
    assert Officer.objects.get().phone == "01632 960201"
    client.post(reverse("forget_officer", args=[officer.pk]))
    assert not Officer.objects.exists()
    record = Entry.objects.filter(action__startswith="officer.").order_by("pk").values_list("action", flat=True)
    assert list(record) == ["officer.keep", "officer.keep", "officer.forget"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"whose": ""}, "whose"),
        ({"whose": "england/Nowhere"}, "whose"),
        ({"phone": "ask me"}, "phone"),
        ({"checked_on_2": "2999"}, "checked_on"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_what_cannot_be_right_is_said_and_changes_nothing(lead, said, field):
    client = client_of(lead, second_factor=True)
    answer = client.post(reverse("keep_officer"), typed(**said))
    assert list(answer.context["form"].errors) == [field] and "error-summary" in answer.text
    assert not Officer.objects.exists()


@pytest.mark.parametrize("role", [Role.SECOND_DEPUTY, Role.COORDINATOR, Role.ADMINISTRATOR, Role.QUALITY_MANAGER])
def test_nobody_but_a_lead_keeps_them(role, lead):
    someone, officer = make.staff(role), make.officer("Leeds")
    for act in (
        lambda: keep_officer(nation=Nation.ENG, authority="Leeds", reached=REACHED, by=someone, at=make.AFTER),
        lambda: forget_officer(officer=officer, by=someone, at=make.AFTER),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.codes == ["not_safeguarding_lead"]
    assert Officer.objects.get().phone == officer.phone


def test_a_number_that_nobody_has_checked_for_a_year_is_marked(lead):
    make.officer("Leeds")
    day = make.FIRST_DAY
    assert [each.is_old for each in officers_listed(lead, on=day.replace(year=day.year + 1))] == [False]
    assert [each.is_old for each in officers_listed(lead, on=day.replace(year=day.year + 1, day=day.day + 1))] == [True]


def test_the_list_asks_as_little_of_many_as_of_one(lead, django_assert_num_queries):
    day = day_of(make.AFTER)
    make.officer("Leeds")
    officers_listed(lead, on=day)  # what roles they have is asked once
    with django_assert_num_queries(1):
        officers_listed(lead, on=day)
    for name in ("Bradford", "York"):
        make.officer(name)
    with django_assert_num_queries(1):
        assert [str(each.officer.checked_by) != "" for each in officers_listed(lead, on=day)] == [True] * 3
