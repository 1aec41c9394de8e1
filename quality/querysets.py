"""The door to feedback and, through a far smaller one, to worries."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from bookings.models import Seat, Visit
from quality.enums import (
    CaseStatus,
    CommentStatus,
    ConcernLevel,
    ConcernStatus,
    FeedbackSide,
    FeedbackStatus,
    HandedTo,
    PollStatus,
    Referral,
    SuspensionStatus,
)
from stem.accounts.roles import Role, has_role
from stem.accounts.scope import areas_looked_after_by
from stem.letters.links import hash_token
from stem.moments import moment
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from ambassadors.models import Ambassador
    from quality.models import (
        Arrival,
        Case,
        CaseMix,
        Comment,
        Concern,
        ConfirmedAddress,
        Conflict,
        Endorsement,
        Feedback,
        FollowUp,
        Glass,
        Oddity,
        Officer,
        Poll,
        Release,
        Remark,
        Suspension,
    )
    from stem.accounts.models import User


# Each side's form is hidden from the other until both are in, or for so long after the visit (rule G-02).
SILENCE = timedelta(days=14)


class FeedbackQuerySet(HouseQuerySet["Feedback"]):
    """Forms from both sides."""

    def visible_to(self, user: "User") -> Self:
        """Those of a coordinator's or quality manager's regions, but for visits they made themselves (G-04)."""
        areas = areas_looked_after_by(user, Role.COORDINATOR, Role.QUALITY_MANAGER)
        others = self.exclude(visit__seats__ambassador__user=user)
        return others if areas is None else others.filter(visit__request__school__area__in=areas)

    def behind(self, pk: int) -> "Feedback":
        """The form that a single-use link has proved a right to, with its visit."""
        return self.select_related("visit__request__school").get(pk=pk)

    def of_school_called(self, text: str) -> Self:
        """Those about visits to schools whose name holds this text."""
        return self.filter(visit__request__school__name__icontains=text)

    def submitted(self) -> Self:
        """Those that have come back."""
        return self.exclude(status=FeedbackStatus.INVITED)

    def awaiting_reading(self) -> Self:
        """Those that nobody has read yet."""
        return self.filter(status=FeedbackStatus.SUBMITTED)

    def unasked(self, at: datetime) -> Self:
        """Those that nobody was asked for, because nobody knows whose address it is (rule G-01)."""
        return self.still_open(at).filter(is_unasked=True)

    def revealed(self, at: datetime) -> Self:
        """Those of which the other side may know: both are in, or the wait of 14 days is over (rule G-02)."""
        theirs = self.model._default_manager.exclude(status=FeedbackStatus.INVITED)
        other = theirs.filter(visit=OuterRef("visit")).exclude(side=OuterRef("side"))
        return self.submitted().filter(Q(Exists(other)) | Q(visit__ends_at__lte=at - SILENCE))

    def shared(self, at: datetime) -> Self:
        """Those of whose words the other side may read some, now."""
        return self.revealed(at).filter(shared_at__isnull=False)

    def to_ambassador(self, user: "User") -> Self:
        """What schools said of the visits that this person made, and did not only watch."""
        seats = Seat.objects.held_by(user).leads()
        return self.filter(side=FeedbackSide.TEACHER, visit__in=seats.values("visit"))

    def about_visits_of(self, ambassador: "Ambassador") -> Self:
        """What schools said of the visits that this person of the register made, and did not only watch."""
        seats = Seat.objects.leads().filter(ambassador=ambassador)
        return self.filter(side=FeedbackSide.TEACHER, visit__in=seats.values("visit"))

    def to_schools_of(self, user: "User") -> Self:
        """What ambassadors said of visits to the schools for which this person acts."""
        return self.filter(side=FeedbackSide.AMBASSADOR, visit__in=Visit.objects.to_schools_of(user).values("pk"))

    def still_open(self, at: datetime) -> Self:
        """Those that may still be filled in."""
        return self.filter(status=FeedbackStatus.INVITED, closes_at__gt=at)


class ConfirmedAddressQuerySet(HouseQuerySet["ConfirmedAddress"]):
    """Addresses that schools have confirmed by telephone."""

    def of(self, school: int, email: str) -> Self:
        """This one of this school."""
        return self.filter(school=school, email=email.strip().lower())


class ConflictQuerySet(HouseQuerySet["Conflict"]):
    """Why visits are not rated."""

    def of_visits(self, visits: Iterable[int]) -> set[int]:
        """Those of these visits, by their keys, that nobody rates; in one query."""
        return set(self.filter(visit__in=visits).values_list("visit", flat=True))


class ArrivalQuerySet(HouseQuerySet["Arrival"]):
    """From where forms came within a day."""

    def since(self, moment: datetime, *, network: str) -> Self:
        """Those from this network since then."""
        return self.filter(network=network, at__gt=moment)


class OddityQuerySet(HouseQuerySet["Oddity"]):
    """What is odd about forms."""

    def visible_to(self, user: "User") -> Self:
        """Those of a coordinator's or quality manager's regions, but for visits they made themselves (G-04)."""
        areas = areas_looked_after_by(user, Role.COORDINATOR, Role.QUALITY_MANAGER)
        others = self.exclude(feedback__visit__seats__ambassador__user=user)
        return others if areas is None else others.filter(feedback__visit__request__school__area__in=areas)

    def not_looked_at(self) -> Self:
        """Those that nobody has looked at."""
        return self.filter(looked_at=None)


class CommentQuerySet(HouseQuerySet["Comment"]):
    """What was written on forms."""

    def visible_to(self, user: "User") -> Self:
        """Those of a coordinator's or quality manager's regions, but for visits they made themselves (G-04)."""
        areas = areas_looked_after_by(user, Role.COORDINATOR, Role.QUALITY_MANAGER)
        others = self.exclude(feedback__visit__seats__ambassador__user=user)
        return others if areas is None else others.filter(feedback__visit__request__school__area__in=areas)

    def to_read(self, day: date) -> Self:
        """Those that wait to be read on this day, whatever is urgent first, then what is due first."""
        is_back = Q(status=CommentStatus.HELD, read_by__lte=day)
        return self.filter(Q(status=CommentStatus.WAITING) | is_back).order_by("-is_urgent", "read_by", "pk")

    def alike(self, comment: "Comment") -> Self:
        """Those of other visits in the very same words."""
        if not comment.likeness:
            return self.none()
        return self.filter(likeness=comment.likeness).exclude(feedback__visit=comment.feedback.visit_id)


class PollQuerySet(HouseQuerySet["Poll"]):
    """What classes say of visits."""

    def visible_to(self, user: "User") -> Self:
        """Those of a coordinator's or quality manager's regions, but for visits they made themselves (G-04)."""
        areas = areas_looked_after_by(user, Role.COORDINATOR, Role.QUALITY_MANAGER)
        others = self.exclude(visit__seats__ambassador__user=user)
        return others if areas is None else others.filter(visit__request__school__area__in=areas)

    def to_ambassador(self, user: "User") -> Self:
        """Those of the visits that this person made, and did not only watch."""
        seats = Seat.objects.held_by(user).leads()
        return self.filter(visit__in=seats.values("visit"))

    def behind(self, code: str) -> "Poll | None":
        """The one that a class opens by this code, with its visit; None where there is none."""
        return self.select_related("visit__request__school").filter(code=code).first()

    def over_by(self, at: datetime) -> Self:
        """Those whose days are over and that nobody has closed."""
        return self.filter(status=PollStatus.OPEN, closes_at__lte=at)

    def closed(self) -> Self:
        """Those whose answers count."""
        return self.filter(status=PollStatus.CLOSED)

    def void(self) -> Self:
        """Those about which somebody has to decide whether they count."""
        return self.filter(status=PollStatus.VOID)

    def waiting_for_others(self, least: int) -> Self:
        """Those of too few to be told of alone, and not told of together with others yet (rule N-01)."""
        return self.closed().filter(handed_in__gt=0, handed_in__lt=least, told_with=None)


class FollowUpQuerySet(HouseQuerySet["FollowUp"]):
    """Teachers who were asked once more."""

    def behind(self, pk: int) -> "FollowUp":
        """The one that a single-use link has proved a right to, with its visit."""
        return self.select_related("visit__request__school").get(pk=pk)

    def submitted(self) -> Self:
        """Those that have come back."""
        return self.filter(submitted_at__isnull=False)

    def asked_in(self, first: datetime, before: datetime) -> Self:
        """Those of which somebody was asked between these moments."""
        return self.filter(invited_at__gte=first, invited_at__lt=before)

    def still_open(self, at: datetime) -> Self:
        """Those that may still be answered."""
        return self.filter(submitted_at=None, closes_at__gt=at)

    def unreminded(self, at: datetime) -> Self:
        """Those that may still be answered, and of which nobody was reminded."""
        return self.still_open(at).filter(reminded_at=None)


class EndorsementQuerySet(HouseQuerySet["Endorsement"]):
    """What ambassadors show of their visits to others."""

    def visible_to(self, user: "User") -> Self:
        """One's own: nobody else reads of it, but by its link."""
        return self.filter(ambassador__user=user)

    def with_link(self, at: datetime) -> Self:
        """Those that somebody can open now."""
        return self.filter(expires_at__gt=at)

    def behind(self, token: str, at: datetime) -> "Endorsement | None":
        """The one that a link opens now, with whose it is; None where it has ended, run out or was made up."""
        return self.with_link(at).select_related("ambassador").filter(token_hash=hash_token(token)).first()


