"""What people bring with them: their way in, their referees, their picture."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from ambassadors.enums import TAKES_NO_PART, AmbassadorStatus, RefereeStatus
from ambassadors.querysets.ambassador import OfPeopleQuerySet
from stem.accounts.roles import Role
from stem.accounts.scope import areas_looked_after_by

if TYPE_CHECKING:
    from ambassadors.models import Application, Photo, Referee
    from stem.accounts.models import User


class RefereeQuerySet(OfPeopleQuerySet["Referee"]):
    """People who were asked about an applicant."""

    def behind(self, pk: int) -> "Referee":
        """The reference that a single-use link has proved a right to give, with whom it is about."""
        return self.select_related("ambassador").get(pk=pk)

    def awaited(self) -> Self:
        """Those who were asked about someone who still needs it, and have not answered."""
        return self.filter(status=RefereeStatus.ASKED).exclude(ambassador__status__in=TAKES_NO_PART)

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
