"""Two people weigh what a check disclosed: who they may be, and what their views come to (rules V-31 to V-34). Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import Weight
from stem.curriculum import Words
from stem.rules import Kind, Reason


class Suitability(TextChoices):
    """What one assessor comes to."""

    OK = "ok", lazy("Suitable")
    CONDITIONS = "conditions", lazy("Suitable, with conditions")
    NOT_SUITABLE = "not_suitable", lazy("Not suitable")


class Condition(TextChoices):
    """What someone may be booked for, in words that a program obeys; schools never read them (rule V-34)."""

    PAIRED = "paired", lazy("Only together with another ambassador")
    KS_LIMIT = "ks_limit", lazy("Only pupils of 11 and over")
    NO_SERIES = "no_series", lazy("Single visits only")
    NO_ONLINE = "no_online", lazy("Not online")


# What is weighed, each low, medium or high; never added up (V-31).
WEIGHTS = ("relevance", "seriousness", "time_since", "pattern", "changed", "openness", "supervision")
# Where low, medium and high would leave open which way they count, in words of its own.
OWN_WORDS: dict[str, tuple[Words, Words, Words]] = {
    "time_since": (lazy("Long ago"), lazy("Some years ago"), lazy("Lately")),
    "pattern": (lazy("Once"), lazy("A few times"), lazy("Often")),
    "changed": (lazy("Little"), lazy("Something"), lazy("Much")),
    "openness": (lazy("Hid it"), lazy("Said something"), lazy("Told us of it")),
    "supervision": (lazy("Little"), lazy("Some"), lazy("Close, all the time")),
}


def choices_of(name: str) -> list[tuple[str, Words]]:
    """How much this weighs, in the words from which an assessor chooses."""
    words = OWN_WORDS.get(name)
    return list(zip(Weight.values, words, strict=True)) if words else list(Weight.choices)


def in_words_of(name: str, weight: str) -> Words:
    """How much this weighed, as it was chosen."""
    return dict(choices_of(name))[weight]


class Outcome(TextChoices):
    """What two views come to together."""

    OK = "ok", lazy("Suitable")
    CONDITIONS = "conditions", lazy("Suitable, with conditions")
    NOT_SUITABLE = "not_suitable", lazy("Not suitable")
    ESCALATED = "escalated", lazy("The safeguarding lead decides")


@dataclass(frozen=True)
class View:
    """What one assessor came to, before they could read the other's."""

    suitability: Suitability
    conditions: frozenset[Condition] = frozenset()


def outcome(first: View, second: View) -> Outcome:
    """What these two come to: the same, or a third person's to decide. Never a no of one alone (rule V-32)."""
    if first != second:
        return Outcome.ESCALATED
    return Outcome(first.suitability.value)


@dataclass(frozen=True)
class Assessor:
    """Someone who would assess, as far as it bears on whether they may."""

    user_id: int
    email: str
    employer: str = ""
    knows_the_person: bool = False


@dataclass(frozen=True)
class Case:
    """The person assessed, and who else has had to do with it."""

    user_id: int | None
    email: str
    employer: str
    # Whoever has had a hand in the check as an officer: asked for it, or saw the certificate.
    officers: frozenset[int] = frozenset()
    first_assessor_id: int | None = None
    referee_emails: frozenset[str] = field(default_factory=frozenset)


# Where anybody may have an address, a shared domain tells nothing of an employer.
ANYBODY_S = frozenset({"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.co.uk",
                       "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "btinternet.com", "aol.com",
                       "protonmail.com", "proton.me", "sky.com", "virginmedia.com"})  # fmt: skip


def reasons_may_not_assess(assessor: Assessor, case: Case) -> list[Reason]:
    """Every conflict that keeps this assessor from this case, none when they may (rule V-31)."""
    return [Reason(code, Kind.PERMISSION, words) for code, words in _conflicts(assessor, case)]


def _conflicts(assessor: Assessor, case: Case) -> Iterator[tuple[str, str]]:
    if assessor.user_id == case.user_id:
        yield "own_record", _("Nobody assesses themselves.")
    if assessor.user_id == case.first_assessor_id:
        yield "same_person", _("You were the first assessor, so a colleague has to be the second.")
    if assessor.user_id in case.officers:
        yield "vetted_them", _("You asked for this check or saw the certificate, so a colleague has to assess it.")
    if assessor.email.casefold() in _folded(case.referee_emails):
        yield "is_referee", _("You are one of their referees.")
    if _same_employer(assessor, case):
        yield "same_employer", _("You work for the same employer.")
    if assessor.knows_the_person:
        yield "knows_them", _("You said that you know this person.")


def _same_employer(assessor: Assessor, case: Case) -> bool:
    """By its name, or by the domain of an address that only its people have."""
    names = {" ".join(name.casefold().split()) for name in (assessor.employer, case.employer)}
    domains = {address.casefold().rpartition("@")[2] for address in (assessor.email, case.email)}
    shares_name = len(names) == 1 and names != {""}
    return shares_name or (len(domains) == 1 and not domains & (ANYBODY_S | {""}))


def _folded(addresses: Iterable[str]) -> set[str]:
    return {address.casefold() for address in addresses}