class RemarkQuerySet(HouseQuerySet["Remark"]):
    """What somebody of a class wrote."""

    def unread(self) -> Self:
        """What nobody has read yet."""
        return self.filter(read_at=None)


class CaseQuerySet(HouseQuerySet["Case"]):
    """Cases about how visits go."""

    def visible_to(self, user: "User") -> Self:
        """Those of visits to a coordinator's or quality manager's regions, and none about themselves."""
        areas = areas_looked_after_by(user, Role.COORDINATOR, Role.QUALITY_MANAGER)
        others = self.exclude(ambassador__user=user)
        return others if areas is None else others.filter(visit__request__school__area__in=areas)

    def told_to(self, user: "User") -> Self:
        """Those of which this person, whom they are about, has been told: they were asked, or told how it ended."""
        return self.filter(ambassador__user=user).filter(~Q(asked="") | ~Q(told=""))

    def waiting_for(self, user: "User") -> Self:
        """Those in which this person has been asked, and has not answered."""
        return self.filter(ambassador__user=user, status=CaseStatus.ASKED)

    def undecided(self) -> Self:
        """Those about which somebody has yet to decide."""
        return self.exclude(status=CaseStatus.DECIDED)


class ConcernQuerySet(HouseQuerySet["Concern"]):
    """Worries about a child or an adult."""

    def visible_to(self, user: "User") -> Self:
        """Safeguarding leads, deputies among them, and nobody else: no coordinator, no administrator (rule C-02).

        A worry about a lead, or about a visit that a lead made themselves, is for the other leads.
        """
        if not has_role(user, Role.SAFEGUARDING_LEAD):
            return self.none()
        return self._of_others(user)

    def behind_glass(self, user: "User") -> Self:
        """Those over which a second deputy may break the glass: the same that another lead would read."""
        if not has_role(user, Role.SECOND_DEPUTY):
            return self.none()
        return self._of_others(user)

    def readable_by(self, user: "User", at: datetime) -> Self:
        """Those of a lead; of a second deputy, those over which they have broken the glass, as long as that holds."""
        broken = self.model._default_manager.filter(broken_by__by=user, broken_by__until__gt=at)
        behind = self.behind_glass(user).filter(pk__in=broken.values("pk"))
        return self.visible_to(user) if has_role(user, Role.SAFEGUARDING_LEAD) else behind

    def _of_others(self, user: "User") -> Self:
        return self.exclude(visit__seats__ambassador__user=user).exclude(ambassador__user=user)

    def not_closed(self) -> Self:
        """Those that still need someone."""
        return self.exclude(status=ConcernStatus.CLOSED)

    def with_clock(self) -> Self:
        """Those that somebody has to look at, or to tell the designated officer of, by a certain time."""
        return self.filter(status__in=[ConcernStatus.RAISED, ConcernStatus.HARM_THRESHOLD])

    def closed(self) -> Self:
        """Those that are over."""
        return self.filter(status=ConcernStatus.CLOSED)

    def low_level_since(self, day: date) -> Self:
        """Those of low level that were raised on this day or later, whatever has become of them (rule 2.9)."""
        return self.filter(level=ConcernLevel.LOW_LEVEL, raised_at__gte=moment(day, time(0)))

    def owing_referral(self) -> Self:
        """Those of possible harm of which nobody has said yet, or one alone, whether the person is referred (C-04)."""
        settled = Q(referral=Referral.REFERRED) | Q(referral_second__isnull=False)
        return self.not_closed().filter(level=ConcernLevel.HARM_THRESHOLD).exclude(settled)

    def handed_to_quality(self, user: "User") -> Self:
        """Those that were no safeguarding matter, and went to whoever looks after quality there; to be counted only."""
        areas = areas_looked_after_by(user, Role.COORDINATOR, Role.QUALITY_MANAGER)
        handed = self.closed().filter(handed_to=HandedTo.QUALITY)
        return handed if areas is None else handed.filter(visit__request__school__area__in=areas)


