"""What is read about complaints: who may see to one, and how each stands by its day."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.models import Visit
from bookings.queries.coordinators import coordinators_of
from quality.clocks import Tone, tone_on
from quality.complaint_querysets import ComplaintQuerySet
from quality.enums import ComplaintStatus
from quality.models import Complaint, Concern
from quality.permissions import check_may_look_again
from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role
from stem.geography.models import RegionArea
from stem.moments import day_of
from stem.rules import why_not

# Amber from so many working days before something is due: of three days one, of twenty a week.
AHEAD_TO_ACKNOWLEDGE, AHEAD_TO_ANSWER = 1, 5
BY_ROLE = (Role.COMPLAINT_HANDLER, Role.QUALITY_MANAGER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class ComplaintListed:
    """A complaint in a list, with what is due by its day, and how that stands."""

    complaint: Complaint
    tag: str
    tone: str


def complaints_listed(complaints: ComplaintQuerySet) -> ComplaintQuerySet:
    """Complaints with what a list shows of them, in one query."""
    return complaints.select_related("handler", "visit__request__school", "concern")


def complaint_listed(complaint: Complaint, *, at: datetime) -> ComplaintListed:
    """This complaint with its tag: amber as its day comes near, red after it."""
    status, tone = complaint.get_status_display(), tone_of(complaint, at=at)
    if complaint.status == ComplaintStatus.CLOSED:
        return ComplaintListed(complaint, complaint.get_finding_display(), "")
    if tone == "bad":
        return ComplaintListed(complaint, _("Late: %(status)s") % {"status": status}, tone)
    return ComplaintListed(complaint, status, tone or "waiting")


def tone_of(complaint: Complaint, *, at: datetime) -> Tone | None:
    """How it stands by its day; None where nobody of the scheme has anything to do."""
    is_ours = complaint.status not in (ComplaintStatus.RESPONDED, ComplaintStatus.WAITING, ComplaintStatus.CLOSED)
    if not is_ours or complaint.due_on is None:
        return None
    ahead = AHEAD_TO_ACKNOWLEDGE if complaint.status == ComplaintStatus.RECEIVED else AHEAD_TO_ANSWER
    return tone_on(day_of(at), complaint.due_on, complaint.nation, ahead=ahead)


def complaint_of_worry(concern: Concern) -> Complaint | None:
    """The complaint that waits for this worry, or came of it."""
    return Complaint.objects.filter(concern=concern).first()


def handlers_of(complaint: Complaint, *, at: datetime) -> list[User]:
    """Everyone who may see to it, in one query: those to whom it is visible, asked from the other end (rule 2.9)."""
    visit = complaint.visit
    region = RegionArea.objects.filter(area=visit.request.school.area if visit is not None else "").values("region")
    grants = RoleGrant.objects.live(at).filter(Q(regions=None) | Q(regions__in=region), role__in=BY_ROLE)
    people = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    people = people.exclude(pk__in=[complaint.raised_by_id or 0, complaint.complained_of_id or 0])
    if visit is not None:
        people = people.exclude(_has_part_in(visit)).exclude(pk__in=coordinators_of(visit.request.school, at=at))
    return list(people.order_by("pk"))


def _has_part_in(visit: Visit) -> Q:
    """The condition, of people, that they came to it, asked for it, were in the room, or had a hand in it."""
    came = visit.seats.exclude(ambassador__user=None).values("ambassador__user")
    did = visit.events.exclude(by=None).values("by")
    asked = visit.request.events.exclude(by=None).values("by")
    in_room = Q(email__iexact=visit.supervising_email)
    return in_room | Q(pk=visit.request.contact.user_id) | Q(pk__in=came) | Q(pk__in=did) | Q(pk__in=asked)


def responsible_for(complaint: Complaint, *, at: datetime) -> list[User]:
    """Who has to do what comes next: whoever sees to it; before that everyone who may; of an appeal the more senior."""
    people = handlers_of(complaint, at=at)
    if complaint.status == ComplaintStatus.APPEALED:
        return [each for each in people if is_senior_to(each, complaint)]
    if complaint.status == ComplaintStatus.REPEAT:
        return [each for each in people if each.pk != complaint.repeat_by_id]
    return [each for each in people if each.pk == complaint.handler_id] or people


def is_senior_to(user: User, complaint: Complaint) -> bool:
    """Whether this person may give the second answer (rule 2.9)."""
    return why_not(check_may_look_again, user, complaint) is None
