"""What is gathered for a reader leaves as one message, once a working day, and each letter of it is its own."""

import re
import smtplib
from datetime import datetime, timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.letters.choices import stop_key, stop_letters
from stem.letters.handling import cancel_letter, edit_letter, hold_letter, release_letter, retry_letter
from stem.letters.hours import next_gathering
from stem.letters.kinds import LetterKind
from stem.letters.models import Letter, OneTimeLink
from stem.letters.post import post
from stem.letters.sending import send_due
from tests import make
from tests.clients import client_of
from tests.stem.letters import notifications
from tests.stem.letters.notifications import elsewhere, ending, joined, unwritable

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def ada() -> User:
    return make.user(name="Ada O'Neill", email="ada@people.example")


@pytest.fixture(autouse=True)
def _all_of_it_is_true():
    notifications.OVER.clear()
    yield
    notifications.OVER.clear()


@pytest.fixture
def four(now) -> datetime:
    """Four o'clock on the same Tuesday."""
    return now.replace(hour=16)


def post_news(fact, reader: User | None, at: datetime, number: int) -> Letter:
    user_id = reader.pk if reader else make.user(email=f"absent{number}@people.example").pk
    return post(fact, to=reader, due_at=at, number=number, user_id=user_id)


def told(message) -> list[int]:
    """The numbers of the letters that a message tells, in its order."""
    return [int(number) for number in re.findall(r"(?:visit|as number|Renew number) (\d+)[.:]", message.body)]


def statuses(*letters: Letter) -> list[str]:
    return [Letter.objects.get(pk=letter.pk).status for letter in letters]


def test_it_leaves_at_four_as_one_message_in_the_order_posted(ada, now, four, outbox):
    letters = [post_news(fact, ada, now + n * MINUTE, n) for n, fact in enumerate([joined, elsewhere, ending], 1)]
    assert [letter.due_at for letter in letters] == [four] * 3
    assert send_due(at=four - MINUTE).moved == 0

    sweep = send_due(at=four)

    (message,) = outbox
    assert (sweep.sent, message.subject, message.to) == (
        3,
        "3 things to know, for Ada O'Neill",
        ["Ada O'Neill <ada@people.example>"],
    )
    assert told(message) == [1, 2, 3]
    rows = [Letter.objects.get(pk=letter.pk) for letter in letters]
    assert {(row.status, row.to_name, row.to_email, row.claimed_until) for row in rows} == {
        ("sent", "Ada O'Neill", "ada@people.example", None)
    }
    assert {row.leaves_under for row in rows} == {message.message()["Message-ID"]}
    assert all(four <= row.sent_at < four + MINUTE for row in rows)
    assert send_due(at=four + MINUTE).moved == 0


def test_each_reader_has_a_message_of_their_own(ada, now, four, outbox):
    for number, reader in enumerate([ada, make.user(name="Ben"), ada, None], 1):
        post_news(elsewhere, reader, now, number)
    send_due(at=four)
    # Whoever has no account is known by the address of each letter alone.
    assert sorted(told(message) for message in outbox) == [[1, 3], [2], [4]]


def test_what_is_alone_leaves_as_itself(ada, now, four, outbox):
    post_news(elsewhere, ada, now, 7)
    send_due(at=four)
    (message,) = outbox
    assert message.subject == "Somebody else goes to visit 7"
    assert message.body.startswith("Dear Ada O'Neill,\n\nSomebody else goes to visit 7.")


def test_of_what_is_left_alone_at_the_last_moment_too(ada, now, four, outbox):
    first, second, third = (post_news(elsewhere, ada, now, number) for number in (1, 2, 3))
    notifications.OVER.add(1)
    cancel_letter(letter=second, by=make.staff(Role.COORDINATOR), at=now)
    send_due(at=four)
    assert [message.subject for message in outbox] == ["Somebody else goes to visit 3"]
    assert statuses(first, second, third) == ["not_needed", "cancelled", "sent"]


