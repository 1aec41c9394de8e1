"""A risk assessment accepted, sent back, written and used at the same instant."""

import pytest
from django.db import connection

from bookings.enums import VisitStatus
from bookings.models import RiskAcceptance, RiskAssessment, Visit
from stem.letters.models import Letter
from tests import make
from tests.bookings.views.test_changing_at_once import at_once, posting
from tests.bookings.views.test_risk import BRIDGES

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock_stands_still"),
]


@pytest.fixture
def visit() -> Visit:
    asked = make.request(contact=make.contact(lead=True), status="fulfilled", activity="workshop")
    return make.visit(request=asked, ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED)


def test_accepted_twice_at_once_is_accepted_once(visit):
    row, teacher = make.risk_acceptance(visit), visit.request.contact.user

    statuses = at_once(*(posting(teacher, "accept_risk_assessment", row.pk, position=f"P{n}") for n in range(4)))

    assert max(statuses) < 500
    assert [event.kind for event in visit.events.all()] == ["accept_risk_assessment"]


def test_accepted_and_sent_back_at_once_is_one_or_the_other_first(visit):
    row, teacher = make.risk_acceptance(visit), visit.request.contact.user

    statuses = at_once(
        posting(teacher, "accept_risk_assessment", row.pk, position="Teacher"),
        posting(teacher, "send_back_risk_assessment", row.pk, because="More"),
    )

    assert max(statuses) < 500
    row.refresh_from_db()
    # Accepted it stays, whichever came first.
    assert row.is_accepted and not row.is_sent_back


def test_saved_four_times_at_once_it_is_one_version(visit):
    tom = visit.seats.get().ambassador.user

    statuses = at_once(*[posting(tom, "write_risk_assessment", visit.pk, **BRIDGES)] * 4)

    assert statuses == [302] * 4
    assert RiskAssessment.objects.count() == RiskAcceptance.objects.count() == Letter.objects.count() == 1


def test_of_two_changes_at_once_one_is_the_next_version(visit):
    row, tom = make.risk_acceptance(visit), visit.seats.get().ambassador.user
    changes = [{**BRIDGES, "hazards": words, "replaces": str(row.assessment_id)} for words in ("Cuts", "Burns")]

    statuses = at_once(*(posting(tom, "write_risk_assessment", visit.pk, **change) for change in changes))

    assert statuses == [200, 302]
    assert sorted(RiskAssessment.objects.values_list("version", flat=True)) == [1, 2]


def test_a_yes_and_another_version_at_once_never_confirm_what_was_not_accepted(visit):
    row = make.risk_acceptance(visit, accepted=True)
    teacher, tom = visit.request.contact.user, visit.seats.get().ambassador.user
    answers = {**vars(make.arrangements()), "outline_agreed": "on", "joining_link": "", "outline_version": ""}
    change = {**BRIDGES, "replaces": str(row.assessment_id)}

    statuses = at_once(
        posting(teacher, "confirm_visit", visit.pk, **answers),
        posting(tom, "write_risk_assessment", visit.pk, **change),
    )

    assert max(statuses) < 500
    visit.refresh_from_db()
    kinds = [event.kind for event in visit.events.order_by("pk")]
    assert kinds == ["offer_risk_assessment"] or kinds == ["confirm", "offer_risk_assessment"]
    assert (visit.status == VisitStatus.CONFIRMED) is ("confirm" in kinds)
