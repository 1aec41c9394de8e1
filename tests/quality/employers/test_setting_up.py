"""Who sets employers up, how their names are kept apart, and who reads for them."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from quality.employers.register import employers_listed
from quality.home import find_home
from quality.models import Employer, EmployerLead, EmployerSpelling
from quality.operations.employers import (
    accept_invitation,
    add_spelling,
    end_lead,
    forget_leads,
    invite_lead,
    remove_spelling,
    set_up_employer,
)
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region
from stem.letters.links import find_link, mint_link
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.nations import Nation
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

NOW = make.NOW


@pytest.fixture
def cora():
    return make.staff(Role.COORDINATOR)


@pytest.fixture
def northern(cora) -> Employer:
    return set_up_employer(name="Northern Bridges", by=cora, at=NOW)


def link_for(lead: EmployerLead):
    """The link from somebody's letter."""
    token = mint_link("accept_invitation", lead.pk, expires_at=NOW + timedelta(days=28))
    return find_link("accept_invitation", token, at=NOW)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_coordinator_or_an_administrator_sets_one_up(role):
    made = set_up_employer(name=" Northern Bridges Ltd ", by=make.staff(role), at=NOW)
    assert [each.key for each in made.spellings.all()] == ["northernbridges"]
    assert made.name == "Northern Bridges Ltd"


@pytest.mark.parametrize("role", [Role.VETTING_OFFICER, Role.QUALITY_MANAGER, Role.SAFEGUARDING_LEAD])
def test_nobody_else_does(role):
    with pytest.raises(Refusal) as refused:
        set_up_employer(name="Northern Bridges", by=make.staff(role), at=NOW)
    assert refused.value.codes == ["not_for_employers"]
    assert not Employer.objects.exists()


def test_a_name_is_given_once(northern, cora):
    with pytest.raises(Refusal) as refused:
        set_up_employer(name="Northern Bridges", by=cora, at=NOW)
    assert refused.value.codes == ["name"]
    assert Employer.objects.count() == 1


def test_no_two_employers_share_a_way_to_be_written(northern, cora):
    southern = set_up_employer(name="Southern Tunnels", by=cora, at=NOW)
    with pytest.raises(Refusal) as refused:
        add_spelling(employer=southern, words="NORTHERN BRIDGES plc", by=cora, at=NOW)
    assert refused.value.codes == ["words"]
    assert "Northern Bridges" in refused.value.told_to()
    assert southern.spellings.count() == 1


def test_a_way_to_write_it_that_holds_no_letter_is_none(northern, cora):
    with pytest.raises(Refusal) as refused:
        add_spelling(employer=northern, words=" .,- ", by=cora, at=NOW)
    assert refused.value.codes == ["words"]


def test_each_way_says_how_many_people_write_it_so(northern, cora):
    add_spelling(employer=northern, words="NBL", by=cora, at=NOW)
    for words in ("Northern Bridges", "northern bridges ltd.", "N.B.L.", "Southern Tunnels"):
        make.ambassador(organisation=words)
    make.ambassador(organisation="Northern Bridges", status="left")
    (listed,) = employers_listed(cora)
    assert {each.spelling.words: each.people for each in listed.spelt} == {"Northern Bridges": 2, "NBL": 1}
    assert listed.people == 3


def test_a_way_that_was_removed_counts_nobody_and_is_on_record(northern, cora):
    remove_spelling(spelling=northern.spellings.get(), by=cora, at=NOW)
    assert not EmployerSpelling.objects.exists()
    assert Entry.objects.filter(action="employer_spelling.remove", actor=cora).exists()


def test_a_coordinator_of_one_region_reads_whom_to_ask_and_changes_nothing(northern, cora):
    lead = make.employer_lead(northern)
    shetland = Region.objects.create(name="Shetland", slug="shetland", nation=Nation.SCO)
    client = client_of(make.staff(Role.COORDINATOR, regions=(shetland,)), second_factor=True)
    assert "people of one employer live in many regions" in client.get(reverse("employers")).text
    assert client.post(reverse("employers"), {"name": "Southern Bridges"}).status_code == 200
    assert client.get(reverse("employer", args=[northern.pk])).status_code == 404
    for name, pk in (("end_lead", lead.pk), ("remove_spelling", northern.spellings.get().pk)):
        assert client.post(reverse(name, args=[pk])).status_code == 404
    assert [str(each) for each in Employer.objects.all()] == ["Northern Bridges"]
    assert northern.spellings.count() == EmployerLead.objects.live().count() == 1