class OfficerQuerySet(HouseQuerySet["Officer"]):
    """How designated officers are reached."""

    def visible_to(self, user: "User") -> Self:
        """Safeguarding leads, and the second deputies who may have to ring one (rule C-02)."""
        may = has_role(user, Role.SAFEGUARDING_LEAD, Role.SECOND_DEPUTY)
        return self if may else self.none()

    def for_school_in(self, nation: str, authority: str) -> Self:
        """Those of its authority, and after them those of its whole nation."""
        return self.filter(nation=nation, authority__in=["", authority]).order_by("-authority")


class GlassQuerySet(HouseQuerySet["Glass"]):
    """Who broke the glass over which worry."""


class SuspensionQuerySet(HouseQuerySet["Suspension"]):
    """Suspensions."""

    def visible_to(self, user: "User") -> Self:
        """Safeguarding leads and nobody else, and none of oneself (rules C-02, V-71)."""
        if not has_role(user, Role.SAFEGUARDING_LEAD):
            return self.none()
        return self.exclude(ambassador__user=user)

    def standing(self) -> Self:
        """Those that keep someone out of schools now."""
        return self.exclude(status=SuspensionStatus.LIFTED)

    def overdue_on(self, day: date) -> Self:
        """Those that should have been looked at again before this day (rule V-72)."""
        return self.standing().filter(review_by__lt=day)


class CaseMixQuerySet(HouseQuerySet["CaseMix"]):
    """What ratings were like, day by day."""

    def in_force(self) -> "CaseMix | None":
        """The latest."""
        return self.order_by("-reckoned_on").first()


class ReleaseQuerySet(HouseQuerySet["Release"]):
    """Terms of which was told."""

    def visible_to(self, user: "User") -> Self:
        """All, for whoever reads reports: of which regions, `quality.permissions` says."""
        reads = has_role(user, Role.COORDINATOR, Role.QUALITY_MANAGER, Role.ADMINISTRATOR)
        return self if reads else self.none()

    def latest_first(self) -> Self:
        """The latest term first."""
        return self.order_by("-begins_on")
