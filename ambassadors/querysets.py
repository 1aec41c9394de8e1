"""The door to the register of ambassadors."""

from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.lookups import GreaterThanOrEqual

from ambassadors import conduct
from ambassadors.enums import (
    AmbassadorStatus,
    CheckBody,
    CheckStatus,
    Course,
    HoldKind,
    OfferingKind,
    RefereeStatus,
    RequirementKind,
)
from ambassadors.workflow import PVG_TOLD
from stem.accounts.roles import Role, has_role
from stem.accounts.scope import areas_looked_after_by
from stem.geography.located import LocatedQuerySet
from stem.querysets import HouseQuerySet, Row

if TYPE_CHECKING:
    from ambassadors.models import (
        Ambassador,
        Application,
        Assessment,
        Check,
        CourseDraft,
        CourseEdition,
        DisclosureNote,
        Hold,
        Photo,
        QuizAttempt,
        Referee,
        Requirement,
    )
    from stem.accounts.models import User


class AmbassadorQuerySet(LocatedQuerySet["Ambassador"]):
    """People of the register."""

    def active(self) -> Self:
        """Those who take part now."""
        return self.filter(status=AmbassadorStatus.ACTIVE)

    def offering(self, kind: OfferingKind, *codes: str) -> Self:
        """Those who offer at least one of these subjects (or stages, activities, languages)."""
        offerings = self.related("offerings")
        return self.filter(Exists(offerings.filter(ambassador=OuterRef("pk"), kind=kind, code__in=codes)))

    def visible_to(self, user: "User") -> Self:
        """Oneself, and for scheme staff the people of their regions."""
        areas = areas_looked_after_by(user)
        everywhere = areas is None
        return self.all() if everywhere else self.filter(Q(area__in=areas) | Q(user=user))

    def vetted_by(self, user: "User") -> Self:
        """The people of the regions in which this person is a vetting officer, but never they themselves (V-31)."""
        areas = areas_looked_after_by(user, Role.VETTING_OFFICER)
        return self.other_than(user) if areas is None else self.filter(area__in=areas).other_than(user)

    def protected_by(self, user: "User") -> Self:
        """The people of the regions in which this person is a safeguarding lead, but never they themselves (V-71)."""
        areas = areas_looked_after_by(user, Role.SAFEGUARDING_LEAD)
        return self.other_than(user) if areas is None else self.filter(area__in=areas).other_than(user)

    def assessed_by(self, user: "User") -> Self:
        """The people of the regions in which this person weighs what a check disclosed, but never themselves (V-31)."""
        areas = areas_looked_after_by(user, Role.DISCLOSURE_ASSESSOR)
        return self.other_than(user) if areas is None else self.filter(area__in=areas).other_than(user)

    def other_than(self, user: "User") -> Self:
        """All of these but oneself."""
        return self.exclude(user=user)

    def matching_text(self, text: str) -> Self:
        """People whose name, e-mail, employer or scheme number holds every word of this text."""
        found = self
        for word in text.split()[:6]:
            found = found.filter(
                Q(full_name__icontains=word)
                | Q(known_as__icontains=word)
                | Q(email__icontains=word)
                | Q(user__email__icontains=word)
                | Q(organisation__icontains=word)
                | Q(scheme_number__iexact=word)
            )
        return found

    def owing_pvg_notice(self) -> Self:
        """Those who have left, were in Scotland's scheme through us, and of whom its body has not heard (rule V-12).

        Each with `left_at`, the longest ago first. Who has come back since is not among them.
        """
        events, requirements = self.related("events"), self.related("requirements")
        of_them = events.filter(ambassador=OuterRef("pk"))
        linked = requirements.filter(
            ambassador=OuterRef("pk"), body=CheckBody.PVG, confirmed_by__isnull=False, withdrawn_at__isnull=True
        )
        gone = self.filter(Exists(linked), status=AmbassadorStatus.LEFT).annotate(
            left_at=Subquery(of_them.filter(kind="leave").order_by("-at", "-pk").values("at")[:1])
        )
        told = of_them.filter(kind=PVG_TOLD, at__gte=OuterRef("left_at"))
        return gone.exclude(Exists(told)).order_by("left_at", "pk")


class OfPeopleQuerySet(HouseQuerySet[Row]):
    """Rows that belong to people of the register."""

    def visible_to(self, user: "User") -> Self:
        """Those of the people this person may see."""
        people = self.related("ambassador")
        return self.filter(ambassador__in=people.visible_to(user))

    def about_others(self, user: "User") -> Self:
        """Those that are not about this person themselves."""
        return self.exclude(ambassador__user=user)


