"""A visit that is agreed, moved, shortened, given to somebody else and called off, in programs that others wrote.

Whoever looks at it by a feed holds one event, which vdirsyncer changes and khal shows; whoever has it by e-mail is told
the same event's history, which vobject and vdirsyncer's reader understand alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import vobject
from django.urls import reverse

from bookings.enums import CancelReason, VisitStatus
from bookings.models import Visit
from bookings.operations.arrangements import change_arrangements
from bookings.operations.leaving import hand_over_request
from bookings.operations.offers import accept_offer
from bookings.operations.proposals import Wish, agree_proposal, propose_time
from bookings.operations.swapping import swap_person
from bookings.operations.visits import cancel_visit, confirm_visit
from stem.accounts.feeds import feed_key
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.letters.sending import send_due
from tests import make
from tests.bookings.views import programs
from tests.bookings.views.mailed import Told, calendars_mailed_to

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock_stands_still"),
]

HOUR = timedelta(hours=1)
AT_FIRST = make.FIRST_TIME
# On the other side of the clock change.
MOVED = (datetime(2027, 4, 28, 9, 0, tzinfo=UTC), datetime(2027, 4, 28, 10, 0, tzinfo=UTC))
SHORTER = (MOVED[0], MOVED[1] - timedelta(minutes=15))
DAYS = [("2027-02-01", "2027-05-31")]


@dataclass
class Calendars:
    """The calendars of several people, each a folder that vdirsyncer keeps like that person's feed."""

    folder: Path
    server: str
    people: dict[str, User]

    def look(self) -> None:
        """Let every program ask for its feed: for one that was downloaded, and one that it pulls itself."""
        pairs = []
        for name, user in self.people.items():
            address = self.server + reverse("calendar_feed", args=[feed_key(user)])
            downloaded = self.folder / f"{name}.ics"
            downloaded.write_bytes(programs.ask(address))
            pairs.append((programs.in_file(downloaded), programs.in_folder(self.folder / name)))
            pairs.append((programs.at_address(address), programs.in_folder(self.folder / f"{name}-pulled")))
        programs.carry(self.folder, *pairs, status=self.folder / "status")

    def files(self, name: str) -> dict[str, str]:
        """Each event's file in this person's folder."""
        return {path.name: path.read_text() for path in (self.folder / name).glob("*.ics")}

    def held(self, name: str, uid: str) -> list[tuple]:
        """What this person's folder says of one event, by whatever file: number, times, standing and summary."""
        found = []
        for text in self.files(name).values():
            for event in vobject.readOne(text).vevent_list:
                if event.uid.value == uid:
                    times = (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC))
                    found.append((int(event.sequence.value), times, event.status.value, event.summary.value))
        return found

    def shown(self, name: str) -> set[tuple[str, str, str]]:
        """What khal shows this person in London: from when to when, and whether it stands."""
        shown = programs.shown_by_khal(self.folder / name, "Europe/London", DAYS)
        return {(each["start-long-full"], each["end-long-full"], each["status"]) for each in shown}


@dataclass
class Story:
    """One visit, the people around it, and what is done to it."""

    visit: Visit
    ada: User
    nia: User
    teacher: User
    colleague: User
    cora: User

    @property
    def uid(self) -> str:
        return f"{self.visit.uid}@visits.rolemodel.example"

    def confirm(self) -> None:
        confirm_visit(visit=self.visit, arrangements=make.arrangements(), by=self.teacher, at=make.NOW)

    def move(self, time: tuple[datetime, datetime]) -> None:
        wish = Wish(*time, "The hall is taken.", CancelReason.SCHOOL_EVENT, "We are open then")
        proposal = propose_time(visit=self.visit, seat=None, wish=wish, by=self.teacher, at=make.NOW)
        agree_proposal(proposal=proposal, seat=self.visit.seats.get(), by=self.ada, at=make.NOW)

    def change_room(self) -> None:
        elsewhere = make.arrangements(arrival="Room 12, by the side door")
        assert change_arrangements(visit=self.visit, arrangements=elsewhere, by=self.teacher, at=make.NOW)

    def give_to_nia(self) -> None:
        person, seat = self.nia.ambassador.pk, self.visit.seats.get()
        offer = swap_person(seat=seat, person=person, reason=CancelReason.WORK, by=self.cora, at=make.NOW)
        send_due(at=make.NOW)
        accept_offer(offer=offer, starts_at=SHORTER[0], by=self.nia, at=make.NOW)
        self.visit.refresh_from_db()
        self.confirm()

    def hand_over(self) -> None:
        hand_over_request(
            request=self.visit.request,
            successor=self.colleague.school_contacts.get(),
            by=self.teacher,
            at=make.NOW + HOUR,
        )

    def call_off(self) -> None:
        self.visit.refresh_from_db()
        cancel_visit(visit=self.visit, reason=CancelReason.SCHOOL_EVENT, by=self.colleague, at=make.NOW + HOUR)


