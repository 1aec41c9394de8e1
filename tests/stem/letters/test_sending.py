"""Letters that are due go once, each on its own."""

import smtplib
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.mail.backends.locmem import EmailBackend

from stem.letters.links import hash_token
from stem.letters.models import Letter, OneTimeLink
from stem.letters.post import post
from stem.letters.sending import BACK_OFF_MINUTES, send_due
from tests.stem.letters import notifications

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ADDRESS = notifications.ADDRESS


def reloaded(letter: Letter) -> Letter:
    letter.refresh_from_db()
    return letter


class Refusing(EmailBackend):
    """A mail server with a fixed answer for one address."""

    answer: BaseException

    def send_messages(self, messages):
        if any(ADDRESS in message.to[0] for message in messages):
            raise self.answer
        return super().send_messages(messages)


@pytest.fixture
def refusing(settings):
    def answer_with(answer: BaseException) -> None:
        settings.EMAIL_BACKEND = f"{__name__}.Refusing"
        Refusing.answer = answer

    return answer_with


def test_what_was_in_hand_when_a_worker_was_killed_waits_behind_what_was_not_tried(now, outbox):
    killed = post(notifications.plain, due_at=now - 2 * MINUTE, number=1)
    Letter.objects.filter(pk=killed.pk).update(status="sending", claimed_until=now - MINUTE, attempts=1)
    post(notifications.plain, due_at=now - MINUTE, number=2)
    post(notifications.plain, due_at=now, number=3)
    assert send_due(at=now).sent == 3
    assert [message.subject for message in outbox] == ["Plain 2", "Plain 3", "Plain 1"]


def test_a_letter_goes_when_it_is_due_and_not_before(now, outbox):
    letter = post(notifications.plain, due_at=now, number=7)
    assert send_due(at=now - MINUTE).sent == 0
    assert send_due(at=now).sent == 1
    assert send_due(at=now + MINUTE).sent == 0
    (message,) = outbox
    assert (message.subject, message.to) == ("Plain 7", ["Reader 7 <reader7@people.example>"])
    assert message.message()["Message-ID"] == letter.message_id
    reloaded(letter)
    assert (letter.status, letter.to_name, letter.to_email, letter.attempts, letter.claimed_until) == (
        "sent",
        "Reader 7",
        "reader7@people.example",
        1,
        None,
    )
    assert now <= letter.sent_at < now + MINUTE


def test_a_link_is_minted_as_the_letter_leaves_and_kept_only_as_a_hash(now, outbox):
    post(notifications.greeting, due_at=now, number=7)
    assert OneTimeLink.objects.count() == 0
    send_due(at=now)
    address = outbox[0].body.splitlines()[-1]
    token = address.removeprefix("https://scheme.example/answer-test/").removesuffix("/")
    link = OneTimeLink.objects.get()
    assert (link.purpose, link.object_id, link.token_hash) == ("answer_test", 7, hash_token(token))
    assert now + timedelta(days=3) <= link.expires_at < now + timedelta(days=3, minutes=1)
    assert address in outbox[0].alternatives[0].content
    stored = str([*Letter.objects.values(), *OneTimeLink.objects.values()])
    assert token not in stored


def test_plain_text_is_not_escaped_and_html_is(now, outbox):
    post(notifications.greeting, due_at=now, number=7)
    send_due(at=now)
    assert outbox[0].body.startswith("Yes, Ada O'Neill: answer here.\n")
    assert "Ada O&#x27;Neill" in outbox[0].alternatives[0].content


def test_a_letter_whose_fact_holds_no_longer_is_dropped(now, outbox):
    letter = post(notifications.no_longer_true, due_at=now, number=7)
    assert send_due(at=now).not_needed == 1
    assert reloaded(letter).status == "not_needed"
    assert outbox == []


def test_a_calendar_goes_as_an_alternative_and_as_a_file(now, outbox):
    post(notifications.enclosing, due_at=now, number=7)
    send_due(at=now)
    sent = message_from_bytes(outbox[0].message().as_bytes(linesep="\r\n"), policy=policy.default)
    parts = [part for part in sent.walk() if not part.is_multipart()]
    assert [(part.get_content_type(), part.get_filename()) for part in parts] == [
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", None),
        ("application/pdf", "pack.pdf"),
        ("application/ics", "invite.ics"),
    ]
    assert parts[2]["Content-Type"].params["method"] == "REQUEST"
    assert parts[2].get_content().split() == ["BEGIN:VCALENDAR", "METHOD:REQUEST", "END:VCALENDAR"]
    assert parts[4].get_content() == b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize("fact", [notifications.untellable, notifications.broken])
def test_a_letter_that_cannot_be_written_keeps_no_other_back(fact, now, outbox):
    first = post(fact, due_at=now - MINUTE, number=1)
    post(notifications.plain, due_at=now, number=2)
    sweep = send_due(at=now)
    assert (sweep.put_off, sweep.sent) == (1, 1)
    assert [message.subject for message in outbox] == ["Plain 2"]
    assert reloaded(first).status == "waiting"
    assert OneTimeLink.objects.count() == 0


def test_a_fact_that_is_gone_from_the_code_is_put_off_like_any_other_trouble(now, outbox):
    letter = post(notifications.plain, due_at=now, number=1)
    Letter.objects.filter(pk=letter.pk).update(fact="tests.stem.letters.notifications.gone")
    assert send_due(at=now).put_off == 1
    assert reloaded(letter).last_error == "ImportError"


