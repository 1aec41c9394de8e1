"""What vetting officers do on people's records, and what they are refused."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, HoldKind, RequirementKind
from ambassadors.models import Ambassador, Hold, Requirement
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

ISSUED = {"started_on_0": "27", "started_on_1": "march", "started_on_2": "2026"}


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Vera Vetter", email="vera@scheme.example")


@pytest.fixture
def client(officer):
    return client_of(officer, second_factor=True)


@pytest.fixture
def applicant():
    return make.ambassador(name="Amina Applicant")


def page(client, name: str, *args, **query) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def press(client, name: str, pk: int, **data) -> str:
    """What the next page says after this button."""
    return client.post(reverse(name, args=[pk]), data, follow=True).content.decode()


def refused(client, name: str, pk: int, **data) -> str:
    """The form again, with what is wrong."""
    response = client.post(reverse(name, args=[pk]), data)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(rows, client, django_assert_num_queries):
    for number in range(rows):
        make.ambassador(name=f"Person {number}")
    page(client, "ambassadors")  # a new sign-in is written down once
    # the session, its person, their roles and regions; who has left; the regions and the schemes to choose from; the
    # searches they keep; how many, and these
    with django_assert_num_queries(10):
        assert page(client, "ambassadors").count('<th scope="row">') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_record_costs_the_same_however_much_is_on_it(rows, client, django_assert_num_queries):
    person = make.ambassador(cleared=True, subjects=("physics", "chemistry", "biology")[:rows])
    for _ in range(rows):
        make.hold(person, starts_on=date(2027, 3, 1))
    page(client, "ambassador", person.pk)
    # session, person, roles, regions; the record and the trace of reading it; requirements, holds, offerings, history,
    # references, and who may be the same person
    with django_assert_num_queries(12):
        page(client, "ambassador", person.pk)


def test_the_list_is_searched_and_filtered_by_its_address(client):
    make.ambassador(name="Bess Bridge", cleared=True)
    make.ambassador(name="Carl Chemist")
    assert "Carl Chemist" not in page(client, "ambassadors", q="bess")
    assert "Bess Bridge" not in page(client, "ambassadors", status="vetting")
    assert "Nobody found" in page(client, "ambassadors", q="nobody at all")


@pytest.mark.parametrize(
    "query", [{"status": "nonsense"}, {"region": "nowhere"}, {"page": "-1"}, {"page": "x"}, {"q": "\x00' OR 1=1 --"}]
)
def test_nonsense_in_the_address_narrows_nothing_and_breaks_nothing(query, client):
    make.ambassador()
    assert client.get(reverse("ambassadors"), query).status_code == 200


def test_the_next_page_keeps_the_filters(client):
    for number in range(26):
        make.ambassador(name=f"Person {number:02}")
    said = page(client, "ambassadors", status="vetting")
    assert "1 to 25 of 26" in said and "?status=vetting&amp;page=2" in said
    assert page(client, "ambassadors", status="vetting", page="2").count('<th scope="row">') == 1


def test_reading_a_record_is_itself_on_record(client, officer, applicant):
    page(client, "ambassador", applicant.pk)
    entry = Entry.objects.get(action="ambassador.read")
    assert (entry.actor, entry.object_id, entry.at) == (officer, str(applicant.pk), make.NOW)


def test_a_record_says_that_someone_cleared_is_bookable_today(client):
    said = page(client, "ambassador", make.ambassador(cleared=True).pk)
    assert "Nothing stands against asking this person" in said
    assert "Recheck due Saturday 1 September 2029" in said
    assert "expire" not in said.lower()


def test_a_record_gives_every_reason_why_not(client, applicant):
    said = page(client, "ambassador", applicant.pk)
    for kind in RequirementKind:
        assert f"{kind.label}: not in date that day." in said
    assert "Not active: Being vetted." in said


def test_an_officer_records_a_requirement(client, officer, applicant):
    press(client, "record_requirement", applicant.pk, kind="SAFEG", **ISSUED)
    row = Requirement.objects.get()
    assert (row.kind, row.started_on, row.valid_until, row.recorded_by) == (
        "SAFEG",
        date(2026, 3, 27),
        date(2029, 3, 26),
        officer,
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "ID", **ISSUED}, "Say which documents you saw"),
        ({"kind": "SAFEG", "documents": ["passport"], **ISSUED}, "Say which documents you saw"),
        ({"kind": "ID", "documents": ["a face"], **ISSUED}, "Choose"),
        ({"kind": "CRC", **ISSUED}, "Choose one of the answers offered"),
        (
            {"kind": "ID", "started_on_0": "1", "started_on_1": "2", "started_on_2": "2027"},
            "This date is in the future: give the day it was done or issued.",
        ),
        ({"kind": "ID", "started_on_0": "31", "started_on_1": "2", "started_on_2": "2026"}, "Enter a real date"),
        ({"kind": "'; DROP", **ISSUED}, "Choose one of the answers offered"),
        ({"kind": "ID"}, "Answer “When was it done, or seen?”."),
    ],
)
def test_a_requirement_that_makes_no_sense_is_refused_in_one_sentence(data, sentence, client, applicant):
    assert sentence in refused(client, "record_requirement", applicant.pk, **data)
    assert not Requirement.objects.exists()


def test_of_identity_the_kinds_of_document_are_kept_and_of_anything_else_where_its_evidence_is(client, applicant):
    press(client, "record_requirement", applicant.pk, kind="ID", documents=["passport", "household_bill"], **ISSUED)
    press(client, "record_requirement", applicant.pk, kind="SAFEG", evidence="E-mail of 3 March", **ISSUED)
    said = page(client, "ambassador", applicant.pk)
    assert "Passport, Council tax or utility bill" in said and "E-mail of 3 March" in said


def test_withdrawing_asks_first_and_keeps_the_row(client, officer, applicant):
    row = make.requirement(applicant, kind=RequirementKind.ID, recorded_by=officer)
    assert "Withdraw this record?" in page(client, "withdraw_requirement", row.pk)
    row.refresh_from_db()
    assert row.withdrawn_at is None
    assert "Withdrawn by Vera Vetter" in press(client, "withdraw_requirement", row.pk)
    assert "This record has been withdrawn already." in press(client, "withdraw_requirement", row.pk)


def test_approval_says_what_is_missing(client, applicant):
    make.clear(applicant)
    Requirement.objects.filter(kind__in=["SAFEG", "REF"]).delete()
    said = press(client, "approve_application", applicant.pk)
    assert "Two references accepted: not in date that day. Safeguarding training: not in date that day." in said
    assert Ambassador.objects.get(pk=applicant.pk).status == AmbassadorStatus.VETTING


def test_approval_takes_a_vetted_person_in(client, applicant):
    make.clear(applicant)
    assert reverse("approve_application", args=[applicant.pk]) in page(client, "ambassador", applicant.pk)
    assert "Amina Applicant is an ambassador now" in press(client, "approve_application", applicant.pk)
    assert "This has changed since you opened the page." in press(client, "approve_application", applicant.pk)


def test_declining_takes_a_ground_and_a_reason(client, applicant):
    assert "Answer “On what ground?”." in refused(client, "decline_application", applicant.pk, because="Because")
    said = refused(client, "decline_application", applicant.pk, ground="references", because=" ")
    assert "Say why, for the record." in said
    told = press(client, "decline_application", applicant.pk, ground="references", because="Nobody answered")
    assert "Declined. Amina Applicant will be told how to ask about it." in told
    assert Ambassador.objects.get(pk=applicant.pk).status == AmbassadorStatus.DECLINED
    said = page(client, "ambassador", applicant.pk)
    assert "References missing, or not accepted" in said and "Nobody answered" in said


FROM_TODAY = {"starts_on_0": "12", "starts_on_1": "1", "starts_on_2": "2027"}


def test_a_hold_is_set_and_lifted(client, officer):
    person = make.ambassador(cleared=True)
    press(client, "set_hold", person.pk, kind="quality", truth="Two late arrivals", **FROM_TODAY)
    said = page(client, "ambassador", person.pk)
    assert "On hold: Two late arrivals." in said
    hold = Hold.objects.get()
    assert "The hold is lifted." in press(client, "lift_hold", hold.pk)
    assert "This hold has been lifted already." in press(client, "lift_hold", hold.pk)
    assert "Nothing stands against" in page(client, "ambassador", person.pk)
    assert list(Entry.objects.filter(action__startswith="hold").values_list("action", flat=True)) == [
        "hold.set",
        "hold.lift",
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "quality", "truth": "", **FROM_TODAY}, "Say why, for those entitled to know."),
        (
            {"kind": "away", "ends_on_0": "1", "ends_on_1": "1", "ends_on_2": "2027", **FROM_TODAY},
            "The last day cannot be before the first.",
        ),
        ({"kind": "safeguarding", "truth": "x", **FROM_TODAY}, "Choose one of the answers offered"),
    ],
)
def test_a_hold_that_makes_no_sense_is_refused(data, sentence, client, applicant):
    assert sentence in refused(client, "set_hold", applicant.pk, **data)
    assert not Hold.objects.exists()


def test_a_safeguarding_hold_says_no_more_than_unavailable(client):
    person = make.ambassador(cleared=True)
    hold = make.hold(person, kind=HoldKind.SAFEGUARDING, truth="An allegation", starts_on=date(2027, 1, 1))
    Hold.objects.filter(pk=hold.pk).update(set_by=make.staff(Role.SAFEGUARDING_LEAD, name="Lena Lead"))
    said = page(client, "ambassador", person.pk)
    assert "An allegation" not in said and "Safeguarding</" not in said
    assert "Unavailable" in said
    assert "Lena Lead" not in said
    told = press(client, "lift_hold", hold.pk)
    assert "This hold is not yours to change." in told and "afeguarding lead" not in told


def test_an_officer_of_another_region_finds_nobody(applicant):
    region = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=region, area="CT")
    client = client_of(make.staff(Role.VETTING_OFFICER, regions=(region,)), second_factor=True)
    row = make.requirement(applicant, kind=RequirementKind.ID, recorded_by=make.user())
    assert "Amina Applicant" not in page(client, "ambassadors")
    for name, pk in [("ambassador", applicant.pk), ("set_hold", applicant.pk), ("withdraw_requirement", row.pk)]:
        assert client.get(reverse(name, args=[pk])).status_code == 404
    for name, pk in [("approve_application", applicant.pk), ("begin_check", applicant.pk)]:
        assert client.post(reverse(name, args=[pk])).status_code == 404


def test_nobody_finds_their_own_record_among_those_they_vet(client, officer):
    own = make.ambassador(user=officer, name="Vera Vetter")
    assert client.get(reverse("ambassador", args=[own.pk])).status_code == 404


def test_without_a_second_factor_the_register_stays_shut(officer, applicant):
    response = client_of(officer).get(reverse("ambassador", args=[applicant.pk]))
    assert response.status_code == 302
    assert not Entry.objects.filter(action="ambassador.read").exists()