class RefereeQuerySet(OfPeopleQuerySet["Referee"]):
    """People who were asked about an applicant."""

    def behind(self, pk: int) -> "Referee":
        """The reference that a single-use link has proved a right to give, with whom it is about."""
        return self.select_related("ambassador").get(pk=pk)

    def awaited(self) -> Self:
        """Those who were asked about someone who still needs it, and have not answered."""
        over = (AmbassadorStatus.DECLINED, AmbassadorStatus.LEFT)
        return self.filter(status=RefereeStatus.ASKED).exclude(ambassador__status__in=over)

    def doubted(self) -> Self:
        """Those that know of a reason against, and about which two officers have yet to decide (rule V-51)."""
        return self.filter(status=RefereeStatus.ANSWERED, has_doubts=True)

    def silent_for(self, time: timedelta, *, at: datetime) -> Self:
        """Those who are awaited, and have had no letter for so long."""
        events = self.related("events").filter(referee=OuterRef("pk"), kind="remind", at__gt=at - time)
        return self.awaited().filter(~Exists(events), asked_at__lte=at - time)


class PhotoQuerySet(OfPeopleQuerySet["Photo"]):
    """Pictures of people."""

    def visible_to(self, user: "User") -> Self:
        """One's own, and for vetting officers those of the people of their regions (rule V-50)."""
        areas = areas_looked_after_by(user, Role.VETTING_OFFICER)
        return self.all() if areas is None else self.filter(Q(ambassador__area__in=areas) | Q(ambassador__user=user))

    def confirmed(self) -> Self:
        """Those of which an officer has seen that they show their owner: no school is shown another (V-50)."""
        return self.filter(confirmed_at__isnull=False)

    def waiting(self) -> Self:
        """Those of which nobody has."""
        return self.filter(confirmed_at__isnull=True)


class ApplicationQuerySet(OfPeopleQuerySet["Application"]):
    """Ways into the scheme."""

    def open_questions(self) -> Self:
        """Those on which we wait for the person's answer to what we asked."""
        return self.filter(
            asked_at__isnull=False, answered_at__isnull=True, ambassador__status=AmbassadorStatus.VETTING
        )


class RequirementQuerySet(OfPeopleQuerySet["Requirement"]):
    """Dated facts about people."""

    def counting_on(self, day: date | OuterRef) -> Self:
        """Those in force on this day, or on the day of the row around a subquery.

        A criminal record check counts once a second person has confirmed it, and the code of conduct as long as its
        version does.
        """
        return self.filter(self.condition_of_counting_on(day))

    @staticmethod
    def condition_of_counting_on(day: date | OuterRef) -> Q:
        """The same as a condition, for whoever counts some rows beside others."""
        return _of_a_code_in_force(day) & Q(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            Q(confirmed_by__isnull=False) | ~Q(kind=RequirementKind.CRC),
            started_on__lte=day,
            withdrawn_at__isnull=True,
        )

    def checks_on(self, day: date) -> Self:
        """The checks that speak for people on this day: of each issuer the latest that counts.

        A new check takes the place of the one before it, conditions and all; another issuer's stands beside it.
        """
        counting = self.filter(self.condition_of_counting_on(day), kind=RequirementKind.CRC)
        later = self.model.objects.filter(
            Q(started_on__gt=OuterRef("started_on")) | Q(started_on=OuterRef("started_on"), pk__gt=OuterRef("pk")),
            self.condition_of_counting_on(day),
            kind=RequirementKind.CRC,
            ambassador=OuterRef("ambassador"),
            body=OuterRef("body"),
        )
        return counting.filter(~Exists(later))


def _of_a_code_in_force(day: date | OuterRef) -> Q:
    """That it is no acceptance of a version of the code whose days of grace are over on this day."""
    if isinstance(day, date):
        renewed_from = conduct.renewed_from(day)
        return Q() if renewed_from is None else ~Q(kind=RequirementKind.CODE, started_on__lt=renewed_from)
    in_force = Q()
    for since in conduct.VERSIONS[1:]:
        grace_over = GreaterThanOrEqual(day, Value(since + conduct.GRACE))
        in_force &= ~Q(grace_over, kind=RequirementKind.CODE, started_on__lt=since)
    return in_force


