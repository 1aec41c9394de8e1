"""What each side has still to prepare for a visit, and by when (rule V-80): reckoned, never stored."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.eligibility import is_open_for_messages
from bookings.enums import Speaker, VisitStatus
from bookings.models import Preparation, Visit
from bookings.notice import asked_again_on
from bookings.risk import Assessed, assessed_in
from stem.moments import day_of
from stem.nations import Nation


@dataclass(frozen=True)
class Task:
    """One thing to prepare; where it is done, for whoever may do it."""

    title: str
    is_done: bool
    url: str = ""
    hint: str = ""
    # Said with the request, and the school's word only with its yes.
    is_given: bool = False


@dataclass(frozen=True)
class Checklist:
    """The tasks of both sides, as one reader sees them, and by when they should be done."""

    by: date | None = None
    prepared: Preparation | None = None
    school: list[Task] = field(default_factory=list)
    ambassador: list[Task] = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to prepare now."""
        return self.by is not None


def checklist_of(visit: Visit, reader: Speaker | None, *, at: datetime, mine: int | None = None) -> Checklist:
    """What is to be prepared for this visit; `mine` is the seat of whoever reads it, if they have one.

    `reader` is None for whoever watches: they read it, and nothing of it is theirs to do. In one query, and three
    where it may need a risk assessment; in none where it is over or off, or has nobody yet.
    """
    if not is_open_for_messages(visit, at) or visit.starts_at is None:
        return Checklist()
    prepared = Preparation.objects.for_visit(visit)
    prepared.visit = visit
    by = asked_again_on(day_of(visit.starts_at), Nation(visit.request.school.nation))
    # A visit that was agreed before risk assessments were asked for is left as it is.
    is_asked = visit.status == VisitStatus.MATCHED
    parts = [each for each in assessed_in(visit) if is_asked or each.row is not None]
    school = [*_of_school(visit, prepared, reader), *(_accepted(each, reader) for each in parts if each.is_needed)]
    ambassador = [*_of_ambassador(visit, prepared, reader), *(_written(each, reader, mine) for each in parts)]
    return Checklist(by, prepared, school, ambassador)


def _of_school(visit: Visit, prepared: Preparation, reader: Speaker | None) -> list[Task]:
    """The school's tasks: all in one form, with its yes."""
    request, is_matched = visit.request, visit.status == VisitStatus.MATCHED
    forms = {Speaker.SCHOOL: "confirm_visit", Speaker.SCHEME: "confirm_visit_for_school"}
    url = reverse(forms[reader], args=[visit.pk]) if is_matched and reader in forms else ""
    answers = [
        (_("Who is with the pupils throughout"), bool(visit.supervising_adult), True),
        (_("Safeguarding lead and their phone"), bool(visit.safeguarding_lead and visit.safeguarding_phone), True),
        (_("Room, arrival and equipment"), bool(visit.arrival), not request.is_online),
        (_("Year group and number of pupils"), bool(request.year_groups and request.pupils), True),
        (_("Access needs of the group"), bool(prepared.access_needs), True),
        (_("An open space in sight and hearing of staff"), prepared.open_space_confirmed, request.is_one_to_one),
        (_("Joining link"), bool(prepared.joining_link), request.is_online),
        (_("School staff host and stay in view"), prepared.staff_host_confirmed, request.is_online),
    ]
    # What a draft of the visit holds from the request is the school's word only with its yes.
    # And of a visit that was agreed before it was asked for all of this, nobody is told what is missing.
    was_asked = is_matched or prepared.pk is not None
    asked = [(title, is_done) for title, is_done, is_needed in answers if is_needed and (is_done or was_asked)]
    tasks = [Task(title, is_done and not is_matched, url, is_given=is_done) for title, is_done in asked]
    agrees = reverse("agree_to_outline", args=[visit.pk]) if reader == Speaker.SCHOOL and not is_matched else url
    has_agreed = prepared.school_agreed_at is not None
    return [*tasks, Task(_("Agree to the outline"), has_agreed, "" if has_agreed else agrees)]


def _of_ambassador(visit: Visit, prepared: Preparation, reader: Speaker | None) -> list[Task]:
    """Whoever comes has agreed with their yes to what was asked, and may say in their own words what they would do."""
    url = reverse("write_outline", args=[visit.pk]) if reader == Speaker.AMBASSADOR else ""
    hint = _("With their yes they agreed to what pupils should gain.") if not prepared.outline else ""
    return [Task(_("Content outline"), True, url, hint)]


def _accepted(part: Assessed, reader: Speaker | None) -> Task:
    """That the school accepts somebody's risk assessment (T-13)."""
    row, who = part.row, {"name": part.seat.ambassador}
    title = _("Accept the risk assessment of %(name)s") % who
    if row is None:
        return Task(title, False, hint=_("They have still to write it. We have asked them."))
    hint = ""
    if row.is_sent_back:
        hint = _("Sent back: they change it.")
    elif part.is_too_old:
        hint = _("It is too old by the day of the visit: they look at it again.")
    elif row.accepted_at is not None and row.waits_for_scheme:
        hint = _("The school has accepted it. The risk is high: a coordinator has still to agree.")
    elif row.assessment.is_high and not row.is_accepted:
        hint = _("The risk is high: it takes the school’s lead and a coordinator.")
    url = reverse("risk_assessment", args=[row.pk]) if reader in (Speaker.SCHOOL, Speaker.SCHEME) else ""
    return Task(title, part.is_done, url, hint)


def _written(part: Assessed, reader: Speaker | None, mine: int | None) -> Task:
    """That somebody who comes has written theirs, or said that nothing practical is done."""
    row, who, url = part.row, {"name": part.seat.ambassador}, ""
    if reader == Speaker.SCHEME:
        url = reverse("write_risk_assessment_for", args=[part.seat.pk])
    elif part.seat.pk == mine:
        url = reverse("write_risk_assessment", args=[part.visit.pk])
    if part.is_unsaid:
        return Task(_("Say whether pupils do anything practical: %(name)s") % who, False, url)
    if not part.is_needed:
        return Task(_("Nothing practical is done: %(name)s") % who, True, url)
    is_for_them = reader == Speaker.SCHEME or part.seat.pk == mine
    hint = _("The school says: %(words)s") % {"words": row.sent_back_because} if row and row.is_sent_back else ""
    return Task(_("Risk assessment: %(name)s") % who, not part.is_owed, url, hint if is_for_them else "")
