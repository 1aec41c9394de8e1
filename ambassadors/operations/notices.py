"""Telling people that another scheme brought us their data, reminding them, and letting go of who never answers.

Each is a sweep: every person is a transaction of their own, told once, and whoever was told is not told again whatever
became of the sweep (rules V-94, V-95).
"""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.enums import AmbassadorStatus, NoBecause, ToldBy
from ambassadors.importing.grace import REMINDED_AFTER, reminder_due
from ambassadors.models import Ambassador, Membership, Notice
from ambassadors.operations.claiming import forget_imported
from ambassadors.operations.forgetting import MONTHS_KEPT
from ambassadors.operations.suppressing import locked_key
from ambassadors.queries.by_scheme import late_schemes, tellable
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.validity import add_months
from stem.accounts.models import RoleGrant
from stem.accounts.roles import Role
from stem.letters.enums import LetterStatus
from stem.letters.post import post
from stem.moments import day_of, moment
from stem.policy.values import value
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

# So many are told by one sweep, so that a worker has room for other work; the next sweep goes on.
MOST_AT_ONCE = 500
# Letters that will not come: whoever was to get one has not been told.
NEVER_CAME = (LetterStatus.FAILED, LetterStatus.CANCELLED)


def tell_imported(*, at: datetime) -> int:
    """Write to those of whom a scheme brought an address and all is on record about where it is from; to how many."""
    _note_unsent()
    people = tellable().order_by("registered_at", "pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
    return sum(_tell(pk, at=at) for pk in list(people))


def _note_unsent() -> None:
    """Whoever was to be told by a letter that did not leave, and will not, has not been told.

    Where it failed, or staff stopped it, they are told in another way. Where it was not needed, because their record
    had become part of another, or was it for a while, they are owed one anew.
    """
    rows = Notice.objects.filter(is_returned=False, days=0, ambassador__in=Ambassador.objects.unclaimed())
    rows.filter(letter__status__in=NEVER_CAME).update(is_returned=True)
    rows.filter(letter__status=LetterStatus.NOT_NEEDED).delete()


@transaction.atomic
def _tell(pk: int, *, at: datetime) -> bool:
    """Owe one person their notice, unless they have had it."""
    person = Ambassador.objects.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if person is None or not tellable().filter(pk=pk).exists():
        return False
    # A letter that was not needed then is another than this.
    letter = post(notifications.import_notice, due_at=at, ambassador_id=pk, when=at.isoformat())
    # They are told, and their time begins, when it leaves: by day.
    Notice.objects.create(ambassador=person, days=0, told_on=day_of(letter.due_at), letter=letter)
    return True


def remind_imported(*, at: datetime) -> int:
    """Write once more, 14, 60, 120 and 165 days after they were told, to who has not answered; to how many.

    Run again it writes nothing; when it has not run for some days, what was missed is told by the latest alone.
    """
    grace = value("import_grace_days", on=day_of(at))
    return sum(_remind(pk, grace=grace, at=at) for pk in _to_be_reminded(day_of(at), grace))


def _to_be_reminded(on: date, grace: int) -> list[int]:
    """Who has had no letter since a step that they have come to: in one query for each step."""
    found: list[int] = []
    for step, following in zip(REMINDED_AFTER, (*REMINDED_AFTER[1:], grace), strict=True):
        told = Notice.objects.filter(
            ambassador=OuterRef("pk"),
            days=0,
            is_returned=False,
            told_on__lte=on - timedelta(days=step),
            told_on__gt=on - timedelta(days=min(following, grace)),
        )
        later = Notice.objects.filter(ambassador=OuterRef("pk"), days__gte=step)
        people = Ambassador.objects.unclaimed().exclude(email="").filter(Exists(told), ~Exists(later))
        found += people.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
    return found


@transaction.atomic
def _remind(pk: int, *, grace: int, at: datetime) -> bool:
    """Owe one person a reminder, unless they have answered or have had it."""
    people = Ambassador.objects.select_for_update(no_key=True, of=("self",)).unclaimed()
    person = people.filter(pk=pk).first()
    told = Notice.objects.filter(ambassador=pk, days=0, is_returned=False).first()
    step = reminder_due(told.told_on, on=day_of(at), grace=grace) if told else None
    if person is None or step is None or Notice.objects.filter(ambassador=pk, days__gte=step).exists():
        return False
    letter = post(notifications.import_reminder, due_at=at, ambassador_id=pk, days=step)
    Notice.objects.create(ambassador=person, days=step, told_on=day_of(letter.due_at), letter=letter)
    return True


def forget_silent(*, at: datetime) -> int:
    """Forget those who were told, and had their time and did not answer; and who claimed a record, and left it alone.

    How many. Who was never told keeps their time (rule V-95); what somebody claimed is kept as long as a draft (3.4).
    """
    return sum(_forget(pk, at=at) for pk in _silent(at).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])


def _silent(at: datetime) -> AmbassadorQuerySet:
    """Those who were told so long ago without an answer, or have left alone what they claimed."""
    on = day_of(at)
    last = on - timedelta(days=value("import_grace_days", on=on))
    told = Notice.objects.filter(ambassador=OuterRef("pk"), days=0, is_returned=False, told_on__lte=last)
    before = moment(add_months(on, -MONTHS_KEPT), time())
    away = Q(user__last_login__isnull=True) | Q(user__last_login__lt=before)
    brought = Exists(Membership.objects.filter(ambassador=OuterRef("pk")))
    begun = (AmbassadorStatus.DRAFT, AmbassadorStatus.IMPORTED)
    left_alone = Q(away, brought, user__isnull=False, status__in=begun, application__started_at__lt=before)
    return Ambassador.objects.filter(Q(Exists(told), user=None, status=AmbassadorStatus.IMPORTED) | left_alone)


@transaction.atomic
def _forget(pk: int, *, at: datetime) -> bool:
    """Forget one person, unless they have answered meanwhile."""
    key = locked_key()
    person = Ambassador.objects.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if person is None or not _silent(at).filter(pk=pk).exists():
        return False
    forget_imported(person, NoBecause.SILENT, key=key, by=None, at=at)
    return True


def warn_of_late_notices(*, at: datetime) -> int:
    """Tell administrators of each scheme some of whose people were not told within 28 days, once a batch; how many."""
    late = late_schemes(on=day_of(at))
    admins = RoleGrant.objects.live(at).filter(role=Role.ADMINISTRATOR, user__is_active=True).select_related("user")
    for scheme_id, came_on in late:
        with transaction.atomic():
            for user in {grant.user for grant in admins}:
                fact, day = notifications.notices_late, came_on.isoformat()
                post(fact, to=user, due_at=at, scheme_id=scheme_id, user_id=user.pk, came_on=day)
    return len(late)


@transaction.atomic
def note_told(*, ambassador: Ambassador, told_by: ToldBy, by: "User", at: datetime) -> None:
    """Put on record that someone without an e-mail address that works was told in another way; said twice, once.

    Refuses as `permissions.check_may_vet` does, or with `told_before` when they have been told, or need not be.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    if told_by is ToldBy.EMAIL or not Ambassador.objects.untold().filter(pk=ambassador.pk).exists():
        raise refuse("told_before", Kind.STATE, _("They have been told already, or need not be."))
    told = {"told_on": day_of(at), "told_by": told_by, "noted_by": by, "letter": None, "is_returned": False}
    Notice.objects.update_or_create(ambassador=ambassador, days=0, defaults=told)
