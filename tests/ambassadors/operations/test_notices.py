"""Whoever another scheme brought is told, reminded on four days, and after 180 days forgotten: each once (V-95)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus, HoldKind, NoBecause, ToldBy
from ambassadors.importing.grace import days_left, reminder_due
from ambassadors.models import Ambassador, Notice, Suppression
from ambassadors.operations.claiming import claim_record
from ambassadors.operations.merging import merge_people
from ambassadors.operations.notices import (
    forget_silent,
    note_told,
    remind_imported,
    tell_imported,
    warn_of_late_notices,
)
from ambassadors.operations.schemes import describe_scheme
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

CAME = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
TOLD = CAME.date()


def days_on(days: int) -> datetime:
    return CAME + timedelta(days=days)


def letters(fact: str) -> int:
    return Letter.objects.filter(fact__endswith=fact).count()


def steps(person: Ambassador) -> list[int]:
    return list(person.notices.order_by("days").values_list("days", flat=True))


def test_they_are_told_once_by_whom_what_and_what_they_can_do():
    person = make.brought(name="Ida O’Imported", email="ida@old.example")
    assert [tell_imported(at=CAME), tell_imported(at=days_on(1))] == [1, 0]
    send_due(at=CAME)
    [message] = mail.outbox
    assert message.to == ["Ida O’Imported <ida@old.example>"] or "ida@old.example" in message.to[0]
    body = str(message.body)
    for words in (
        "Researchers in Residence (A former trust)",
        "Legitimate interests.",
        "- Home postcode",
        "say no",
        "Information Commissioner",
        "180 days",
    ):
        assert words in body, words
    assert "LS1 4AP" not in body
    assert (person.notices.get().told_on, person.notices.get().told_by) == (TOLD, ToldBy.EMAIL)


def test_nobody_is_told_before_all_is_on_record_of_where_it_came_from():
    scheme = make.old_scheme(complete=False)
    make.brought(from_scheme=scheme)
    assert tell_imported(at=CAME) == 0
    admin = make.staff(Role.ADMINISTRATOR)
    described = {"owner": "A trust", "legal_basis_note": "Legitimate interests.", "transfer_date": TOLD}
    describe_scheme(scheme=scheme, **described, by=admin, at=CAME)
    assert tell_imported(at=CAME) == 1


def test_a_letter_that_never_leaves_has_told_nobody(monkeypatch):
    person = make.brought(email="not an address")
    tell_imported(at=CAME)
    send_due(at=CAME)
    assert tell_imported(at=days_on(1)) == 0
    assert Ambassador.objects.untold().get() == person
    officer = make.staff(Role.VETTING_OFFICER)
    note_told(ambassador=person, told_by=ToldBy.POST, by=officer, at=days_on(2))
    note = person.notices.get()
    assert (note.told_by, note.noted_by, note.told_on) == (ToldBy.POST, officer, days_on(2).date())
    with pytest.raises(Refusal) as refused:
        note_told(ambassador=person, told_by=ToldBy.PHONE, by=officer, at=days_on(3))
    assert refused.value.codes == ["told_before"]


def test_who_was_merged_before_the_letter_left_is_written_to_all_the_same():
    one, other = make.brought(email=""), make.brought(email="ida@reached.example")
    assert tell_imported(at=CAME) == 1
    officer = make.staff(Role.VETTING_OFFICER)
    kept = merge_people(one=one, other=other, choices={}, by=officer, at=CAME).kept
    send_due(at=CAME)
    assert mail.outbox == []
    assert tell_imported(at=days_on(1)) == 1
    send_due(at=days_on(1))
    assert [message.recipients() for message in mail.outbox] == [["Ida Imported <ida@reached.example>"]]
    assert tell_imported(at=days_on(2)) == 0
    assert Ambassador.objects.told().get() == kept


@pytest.mark.parametrize(
    ("due", "days"),
    [(None, (0, 13)), (14, (14, 59)), (60, (60, 119)), (120, (120, 164)), (165, (165, 179)), (None, (180, 500))],
)
def test_a_reminder_is_due_14_60_120_and_165_days_after(due, days):
    for each in days:
        assert reminder_due(TOLD, on=TOLD + timedelta(days=each), grace=180) == due
        assert days_left(TOLD, on=TOLD + timedelta(days=each), grace=180) == max(0, 180 - each)


def test_each_is_written_once_however_often_the_sweep_runs():
    person = make.brought(told_on=TOLD)
    written = [sum(remind_imported(at=days_on(day)) for _twice in range(2)) for day in range(180)]
    assert [day for day, count in enumerate(written) if count] == [14, 60, 120, 165]
    assert (sum(written), steps(person)) == (4, [0, 14, 60, 120, 165])
    assert letters("import_reminder") == 4


def test_what_was_missed_is_told_by_the_latest_alone():
    person = make.brought(told_on=TOLD)
    assert [remind_imported(at=days_on(130)), remind_imported(at=days_on(131))] == [1, 0]
    assert steps(person) == [0, 120]


def test_nobody_is_reminded_who_has_claimed_or_has_no_address_or_was_never_told():
    claimed = make.brought(told_on=TOLD, email="ida@old.example")
    claim_record(ambassador=claimed, user=make.user(email="ida@old.example"), at=days_on(3))
    make.brought(email="", told_on=TOLD)
    make.brought()
    assert [remind_imported(at=days_on(day)) for day in (14, 60, 120, 165)] == [0] * 4


def test_a_reminder_that_waits_when_they_claim_is_never_sent():
    person = make.brought(told_on=TOLD, email="ida@old.example")
    remind_imported(at=days_on(14))
    claim_record(ambassador=person, user=make.user(email="ida@old.example"), at=days_on(14))
    send_due(at=days_on(14))
    assert mail.outbox == []


def test_whoever_never_answers_is_forgotten_after_180_days_and_their_scheme_does_not_bring_them_again():
    person = make.brought(told_on=TOLD)
    untold = make.brought()
    assert [forget_silent(at=days_on(179)), forget_silent(at=days_on(180)), forget_silent(at=days_on(180))] == [0, 1, 0]
    assert list(Ambassador.objects.all()) == [untold]
    row = Suppression.objects.get()
    assert (row.because, row.address_digest, row.scheme.name) == (NoBecause.SILENT, "", "Researchers in Residence")
    assert not Notice.objects.filter(ambassador=person.pk).exists()


def test_what_was_claimed_is_kept_as_long_as_a_draft_and_forgotten_after_it():
    person = make.brought(told_on=TOLD, email="ida@old.example")
    user = make.user(email="ida@old.example")
    claim_record(ambassador=person, user=user, at=days_on(3))
    assert forget_silent(at=days_on(181)) == 0
    User.objects.filter(pk=user.pk).update(last_login=days_on(100))
    assert forget_silent(at=days_on(200)) == 0
    assert forget_silent(at=days_on(300)) == 1
    assert User.objects.filter(pk=user.pk).exists()


def test_whoever_is_held_for_safety_is_not_deleted_and_nobody_can_tell():
    person = make.brought(told_on=TOLD)
    make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=TOLD)
    assert [forget_silent(at=days_on(180)), forget_silent(at=days_on(181))] == [1, 0]
    person.refresh_from_db()
    assert person.status == AmbassadorStatus.SEALED


def test_administrators_hear_once_of_a_scheme_whose_people_were_not_told_within_28_days(client):
    admin = make.staff(Role.ADMINISTRATOR, email="admin@scheme.example")
    make.brought(from_scheme=make.old_scheme("Late & Co", complete=False))
    make.brought(told_on=TOLD)
    assert warn_of_late_notices(at=days_on(27)) == 0
    assert [warn_of_late_notices(at=days_on(day)) for day in (28, 29)] == [1, 1]
    send_due(at=days_on(29))
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([f"{admin.full_name} <admin@scheme.example>"], "People from Late & Co have not been told in time")
    ]
    assert reverse("people_by_scheme") in str(mail.outbox[0].body)


def test_the_days_are_london_s():
    person = make.brought(told_on=date(2026, 9, 1))
    assert remind_imported(at=datetime(2026, 9, 14, 22, 59, tzinfo=UTC)) == 0
    assert remind_imported(at=datetime(2026, 9, 14, 23, 0, tzinfo=UTC)) == 1
    assert steps(person) == [0, 14]
