"""What a person says about themselves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import HoldKind, OfferingKind
from ambassadors.importing.golden import OFFERED
from ambassadors.models import Ambassador, Application, Hold, Offering
from ambassadors.operations.reckoning import say_oneself
from ambassadors.operations.requirements import end_identity_of_another_name
from ambassadors.reach.keeping import keep_reach
from ambassadors.search.index import WITH_WORDS, index_people
from ambassadors.workflow import LIFECYCLE
from stem.accounts.models import User
from stem.audit.record import record
from stem.moments import day_of
from stem.rules import Kind, refuse


class Answers(TypedDict, total=False):
    """Some of what a person states: who they are, what they offer, and how far they go."""

    full_name: str
    known_as: str
    phone: str
    orcid: str
    organisation: str
    employer_size: str
    job_title: str
    speaks_of_work: bool
    speaks_of_study: bool
    route: str
    story: str
    postcode: str
    max_minutes: int
    in_person: bool
    online: bool
    subjects: Sequence[str]
    stages: Sequence[str]
    activities: Sequence[str]
    languages: Sequence[str]


PLAIN_FIELDS = tuple(name for name in Answers.__annotations__ if name not in {*OFFERED, "postcode"})
# What an account keeps of a person as well: said once, it holds for both.
ACCOUNT_FIELDS = ("full_name", "known_as", "phone")


@transaction.atomic
def register_ambassador(*, answers: Answers, user: User | None, email: str, at: datetime) -> Ambassador:
    """Add a person to the register as a draft, not yet sent in. Refuses with `postcode` when theirs is none."""
    ambassador = Ambassador(user=user, email=email, registered_at=at)
    _write(ambassador, answers, at=at)
    index_people([ambassador.pk])
    Application.objects.create(ambassador=ambassador, started_at=at)
    return ambassador


@transaction.atomic
def change_profile(*, ambassador: Ambassador, answers: Answers, by: User, at: datetime) -> None:
    """Replace these of the things a person says about themselves, and leave the others as they are.

    Under another name it is seen anew who they are. Refuses with `postcode` or `not_your_profile`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    end_identity_of_another_name(ambassador, answers.get("full_name", ambassador.full_name), by=by, at=at)
    _write(ambassador, answers, at=at)
    if WITH_WORDS.intersection(answers):
        index_people([ambassador.pk])


def _write(ambassador: Ambassador, answers: Answers, *, at: datetime) -> None:
    """Write these answers onto the person, and onto their account what it keeps as well. Refuses with `postcode`."""
    said: Mapping[str, Any] = answers
    for name in PLAIN_FIELDS:
        if name in said:
            setattr(ambassador, name, said[name])
    if "postcode" in answers:
        ambassador.set_place(answers["postcode"])
        said = {**said, "postcode": ambassador.postcode}
    say_oneself(ambassador, said, at=at)
    ambassador.save()
    for name, kind in OFFERED.items():
        if name in said:
            _offer(ambassador, kind, said[name])
    keep_reach([ambassador.pk])
    shared = {name: said[name] for name in ACCOUNT_FIELDS if name in said}
    if shared and ambassador.user_id is not None:
        User.objects.filter(pk=ambassador.user_id).update(**shared)


def _offer(ambassador: Ambassador, kind: OfferingKind, codes: Iterable[str]) -> None:
    """Make what a person offers of one kind exactly these codes."""
    wanted = set(codes)
    ambassador.offerings.filter(kind=kind).exclude(code__in=wanted).delete()
    held = set(ambassador.offerings.filter(kind=kind).values_list("code", flat=True))
    Offering.objects.bulk_create(
        Offering(ambassador=ambassador, kind=kind, code=code) for code in sorted(wanted - held)
    )


@transaction.atomic
def take_a_break(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Stop being asked until further notice. Refuses with `state` when not active."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    LIFECYCLE.move(ambassador, "pause", by=by, at=at)
    keep_reach([ambassador.pk])


@transaction.atomic
def come_back(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Be asked again after a break. Refuses with `state` when there was none."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    LIFECYCLE.move(ambassador, "resume", by=by, at=at)
    keep_reach([ambassador.pk])


@transaction.atomic
def ask_to_watch(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Say that one would like to watch somebody's visit before one's own; coordinators see it when they choose.

    Refuses with `not_your_profile`, or `not_new` for whoever has visited three times.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    if not ambassador.is_new:
        raise refuse("not_new", Kind.STATE, _("You have visited often enough for others to watch you."))
    ambassador.would_watch = True
    ambassador.save(update_fields=["would_watch"])
    record("ambassador.ask_to_watch", ambassador, by=by, at=at)


@transaction.atomic
def no_longer_ask_to_watch(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Take that back: one is asked as anybody is. Refuses with `not_your_profile`."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    ambassador.would_watch = False
    ambassador.save(update_fields=["would_watch"])
    record("ambassador.no_longer_ask_to_watch", ambassador, by=by, at=at)


@transaction.atomic
def go_away(*, ambassador: Ambassador, starts_on: date, ends_on: date, by: User, at: datetime) -> Hold:
    """Say that one is away on these days, both included; said twice, it is said once.

    Refuses with `not_your_profile`, or `ends_on` when the last day comes before the first or is over.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    if ends_on < starts_on:
        raise refuse("ends_on", Kind.INPUT, _("The last day comes before the first. Change one of them."))
    if ends_on < day_of(at):
        raise refuse("ends_on", Kind.INPUT, _("These days are over. Give days that are still to come."))
    said = {"kind": HoldKind.AWAY, "starts_on": starts_on, "ends_on": ends_on}
    before = ambassador.holds.filter(lifted_at=None, **said).first()
    return before or Hold.objects.create(ambassador=ambassador, set_by=by, set_at=at, **said)


@transaction.atomic
def come_back_early(*, hold: Hold, by: User, at: datetime) -> None:
    """Take back days away that one has said oneself: one can be asked for them again; they stay on record as lifted.

    Taken back again they are taken back once. Refuses with `not_your_profile`, or `not_yours` for whatever else keeps
    somebody from being asked: that is not theirs to lift.
    """
    Ambassador.objects.locked(hold.ambassador)
    hold = Hold.objects.locked(hold)
    if by.pk != hold.ambassador.user_id:
        raise refuse("not_your_profile", Kind.PERMISSION, _("Only the person themselves may change this."))
    if not hold.is_own_absence:
        raise refuse("not_yours", Kind.PERMISSION, _("Only days that you have told us of yourself can be taken back."))
    if hold.lifted_at is None:
        hold.lifted_by, hold.lifted_at = by, at
        hold.save(update_fields=["lifted_by", "lifted_at"])
        record("hold.lift", hold, by=by, at=at)