# --- who reads for it


def test_whoever_is_invited_gets_a_letter_whose_link_makes_them_an_account(northern, cora):
    lead = invite_lead(employer=northern, email=" Lea.Lead@Bridges.example ", by=cora, at=NOW)
    Letter.objects.update(next_try_at=NOW)
    send_due(at=NOW)
    (letter,) = mail.outbox
    assert letter.to == ["lea.lead@bridges.example"] and "/employer/invitation/" in str(letter.body)
    accept_invitation(link=link_for(lead), full_name="Lea Lead", at=NOW)
    user = User.objects.get(email="lea.lead@bridges.example")
    assert (user.full_name, user.has_usable_password()) == ("Lea Lead", False)
    assert EmailAddress.objects.get(user=user).verified
    assert find_home(user) == "employer_page"


def test_whoever_has_an_account_keeps_it_and_its_other_parts(northern, cora):
    person = make.ambassador(cleared=True)
    lead = invite_lead(employer=northern, email=person.user.email, by=cora, at=NOW)
    accept_invitation(link=link_for(lead), full_name="", at=NOW)
    person.user.refresh_from_db()
    assert person.user.has_usable_password()
    assert find_home(person.user) == "ambassador_home"
    assert client_of(person.user).get(reverse("employer_page")).status_code == 200
    assert reverse("employer_page") in client_of(person.user).get(reverse("count_for_employer")).content.decode()


def test_of_an_account_that_never_showed_the_address_was_its_own_the_password_goes(northern, cora):
    somebody = make.user(email="lea@bridges.example")
    EmailAddress.objects.filter(user=somebody).update(verified=False)
    theirs = client_of(somebody)
    lead = invite_lead(employer=northern, email="lea@bridges.example", by=cora, at=NOW)
    accept_invitation(link=link_for(lead), full_name="", at=NOW)
    somebody.refresh_from_db()
    assert not somebody.has_usable_password()
    assert "/login/" in theirs.get(reverse("employer_page")).url


def test_an_account_needs_a_name(northern, cora):
    lead = invite_lead(employer=northern, email="lea@bridges.example", by=cora, at=NOW)
    with pytest.raises(Refusal) as refused:
        accept_invitation(link=link_for(lead), full_name=" ", at=NOW)
    assert refused.value.codes == ["full_name"]
    lead.refresh_from_db()
    assert lead.accepted_at is None and not User.objects.filter(email="lea@bridges.example").exists()


def test_an_invitation_is_accepted_once(northern, cora):
    lead = invite_lead(employer=northern, email="lea@bridges.example", by=cora, at=NOW)
    link = link_for(lead)
    accept_invitation(link=link, full_name="Lea Lead", at=NOW)
    with pytest.raises(Refusal) as refused:
        accept_invitation(link=link, full_name="Mal Other", at=NOW)
    assert refused.value.codes == ["link_used"]
    assert User.objects.get(email="lea@bridges.example").full_name == "Lea Lead"


def test_an_invitation_that_was_taken_back_opens_nothing_and_its_letter_stays_away(northern, cora):
    lead = invite_lead(employer=northern, email="lea@bridges.example", by=cora, at=NOW)
    end_lead(lead=lead, by=cora, at=NOW)
    with pytest.raises(Refusal) as refused:
        accept_invitation(link=link_for(lead), full_name="Lea Lead", at=NOW)
    assert refused.value.codes == ["ended"]
    Letter.objects.update(next_try_at=NOW)
    send_due(at=NOW)
    assert mail.outbox == [] and not User.objects.filter(email="lea@bridges.example").exists()


def test_an_address_reads_for_one_employer_until_that_has_ended(northern, cora):
    southern = set_up_employer(name="Southern Tunnels", by=cora, at=NOW)
    first = invite_lead(employer=northern, email="lea@bridges.example", by=cora, at=NOW)
    with pytest.raises(Refusal) as refused:
        invite_lead(employer=southern, email="LEA@bridges.example", by=cora, at=NOW)
    assert refused.value.codes == ["email"]
    end_lead(lead=first, by=cora, at=NOW)
    assert invite_lead(employer=southern, email="lea@bridges.example", by=cora, at=NOW).pk != first.pk


def test_whoever_reads_at_an_address_is_not_asked_there_again_and_no_address_is_kept_twice(northern, cora):
    lead = make.employer_lead(northern)
    assert lead.email == ""
    with pytest.raises(Refusal) as refused:
        invite_lead(employer=northern, email=lead.user.email, by=cora, at=NOW)
    assert refused.value.codes == ["email"]
    assert EmployerLead.objects.count() == 1


