"""Words for what a school and an ambassador agree."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestStatus(TextChoices):
    """How far a school's request has come (rule 5.6)."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Being read")
    OPEN = "open", _("Finding someone")
    FULFILLED = "fulfilled", _("Someone found")
    UNFILLED = "unfilled", _("Nobody found")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class VisitStatus(TextChoices):
    """How far one visit has come (rule 5.6)."""

    FINDING = "finding", _("Finding someone")
    MATCHED = "matched", _("School to confirm")
    CONFIRMED = "confirmed", _("Confirmed")
    DELIVERED = "delivered", _("Took place")
    NOT_DELIVERED = "not_delivered", _("Did not take place")
    NO_SHOW_BY_AMBASSADOR = "no_show_by_ambassador", _("Ambassador did not come")
    NO_SHOW_BY_SCHOOL = "no_show_by_school", _("School was not ready")
    CANCELLED_BY_SCHOOL = "cancelled_by_school", _("Cancelled by the school")
    CANCELLED_BY_AMBASSADOR = "cancelled_by_ambassador", _("Cancelled by the ambassador")
    CANCELLED_BY_SCHEME = "cancelled_by_scheme", _("Cancelled by the scheme")
    UNFILLED = "unfilled", _("Nobody found")


# A school has agreed to these: they stand in both diaries.
PROMISED = (VisitStatus.CONFIRMED, VisitStatus.DELIVERED)
# A school learns who comes once everyone needed has said yes (rule P-05).
NAMED = (
    VisitStatus.MATCHED,
    *PROMISED,
    VisitStatus.NOT_DELIVERED,
    VisitStatus.NO_SHOW_BY_AMBASSADOR,
    VisitStatus.NO_SHOW_BY_SCHOOL,
)
# Both sides have said yes, or one waits for the other's: only by agreement does its time change.
HAS_PEOPLE = (VisitStatus.MATCHED, VisitStatus.CONFIRMED)
UPCOMING = (VisitStatus.FINDING, VisitStatus.MATCHED, VisitStatus.CONFIRMED)
# Whoever has a place in one of these is with pupils that day, or was (rule V-15).
TAKES_PLACE = (*UPCOMING, VisitStatus.DELIVERED)
# They stand in diaries: what was called off, or never found anybody, does not.
STANDS = (
    *TAKES_PLACE,
    VisitStatus.NOT_DELIVERED,
    VisitStatus.NO_SHOW_BY_AMBASSADOR,
    VisitStatus.NO_SHOW_BY_SCHOOL,
)


# No status, but what is computed of some: on their day something of whoever comes will have run out (rule V-04).
AT_RISK = "at_risk"
# Nor is this: its day is two working days away or nearer, and not everybody has said that all is as agreed (rule 5.6).
NOT_RECONFIRMED = "not_reconfirmed"
# Nor is this: something that others rely on has been changed lately.
CHANGED = "changed"


class Change(TextChoices):
    """What changes something of a visit that others rely on, by the kind of its event."""

    MOVED = "change_time", _("Moved")
    DETAILS = "change_arrangements", _("Details changed")
    REOPENED = "reopen", _("A place free again")
    BY_SCHOOL = "cancel_by_school", _("Called off")
    BY_AMBASSADOR = "cancel_by_ambassador", _("Called off")
    BY_SCHEME = "cancel_by_scheme", _("Called off")


class SeatKind(TextChoices):
    """A person's part in a visit."""

    LEAD = "lead", _("Lead")
    SHADOW = "shadow", _("Comes along to watch")


class SeatStatus(TextChoices):
    """Whether someone has it."""

    OPEN = "open", _("Open")
    TAKEN = "taken", _("Taken")


class OfferStatus(TextChoices):
    """How one person answered (rule 5.6)."""

    QUEUED = "queued", _("About to be asked")
    SENT = "sent", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("No answer in time")
    WITHDRAWN = "withdrawn", _("Taken back")
    SUPERSEDED = "superseded", _("Someone else was first")
    RELEASED = "released", _("Accepted, later given up")
    COUNTERED = "countered", _("Could come at another time")
    REFUSED = "refused", _("The school could not take the other time")


LIVE_OFFERS = (OfferStatus.QUEUED, OfferStatus.SENT, OfferStatus.COUNTERED, OfferStatus.ACCEPTED)
# Somebody's move is still to come: the person's, or the school's where they have named another time.
UNSETTLED_OFFERS = (OfferStatus.SENT, OfferStatus.COUNTERED)


class Side(TextChoices):
    """Whose word it is that a school and an ambassador had better not meet again."""

    SCHOOL = "school", _("The school")
    AMBASSADOR = "ambassador", _("The ambassador")


class Speaker(TextChoices):
    """For whom somebody writes about a visit."""

    SCHOOL = "school", _("The school")
    AMBASSADOR = "ambassador", _("The ambassador")
    SCHEME = "scheme", _("A coordinator of the scheme")


