"""Nobody is counted for their employer who has not said so themselves."""

from datetime import timedelta

import pytest
from django.urls import reverse

from quality.models import EmployerAgreement
from quality.operations.counting import agree_to_be_counted, be_counted_no_longer, forget_agreements
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

LATER = make.NOW + timedelta(days=1)


@pytest.fixture
def ada():
    return make.ambassador(cleared=True)


def test_nobody_is_counted_before_they_say_so(ada):
    assert not EmployerAgreement.objects.exists()
    assert "You are not counted." in client_of(ada.user).get(reverse("count_for_employer")).content.decode()


def test_they_say_so_and_change_their_mind_on_one_page(ada):
    client = client_of(ada.user)
    client.post(reverse("agree_to_be_counted"))
    page = client.get(reverse("count_for_employer")).content.decode()
    assert "You are counted for" in page and "Northern Bridges" in page
    client.post(reverse("be_counted_no_longer"))
    assert not EmployerAgreement.objects.exists()
    actions = list(Entry.objects.filter(actor=ada.user).order_by("pk").values_list("action", flat=True))
    assert actions == ["employer_agreement.give", "employer_agreement.take_back"]


def test_twice_is_once_and_keeps_the_first_day(ada):
    for at in (make.NOW, LATER):
        agree_to_be_counted(ambassador=ada, by=ada.user, at=at)
    assert EmployerAgreement.objects.get().agreed_at == make.NOW
    for _ in range(2):
        be_counted_no_longer(ambassador=ada, by=ada.user, at=LATER)
    assert not EmployerAgreement.objects.exists()


def test_for_another_employer_it_begins_anew(ada):
    agree_to_be_counted(ambassador=ada, by=ada.user, at=make.NOW)
    type(ada).objects.filter(pk=ada.pk).update(organisation="Southern Tunnels")
    page = client_of(ada.user).get(reverse("count_for_employer")).content.decode()
    assert "You agreed for another employer." in page
    agree_to_be_counted(ambassador=ada, by=ada.user, at=LATER)
    agreement = EmployerAgreement.objects.get()
    assert (agreement.key, agreement.agreed_at) == ("southerntunnels", LATER)


def test_without_an_employer_there_is_nothing_to_agree_to():
    person = make.ambassador(organisation="")
    with pytest.raises(Refusal) as refused:
        agree_to_be_counted(ambassador=person, by=person.user, at=make.NOW)
    assert refused.value.codes == ["no_employer"]
    assert "names no employer" in client_of(person.user).get(reverse("count_for_employer")).content.decode()


@pytest.mark.parametrize("operation", [agree_to_be_counted, be_counted_no_longer])
def test_nobody_says_so_for_another(operation, ada):
    make.employer_agreement(other := make.ambassador())
    for person in (ada, other):
        with pytest.raises(Refusal) as refused:
            operation(ambassador=person, by=make.staff(Role.COORDINATOR), at=make.NOW)
        assert refused.value.codes == ["not_yours"]
    assert [each.ambassador for each in EmployerAgreement.objects.all()] == [other]


def test_that_somebody_is_counted_is_forgotten_once_they_have_left(ada):
    make.employer_agreement(ada)
    make.employer_agreement(gone := make.ambassador())
    assert forget_agreements(at=make.NOW) == 0
    type(gone).objects.filter(pk=gone.pk).update(status="left")
    assert forget_agreements(at=make.NOW) == 1
    assert [each.ambassador for each in EmployerAgreement.objects.all()] == [ada]
