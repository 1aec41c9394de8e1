"""Safeguarding leads suspend, look again and lift on pages that nobody else can open."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Hold
from ambassadors.operations.claiming import LINK, say_no
from bookings.enums import VisitStatus
from quality.enums import ConcernStatus
from quality.models import Suspension
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.links import find_link, mint_link
from tests import make
from tests.clients import client_of
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")


@pytest.fixture
def client(lead):
    return client_of(lead, second_factor=True)


@pytest.fixture
def person():
    return make.ambassador(name="Sam Suspended", cleared=True)


def page(client, name, *args, **query) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


def press(client, name, *args, **data) -> str:
    return client.post(reverse(name, args=args), data, follow=True).content.decode()


def test_somebody_is_found_by_name_and_suspended(client, person):
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    assert reverse("suspend", args=[person.pk]) in page(client, "suspensions", q="sam susp")
    asked = page(client, "suspend", person.pk)
    assert "What they have promised" in asked and "given back at once" in asked

    said = press(client, "suspend", person.pk, because="An allegation")

    assert "Sam Suspended is suspended, and everything promised is given back." in said
    assert Suspension.objects.get().hold.truth == "An allegation"


def test_without_a_reason_nothing_happens(client, person):
    assert "Why?" in press(client, "suspend", person.pk, because=" ")
    assert not Hold.objects.exists()


def test_a_name_that_nobody_has_is_said_to_find_nobody(client):
    assert "Nobody of that name is in the register." in page(client, "suspensions", q="zzz")


def test_reading_one_is_put_on_record(client, lead, person):
    suspension = make.suspension(person)
    assert "An allegation" in page(client, "suspension", suspension.pk)
    assert Entry.objects.filter(action="suspension.read", actor=lead, object_id=suspension.pk).count() == 1


def test_it_is_looked_at_again_proposed_and_lifted_by_a_second(client, person):
    suspension = make.suspension(person)
    assert "Answer “What was looked at" in press(client, "review_suspension", suspension.pk, note="")
    assert "It stands." in press(client, "review_suspension", suspension.pk, note="Nothing new.")
    assert "A second safeguarding lead lifts it" in press(client, "propose_lift", suspension.pk, note="All clear.")
    assert "another safeguarding lead has to be the second" in page(client, "suspension", suspension.pk)
    assert "a colleague has to be the second" in press(client, "lift_suspension", suspension.pk)

    assert "Lena Lead proposes to lift it. To be looked at again by" in page(client, "suspensions")

    second = client_of(make.staff(Role.SAFEGUARDING_LEAD), second_factor=True)
    assert "Lena Lead proposes to lift it." in page(second, "suspension", suspension.pk)
    assert "The suspension is lifted." in press(second, "lift_suspension", suspension.pk)
    suspension.refresh_from_db()
    assert suspension.hold.lifted_at is not None


def test_a_worry_leads_to_suspending_whoever_had_a_part_in_its_visit(client, person):
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    elsewhere = make.ambassador(name="Olu Elsewhere", cleared=True)
    concern = make.concern(visit=visit)

    asked = page(client, "concern", concern.pk)

    assert "Keep Sam Suspended out of schools" in asked
    assert reverse("suspend", args=[person.pk]) in asked
    assert reverse("suspend", args=[elsewhere.pk]) not in asked


@pytest.mark.parametrize("status", [ConcernStatus.CLOSED, None], ids=["closed", "of no visit"])
def test_a_worry_that_is_closed_or_of_no_visit_leads_to_nobody(status, client, person):
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    concern = make.concern(visit=visit, status=status) if status else make.concern()
    assert reverse("suspend", args=[person.pk]) not in page(client, "concern", concern.pk)


def test_a_worry_about_the_lead_s_own_visit_does_not_offer_themselves(client, lead):
    mine = make.ambassador(user=lead, cleared=True)
    concern = make.concern(visit=make.visit(ambassador=mine, status=VisitStatus.CONFIRMED))
    assert reverse("suspend", args=[mine.pk]) not in page(client, "concern", concern.pk)


def test_a_lead_who_is_suspended_finds_nothing_of_it(client, lead):
    suspension = make.suspension(make.ambassador(user=lead, cleared=True))
    assert "None stands" in page(client, "suspensions")
    assert client.get(reverse("suspension", args=[suspension.pk])).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_three(client, django_assert_max_num_queries):
    for count in (1, 2):
        for _ in range(count):
            make.suspension(make.ambassador(cleared=True))
        with django_assert_max_num_queries(12):
            page(client, "suspensions")


def test_what_is_kept_of_somebody_who_said_no_is_still_theirs_to_look_at(client, lead):
    person = make.brought(name="Kay Kept")
    shown = make.suspension(person)
    token = mint_link(LINK, person.pk, expires_at=NOW + timedelta(days=9))
    say_no(ambassador=person, link=find_link(LINK, token, at=NOW), at=NOW)
    person.refresh_from_db()
    assert person.status == AmbassadorStatus.SEALED
    assert "Kay Kept" in page(client, "suspension", shown.pk)
    assert "Kay Kept" in page(client, "suspensions")