class ProposalStatus(TextChoices):
    """What became of another time that one side proposed for a visit (rule 5.6)."""

    PROPOSED = "proposed", _("Waits for an answer")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Did not suit")
    WITHDRAWN = "withdrawn", _("Taken back")
    LAPSED = "lapsed", _("No answer in time")


class Risk(TextChoices):
    """How much risk is left once everything is done that a risk assessment says (rule T-13)."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class SearchKind(TextChoices):
    """Who asked how many could come."""

    TEACHER = "teacher", _("A school, by a request")
    VISITOR = "visitor", _("Anybody, for a postcode district")


class InvitationStatus(TextChoices):
    """What came of inviting a school to ask (rule E-20)."""

    WAITING = "waiting", _("Waiting for an answer")
    ASKED = "asked", _("Asked for a visit")
    NOT_NOW = "not_now", _("Not now")
    NEVER = "never", _("Wants no invitations")
    WRONG_PERSON = "wrong_person", _("Wrong person or address")
    SILENT = "silent", _("No answer")


class Channel(TextChoices):
    """How somebody of the scheme turned to a school."""

    LETTER = "letter", _("Letter")
    CALL = "call", _("Telephone call")


class Mode(TextChoices):
    """Where pupils meet the ambassador."""

    IN_PERSON = "in_person", _("At the school")
    ONLINE = "online", _("Live online")


class CancelReason(TextChoices):
    """Why a visit was called off (rule T-40)."""

    ILLNESS = "illness", _("Illness")
    WORK = "work", _("Work")
    TRAVEL = "travel", _("Travel")
    SCHOOL_EVENT = "school_event", _("School event")
    STAFFING = "staffing", _("Staffing at school")
    WEATHER = "weather", _("Weather or closure")
    KIT = "kit", _("Equipment")
    OTHER = "other", _("Something else")


class DeclineReason(TextChoices):
    """Why someone said no to an offer; saying why is their choice."""

    DATE = "date", _("The date does not suit")
    FAR = "far", _("Too far")
    TOPIC = "topic", _("Not my subject")
    BUSY = "busy", _("Too much on at the moment")
    OTHER = "other", _("Something else")


class WhyNot(TextChoices):
    """Why somebody cannot be asked for a visit at a time, in words that any coordinator may read (V-71)."""

    AWAY = "away", _("Unavailable that day")
    TOO_SOON = "too_soon", _("Wants to be asked sooner before")
    HOURS = "hours", _("Not free at that hour")
    PROMISED = "promised", _("Has a visit at that time")
    BUSY = "busy", _("Busy then, by their own calendar")
    RESTING = "resting", _("Has a visit too near that day")
    MONTH = "month", _("Has as many visits that month as they want")
    TERM = "term", _("Has as many visits that term as they want")


class Asking(TextChoices):
    """How people come to be asked for what a school wants (rule E-32)."""

    LADDER = "ladder", _("The best are asked, a few at a time, by themselves")
    OPEN_CALL = "open_call", _("Whoever says that they could do it is asked")
    BY_HAND = "by_hand", _("You choose whom to ask")


class SetAside(TextChoices):
    """What a coordinator may set aside to ask someone all the same (rule E-33), as whoever is asked reads it.

    Each is somebody's own word, which they may set aside themselves by saying yes; nothing that keeps pupils safe is
    among them. The values are names of filters (`bookings.matching.near_misses`).
    """

    SUBJECT = "subject", _("You are asked although the subject is not among yours")
    STAGE = "stage", _("You are asked although you have not said that you visit pupils of this age")
    ACTIVITY = "activity", _("You are asked although this kind of activity is not among yours")
    TOO_FAR = "too_far", _("You are asked although it is farther than you said that you travel")
    SHORT_NOTICE = "short_notice", _("You are asked although you have not said that you may be asked so soon before")
    TIME = "time", _("You are asked although it may not suit you, by what you told us of your time")


class Said(TextChoices):
    """What somebody's calendar program told us by e-mail, in its own words (RFC 5546): a proposal, and no answer."""

    ACCEPTED = "accepted", _("Comes")
    DECLINED = "declined", _("Does not come")
    TENTATIVE = "tentative", _("May come")
    COUNTERED = "countered", _("Would rather come at another time")


class FeedShows(TextChoices):
    """What someone's visits look like in the calendar they subscribe to."""

    EVERYTHING = "everything", _("Everything: school, people and place")
    BUSY = "busy", _("Only “Busy”")


class Alarms(TextChoices):
    """When someone's calendar program reminds them of a visit."""

    NONE = "none", _("Not at all")
    HOUR = "hour", _("An hour before")
    DAY = "day", _("A day before")
    BOTH = "both", _("A day before, and again an hour before")