def test_tries_are_repeated_further_and_further_apart_for_about_a_day(now):
    letter = post(notifications.untellable, due_at=now, number=7)
    at, waits = now, []
    while send_due(at=at).put_off:
        reloaded(letter)
        waits.append(round((letter.next_try_at - at) / MINUTE))
        assert send_due(at=letter.next_try_at - MINUTE / 2).moved == 0
        at = letter.next_try_at
    assert waits == list(BACK_OFF_MINUTES)
    assert waits[:5] == [1, 5, 15, 60, 240]
    assert timedelta(hours=20) < at - now < timedelta(hours=28)
    assert reloaded(letter).status == "failed"


def test_an_error_is_kept_and_logged_by_its_class_alone(now, caplog):
    letter = post(notifications.untellable, due_at=now, number=7)
    send_due(at=now)
    assert reloaded(letter).last_error == "LookupError"
    assert [record.getMessage() for record in caplog.records] == [
        f"Letter {letter.pk} (untellable) could not be sent: LookupError"
    ]
    assert ADDRESS not in caplog.text


@pytest.mark.parametrize(
    ("answer", "status", "last_error"),
    [
        (smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such person")}), "failed", "AddressRefused"),
        (smtplib.SMTPRecipientsRefused({ADDRESS: (450, b"try later")}), "waiting", "SMTPRecipientsRefused"),
        (smtplib.SMTPSenderRefused(550, b"not you", "scheme"), "waiting", "SMTPSenderRefused"),
        (smtplib.SMTPServerDisconnected("gone"), "waiting", "SMTPServerDisconnected"),
        (TimeoutError("slow"), "waiting", "TimeoutError"),
    ],
)
def test_only_an_address_that_is_refused_for_good_fails_at_once(refusing, now, outbox, answer, status, last_error):
    letter = post(notifications.greeting, due_at=now - MINUTE, number=7)
    post(notifications.plain, due_at=now, number=8)
    refusing(answer)
    send_due(at=now)
    reloaded(letter)
    assert (letter.status, letter.last_error, letter.claimed_until) == (status, last_error, None)
    # Staff look for it under the address it was meant for.
    assert (letter.to_name, letter.to_email) == ("Ada O'Neill", ADDRESS)
    assert [message.subject for message in outbox] == ["Plain 8"]


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c.example", "x\r\nBcc: y@z.example", "a" * 250 + "@b.example"])
def test_what_is_no_address_fails_at_once(now, outbox, address):
    letter = post(notifications.greeting, due_at=now, number=7, email=address)
    assert send_due(at=now).failed == 1
    assert (reloaded(letter).last_error, outbox) == ("BadAddress", [])


class Unreachable(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("no mail server")


def test_while_the_mail_server_is_away_no_letters_tries_are_used_up(settings, now):
    letter = post(notifications.plain, due_at=now, number=7)
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    sweep = send_due(at=now, limit=1)
    # Finished for now: another sweep at once would find the server no nearer.
    assert (sweep.moved, sweep.is_finished) == (0, True)
    reloaded(letter)
    assert (letter.status, letter.attempts, letter.next_try_at) == ("waiting", 0, now)


class Killed(BaseException):
    """What no handler catches, as a kill."""


class KilledAfterSending(EmailBackend):
    def send_messages(self, messages):
        super().send_messages(messages)
        raise Killed


def test_a_kill_at_the_worst_instant_costs_one_repeat_under_the_same_message_id(settings, now, outbox):
    letter = post(notifications.plain, due_at=now, number=7)
    settings.EMAIL_BACKEND = f"{__name__}.KilledAfterSending"
    with pytest.raises(Killed):
        send_due(at=now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert reloaded(letter).status == "sending"
    assert send_due(at=letter.claimed_until - MINUTE / 60).moved == 0
    assert send_due(at=letter.claimed_until).sent == 1
    assert [message.message()["Message-ID"] for message in outbox] == [letter.message_id] * 2
    assert reloaded(letter).status == "sent"


class TakenOver(EmailBackend):
    """A mail server so slow that the lease runs out, and another worker sends the letter meanwhile."""

    at = None

    def send_messages(self, messages):
        if TakenOver.at:
            at, TakenOver.at = TakenOver.at, None
            send_due(at=at)
        return super().send_messages(messages)


def test_a_worker_whose_lease_ran_out_does_not_undo_what_another_did(settings, now, outbox):
    letter = post(notifications.plain, due_at=now, number=7)
    settings.EMAIL_BACKEND = f"{__name__}.TakenOver"
    TakenOver.at = now + timedelta(seconds=settings.LETTERS_LEASE_SECONDS + 60)
    assert send_due(at=now).sent == 0
    assert len(outbox) == 2
    reloaded(letter)
    assert (letter.status, letter.attempts) == ("sent", 2)
    assert letter.sent_at >= now + timedelta(seconds=settings.LETTERS_LEASE_SECONDS)


def test_a_letter_that_kills_every_worker_is_given_up(now):
    letter = post(notifications.plain, due_at=now, number=7)
    Letter.objects.filter(pk=letter.pk).update(status="sending", claimed_until=now, attempts=len(BACK_OFF_MINUTES) + 1)
    assert send_due(at=now).failed == 1
    assert reloaded(letter).last_error == "WorkerKilled"


def test_a_sweep_takes_no_more_than_its_limit_and_says_that_more_is_left(now):
    for number in range(3):
        post(notifications.plain, due_at=now, number=number)
    first, second = send_due(at=now, limit=2), send_due(at=now, limit=2)
    assert (first.sent, first.is_finished) == (2, False)
    assert (second.sent, second.is_finished) == (1, True)
