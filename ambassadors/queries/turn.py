"""Whose turn it is with one person, in the words of the board and of their record."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.enums import AmbassadorStatus, Party
from ambassadors.facts import Applicant, applicant_of, last_check_of
from ambassadors.journey import decide_by
from ambassadors.models import Ambassador, Requirement
from ambassadors.moments import HAPPENED, Moments, moment_of
from ambassadors.queries.due import Due, due
from ambassadors.turns import Waiting, comments_end, lack_in_words, since, waiting_on
from stem.moments import day_of
from stem.nations import Nation
from stem.workdays import add_working_days

# So many missing requirements stand on the button itself; more are told beside it.
SPELT_OUT = 3
# From so many days before it on, the day by which it should be decided is near; and that of one step.
NEAR, NEAR_STEP = 7, 2
# In so many working days whoever is waited for should have done their part; then it is stuck.
STEP_DAYS = {Party.US: 5, Party.SECOND: 5, Party.PERSON: 10, Party.REFEREE: 10}
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
    target: Due
    step: Due
    lacks: tuple[str | Promise, ...]
    looks: tuple[str, ...]
    can_approve: bool
    # Until when the person may comment on a decline that is proposed.
    comment_until: date | None = None

    @property
    def tone(self) -> str:
        """How much it asks for a look: what we can do now, before what waits for others."""
        return TONES[self.party] if self.is_ours or self.party is not Party.SECOND else "waiting"

    @property
    def party_words(self) -> str | Promise:
        """Whose turn it is, as the reader is told: of two people they are the first, or can be the second."""
        if self.party is Party.SECOND:
            return _("You, as the second person") if self.is_ours else _("A colleague")
        return self.party.label

    @property
    def can_confirm_decline(self) -> bool:
        """Whether a decline is proposed, and the reader can be the second of two to decide it."""
        return self.comment_until is not None and self.party is Party.SECOND and self.is_ours

    @property
    def days_words(self) -> str:
        """For how long that party has been waited for."""
        return (
            ngettext("%(count)d day", "%(count)d days", self.days) % {"count": self.days} if self.days else _("today")
        )

    @property
    def cannot_approve(self) -> str:
        """What the button says when it cannot be pressed: all that is missing, or how much when that is a lot."""
        if len(self.lacks) > SPELT_OUT:
            return _("Approve: %(count)d requirements are missing") % {"count": len(self.lacks)}
        return _("Approve: missing %(what)s") % {"what": ", ".join(str(words) for words in self.lacks)}


def tell_turn(
    applicant: Applicant, waiting: Waiting, moments: Moments, *, reader: int, on: date, vetting_days: int
) -> Turn:
    """The turn as `reader`, the key of an officer, is told it on a day."""
    began, nation = day_of(began_at := since(waiting, moments)), Nation(applicant.nation or Nation.ENG)
    return Turn(
        party=waiting.party,
        is_ours=is_ours(applicant, waiting, reader),
        waits_for=tuple(dict.fromkeys(matter.words for matter in waiting.theirs)),
        meanwhile=tuple((matter.party.label, matter.words) for matter in waiting.others),
        since=began_at,
        days=(on - began).days,
        target=due(decide_by(moments.sent_at, vetting_days), on=on, near=NEAR),
        step=due(add_working_days(began, STEP_DAYS[waiting.party], nation), on=on, near=NEAR_STEP),
        lacks=tuple(lack_in_words(code) for code in waiting.lacks),
        looks=tuple(looks_of(applicant)),
        can_approve=waiting.is_ready and applicant.decline_proposed_by is None,
        comment_until=comments_end(applicant),
    )


def is_ours(applicant: Applicant, waiting: Waiting, reader: int) -> bool:
    """Whether this officer could bring it on: it is the scheme's turn, and they are not the first of two people."""
    if waiting.party is Party.SECOND:
        if applicant.decline_proposed_by is not None:
            return applicant.decline_proposed_by != reader
        firsts = {"check": applicant.check_seen_by, "referees": applicant.first_word_by}
        codes = [matter.code for matter in waiting.theirs]
        # What is weighed waits for assessors or a lead, and for no officer.
        return any(firsts[code] != reader for code in codes if code != "check" or not applicant.check_is_weighed)
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
    check = last_check_of(person)
    applicant, application = applicant_of(person), getattr(person, "application", None)
    references = [(row.status, moment_of(row)) for row in person.referees.all()]
    met = [max(row.recorded_at, row.confirmed_at or row.recorded_at) for row in requirements if row.stands]  # type: ignore[attr-defined]
    moments = Moments(
        sent_at=person.began_at,  # type: ignore[attr-defined]
        **{name: getattr(application, name, None) for name in HAPPENED},
        check_moved_at=check.moved_at if check is not None and check.is_under_way else None,
        met_at=max(met, default=None),
        referees=tuple(references),
    )
    days: int = person.vetting_days  # type: ignore[attr-defined]
    return tell_turn(applicant, waiting_on(applicant, on=on), moments, reader=reader, on=on, vetting_days=days)
