"""An hour in which everybody is busy while server and worker are killed: who does what, and what then stands."""

import http.client
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bookings.enums import Asking, RequestStatus, VisitStatus
from schools.models import Contact
from stem.accounts.models import User
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of
from tests.journeys.people import a_school_day
from tests.races.killing import NAME, Killing
from tests.races.site import Press, Site
from tests.races.standing import PATIENCE, ROOT, Standing

ANSWER = re.compile(r"https?://[^/\s]+(/answer/\S+)")
SCHOOLS = 10
SETTINGS = "tests.races.busy_settings"
WORKER = "import django; django.setup(); import tests.races.busy_worker as worker; worker.run()"
# Of so many kills six meet the worker, two the whole server, and two one of the server's processes.
VICTIMS = ("worker", "server", "one of the server's processes")
WEIGHTS = (6, 2, 2)
# So long after its victim has come to work a kill may wait, and so many seconds it has in all.
AT_WORK_FOR, EACH_KILL = 0.5, 1.4
# A slow mail server: a worker that is killed is often in the middle of a letter.
MAIL_THINKS_FOR = "0.25"


@dataclass
class Plans:
    """What everybody is going to do: forms to send in any order, answers to letters, and what only clocks will do."""

    presses: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    lapsing: list[int] = field(default_factory=list)
    # By the name of its fact, how many letters all this makes.
    letters: Counter[str] = field(default_factory=Counter)


@dataclass
class Planner:
    """Fills the database with people, and plans so much of everything for them, within so many seconds."""

    much: int
    seconds: float

    def __post_init__(self) -> None:
        day = a_school_day(weeks=5)
        self.time = (day, day + timedelta(hours=1))
        self.contacts = [make.contact(school=make.school(name=f"School {number}")) for number in range(SCHOOLS)]
        self.coordinator = make.staff(Role.COORDINATOR)
        self.cookies: dict[int, str] = {}
        self.plans = Plans()

    def plan(self) -> Plans:
        """All of it, in an order that mixes everything."""
        for number in range(self.much):
            contact = self.contacts[number % SCHOOLS]
            self._asks(contact)
            self._is_asked(contact, says_yes=True)
            self._is_asked(contact, says_yes=False)
            self._cancels(contact)
            self._takes_back(contact)
        self._clocks()
        random.Random(self.much).shuffle(self.plans.presses)
        return self.plans

    def _asks(self, contact: Contact) -> None:
        """A teacher sends a request in."""
        draft = make.request(contact=contact, times=(self.time,), asking=Asking.BY_HAND)
        self._press(contact.user, reverse("check_request", args=[draft.pk]))
        self.plans.letters["request_received"] += 1

    def _is_asked(self, contact: Contact, *, says_yes: bool) -> None:
        """A coordinator asks somebody, who answers from the letter."""
        person = make.ambassador(cleared=True)
        visit = self._search(contact)
        invite = reverse("invite_ambassador", args=[visit.request_id])
        self._press(self.coordinator, invite, ambassador=str(person.pk))
        self.plans.letters["offer_made"] += 1
        if says_yes:
            self.plans.answers[person.email] = {"answer": "accept", "starts_at": self.time[0].isoformat()}
            self.plans.letters.update(["offer_accepted", "ambassador_found"])
        else:
            self.plans.answers[person.email] = {"answer": "decline"}

    def _cancels(self, contact: Contact) -> None:
        """A teacher calls a visit off."""
        visit = make.visit(
            contact=contact, ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, time=self.time
        )
        self._press(contact.user, reverse("cancel_visit", args=[visit.pk]), reason="school_event")
        self.plans.letters["visit_cancelled"] += 2

    def _takes_back(self, contact: Contact) -> None:
        """A coordinator takes an offer back."""
        offer = make.offer(visit=self._search(contact), lapses_at=timezone.now() + timedelta(days=2))
        self._press(self.coordinator, reverse("withdraw_offer", args=[offer.pk]))
        self.plans.letters["offer_withdrawn"] += 1

    def _clocks(self) -> None:
        """Some never answer: of half of them the time runs out, and the others are reminded, spread over the hour."""
        visit, now = self._search(self.contacts[0]), timezone.now()
        for number in range(self.much):
            soon = now + timedelta(seconds=self.seconds * number / self.much)
            made_at = now - timedelta(hours=1)
            lapsing = make.offer(visit=visit, made_at=made_at, lapses_at=soon)
            make.offer(visit=visit, made_at=made_at, remind_at=soon, lapses_at=now + timedelta(days=2))
            self.plans.lapsing.append(lapsing.pk)
            self.plans.letters.update(["offer_lapsed", "offer_waits"])

    def _search(self, contact: Contact):
        """A visit for which somebody is looked for, by hand."""
        wanted = make.request(contact=contact, status=RequestStatus.OPEN, times=(self.time,), asking=Asking.BY_HAND)
        return make.visit(request=wanted)

    def _press(self, user: User, address: str, **words: str) -> None:
        if user.pk not in self.cookies:
            browser = client_of(user, second_factor=user == self.coordinator)
            self.cookies[user.pk] = f"sessionid={browser.cookies['sessionid'].value}"
        self.plans.presses.append((address, self.cookies[user.pk], words))


