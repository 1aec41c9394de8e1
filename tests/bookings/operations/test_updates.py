"""Asking the update service: what follows for promised visits, what is told to nobody, what may change meanwhile."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.serializers import serialize
from django.db import connection
from django.urls import reverse

from ambassadors.enums import CheckStatus, RequirementKind
from ambassadors.models import Ambassador, Check, StatusCheck
from ambassadors.operations.updates import withdraw_consent
from bookings.enums import VisitStatus
from bookings.models import Seat
from bookings.operations.standing import give_back_lapsed
from bookings.operations.updates import ask_update_service, record_answer
from bookings.queries.at_risk import renewals_of
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.rules import Refusal
from stem.update_service import NoClearAnswer, OnlineUpdateService, StatusQuestion, StatusResult
from tests import make
from tests.clients import client_of
from tests.stem.update_stand_in import StandIn, document, running, says

pytestmark = pytest.mark.django_db
CURRENT, NOT_CURRENT, NO_MATCH = StatusResult.CURRENT, StatusResult.NOT_CURRENT, StatusResult.NO_MATCH
SAID = {"surname": "Wörmleighton", "born_on": date(1931, 2, 27)}


@pytest.fixture
def service() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Olu Officer")


@pytest.fixture
def person() -> Ambassador:
    person = make.ambassador(name="Wanda Asked", cleared=True)
    person.requirements.filter(kind=RequirementKind.CRC).delete()
    return person


@pytest.fixture
def check(person) -> Check:
    """Decided some time ago, and its holder has agreed that the service is asked."""
    check = make.decided_check(person)
    check.consents.create(given_at=make.NOW)
    return check


class Answering:
    """A service that gives one answer, having done something first."""

    def __init__(self, result: StatusResult | None, first: Callable[[], object] = lambda: None) -> None:
        self.result, self.first = result, first
        self.questions: list[StatusQuestion] = []

    def ask(self, question: StatusQuestion) -> StatusResult:
        self.questions.append(question)
        self.first()
        if self.result is None:
            raise NoClearAnswer
        return self.result


def ask(check: Check, service, by, now, *, seen: int | None = None) -> StatusResult:
    return ask_update_service(
        check=check,
        **SAID,
        organisation="Beck Ambassadors",
        service=service,
        seen=check.status_checks.count() if seen is None else seen,
        by=by,
        at=now,
    )


def refusal(check: Check, service, by, now, **said) -> list[str]:
    with pytest.raises(Refusal) as refused:
        ask(check, service, by, now, **said)
    return refused.value.codes


def in_a_visit(person: Ambassador, now, *, days: int = 30) -> Seat:
    time = (now + timedelta(days=days), now + timedelta(days=days, hours=1))
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=time).seats.get()


def audited() -> list[tuple[str, str]]:
    rows = Entry.objects.filter(action__startswith="check.").order_by("pk")
    return list(rows.values_list("action", "outcome"))


def everything() -> str:
    """Every row of every table, as words."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [repr([bytes(each) if isinstance(each, memoryview) else each for each in row]) for row in cursor]
    return "\n".join(rows)


