"""The code of conduct: what every ambassador promises, clause by clause, and until when (rule V-53)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from stem.curriculum import Words

# The day from which each version is asked for. A change of substance is a new version, which everyone accepts anew; a
# clearer word is not.
VERSIONS: tuple[date, ...] = (date(2026, 9, 1),)
CURRENT_VERSION = len(VERSIONS)
# Whoever had accepted the version before has so long to read the new one (rule 1.2).
GRACE = timedelta(days=30)


@dataclass(frozen=True)
class Clause:
    """One promise: what it says, and why it is asked."""

    code: str
    promise: Words
    why: Words


CLAUSES: tuple[Clause, ...] = (
    Clause(
        "in_sight",
        _("I stay where school staff can see and hear me, all through the visit."),
        _("It keeps pupils safe, and it keeps you safe: nobody’s word stands alone."),
    ),
    Clause(
        "never_alone",
        _("I am never alone with a pupil. If staff leave the room, I go with them or call them back."),
        _("You are a guest, never a supervisor, and you do not count as one of the school’s adults."),
    ),
    Clause(
        "no_private_contact",
        _("I give pupils no personal contact details, links to my social media, photos or gifts, and I take none."),
        _("A question afterwards goes through their teacher."),
    ),
    Clause("no_lifts", _("I give no pupil a lift."), _("However far it is, and whoever asks.")),
    Clause(
        "school_rules",
        _("I bring photo ID, sign in at reception, and follow the school’s rules."),
        _("Reception compares you with the card that we sent."),
    ),
    Clause(
        "pass_worries_on",
        _("If I worry about a child, I tell the school’s safeguarding lead before I leave, and the scheme that day."),
        _("You need not be sure, and you never look into it yourself."),
    ),
    Clause(
        "nothing_to_sell",
        _("I sell nothing, recruit for no one employer or institution, raise no money, and leave party politics out."),
        _("Pupils’ interest comes first: widen what they can imagine, and let them choose."),
    ),
    Clause(
        "respect",
        _("I respect every route and every background, and I say “apprentice” and “graduate” with equal warmth."),
        _("Someone in the room will take the route that you did not."),
    ),
    Clause(
        "cancel_early",
        _("If I cannot come, I say so as early as I can."),
        _("The earlier it is, the likelier that somebody else can go."),
    ),
    Clause(
        "private",
        _("What I learn about pupils stays in the school."),
        _("No names, no pictures, no stories that a family would recognise."),
    ),
    Clause(
        "tell_us",
        _("If anything happens that bears on my suitability, I tell the scheme within five working days."),
        _("An arrest, a caution, an investigation, or being asked to leave other work with young people."),
    ),
)


def renewed_from(day: date) -> date | None:
    """Since when an acceptance must be to count on this day; None while no version has taken another's place."""
    return max((since for since in VERSIONS[1:] if since + GRACE <= day), default=None)


def last_day(accepted_on: date, valid_until: date | None) -> date | None:
    """The last day on which an acceptance counts: its own, or the last one of the days of grace of a newer version."""
    ends = [since + GRACE - timedelta(days=1) for since in VERSIONS[1:] if since > accepted_on]
    return min([*ends, *([valid_until] if valid_until else [])], default=None)


def is_outdated(accepted_on: date) -> bool:
    """Whether a newer version is asked for than the one that was accepted on this day."""
    return any(since > accepted_on for since in VERSIONS[1:])
