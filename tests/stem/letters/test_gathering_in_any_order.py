"""Whatever is posted, held, cancelled, chosen and killed, in any order: each is told once, in one message a day."""

import re
import smtplib
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.letters import handling
from stem.letters.choices import resume_letters, stop_letters
from stem.letters.enums import LetterStatus
from stem.letters.kinds import kind_of
from stem.letters.models import Letter
from stem.letters.post import post
from stem.letters.sending import send_due
from stem.moments import day_of
from stem.rules import Refusal
from tests import make
from tests.stem.letters import notifications

FACTS = (notifications.elsewhere, notifications.joined, notifications.ending)
OPEN = (LetterStatus.WAITING, LetterStatus.SENDING, LetterStatus.HELD)
# So often the worker sweeps at the end, each time when the next letter is due, until none is left.
PATIENCE = 40


class Killed(BaseException):
    """What no handler catches, as a kill."""


class Ways(EmailBackend):
    """A mail server, and a worker that may be killed before it has taken a message, or after."""

    way = ""
    at: datetime
    taken: list["Message"]

    def send_messages(self, messages):
        if Ways.way == "killed before":
            raise Killed
        if Ways.way == "refused":
            raise smtplib.SMTPDataError(451, b"later")
        (message,) = messages
        numbers = re.findall(r"(?:visit|as number|Renew number) (\d+)[.:]", message.body)
        told = Message(
            message.message()["Message-ID"], message.to[0], day_of(Ways.at), tuple(int(number) for number in numbers)
        )
        Ways.taken.append(told)
        if Ways.way == "killed after":
            raise Killed
        return super().send_messages(messages)


@dataclass(frozen=True)
class Message:
    """What the mail server took."""

    message_id: str
    to: str
    day: date
    told: tuple[int, ...]


@dataclass
class World:
    """Two readers, a member of staff and a clock."""

    readers: list[User]
    staff: User
    at: datetime = make.NOW
    letters: dict[int, Letter] = field(default_factory=dict)
    kills: int = 0

    def take(self, step: tuple) -> None:
        name, *given_ = step
        with suppress(Refusal), transaction.atomic():
            getattr(self, name)(*given_)

    def post(self, reader: int, fact: int) -> None:
        number, user = len(self.letters) + 1, self.readers[reader]
        self.letters[number] = post(FACTS[fact], to=user, due_at=self.at, number=number, user_id=user.pk)

    def staff_do(self, act: str, which: int) -> None:
        if which in self.letters:
            getattr(handling, f"{act}_letter")(letter=self.letters[which], by=self.staff, at=self.at)

    def choose(self, act: str, reader: int, fact: int) -> None:
        does = stop_letters if act == "stop" else resume_letters
        does(user=self.readers[reader], kind=kind_of(FACTS[fact]), at=self.at)

    def overtake(self, which: int) -> None:
        notifications.OVER.add(which)

    def wait(self, hours: float) -> None:
        self.at += timedelta(hours=hours)

    def sweep(self, way: str = "") -> None:
        Ways.way, Ways.at = way, self.at
        try:
            send_due(at=self.at)
        except Killed:
            self.kills += 1

    def rows(self) -> dict[int, Letter]:
        return {number: Letter.objects.get(pk=letter.pk) for number, letter in self.letters.items()}

    def let_it_end(self) -> None:
        """Release all that is held, and sweep until nothing is left."""
        for letter in Letter.objects.filter(status=LetterStatus.HELD):
            handling.release_letter(letter=letter, by=self.staff, at=self.at)
        for _ in range(PATIENCE):
            self.sweep()
            waiting = list(Letter.objects.filter(status__in=OPEN))
            if not waiting:
                return
            self.at = min(letter.claimed_until or letter.next_try_at for letter in waiting)
        raise AssertionError("something is left")


NUMBERS = st.integers(1, 6)
READERS, ANY_FACT = st.integers(0, 1), st.integers(0, len(FACTS) - 1)
STEPS = st.one_of(
    st.tuples(st.just("post"), READERS, ANY_FACT),
    st.tuples(st.just("post"), READERS, ANY_FACT),
    st.tuples(st.just("wait"), st.sampled_from([0.02, 1, 5, 28, 60])),
    st.tuples(st.just("sweep"), st.sampled_from(["", "", "killed before", "killed after", "refused"])),
    st.tuples(st.just("staff_do"), st.sampled_from(["hold", "release", "cancel", "retry"]), NUMBERS),
    st.tuples(st.just("choose"), st.sampled_from(["stop", "resume"]), READERS, ANY_FACT),
    st.tuples(st.just("overtake"), NUMBERS),
)


@override_settings(EMAIL_BACKEND=f"{__name__}.Ways")
class TestAnyOrder(TestCase):
    @given(steps=st.lists(STEPS, min_size=4, max_size=30))
    def test_each_is_told_once_and_nobody_has_two_in_a_day(self, steps):
        mail.outbox.clear()
        notifications.OVER.clear()
        Ways.taken = []
        world = World([make.user(name="Ada"), make.user(name="Ben")], make.staff(Role.COORDINATOR))
        for step in steps:
            world.take(step)
        world.let_it_end()

        rows, taken = world.rows(), Ways.taken
        told, parts, days = defaultdict(list), {}, defaultdict(set)
        for message in taken:
            days[message.to, message.day].add(message.message_id)
            # A repeat tells no more than the first: what it added would be hidden as a repeat.
            assert set(message.told) <= parts.setdefault(message.message_id, set(message.told))
            for number in message.told:
                told[number].append(message)
        assert all(len(ids) == 1 for ids in days.values())
        assert all(len({message.message_id for message in each}) == 1 for each in told.values())
        assert sum(len(each) - 1 for each in told.values()) <= world.kills * max(map(len, parts.values()), default=0)
        assert len(taken) - len(parts) <= world.kills
        for number, row in rows.items():
            assert row.status not in OPEN
            assert (row.status == "sent") <= (number in told)
            assert (number in told) <= (row.status == "sent" or world.kills > 0)
            assert (row.status == "sent") == (row.sent_at is not None) == bool(row.sent_at and row.to_email)
            if row.status == "sent":
                assert told[number][0].message_id == row.leaves_under
                assert told[number][0].to.endswith(f"<{row.recipient.email}>")
        assert all(list(message.told) == sorted(message.told) for message in taken)

    @given(
        facts=st.lists(ANY_FACT, min_size=1, max_size=5),
        kills=st.lists(st.sampled_from(["before", "after"]), max_size=4),
    )
    def test_however_often_the_worker_is_killed_there_is_one_repeat_a_kill(self, facts, kills):
        mail.outbox.clear()
        notifications.OVER.clear()
        Ways.taken = []
        world = World([make.user(name="Ada")], make.staff(Role.COORDINATOR))
        for fact in facts:
            world.post(0, fact)
        world.at = world.letters[1].due_at
        for kill in kills:
            world.sweep(f"killed {kill}")
            world.at = Letter.objects.first().claimed_until
        world.let_it_end()
        assert len(Ways.taken) == 1 + kills.count("after")
        assert {message.told for message in Ways.taken} == {tuple(range(1, len(facts) + 1))}
        assert len({message.message_id for message in Ways.taken}) == 1
        assert {row.status for row in world.rows().values()} == {"sent"}
