"""When somebody is free on a day, in words for themselves. Pure."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from bookings.enums import WhyNot
from bookings.free_time import Span
from stem.curriculum import Words
from stem.wording import clock_in_words

# What stands against a day, told to the one whose day it is.
TO_THEMSELVES: dict[str, Words] = {
    WhyNot.TOO_SOON: lazy("sooner than you can be asked"),
    WhyNot.HOURS: lazy("outside your hours"),
    WhyNot.PROMISED: lazy("you have a visit"),
    WhyNot.BUSY: lazy("busy by your own calendar"),
    WhyNot.AWAY: lazy("you are away"),
    WhyNot.RESTING: lazy("you rest between visits"),
    WhyNot.MONTH: lazy("as many visits this month as you want"),
    WhyNot.TERM: lazy("as many visits this term as you want"),
}
OTHERWISE: Words = lazy("you are busy")


def free_in_words(free: Sequence[Span], why_not: Iterable[WhyNot]) -> str:
    """When we may ask them, or why we may not; nothing where nobody would ask."""
    if free:
        return _("Free %(times)s") % {"times": ", ".join(map(_from_to, free))}
    why = ", ".join(dict.fromkeys(str(TO_THEMSELVES.get(each, OTHERWISE)) for each in why_not))
    return _("Not free: %(why)s") % {"why": why} if why else ""


def _from_to(span: Span) -> str:
    words = {"from": clock_in_words(span.starts_at), "to": clock_in_words(span.ends_at)}
    return _("%(from)s to %(to)s") % words
