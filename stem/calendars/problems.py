"""What is said to people of a calendar that cannot be read, or not all of it: never a title, a place or a person."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from stem.calendars.notes import Problem
from stem.rules import Kind, Refusal, refuse

NO_CALENDAR: dict[str, Promise] = {
    "too_large": _later("This calendar is larger than 32 MB: send a shorter time of it."),
    "empty": _later("This file is empty: it holds no calendar."),
    "zip": _later("This is a zip file: unpack it, and send the .ics file that is in it."),
    "web_page": _later(
        "This is a web page and no calendar: look for the calendar’s private address, which often ends in .ics."
    ),
    "addresses": _later("These are people’s addresses and no calendar: send the .ics file of a calendar."),
    "something_else": _later("This is no calendar: send a file in the iCalendar format, whose name ends in .ics."),
    "too_intricate": _later("This calendar takes too much time or memory to read: send a shorter time of it."),
}
SENTENCES: dict[str, Promise] = {
    "no_start": _later("Event %(nth)s does not say when it begins, and was left out."),
    "time": _later("Event %(nth)s has a date or a time that cannot be read, and was left out."),
    "length": _later("Event %(nth)s has a length that cannot be read, and was left out."),
    "backwards": _later("Event %(nth)s ends before it begins, and was left out."),
    "offset": _later("Event %(nth)s has a time zone that cannot be read, and was left out."),
    "rule": _later("Event %(nth)s repeats by a rule that cannot be read: only the times that it names count."),
    "dates": _later(
        "Event %(nth)s names further dates, or dates left out, that cannot be read; those were passed over."
    ),
    "periods": _later("Entry %(nth)s, published busy time, has periods that cannot be read; its others count."),
    "often": _later(
        "Event %(nth)s repeats more than 20,000 times in these days, which is hardly meant. It counts as it stands."
    ),
    "too_often": _later("Event %(nth)s repeats too often to list every time: some of its times are missing."),
    "too_many_times": _later("There are more busy times than can be listed: some of event %(nth)s are missing."),
    "zone_differs": _later(
        "The file’s own definition of the time zone %(name)s differs from the clocks there, which count."
    ),
    "zone_unknown": _later(
        "The time zone %(name)s is not known, and the file does not define it: its times count as London’s."
    ),
    "availability": _later("Opening hours (VAVAILABILITY) are not read: only events and published busy time are."),
    "too_many_entries": _later("The file has more than 200,000 entries: only the first were read."),
    "cut_off": _later("The file stops before its calendar ends: what came after is missing."),
    "out_of_time": _later("The file takes too long to read: only a part of its events was counted."),
    "out_of_memory": _later("The file takes too much memory to read: only a part of its events was counted."),
}


def say(problems: Iterable[Problem], more: int) -> list[str]:
    """Each problem in a sentence, and how many more there were."""
    sentences = [str(SENTENCES[problem.code]) % problem._asdict() for problem in problems]
    return [*sentences, _("There are %(count)s more problems of this kind.") % {"count": more}] if more else sentences


def refuse_file(code: str) -> Refusal:
    """The refusal of what is no calendar, or cannot be read at all."""
    refusal = "no_calendar" if code not in {"too_large", "too_intricate"} else f"calendar_{code}"
    return refuse(refusal, Kind.INPUT, str(NO_CALENDAR[code]))
