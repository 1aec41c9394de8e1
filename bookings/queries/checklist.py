"""What each side has still to prepare for a visit, and by when (rule V-80): reckoned, never stored."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.eligibility import is_open_for_messages
from bookings.enums import Speaker, VisitStatus
from bookings.models import Preparation, Visit
from bookings.notice import asked_again_on
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


def checklist_of(visit: Visit, reader: Speaker, *, at: datetime) -> Checklist:
    """What is to be prepared for this visit, in one query; in none where it is over or off, or has nobody yet."""
    if not is_open_for_messages(visit, at) or visit.starts_at is None:
        return Checklist()
    prepared = Preparation.objects.for_visit(visit)
    prepared.visit = visit
    by = asked_again_on(day_of(visit.starts_at), Nation(visit.request.school.nation))
    return Checklist(by, prepared, _of_school(visit, prepared, reader), _of_ambassador(visit, prepared, reader))


def _of_school(visit: Visit, prepared: Preparation, reader: Speaker) -> list[Task]:
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


def _of_ambassador(visit: Visit, prepared: Preparation, reader: Speaker) -> list[Task]:
    """Whoever comes has agreed with their yes to what was asked, and may say in their own words what they would do."""
    url = reverse("write_outline", args=[visit.pk]) if reader == Speaker.AMBASSADOR else ""
    hint = _("With their yes they agreed to what pupils should gain.") if not prepared.outline else ""
    return [Task(_("Content outline"), True, url, hint)]