@pytest.mark.parametrize("word", ["BLANK_NO_NEW_INFO", "NON_BLANK_NO_NEW_INFO"])
def test_which_of_two_ways_it_says_current_is_kept_nowhere(service, check, officer, now, caplog, outbox, word):
    caplog.set_level(logging.DEBUG)
    service.answers(word)
    client = client_of(officer, second_factor=True)
    assert ask(check, OnlineUpdateService(service.address), officer, now) is CURRENT
    send_due(at=now + timedelta(minutes=5))
    page = client.get(reverse("check", args=[check.pk])).text
    kept = " ".join([everything(), caplog.text, page, *(f"{each.subject} {each.body}" for each in outbox)])
    assert "Update service: Current" in page
    # The whole birth date, however it is written: its year alone may be a part of any random number.
    born = [SAID["born_on"].strftime(form) for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%Y, %m, %d", "%d%m%Y")]
    words = ("BLANK_NO", "NON_BLANK", "NO_NEW_INFO", "Wörmleighton", "WÖRMLEIGHTON", *born)
    found = [each for each in words if each in kept]
    assert found == []
    # The number is nowhere but under its key.
    assert service.asked[0][0] == "001234567890" and "001234567890" not in kept
    assert audited() == [("check.ask", "done"), ("check.status", "current"), ("check.read", "done")]


def test_the_two_ways_leave_the_very_same_rows(service, check, officer, now):
    for word in ("BLANK_NO_NEW_INFO", "NON_BLANK_NO_NEW_INFO"):
        service.answers(word)
        ask(check, OnlineUpdateService(service.address), officer, now)
    first, second = StatusCheck.objects.values("checked_at", "checked_by", "check_of", "result")
    assert first == second
    rows = serialize("python", [each.requirement for each in StatusCheck.objects.all()])
    assert rows[0]["fields"] == rows[1]["fields"]


def test_who_asks_is_told_to_it_and_whom_the_scheme_is(service, check, officer, now):
    ask(check, OnlineUpdateService(service.address), officer, now)
    [(_number, said)] = service.asked
    assert (said["organisationName"], said["employeeForename"], said["employeeSurname"]) == (
        "Beck Ambassadors", "Olu", "Officer",
    )  # fmt: skip
    assert (said["surname"], said["dateOfBirth"]) == ("Wörmleighton", "27/02/1931")


def test_current_leaves_every_promise_as_it_is(check, person, officer, now):
    seat = in_a_visit(person, now)
    ask(check, Answering(CURRENT), officer, now)
    seat.refresh_from_db()
    assert seat.ambassador == person


def test_not_current_gives_back_what_was_promised_in_the_same_moment_and_says_why_to_nobody(
    check, person, officer, now, outbox
):
    seat, offer = in_a_visit(person, now), make.offer(ambassador=person)
    ask(check, Answering(NOT_CURRENT), officer, now)
    seat.refresh_from_db()
    offer.refresh_from_db()
    assert seat.ambassador is None and offer.status == "withdrawn"
    send_due(at=now + timedelta(minutes=5))
    [told] = [each for each in outbox if "You need a new criminal record check" in each.subject]
    words = " ".join(f"{each.subject} {each.body}" for each in outbox).casefold()
    assert "in date" not in words and "update service" not in words and "not current" not in words
    assert told.to == [f"Wanda Asked <{person.user.email}>"]
    for other in outbox:
        assert other is told or "check" not in other.body.casefold(), other.subject


def test_no_match_leaves_everything_as_it_is(check, person, officer, now):
    seat = in_a_visit(person, now)
    letters = Letter.objects.count()
    assert ask(check, Answering(NO_MATCH), officer, now) is NO_MATCH
    seat.refresh_from_db()
    check.refresh_from_db()
    assert (seat.ambassador, check.status, Letter.objects.count()) == (person, CheckStatus.OK, letters)


def test_an_answer_that_is_not_clear_is_noted_as_such_and_nothing_else_is(service, check, officer, now):
    service.behave = says(document("PERHAPS"))
    before = serialize("json", [*check.ambassador.requirements.all(), check])
    assert refusal(check, OnlineUpdateService(service.address), officer, now) == ["no_clear_answer"]
    check.refresh_from_db()
    assert serialize("json", [*check.ambassador.requirements.all(), check]) == before
    assert not StatusCheck.objects.exists() and not Letter.objects.exists()
    assert audited() == [("check.ask", "done"), ("check.status", "unclear")]


def test_nobody_is_told_of_somebody_about_whom_may_not_be_asked(check, person, officer, now):
    service = Answering(CURRENT)
    assert refusal(check, service, make.user(), now) == ["not_vetting_officer"]
    assert refusal(check, service, officer, now, seen=3) == ["answered_meanwhile"]
    withdraw_consent(check=check, by=person.user, at=now)
    assert refusal(check, service, officer, now) == ["no_consent"]
    assert service.questions == [] and audited() == []


def test_a_consent_taken_back_while_it_is_asked_ends_it_there(check, person, officer, now):
    service = Answering(CURRENT, lambda: withdraw_consent(check=check, by=person.user, at=now))
    assert refusal(check, service, officer, now) == ["no_consent"]
    assert not StatusCheck.objects.exists()
    assert audited() == [("check.ask", "done")]


@pytest.mark.parametrize("status", [CheckStatus.SUPERSEDED, CheckStatus.WITHDRAWN, CheckStatus.BARRED])
def test_a_check_that_has_moved_on_while_it_was_asked_is_not_current_by_it(check, officer, now, status):
    service = Answering(CURRENT, lambda: Check.objects.filter(pk=check.pk).update(status=status))
    assert refusal(check, service, officer, now) == ["state"]
    assert not StatusCheck.objects.exists()


def test_of_two_who_ask_in_the_same_moment_one_is_answered(check, officer, now):
    other = make.staff(Role.VETTING_OFFICER, email="cora@scheme.example")

    def quicker() -> None:
        record_answer(check=check, result=NO_MATCH, seen=0, by=other, at=now)

    assert refusal(check, Answering(NO_MATCH, quicker), officer, now) == ["answered_meanwhile"]
    assert StatusCheck.objects.get().checked_by == other


@pytest.mark.django_db(transaction=True)
def test_nothing_is_held_while_it_is_asked(check, officer, now):
    held = []
    ask(check, Answering(CURRENT, lambda: held.append(connection.in_atomic_block)), officer, now)
    assert held == [False]


@pytest.mark.django_db(transaction=True)
def test_that_it_was_asked_is_on_record_whatever_becomes_of_the_answer(check, officer, now):
    def killed() -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        ask(check, Answering(CURRENT, killed), officer, now)
    assert audited() == [("check.ask", "done")] and not StatusCheck.objects.exists()


def test_what_is_read_by_hand_goes_the_same_way(check, person, officer, now):
    seat = in_a_visit(person, now)
    record_answer(check=check, result=NOT_CURRENT, seen=0, by=officer, at=now)
    seat.refresh_from_db()
    assert seat.ambassador is None
    assert audited()[0] == ("check.status", "not_current")


def test_without_consent_a_later_visit_is_at_risk_and_given_back_when_it_is_near(person, officer, now):
    check = make.decided_check(person, issued_on=date(2020, 3, 2))
    check.consents.create(given_at=now)
    record_answer(check=check, result=CURRENT, seen=0, by=officer, at=now)
    near, late = in_a_visit(person, now, days=21), in_a_visit(person, now, days=35)
    assert renewals_of(person, at=now) == []
    withdraw_consent(check=check, by=person.user, at=now)
    assert len(renewals_of(person, at=now)) == 1
    assert [give_back_lapsed(at=now + timedelta(days=days)) for days in (0, 27)] == [0, 1]
    near.refresh_from_db()
    late.refresh_from_db()
    assert (near.ambassador, late.ambassador) == (person, None)


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("result", list(StatusResult))
def test_four_presses_at_once_leave_one_answer(check, person, officer, now, result):
    in_a_visit(person, now)
    together = Barrier(4)
    service = Answering(result, together.wait)

    def press(_number: int) -> str:
        try:
            return ask(Check.objects.get(pk=check.pk), service, officer, now, seen=0).value
        except Refusal as refused:
            return refused.codes[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(press, range(4)))
    assert said.count(result.value) == 1 and set(said) <= {result.value, "answered_meanwhile", "state"}
    assert StatusCheck.objects.count() == 1
    assert person.checks.under_way().count() == (1 if result is NOT_CURRENT else 0)