def test_each_is_asked_again_and_each_kind_may_be_unwanted(ada, now, four, outbox):
    letters = [post_news(fact, ada, now, n) for n, fact in enumerate([joined, elsewhere, ending, ending, elsewhere])]
    notifications.OVER.add(3)
    stop_letters(user=ada, kind=LetterKind.SCHOOL_NEWS, at=now)
    sweep = send_due(at=four)
    assert (told(outbox[0]), len(outbox)) == ([1, 2, 4], 1)
    assert outbox[0].subject.startswith("3 things to know")
    assert statuses(*letters) == ["not_wanted", "sent", "sent", "not_needed", "sent"]
    assert (sweep.sent, sweep.not_wanted, sweep.not_needed) == (3, 1, 1)


def test_a_closed_account_gets_none_of_it(ada, now, four, outbox):
    letters = [post_news(elsewhere, ada, now, number) for number in (1, 2)]
    User.objects.filter(pk=ada.pk).update(is_active=False)
    send_due(at=four)
    assert (statuses(*letters), outbox) == (["not_needed", "not_needed"], [])


def test_the_way_to_stop_a_kind_stands_with_each_of_it_and_one_press_stops_no_other(ada, now, four, outbox):
    for number, fact in enumerate([elsewhere, joined, ending, elsewhere]):
        post_news(fact, ada, now, number)
    send_due(at=four)
    text, html = outbox[0].body, outbox[0].alternatives[0].content
    for kind, times in ((LetterKind.OFFER_NEWS, 2), (LetterKind.SCHOOL_NEWS, 1), (LetterKind.VETTING, 0)):
        assert (text.count(stop_key(ada, kind)), html.count(stop_key(ada, kind))) == (times, times)
    assert "List-Unsubscribe" not in outbox[0].extra_headers


def test_of_one_kind_a_mail_program_may_stop_it_by_one_press(ada, now, four, outbox):
    for number in (1, 2):
        post_news(elsewhere, ada, now, number)
    send_due(at=four)
    assert stop_key(ada, LetterKind.OFFER_NEWS) in outbox[0].extra_headers["List-Unsubscribe"]


def test_links_are_minted_for_each_as_it_leaves(ada, now, four, outbox):
    for number in (1, 2):
        post_news(ending, ada, now, number)
    send_due(at=four)
    assert sorted(OneTimeLink.objects.values_list("object_id", flat=True)) == [1, 2]
    assert len(set(re.findall(r"/answer-test/(\S+)/", outbox[0].body))) == 2


def test_one_that_cannot_be_written_keeps_no_other_back_and_comes_with_the_next(ada, now, four, outbox):
    broken, fine = post_news(unwritable, ada, now, 1), post_news(elsewhere, ada, now, 2)
    sweep = send_due(at=four)
    assert (sweep.put_off, sweep.sent, told(outbox[0])) == (1, 1, [2])
    Letter.objects.filter(pk=broken.pk).update(fact=fine.fact)
    # Mended at once, it would be a second message of the day.
    assert send_due(at=four + 2 * MINUTE).moved == 0
    broken.refresh_from_db()
    assert (broken.status, broken.due_at, broken.next_try_at) == ("waiting", four + DAY, four + DAY)
    send_due(at=four + DAY)
    assert [told(message) for message in outbox] == [[2], [1]]


def test_what_encloses_something_cannot_be_gathered(ada, now, four, outbox):
    post_news(notifications.enclosing_news, ada, now, 1)
    assert (send_due(at=four).put_off, Letter.objects.get().last_error, outbox) == (1, "ValueError", [])


def test_each_can_be_held_released_edited_and_cancelled_by_itself(ada, now, four, outbox):
    staff = make.staff(Role.COORDINATOR)
    held, edited, cancelled, left = (post_news(joined, ada, now, number) for number in (1, 2, 3, 4))
    hold_letter(letter=held, by=staff, at=now)
    words = "Dear Ada,\n\nit is <b>ours</b> as number 2.\n\n-- \nThe scheme\nStop: [[stop_letters]]\n"
    edit_letter(letter=edited, subject="In our <words>", body=words, by=staff, at=now)
    cancel_letter(letter=cancelled, by=staff, at=now)

    send_due(at=four)

    (message,) = outbox
    assert told(message) == [2, 4]
    html = message.alternatives[0].content
    assert "1. In our <words>\n\nDear Ada,\n\nit is <b>ours</b> as number 2.\n\nYou get this because" in message.body
    assert "<h2>In our &lt;words&gt;</h2>" in html and "it is &lt;b&gt;ours&lt;/b&gt; as number 2." in html
    # The foot of what was edited is that of the whole.
    assert "The scheme" not in message.body and "[[" not in message.body + html
    assert statuses(held, edited, cancelled, left) == ["held", "sent", "cancelled", "sent"]


