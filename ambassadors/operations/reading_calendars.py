"""Reading people's own calendars: what the worker does with their addresses.

Neither the network nor the reader is waited for while a row is held. A reading is claimed by moving the time at which
the calendar is due, and counts only while that claim stands: one killed half way is begun again, of two at once one
counts, and a calendar that was removed meanwhile stays removed.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from ambassadors.hours import by_day
from ambassadors.models import BusyTime, OwnCalendar
from ambassadors.validity import add_months
from stem.calendars.bounded import BusyRead, read_busy
from stem.calendars.fetching import PUBLIC, SENTENCES, NotModified, Reach, fetch
from stem.encryption import Unreadable, decrypted
from stem.moments import day_of, moment
from stem.rules import Kind, Refusal, refuse
from stem.wording import short_day_in_words

# Schools plan a school year; a month more, so that the year after the last reading is still whole.
MONTHS_AHEAD = 13
# A working year has some two thousand meetings; more than this says that somebody is hardly ever free.
MOST_ROWS = 5_000
# A new appointment is known within half a working day; a server that fails is asked less and less often.
LOOKED_EVERY = timedelta(hours=6)
LONGEST_WAIT = timedelta(days=2)
# After so long a reading that has not ended was killed: ten seconds to fetch, seven to read.
CLAIM = timedelta(minutes=10)
TASK_SECONDS = 60
# Of a calendar that does not change the server never says more than that: its last days are read anew once a week.
EXTENDED_EVERY = timedelta(days=7)
# Each takes a second or two of a worker that sends letters as well; with a sweep every ten minutes ten thousand people
# are looked at within six hours.
MOST_A_SWEEP = 300
BATCH = 1_000


@dataclass(frozen=True)
class Window:
    """The days of which calendars are read: from today until before another."""

    first: date
    until: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From which moment until before which."""
        return moment(self.first, time()), moment(self.until, time())


def window_from(at: datetime) -> Window:
    """The days that are read at this moment."""
    today = day_of(at)
    return Window(today, add_months(today, MONTHS_AHEAD))


def queue_reading(pk: int) -> None:
    """Ask the worker to read this calendar; when this is lost, the next sweep finds it."""
    options = {"timeout": TASK_SECONDS, "save": False}
    async_task("ambassadors.tasks.read_calendar", pk, group="calendars", q_options=options)


def sweep_calendars(*, at: datetime) -> int:
    """Have the calendars read that are due, each by itself, and forget the days that are over; how many are due.

    No more than `MOST_A_SWEEP` at a time, those that have waited longest first.
    """
    BusyTime.objects.filter(day__lt=day_of(at)).delete()
    due = list(OwnCalendar.objects.due(at).order_by("due_at", "pk").values_list("pk", flat=True)[:MOST_A_SWEEP])
    for pk in due:
        queue_reading(pk)
    return len(due)


def read_calendar(*, pk: int, at: datetime, reach: Reach = PUBLIC) -> None:
    """Read one calendar that is due from its address. What was read before counts on when that fails, and why is kept.

    Nothing happens to one that is not due, is being read, or has been removed.
    """
    calendar = _claimed(pk, at)
    if calendar is None:
        return
    window = window_from(at)
    try:
        read = _ask(calendar, window, reach)
    except Refusal as refusal:
        _note_failure(calendar, refusal.told_to(), at=at)
    else:
        _note_reading(calendar, read, window, at=at)


def put_reading(calendar: OwnCalendar, read: BusyRead, window: Window) -> None:
    """Let what was read stand for this calendar, which the caller holds or has just made, and saves."""
    rows = list(by_day(read.busy))
    problems = list(read.problems)
    if len(rows) > MOST_ROWS:
        rows = rows[:MOST_ROWS]
        words = _("There are more busy times than we keep: those after %(day)s are missing.")
        problems.append(words % {"day": short_day_in_words(rows[-1].day)})
    wanted = {(row.starts_at, row.ends_at): row for row in rows}
    there = {
        (starts_at, ends_at): pk for pk, starts_at, ends_at in calendar.busy.values_list("pk", "starts_at", "ends_at")
    }
    # Few calendars change much between two readings, and there are thousands.
    gone = [pk for times, pk in there.items() if times not in wanted]
    for begins in range(0, len(gone), BATCH):
        BusyTime.objects.filter(pk__in=gone[begins : begins + BATCH]).delete()
    new = (BusyTime(calendar=calendar, **row._asdict()) for times, row in wanted.items() if times not in there)
    BusyTime.objects.bulk_create(new, batch_size=BATCH)
    calendar.until, calendar.events, calendar.problems = window.until, read.events, problems


def _claimed(pk: int, at: datetime) -> OwnCalendar | None:
    """The calendar, due again only after this reading can no longer be under way; None if it is not due."""
    if not OwnCalendar.objects.filter(pk=pk, due_at__lte=at).update(due_at=at + CLAIM, looked_at=at):
        return None
    return OwnCalendar.objects.filter(pk=pk, due_at=at + CLAIM).first()


def _ask(calendar: OwnCalendar, window: Window, reach: Reach) -> BusyRead | None:
    """What the calendar says now; None while that is what it said last.

    Refuses as `fetch` and `read_busy` do, or with `calendar_unreadable_address`.
    """
    try:
        url = decrypted(bytes(calendar.address or b""))
    except Unreadable:
        words = _("We can no longer read this calendar’s address: remove it, and add it again.")
        raise refuse("calendar_unreadable_address", Kind.STATE, words) from None
    is_whole = calendar.until is not None and window.until - calendar.until < EXTENDED_EVERY
    known = {"etag": calendar.etag, "last_modified": calendar.last_modified} if is_whole else {}
    answer = fetch(url, reach=reach, **known)
    if isinstance(answer, NotModified):
        if calendar.read_at is None:
            # A server that says so to whoever knows nothing yet.
            raise refuse("calendar_status", Kind.INPUT, str(SENTENCES["status"]))
        return None
    calendar.etag, calendar.last_modified = answer.etag, answer.last_modified
    return read_busy(answer.body, *window.moments)


def _held(calendar: OwnCalendar) -> OwnCalendar | None:
    """The row as it is now, held, if this reading still has its claim."""
    rows = OwnCalendar.objects.select_for_update(no_key=True)
    return rows.filter(pk=calendar.pk, due_at=calendar.due_at).first()


@transaction.atomic
def _note_failure(calendar: OwnCalendar, why: str, *, at: datetime) -> None:
    """Keep why this reading failed, and try again the later the oftener that happens."""
    row = _held(calendar)
    if row is not None:
        row.failed, row.failures = why, min(row.failures + 1, 100)
        row.due_at = at + min(LOOKED_EVERY * 2 ** min(row.failures - 1, 8), LONGEST_WAIT)
        row.save()


@transaction.atomic
def _note_reading(calendar: OwnCalendar, read: BusyRead | None, window: Window, *, at: datetime) -> None:
    """Let this reading stand; None: what was read last is still right."""
    row = _held(calendar)
    if row is None:
        return
    if read is not None:
        put_reading(row, read, window)
        row.etag, row.last_modified = calendar.etag, calendar.last_modified
    row.failed, row.failures = "", 0
    row.read_at, row.due_at = at, at + LOOKED_EVERY
    row.save()
