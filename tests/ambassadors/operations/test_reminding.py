"""What runs out is told 90, 60, 30 and 7 days before, each once, in one letter a day, and only while it is of use."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors import conduct
from ambassadors.enums import CheckBody, CheckStatus, HoldKind, RequirementKind
from ambassadors.learning.progress import course_progress
from ambassadors.models import Ambassador, Check, RenewalNotice
from ambassadors.operations import reminding
from ambassadors.operations.declarations import declare_no_change
from ambassadors.operations.departures import leave_register
from ambassadors.operations.reminding import remind_of_renewals
from ambassadors.vouching import promises_of
from stem.letters.hours import next_gathering
from stem.letters.models import Letter
from stem.letters.rendering import word_letter
from stem.letters.sending import send_due
from stem.moments import day_of
from stem.schedule import JOBS
from tests import make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST = date(2027, 6, 30)


def ending(
    kind: RequirementKind = RequirementKind.DECL, last: date = LAST, person: Ambassador | None = None, **columns
):
    """Someone who takes part, and of whom this one requirement ends on this day."""
    person = person or make.ambassador(name="Ada Engineer", cleared=True, **columns)
    person.requirements.filter(kind=kind).update(valid_until=last)
    return person


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=make.NOW.tzinfo)


def before(days: int) -> datetime:
    """Noon, so many days before the last one."""
    return at_noon(LAST - days * DAY)


def told(days_of_job: list[int]) -> list[int]:
    """With the job run on these days before the last one: which reminders were written."""
    for days in days_of_job:
        remind_of_renewals(at=before(days))
    return list(RenewalNotice.objects.order_by("pk").values_list("days_before", flat=True))


def sent(at: datetime, outbox: list[EmailMessage]) -> list[EmailMessage]:
    remind_of_renewals(at=at)
    send_due(at=next_gathering(at))
    return outbox


def test_each_step_is_told_on_its_day_and_once():
    ending()
    assert told([91, 90, 89, 61, 60, 59, 31, 30, 8, 7, 6, 1, 0, -1]) == [90, 60, 30, 7]
    assert Letter.objects.count() == 4


def test_a_job_that_runs_again_and_again_in_a_day_writes_one_letter():
    ending()
    assert [remind_of_renewals(at=before(60)) for _ in range(3)] == [1, 0, 0]
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("runs", "steps"), [([95, 45], [60]), ([90, 5], [90, 7]), ([12], [30]), ([3, 2, 1], [7]), ([-3], [])], ids=str
)
def test_of_what_a_job_that_did_not_run_has_missed_only_the_latest_is_told(runs, steps):
    ending()
    assert told(runs) == steps


class TestAnyDays(TestCase):
    """On whatever days the job runs, and how often: every step at most once, never one too early or too late."""

    @given(runs=st.lists(st.integers(-5, 100), max_size=12))
    def test_no_step_is_told_twice_and_none_but_the_one_that_is_due(self, runs):
        ending()
        steps = told(sorted(runs, reverse=True))
        assert steps == sorted(set(steps), reverse=True)
        due = {next(step for step in (7, 30, 60, 90) if days <= step) for days in runs if 0 <= days <= 90}
        assert set(steps) == due


def test_all_that_falls_due_on_a_day_is_in_one_letter(outbox):
    person = ending()
    for kind in (RequirementKind.SAFEG, RequirementKind.CODE, RequirementKind.CRC):
        ending(kind, person=person)
    [letter] = sent(before(30), outbox)

    assert letter.to == [f"Ada Engineer <{person.email}>"]
    assert letter.subject == "Please renew 4 things that keep you in the scheme"
    assert re.findall(r"^\* (.*)\n +(\S+)$", letter.body, re.MULTILINE) == [
        ("Criminal record check: recheck due on Thursday 1 July 2027", "http://localhost:8000/ambassador/check/"),
        (
            "Safeguarding training: in date until Wednesday 30 June 2027, that day included",
            "http://localhost:8000/ambassador/courses/keeping-children-safe/",
        ),
        (
            "Code of conduct: in date until Wednesday 30 June 2027, that day included",
            "http://localhost:8000/ambassador/code/",
        ),
        (
            "Annual declaration: in date until Wednesday 30 June 2027, that day included",
            "http://localhost:8000/ambassador/declaration/",
        ),
    ]


def test_a_check_is_never_said_to_expire(outbox):
    ending(RequirementKind.CRC)
    [letter] = sent(before(7), outbox)
    words = letter.subject + letter.body + str(letter.alternatives[0].content)
    assert "recheck due on Thursday 1 July 2027" in words
    assert "expire" not in words.lower()


@pytest.mark.parametrize(("days", "is_taken"), [(91, False), (90, True)])
def test_from_the_first_letter_on_its_pages_take_the_renewal(days, is_taken):
    person, on = ending(RequirementKind.CODE), day_of(before(days))
    ending(RequirementKind.SAFEG, person=person)
    assert promises_of(person, on=on).is_due is is_taken
    assert (course_progress(person, RequirementKind.SAFEG, on=on).again_by is not None) is is_taken


def test_what_is_renewed_before_its_last_day_is_not_told_again(outbox):
    person = ending()
    assert told([90]) == [90]
    declare_no_change(ambassador=person, by=person.user, at=before(80))
    assert told([60, 30, 7]) == [90]


def test_a_letter_that_has_not_left_when_all_is_renewed_does_not_leave(outbox):
    person = ending()
    remind_of_renewals(at=before(7))
    declare_no_change(ambassador=person, by=person.user, at=before(7))
    send_due(at=before(7))
    assert outbox == []


@pytest.mark.parametrize("days", [90, 60, 30, 7])
def test_the_last_word_is_a_letter_of_its_own_and_those_before_it_are_gathered(days):
    ending()
    remind_of_renewals(at=before(days))
    letter = Letter.objects.get()
    expected = ("requirements_nearly_over", False) if days == 7 else ("requirements_running_out", True)
    assert (letter.fact_name, letter.is_gathered) == expected
    assert "Please renew" in word_letter(letter, at=letter.due_at, preview=True).subject


def test_a_letter_that_is_late_tells_nothing_that_is_over(outbox):
    ending()
    remind_of_renewals(at=before(7))
    send_due(at=before(-1))
    assert outbox == []


def test_a_check_is_not_asked_for_while_others_look_at_a_newer_one_and_is_when_that_came_to_nothing():
    person = ending(RequirementKind.CRC)
    newer = make.check(person, status=CheckStatus.ASSESSING)
    assert told([30]) == []
    Check.objects.filter(pk=newer.pk).update(status=CheckStatus.WITHDRAWN)
    assert told([20]) == [30]


@pytest.mark.parametrize(
    ("ends", "goes_on", "steps"), [(CheckBody.DBS, CheckBody.PVG, []), (CheckBody.PVG, CheckBody.DBS, [30])]
)
def test_a_pvg_membership_stands_for_any_check_and_no_other_check_for_it(ends, goes_on, steps):
    person = ending(RequirementKind.CRC)
    person.requirements.filter(kind="CRC").update(body=ends)
    make.requirement(
        person,
        kind=RequirementKind.CRC,
        body=goes_on,
        recorded_by=make.user(),
        confirmed_by=make.user(email="b@scheme.example"),
    )
    assert told([30]) == steps


@pytest.mark.parametrize("status", ["draft", "imported", "vetting", "active", "paused", "declined", "left"])
def test_only_those_who_take_part_are_written_to(status):
    ending(status=status)
    assert told([30]) == ([30] if status in ("active", "paused") else [])


def test_whoever_leaves_before_the_letter_does_is_not_written_to(outbox):
    person = ending()
    remind_of_renewals(at=before(30))
    leave_register(ambassador=person, by=person.user, at=before(30))
    send_due(at=next_gathering(before(30)))
    assert outbox == []


@pytest.mark.parametrize("kind", HoldKind)
def test_nobody_is_asked_to_renew_while_someone_talks_with_them(kind):
    person = ending()
    make.hold(person, kind=kind, starts_on=date(2027, 1, 1))
    assert told([30]) == ([] if kind in (HoldKind.VETTING, HoldKind.SAFEGUARDING) else [30])


def test_a_hold_that_is_over_in_time_or_lifted_keeps_no_letter_back():
    ending(last=LAST)
    make.hold(ending(), kind=HoldKind.VETTING, starts_on=date(2027, 1, 1), ends_on=LAST - DAY)
    assert told([30]) == [30, 30]


def test_after_the_hold_is_lifted_the_latest_step_is_told():
    person = ending()
    hold = make.hold(person, kind=HoldKind.VETTING, starts_on=date(2027, 1, 1))
    assert told([90, 60, 30]) == []
    hold.lifted_at, hold.lifted_by = make.NOW, make.user()
    hold.save()
    assert told([20]) == [30]


def test_what_is_withdrawn_or_permanent_is_not_told():
    person = ending()
    person.requirements.filter(kind="DECL").update(withdrawn_at=make.NOW, withdrawn_by=make.user())
    person.requirements.filter(kind="SAFEG").update(valid_until=None)
    assert told([30]) == []


def test_a_newer_version_of_the_code_ends_an_acceptance_earlier(monkeypatch, outbox):
    monkeypatch.setattr(conduct, "VERSIONS", (date(2026, 9, 1), LAST - 29 * DAY))
    make.ambassador(cleared=True)
    assert [letter.subject for letter in sent(before(7), outbox)] == [
        "Please renew: Code of conduct: in date until Wednesday 30 June 2027, that day included"
    ]
    assert told([6]) == [7]


def test_someone_without_an_account_is_told_whom_to_ask(outbox):
    person = ending()
    Ambassador.objects.filter(pk=person.pk).update(user=None)
    [letter] = sent(before(30), outbox)
    assert letter.to == [f"Ada Engineer <{person.email}>"]
    assert "/ambassador/" not in letter.body and "/contact/" in letter.body


def test_a_worker_that_is_ended_half_way_leaves_whole_letters_and_the_next_run_writes_the_rest(monkeypatch):
    first, second = ending(), ending()
    really_post = reminding.post

    def die_at_the_second(fact, **told_of):
        if told_of["ambassador_id"] == second.pk:
            raise SystemExit
        return really_post(fact, **told_of)

    monkeypatch.setattr(reminding, "post", die_at_the_second)
    with pytest.raises(SystemExit):
        remind_of_renewals(at=before(30))
    assert [notice.requirement.ambassador_id for notice in RenewalNotice.objects.all()] == [first.pk]

    monkeypatch.setattr(reminding, "post", really_post)
    assert remind_of_renewals(at=before(30)) == 1
    assert sorted(letter.ids["ambassador_id"] for letter in Letter.objects.all()) == [first.pk, second.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_night_without_anything_due_asks_once(rows, django_assert_num_queries):
    for _ in range(rows):
        ending(last=LAST + 365 * DAY)
    with django_assert_num_queries(1):
        assert remind_of_renewals(at=before(30)) == 0


def test_no_member_of_staff_reads_from_the_post_what_runs_out_for_whom():
    ending()
    remind_of_renewals(at=before(30))
    assert list(Letter.objects.values_list("is_confidential", flat=True)) == [True]


def test_it_runs_every_morning():
    assert [job.when for job in JOBS if job.path == "ambassadors.tasks.remind_of_renewals"] == ["0 7 * * *"]
    assert day_of(make.NOW) == date(2027, 1, 12)