def test_what_is_released_after_the_day_s_message_is_in_the_next(ada, now, four, outbox):
    staff = make.staff(Role.COORDINATOR)
    held, other = post_news(joined, ada, now, 1), post_news(joined, ada, now, 2)
    hold_letter(letter=held, by=staff, at=now)
    send_due(at=four)
    release_letter(letter=held, by=staff, at=four + MINUTE)
    post_news(joined, ada, four + MINUTE, 3)

    assert send_due(at=four + MINUTE).moved == 0
    send_due(at=four + DAY)

    assert [told(message) for message in outbox] == [[2], [1, 3]]
    assert len({message.message()["Message-ID"] for message in outbox}) == 2
    assert statuses(held, other) == ["sent", "sent"]


def test_what_is_released_on_another_day_waits_for_nothing(ada, now, four, outbox):
    staff = make.staff(Role.COORDINATOR)
    held = post_news(joined, ada, now, 1)
    hold_letter(letter=held, by=staff, at=now)
    release_letter(letter=held, by=staff, at=four + DAY + MINUTE)
    send_due(at=four + DAY + MINUTE)
    assert [told(message) for message in outbox] == [[1]]


class Troubled(EmailBackend):
    """A mail server that does this with the next message."""

    trouble: BaseException | None = None
    takes_it = False

    def send_messages(self, messages):
        trouble, Troubled.trouble = Troubled.trouble, None
        if trouble is None:
            return super().send_messages(messages)
        if Troubled.takes_it:
            super().send_messages(messages)
        raise trouble