@dataclass
class BusyHour:
    """A server, a worker, a mail server and the people who use them, over what this test has filled."""

    folder: Path
    plans: Plans
    chance: random.Random

    def __post_init__(self) -> None:
        self.killing = Killing(self.folder)
        self.site = Site(self.folder)
        self.kills: Counter[str] = Counter()
        self.met: Counter[int] = Counter()
        self.standing: list[Standing] = []
        self.people: list[Thread] = []
        self.over = Event()
        self.to_press: Queue[tuple[str, str, dict[str, str]]] = Queue()
        self.waiting = dict(self.plans.answers)
        # The claims of messages that kills cut short, and how many each kill did: they may have gone, and go again.
        self.cut_short: set[tuple[str, int]] = set()
        self.in_hand: list[int] = []
        self.taken_before = 0
        self.record, self.letters = self.folder / "taken.txt", self.folder / "letters"

    # --- opening and closing

    def open(self) -> None:
        """Start everything, and wait until the server answers."""
        self.letters.mkdir()
        command = [
            sys.executable,
            "-m",
            "tests.stem.letters.sink",
            str(self.record),
            str(self.letters),
            MAIL_THINKS_FOR,
        ]
        self.sink = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.sink.stdout
        mail = self.sink.stdout.readline().strip()
        environment = {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DATABASE_URL": self.killing.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
            "PGAPPNAME": NAME,
        }
        self._manage("createcachetable", environment)
        self.site.choose_port()
        server = ["-m", "gunicorn", "stem.wsgi", "--bind", f"127.0.0.1:{self.site.port}"]
        server += ["--workers", "2", "--threads", "4", "--log-level", "error"]
        self.server = Standing(server, environment, self.folder / "server.txt")
        self.worker = Standing(["-c", WORKER], environment, self.folder / "worker.txt")
        self.standing = [self.server, self.worker]
        for each in self.standing:
            each.start()
        self._wait_for(self.site.answers, "the site does not answer")
        self.token, self.cookie = self.site.token()
        self.people = [Thread(target=self._press_on, daemon=True) for _each in range(2)]
        self.people.append(Thread(target=self._answer_letters, daemon=True))
        for person in self.people:
            person.start()

    def _manage(self, words: str, environment: dict[str, str]) -> None:
        once = Standing([str(ROOT / "manage.py"), words], environment, self.folder / "manage.txt")
        self.standing.append(once)
        once.start()
        assert once.process is not None
        assert once.process.wait(PATIENCE) == 0, once.said.read_text()

    def close(self) -> None:
        """Let nothing go on of what was started."""
        self.over.set()
        for each in self.standing:
            each.kill()
        if hasattr(self, "sink"):
            self.sink.kill()
            self.sink.wait(PATIENCE)
            self.sink.stdout.close()
        for person in self.people:
            person.join(PATIENCE)
        self.killing.wait_for_the_server()
        if connection.vendor == "postgresql":
            self.killing.tell("DROP TABLE IF EXISTS cache_entries")

    # --- what people do

    def _press_on(self) -> None:
        """Send one form after another."""
        while not self.over.is_set():
            with suppress(Empty):
                address, cookie, words = self.to_press.get(timeout=0.2)
                self._press(address, cookie, words)
                self.to_press.task_done()

    def _answer_letters(self) -> None:
        """Read what the mail server has taken, and answer each offer from its letter."""
        read: set[Path] = set()
        while not self.over.is_set():
            for path in sorted({*self.letters.glob("*.eml")} - read):
                read.add(path)
                letter = message_from_bytes(path.read_bytes(), policy=default)
                body = letter.get_body(("plain",))
                link = ANSWER.search(body.get_content() if body else "")
                words = self.waiting.get(parseaddr(letter["To"])[1])
                if link and words:
                    self._press(link[1], "", words)
                    del self.waiting[parseaddr(letter["To"])[1]]
            time.sleep(0.1)

    def _press(self, address: str, cookie: str, words: dict[str, str]) -> None:
        """Send a form until somebody is there who answers; one whose answer was lost is sent again."""
        told = {**words, "csrfmiddlewaretoken": self.token}
        press = Press(address, {name: [word] for name, word in told.items()}, "; ".join([self.cookie, cookie]))
        while not self.over.is_set():
            with suppress(OSError, http.client.HTTPException):
                answered = self.site.send(press)
                self.met[answered.status] += 1
                return
            time.sleep(0.1)

    # --- the kills

    def kill(self, times: int) -> None:
        """Kill so often, at moments that nobody chose, and start again at once; meanwhile people do all they planned.

        Now and then the queue is emptied as well.
        """
        presses, began = iter(self.plans.presses), time.monotonic()
        for number in range(times):
            done = len(self.plans.presses) * number // times
            for _each in range(len(self.plans.presses) * (number + 1) // times - done):
                self.to_press.put(next(presses))
            self._kill_somebody(began + EACH_KILL * (number + 1))
            if number % 10 == 9:
                self.empty_the_queue()

    def _kill_somebody(self, no_later_than: float) -> None:
        [victim] = self.chance.choices(VICTIMS, WEIGHTS)
        is_at_work = self._sends if victim == "worker" else self.site.answers
        while time.monotonic() < no_later_than and not is_at_work():
            time.sleep(0.02)
        time.sleep(self.chance.uniform(0, AT_WORK_FOR))
        if victim == VICTIMS[2] and not self.server.kill_one(self.chance):
            victim = "server"
        if victim == "server":
            self.server.kill()
            self.server.start()
        elif victim == "worker":
            self._kill_the_worker()
        self.kills[victim] += 1

    def _sends(self) -> bool:
        """Whether a letter has left since the worker was started."""
        return self.record.exists() and self.record.stat().st_size > self.taken_before

    def _kill_the_worker(self) -> None:
        """Kill it, note which letters it had in hand, and start it again."""
        self.worker.kill()
        left_under = "COALESCE(NULLIF(gathered_in, ''), message_id)"
        held = self.killing.rows(f"SELECT {left_under}, attempts FROM letters_letter WHERE status = 'sending'")
        self.in_hand.append(len({*held} - self.cut_short))
        self.cut_short.update(held)
        self.taken_before = self.record.stat().st_size if self.record.exists() else 0
        self.worker.start()

    def empty_the_queue(self) -> None:
        """Lose all that was queued, and all that was being done."""
        self.killing.tell("DELETE FROM django_q_ormq")

    # --- what stands afterwards

    def settle(self) -> None:
        """Lose the queue once more, and wait until there is nothing left to do."""
        self.empty_the_queue()
        self._wait_for(lambda: self.to_press.unfinished_tasks == 0, "people cannot do what they planned")
        self._wait_for(lambda: not self.waiting, "letters do not come")
        # What is gathered waits for four in the afternoon; each of these readers has one of it, which leaves as itself.
        self.killing.tell("UPDATE letters_letter SET next_try_at = posted_at WHERE is_gathered AND status = 'waiting'")
        self._wait_for(lambda: not self.unsettled(), "what is left does not go")

    def unsettled(self) -> dict[str, int]:
        """How much is still to be done, by what it is."""
        asked = {
            "letters": "SELECT count(*) FROM letters_letter WHERE status IN ('waiting', 'sending')",
            "lapses": f"SELECT count(*) FROM bookings_offer WHERE status = 'sent' AND id IN ({self._lapsing()})",
            "facts": f"SELECT {sum(self.plans.letters.values())} - count(*) FROM letters_letter",
        }
        counted = {what: int(self.killing.rows(sql)[0][0]) for what, sql in asked.items()}
        return {what: count for what, count in counted.items() if count}

    def _lapsing(self) -> str:
        return ", ".join(map(str, self.plans.lapsing))

    def posted(self) -> dict[str, tuple[str, str]]:
        """Every letter by its Message-ID: the name of its fact, and its status."""
        left_under = "COALESCE(NULLIF(gathered_in, ''), message_id)"
        rows = self.killing.rows(f"SELECT {left_under}, fact, status FROM letters_letter")
        return {message_id: (fact.rpartition(".")[2], status) for message_id, fact, status in rows}

    def taken(self) -> Counter[str]:
        """How often each Message-ID came to the mail server."""
        return Counter(self.record.read_text().splitlines())

    def offers(self) -> Counter[str]:
        """How the offers stand."""
        return Counter(dict(self.killing.rows("SELECT status, count(*) FROM bookings_offer GROUP BY status")))

    def said(self) -> str:
        """The last words of the server and the worker, for whoever looks for the fault."""
        return "\n".join(each.said.read_text()[-2000:] for each in (self.server, self.worker))

    def _wait_for(self, has_come: Callable[[], bool], what: str) -> None:
        give_up_at = time.monotonic() + 2 * PATIENCE
        while not has_come():
            assert time.monotonic() < give_up_at, f"{what}: {self.unsettled()}\n{self.said()}"
            time.sleep(0.2)
