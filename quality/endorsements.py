"""What an ambassador's page for others says: what they gave, year by year, and words of schools that they picked.

Never a rating, nor the name of a school or of anybody who works there, nor whether they are cleared or may be booked.
"""

from dataclasses import dataclass
from datetime import date, datetime

from ambassadors.enums import AmbassadorStatus, HoldKind
from ambassadors.models import Ambassador, AmbassadorEvent, Hold
from quality.given import Given, record_of
from quality.models import Endorsement, Feedback
from quality.naming import names_any
from quality.settling import PRAISE, may_be_shown
from stem.moments import day_of
from stem.wording import month_in_words

# Of whoever stands otherwise the page says nothing.
TAKES_PART = (AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED)


@dataclass(frozen=True)
class Praise:
    """What a school wrote of what worked well, as it was passed on; and whether the ambassador shows it."""

    form: int
    words: str
    is_picked: bool


@dataclass(frozen=True)
class Endorsed:
    """All that the page says, at a moment."""

    person: Ambassador
    since: date
    years: list[Given]
    in_all: Given
    praise: list[Praise]
    at: datetime

    @property
    def since_in_words(self) -> str:
        """The month since when they are an ambassador."""
        return month_in_words(self.since)

    @property
    def picked(self) -> list[Praise]:
        """The words that the page shows."""
        return [each for each in self.praise if each.is_picked]


@dataclass(frozen=True)
class OwnEndorsement:
    """What its owner reads of it: the page as others see it, what could stand on it, and whether there is a link.

    It is the same under any suspension: nobody learns of one here before they are told (V-71).
    """

    endorsement: Endorsement | None
    page: Endorsed | None
    takes_part: bool

    @property
    def link_until(self) -> datetime | None:
        """Until when the link that they have made opens it, if there is one."""
        return self.endorsement.expires_at if self.endorsement is not None else None


def own_endorsement(ambassador: Ambassador, *, at: datetime) -> OwnEndorsement:
    """The page of this person for themselves; in eight queries at most."""
    mine = Endorsement.objects.filter(ambassador=ambassador).first()
    if mine is not None and not Endorsement.objects.with_link(at).filter(pk=mine.pk).exists():
        mine.token_hash = mine.made_at = mine.expires_at = None
    return OwnEndorsement(mine, _page(ambassador, mine, at=at), ambassador.status in TAKES_PART)


def shown_by(token: str, *, at: datetime) -> Endorsed | None:
    """What a link shows to whoever has it; None, whatever the reason, where it shows nothing."""
    found = Endorsement.objects.behind(token, at)
    if found is None or not is_in_standing(found.ambassador, at=at):
        return None
    return _page(found.ambassador, found, at=at)


def is_in_standing(ambassador: Ambassador, *, at: datetime) -> bool:
    """Whether we speak for this person at all: they take part, and are not suspended (rule 1.9).

    Whether they are cleared, or may be booked, is another matter, and nothing that a page tells.
    """
    holds = Hold.objects.in_force_on(day_of(at)).filter(ambassador=ambassador, kind=HoldKind.SAFEGUARDING)
    return ambassador.status in TAKES_PART and not holds.exists()


def praise_of(ambassador: Ambassador, endorsement: Endorsement | None, *, at: datetime) -> list[Praise]:
    """What schools wrote of what worked well that may be shown to others, the latest first; in two queries.

    Somebody has read it and passed it on, whoever wrote it lets others read it, and it names neither the school nor
    anybody who works there.
    """
    forms = Feedback.objects.shared(at).about_visits_of(ambassador).select_related("visit__request__contact__user")
    forms = forms.select_related("visit__request__school").order_by("-visit__starts_at", "-pk")
    picked = set(endorsement.picked.values_list("pk", flat=True)) if endorsement is not None else set()
    return [
        Praise(form.pk, form.shared_words[PRAISE], form.pk in picked)
        for form in forms
        if may_be_shown(form.answers) and form.shared_words.get(PRAISE) and not _names_anybody(form)
    ]


def _names_anybody(form: Feedback) -> bool:
    visit, request = form.visit, form.visit.request
    of_school = (request.school.name, request.school.town, request.contact.user.full_name)
    of_visit = (visit.supervising_adult, visit.safeguarding_lead)
    return names_any(form.shared_words[PRAISE], (*of_school, *of_visit))


def _page(ambassador: Ambassador, endorsement: Endorsement | None, *, at: datetime) -> Endorsed | None:
    """What the page says; None of somebody who has not visited a school yet."""
    given = record_of(ambassador, at=at)
    if given.in_all is None:
        return None
    praise = praise_of(ambassador, endorsement, at=at)
    return Endorsed(ambassador, _since(ambassador), given.years, given.in_all, praise, at)


def _since(ambassador: Ambassador) -> date:
    """Since when they are an ambassador: the day on which they were approved, or else came into the register."""
    approved = AmbassadorEvent.objects.filter(ambassador=ambassador, kind="approve").order_by("at").first()
    return day_of(approved.at if approved is not None else ambassador.registered_at)
