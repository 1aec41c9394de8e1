"""Whose turn it is with one person, in the words of the board and of their record."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.eligibility import missing_reason
from ambassadors.enums import AmbassadorStatus, Party
from ambassadors.facts import HAPPENED, Applicant, Moments, applicant_of, moments_of
from ambassadors.models import Ambassador, Referee, Requirement
from ambassadors.turns import Waiting, since, target_day, waiting_on
from stem.moments import day_of
from stem.rules import Reason

TONES = {Party.US: "warning", Party.SECOND: "warning", Party.PERSON: "waiting", Party.REFEREE: "waiting"}


@dataclass(frozen=True)
class Turn:
    """Who is waited for, for what, since when, and by when it should be decided."""

    party: Party
    is_ours: bool
    waits_for: tuple[str | Promise, ...]
    meanwhile: tuple[tuple[str | Promise, str | Promise], ...]
    since: datetime
    days: int
    target: date
    days_left: int
    reasons: tuple[Reason, ...]
    looks: tuple[str, ...]
    can_approve: bool

    @property
    def tone(self) -> str:
        """How much it asks for a look: what we can do now, before what waits for others."""
        return TONES[self.party] if self.is_ours or self.party is not Party.SECOND else "waiting"

    @property
    def party_words(self) -> str | Promise:
        """Whose turn it is; somebody else's, for the first of two people."""
        return _("A colleague") if self.party is Party.SECOND and not self.is_ours else self.party.label

    @property
    def is_over(self) -> bool:
        """Whether the day by which it should have been decided is past."""
        return self.days_left < 0

    @property
    def target_words(self) -> str:
        """How far away that day is: "9 days left", "due today", "3 days over"."""
        return left_in_words(self.days_left)

    @property
    def days_words(self) -> str:
        """For how long that party has been waited for."""
        return (
            ngettext("%(count)d day", "%(count)d days", self.days) % {"count": self.days} if self.days else _("today")
        )

    @property
    def first_reason(self) -> str:
        """The first thing that approval lacks, and how many more there are."""
        if not self.reasons:
            return ""
        more = len(self.reasons) - 1
        rest = ngettext(" and %(count)d more", " and %(count)d more", more) % {"count": more} if more else ""
        return self.reasons[0].truth.rstrip(".") + rest


def left_in_words(days: int) -> str:
    """How far a day is away: "9 days left", "due today", "3 days over"."""
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
    return ngettext("%(count)d day over", "%(count)d days over", -days) % {"count": -days}


def tell_turn(
    applicant: Applicant, waiting: Waiting, moments: Moments, *, reader: int, on: date, vetting_days: int
) -> Turn:
    """The turn as `reader`, the key of an officer, is told it on a day."""
    began, target = since(waiting, moments), target_day(moments, vetting_days)
    return Turn(
        party=waiting.party,
        is_ours=is_ours(applicant, waiting, reader),
        waits_for=tuple(dict.fromkeys(matter.words for matter in waiting.theirs)),
        meanwhile=tuple((matter.party.label, matter.words) for matter in waiting.others),
        since=began,
        days=(on - day_of(began)).days,
        target=target,
        days_left=(target - on).days,
        reasons=tuple(missing_reason(code) for code in waiting.lacks),
        looks=tuple(looks_of(applicant)),
        can_approve=waiting.is_ready and applicant.decline_proposed_by is None,
    )


def is_ours(applicant: Applicant, waiting: Waiting, reader: int) -> bool:
    """Whether this officer could bring it on: it is the scheme's turn, and they are not the first of two people."""
    if waiting.party is Party.SECOND:
        return (applicant.decline_proposed_by or applicant.check_recorded_by) != reader
    return waiting.party is Party.US


def looks_of(applicant: Applicant) -> list[str]:
    """What an officer should look at before deciding: a wish to talk, and rules V-14 and V-15."""
    looks = []
    if applicant.wants_to_talk:
        looks.append(_("Wants to talk before the check"))
    if applicant.paid_or_credited:
        looks.append(_("Paid or credited for visits: look at this"))
    if applicant.expects_frequent:
        looks.append(_("Expects more than three days in some months"))
    return looks


def turn_of(person: Ambassador, requirements: list[Requirement], *, reader: int, on: date) -> Turn | None:
    """Whose turn it is with someone read `with_facts` and `vetting_days`, in one query; None when nobody vets them."""
    if person.status != AmbassadorStatus.VETTING:
        return None
    applicant, application = applicant_of(person), getattr(person, "application", None)
    references = moments_of(Referee.objects.filter(ambassador=person))
    met = [max(row.recorded_at, row.confirmed_at or row.recorded_at) for row in requirements if row.stands]  # type: ignore[attr-defined]
    moments = Moments(
        sent_at=person.began_at,  # type: ignore[attr-defined]
        **{name: getattr(application, name, None) for name in HAPPENED},
        check_recorded_at=min((row.recorded_at for row in requirements if row.awaits_confirmation), default=None),
        met_at=max(met, default=None),
        referees=tuple((status, moment) for _person, status, moment in references),
    )
    days: int = person.vetting_days  # type: ignore[attr-defined]
    return tell_turn(applicant, waiting_on(applicant), moments, reader=reader, on=on, vetting_days=days)