@pytest.fixture
def story() -> Story:
    contact = make.contact()
    ada, nia = (make.ambassador(name=name, cleared=True) for name in ("Ada Engineer", "Nia Next"))
    # Each has another visit as well, which none of this concerns.
    for person, weeks in ((ada, 1), (nia, 2)):
        time = (AT_FIRST[0] + timedelta(weeks=weeks), AT_FIRST[1] + timedelta(weeks=weeks))
        make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=time)
    return Story(
        visit=make.visit(contact=contact, ambassador=ada, status=VisitStatus.MATCHED, time=AT_FIRST),
        ada=ada.user,
        nia=nia.user,
        teacher=contact.user,
        colleague=make.contact(school=contact.school).user,
        cora=make.staff(Role.COORDINATOR),
    )


@pytest.fixture
def calendars(story: Story, live_server, tmp_path: Path) -> Iterator[Calendars]:
    people = {"teacher": story.teacher, "colleague": story.colleague, "ada": story.ada, "nia": story.nia}
    return Calendars(tmp_path, live_server.url, people)


def steps(story: Story) -> Iterator[tuple[str, int, tuple[datetime, datetime], str, str, set[str]]]:
    """Do one thing after another: what it was, and what then stands in whose calendars."""
    school = {"teacher", "colleague"}
    story.confirm()
    yield "agreed", 1, AT_FIRST, "CONFIRMED", "Ada Engineer", school | {"ada"}
    story.move(MOVED)
    yield "moved", 2, MOVED, "CONFIRMED", "Ada Engineer", school | {"ada"}
    story.move(SHORTER)
    yield "shortened", 3, SHORTER, "CONFIRMED", "Ada Engineer", school | {"ada"}
    story.change_room()
    yield "in another room", 3, SHORTER, "CONFIRMED", "Ada Engineer", school | {"ada"}
    story.give_to_nia()
    yield "given to somebody else", 5, SHORTER, "CONFIRMED", "Nia Next", school | {"nia"}
    story.hand_over()
    yield "handed to a colleague", 5, SHORTER, "CONFIRMED", "Nia Next", school | {"nia"}
    story.call_off()
    yield "called off", 6, SHORTER, "CANCELLED", "Nia Next", school | {"nia"}


def test_by_a_feed_it_is_one_event_all_along(story: Story, calendars: Calendars):
    before: dict[str, dict[str, str]] = {}
    for what, sequence, (starts_at, ends_at), status, person, whose in steps(story):
        story.visit.refresh_from_db()
        calendars.look()
        stands = (sequence, (starts_at, ends_at), status, f"STEM visit: {person} at Beckside Academy")
        for name in calendars.people:
            held = calendars.held(name, story.uid)
            assert held == ([stands] if name in whose else []), (what, name)
            # By an address vdirsyncer names events anew: there are as many, and none is left behind.
            assert len(calendars.files(f"{name}-pulled")) == len(calendars.files(name)), (what, name)
            shown = (starts_at.isoformat(), ends_at.isoformat(), status)
            assert (shown in calendars.shown(name)) == (name in whose), (what, name)
        if what == "in another room":
            # A letter tells it: a new version of the event would have every program ask about it (0041).
            assert {name: calendars.files(name) for name in before} == before
        before = {name: calendars.files(name) for name in calendars.people}


def test_by_e_mail_it_is_one_event_and_its_history(story: Story, outbox):
    for _step in steps(story):
        send_due(at=make.NOW + HOUR)
        story.visit.refresh_from_db()

    def history(*told: tuple[str, int, tuple[datetime, datetime]]) -> list[Told]:
        standing = {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}
        return [Told(method, story.uid, number, *time, standing[method]) for method, number, time in told]

    first, second, third = ("REQUEST", 1, AT_FIRST), ("REQUEST", 2, MOVED), ("REQUEST", 3, SHORTER)
    fourth, last = ("REQUEST", 5, SHORTER), ("CANCEL", 6, SHORTER)
    expected = {
        story.teacher: history(first, second, third, fourth, ("CANCEL", 5, SHORTER)),
        story.ada: history(first, second, third, ("CANCEL", 4, SHORTER)),
        story.nia: history(fourth, last),
        story.colleague: history(fourth, last),
    }
    for user, told in expected.items():
        texts = calendars_mailed_to(user.email, outbox)
        assert [Told.by_vobject(text) for text in texts] == told, user
        assert [Told.by_vdirsyncer(text) for text in texts] == told, user