@pytest.fixture
def trouble(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Troubled"

    def comes(error: BaseException, *, takes_it: bool) -> None:
        Troubled.trouble, Troubled.takes_it = error, takes_it

    return comes


class Killed(BaseException):
    """What no handler catches, as a kill."""


def test_after_a_kill_the_same_letters_go_again_under_the_same_message_id(ada, now, four, outbox, trouble):
    staff = make.staff(Role.COORDINATOR)
    first, second, held = (post_news(joined, ada, now, number) for number in (1, 2, 3))
    hold_letter(letter=held, by=staff, at=now)
    trouble(Killed(), takes_it=True)
    with pytest.raises(Killed):
        send_due(at=four)
    # What has come meanwhile would look like a part of the repeat, and be lost with it.
    release_letter(letter=held, by=staff, at=four)
    assert send_due(at=four + MINUTE).moved == 0
    first.refresh_from_db()
    assert first.status == "sending"

    sweep = send_due(at=first.claimed_until)

    assert [told(message) for message in outbox] == [[1, 2], [1, 2]]
    assert len({message.message()["Message-ID"] for message in outbox}) == 1
    assert (sweep.sent, statuses(first, second, held)) == (2, ["sent", "sent", "waiting"])
    send_due(at=four + DAY)
    assert told(outbox[-1]) == [3] and outbox[-1].message()["Message-ID"] != outbox[0].message()["Message-ID"]


def test_a_repeat_of_what_holds_no_longer_in_part_is_still_the_same_message(ada, now, four, outbox, trouble):
    letters = [post_news(joined, ada, now, number) for number in (1, 2)]
    trouble(Killed(), takes_it=True)
    with pytest.raises(Killed):
        send_due(at=four)
    notifications.OVER.add(1)
    send_due(at=four + DAY)
    assert [told(message) for message in outbox] == [[1, 2], [2]]
    assert len({message.message()["Message-ID"] for message in outbox}) == 1
    assert statuses(*letters) == ["not_needed", "sent"]


def test_an_answer_that_was_lost_costs_a_repeat_under_the_same_message_id(ada, now, four, outbox, trouble):
    letters = [post_news(joined, ada, now, number) for number in (1, 2)]
    trouble(smtplib.SMTPServerDisconnected(), takes_it=True)
    assert send_due(at=four).put_off == 2
    assert send_due(at=four + 2 * MINUTE).sent == 2
    assert [told(message) for message in outbox] == [[1, 2], [1, 2]]
    assert len({message.message()["Message-ID"] for message in outbox}) == 1
    assert statuses(*letters) == ["sent", "sent"]


def test_a_refused_address_fails_each_and_one_tried_again_is_another_message(ada, now, four, outbox, trouble):
    letters = [post_news(joined, ada, now, number) for number in (1, 2)]
    trouble(smtplib.SMTPRecipientsRefused({ada.email: (550, b"no such person")}), takes_it=False)
    assert send_due(at=four).failed == 2
    assert statuses(*letters) == ["failed", "failed"]
    assert {Letter.objects.get(pk=letter.pk).to_email for letter in letters} == {ada.email}
    for wait, letter in enumerate(letters):
        retry_letter(letter=letter, by=make.staff(Role.COORDINATOR), at=four + wait * DAY)
        send_due(at=four + wait * DAY)
    # Under one Message-ID the second would look like a repeat of the first.
    assert [told(message) for message in outbox] == [[1], [2]]
    assert len({message.message()["Message-ID"] for message in outbox}) == 2


class AnotherComes(EmailBackend):
    """A mail server so slow that another worker sweeps meanwhile."""

    at: datetime | None = None
    moved = -1

    def send_messages(self, messages):
        if AnotherComes.at:
            at, AnotherComes.at = AnotherComes.at, None
            AnotherComes.moved = send_due(at=at).moved
        return super().send_messages(messages)


def test_another_worker_finds_nothing_of_it(ada, now, four, outbox, settings):
    for number in (1, 2):
        post_news(joined, ada, now, number)
    settings.EMAIL_BACKEND = f"{__name__}.AnotherComes"
    AnotherComes.at = four
    assert (send_due(at=four).sent, AnotherComes.moved) == (2, 0)
    assert [told(message) for message in outbox] == [[1, 2]]


def statements(reader: User, fact, at: datetime, numbers) -> int:
    """How many statements a sweep makes that sends these letters."""
    due = {post_news(fact, reader, at, number).due_at for number in numbers}
    send_due(at=at - DAY)
    with CaptureQueriesContext(connection) as asked:
        assert send_due(at=max(due)).sent == len(numbers)
    return len(asked)


def test_another_letter_of_a_reader_costs_a_sweep_less_than_it_does_by_itself(ada, now):
    one, three = statements(ada, joined, now, [1]), statements(make.user(), joined, now, [1, 2, 3])
    alone_one, alone_three = (
        statements(make.user(), notifications.not_gathered, now, numbers) for numbers in ([1], [1, 2, 3])
    )
    # its own question, within a savepoint of its own
    assert (three - one) / 2 <= 4
    assert three - one < alone_three - alone_one
    assert three < alone_three


def test_staff_read_each_by_itself_with_the_message_in_which_it_left(ada, now, four):
    first, second = (post_news(joined, ada, now, number) for number in (1, 2))
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    before = client.get(reverse("staff_letter", args=[first.pk])).content.decode()
    assert "in one letter a working day" in before and first.message_id.strip("<>") in before
    assert "as number 1" in before and "as number 2" not in before
    send_due(at=four)
    after = client.get(reverse("staff_letter", args=[second.pk])).content.decode()
    assert Letter.objects.get(pk=first.pk).gathered_in.strip("<>") in after


def test_what_can_wait_leaves_by_day_and_what_cannot_at_once(ada, now):
    night = now.replace(hour=23)
    assert post(notifications.patient, due_at=night, number=1).due_at == night + timedelta(hours=9)
    assert post(notifications.patient, due_at=now, number=2).due_at == now
    assert post(notifications.agreed, due_at=night, number=1).due_at == night
    assert post_news(joined, ada, night, 1).due_at == next_gathering(night) == now.replace(hour=16) + DAY