def test_whoever_reads_for_one_employer_says_yes_to_no_other(northern, cora):
    lead = make.employer_lead(northern)
    asked = invite_lead(employer=northern, email="other@bridges.example", by=cora, at=NOW)
    User.objects.filter(pk=lead.user_id).update(email="other@bridges.example")
    with pytest.raises(Refusal) as refused:
        accept_invitation(link=link_for(asked), full_name="", at=NOW)
    assert refused.value.codes == ["reads_already"]
    asked.refresh_from_db()
    assert asked.accepted_at is None


def test_access_ends_at_once_and_twice_is_once(northern, cora):
    lead = make.employer_lead(northern)
    client = client_of(lead.user)
    assert client.get(reverse("employer_page")).status_code == 200
    end_lead(lead=lead, by=cora, at=NOW)
    end_lead(lead=lead, by=cora, at=NOW + timedelta(days=1))
    assert client.get(reverse("employer_page")).url == reverse("home")
    assert client.get(reverse("export_employer_page")).url == reverse("home")
    assert find_home(lead.user) is None
    lead.refresh_from_db()
    assert lead.ended_at == NOW and Entry.objects.filter(action="employer_lead.end").count() == 1


def test_a_reader_ends_their_own_access_and_nobody_else_s(northern):
    lead, other = make.employer_lead(northern), make.employer_lead(northern)
    with pytest.raises(Refusal) as refused:
        end_lead(lead=other, by=lead.user, at=NOW)
    assert refused.value.codes == ["not_for_employers"]
    client_of(lead.user).post(reverse("stop_reading"))
    lead.refresh_from_db()
    other.refresh_from_db()
    assert lead.ended_at is not None and other.ended_at is None


def test_whose_account_is_closed_reads_nothing(northern):
    lead = make.employer_lead(northern)
    User.objects.filter(pk=lead.user_id).update(is_active=False)
    assert not EmployerLead.objects.live().exists()


# --- the pages


def test_a_coordinator_sets_one_up_writes_a_way_down_invites_and_ends_on_the_pages(cora):
    client = client_of(cora, second_factor=True)
    at = client.post(reverse("employers"), {"name": "Northern Bridges"}).url
    employer = Employer.objects.get()
    assert at == reverse("employer", args=[employer.pk])
    client.post(reverse("add_spelling", args=[employer.pk]), {"words": "NBL"})
    client.post(reverse("invite_lead", args=[employer.pk]), {"email": "lea@bridges.example"})
    page = client.get(at).content.decode()
    assert "NBL" in page and "lea@bridges.example" in page
    client.post(reverse("end_lead", args=[EmployerLead.objects.get().pk]))
    client.post(reverse("remove_spelling", args=[EmployerSpelling.objects.get(words="NBL").pk]))
    page = client.get(at).content.decode()
    assert "NBL" not in page.partition("</h1>")[2] and "Nobody yet." in page


@pytest.mark.parametrize("name", ["employers", "add_spelling", "invite_lead"])
def test_a_form_sent_empty_says_so(name, northern, cora):
    arguments = [] if name == "employers" else [northern.pk]
    answer = client_of(cora, second_factor=True).post(reverse(name, args=arguments), {})
    assert answer.status_code == 200 and "Error: " in answer.content.decode()


def test_to_look_at_an_invitation_changes_nothing_and_yes_leads_to_the_sign_in(client, northern, cora):
    lead = invite_lead(employer=northern, email="lea@bridges.example", by=cora, at=timezone.now())
    token = mint_link("accept_invitation", lead.pk, expires_at=timezone.now() + timedelta(days=28))
    address = reverse("accept_invitation", args=[token])
    assert "Northern Bridges" in client.get(address).content.decode()
    lead.refresh_from_db()
    assert lead.accepted_at is None
    assert client.post(address, {"full_name": "Lea Lead"}).url == reverse("account_request_login_code")
    assert client.get(address).status_code == 410
    assert client.get(reverse("accept_invitation", args=["nothing"])).status_code == 404


def test_who_read_for_an_employer_is_forgotten_seven_years_after_it_ended(cora):
    reads, ended = make.employer_lead(), make.employer_lead()
    end_lead(lead=ended, by=cora, at=NOW)
    years = timedelta(days=7 * 365)
    assert forget_leads(at=NOW + years) == 0
    assert forget_leads(at=NOW + years + timedelta(seconds=1)) == 1
    assert list(EmployerLead.objects.all()) == [reads]
