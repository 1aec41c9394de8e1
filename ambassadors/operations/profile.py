"""What a person says about themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import HoldKind, OfferingKind
from ambassadors.models import Ambassador, Hold, Offering
from ambassadors.workflow import LIFECYCLE
from stem.moments import day_of
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Profile:
    """All that a person states: who they are, what they offer, and how far they go."""

    full_name: str
    known_as: str
    phone: str
    organisation: str
    job_title: str
    route: str
    story: str
    postcode: str
    max_minutes: int
    in_person: bool
    online: bool
    subjects: tuple[str, ...]
    stages: tuple[str, ...]
    activities: tuple[str, ...]
    languages: tuple[str, ...] = ()


PLAIN_FIELDS = (
    "full_name",
    "known_as",
    "phone",
    "organisation",
    "job_title",
    "route",
    "story",
    "max_minutes",
    "in_person",
    "online",
)


@transaction.atomic
def register_ambassador(*, profile: Profile, user: "User | None", email: str, at: datetime) -> Ambassador:
    """Add a person to the register, not yet vetted. Refuses with `postcode` when theirs is none."""
    ambassador = Ambassador(user=user, email=email, registered_at=at)
    _write(ambassador, profile)
    return ambassador


@transaction.atomic
def change_profile(*, ambassador: Ambassador, profile: Profile, by: "User") -> None:
    """Replace what a person says about themselves. Refuses with `postcode` or `not_your_profile`."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    _write(ambassador, profile)


def _write(ambassador: Ambassador, profile: Profile) -> None:
    """Write every answer of a profile onto the person. Refuses with `postcode`."""
    for name in PLAIN_FIELDS:
        setattr(ambassador, name, getattr(profile, name))
    ambassador.set_place(profile.postcode)
    ambassador.save()
    for kind, codes in (
        (OfferingKind.SUBJECT, profile.subjects),
        (OfferingKind.STAGE, profile.stages),
        (OfferingKind.ACTIVITY, profile.activities),
        (OfferingKind.LANGUAGE, profile.languages),
    ):
        _offer(ambassador, kind, codes)


def _offer(ambassador: Ambassador, kind: OfferingKind, codes: Iterable[str]) -> None:
    """Make what a person offers of one kind exactly these codes."""
    wanted = set(codes)
    ambassador.offerings.filter(kind=kind).exclude(code__in=wanted).delete()
    held = set(ambassador.offerings.filter(kind=kind).values_list("code", flat=True))
    Offering.objects.bulk_create(
        Offering(ambassador=ambassador, kind=kind, code=code) for code in sorted(wanted - held)
    )


@transaction.atomic
def take_a_break(*, ambassador: Ambassador, by: "User", at: datetime) -> None:
    """Stop being asked until further notice. Refuses with `state` when not active."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    LIFECYCLE.move(ambassador, "pause", by=by, at=at)


@transaction.atomic
def come_back(*, ambassador: Ambassador, by: "User", at: datetime) -> None:
    """Be asked again after a break. Refuses with `state` when there was none."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    LIFECYCLE.move(ambassador, "resume", by=by, at=at)


@transaction.atomic
def go_away(*, ambassador: Ambassador, starts_on: date, ends_on: date, by: "User", at: datetime) -> Hold:
    """Say that one is away on these days, both included.

    Refuses with `not_your_profile`, or `ends_on` when the last day comes before the first or is over.
    """
    permissions.check_may_edit_profile(by, ambassador)
    if ends_on < starts_on:
        raise refuse("ends_on", Kind.INPUT, _("The last day comes before the first. Change one of them."))
    if ends_on < day_of(at):
        raise refuse("ends_on", Kind.INPUT, _("These days are over. Give days that are still to come."))
    return Hold.objects.create(
        ambassador=ambassador, kind=HoldKind.AWAY, starts_on=starts_on, ends_on=ends_on, set_by=by, set_at=at
    )