class HoldQuerySet(OfPeopleQuerySet["Hold"]):
    """Reasons not to book someone."""

    def in_force_on(self, day: date) -> Self:
        """Those that stand on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, lifted_at__isnull=True)

    def open_absences(self) -> Self:
        """Those that say of someone that they are away, and not until when, and that nobody has ended."""
        return self.filter(kind=HoldKind.AWAY, ends_on__isnull=True, lifted_at__isnull=True)


class CourseEditionQuerySet(HouseQuerySet["CourseEdition"]):
    """Published versions of courses."""

    def visible_to(self, user: "User") -> Self:
        """What has been published anyone may read who has signed in."""
        return self.all() if user.is_authenticated else self.none()

    def of(self, course: Course) -> Self:
        """The versions of one course."""
        return self.filter(course=course)

    def in_force(self) -> Self:
        """The latest version of each course, of those that the scheme has published itself."""
        later = self.model.objects.filter(course=OuterRef("course"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class CourseDraftQuerySet(HouseQuerySet["CourseDraft"]):
    """Versions that are being written."""

    def visible_to(self, user: "User") -> Self:
        """Administrators write courses."""
        return self.all() if has_role(user, Role.ADMINISTRATOR) else self.none()

    def of(self, course: Course) -> Self:
        """The draft of one course, if there is one."""
        return self.filter(course=course)

    def held(self) -> Self:
        """These, kept from other writers until the transaction ends, with who saved them."""
        return self.select_for_update(no_key=True, of=("self",)).select_related("saved_by")


class QuizAttemptQuerySet(HouseQuerySet["QuizAttempt"]):
    """Tries at a quiz."""

    def visible_to(self, user: "User") -> Self:
        """One's own: nobody looks over a learner's shoulder."""
        return self.filter(ambassador__user=user)

    def of(self, course: Course) -> Self:
        """Those at the quiz of one course."""
        return self.filter(course=course)

    def under_way(self) -> Self:
        """Those not yet handed in."""
        return self.filter(finished_at__isnull=True)


class CheckQuerySet(HouseQuerySet["Check"]):
    """Criminal record checks."""

    def visible_to(self, user: "User") -> Self:
        """Those of the people whom this person vets, assesses or protects; nobody's own (rule V-31)."""
        people = self.related_people()
        theirs = (people.vetted_by(user), people.assessed_by(user), people.protected_by(user))
        return self.filter(reduce(or_, (Q(ambassador__in=each) for each in theirs)))

    def of_those_vetted_by(self, user: "User") -> Self:
        """Those of the people whom this person vets."""
        return self.filter(ambassador__in=self.related_people().vetted_by(user))

    def related_people(self) -> AmbassadorQuerySet:
        """Everyone of the register, as the start of a subquery."""
        people: AmbassadorQuerySet = self.related("ambassador")
        return people

    def under_way(self) -> Self:
        """Those that wait for somebody."""
        return self.filter(status__in=CheckStatus.under_way())

    def beyond_asking(self) -> Self:
        """Those of which an original was seen, or after which there is no other: their record is kept."""
        return self.filter(Q(seen_on__isnull=False) | Q(status=CheckStatus.BARRED))

    def barring(self) -> Self:
        """Those after which there is no other."""
        return self.filter(status=CheckStatus.BARRED)

    def whose_notes_may_have_to_go(self, day: date) -> Self:
        """Those decided by this day of which notes or views are still kept, the oldest decision first (V-22)."""
        kept = Q(Exists(self.related("notes").filter(check_of=OuterRef("pk"))))
        kept |= Q(Exists(self.related("assessments").filter(check_of=OuterRef("pk"))))
        return self.filter(kept, decided_on__lte=day).order_by("decided_on", "pk")


class AssessmentQuerySet(HouseQuerySet["Assessment"]):
    """What assessors came to."""

    def readable_by(self, user: "User") -> Self:
        """One's own, and the other's once one's own is recorded: the second is blind to the first till then (V-31)."""
        own = self.model.objects.filter(check_of=OuterRef("check_of"), assessor=user)
        return self.filter(Exists(own))


class DisclosureNoteQuerySet(HouseQuerySet["DisclosureNote"]):
    """Notes that are kept until their day."""

    def readable_by(self, user: "User") -> Self:
        """One's own until one has recorded a view; from then on both assessors' (V-31)."""
        views = self.model._meta.get_field("check_of").related_model._meta.get_field("assessments").related_model
        own = views.objects.filter(check_of=OuterRef("check_of"), assessor=user)  # type: ignore[union-attr]
        return self.filter(Q(written_by=user) | Exists(own))
