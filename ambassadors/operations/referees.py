"""Naming the people who vouch for one, asking them, and taking a name back."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.enums import AmbassadorStatus, RefereeCapacity, RefereeStatus
from ambassadors.facts import ALIVE
from ambassadors.models import Ambassador, Referee
from ambassadors.task_kinds import REFEREES_NEEDED
from ambassadors.vouching import PATIENCE
from ambassadors.workflow import REFEREE
from stem.accounts.models import RoleGrant
from stem.letters.post import post
from stem.rules import Kind, refuse
from stem.scheme.identity import who_we_are

if TYPE_CHECKING:
    from stem.accounts.models import User

# Who has named so many needs a person's help, or is writing to strangers.
MOST_NAMED = 8
# One of the two must know the person in one of these ways (rule V-51).
QUALIFYING = frozenset({RefereeCapacity.EMPLOYER, RefereeCapacity.UNIVERSITY, RefereeCapacity.YOUTH_WORK})


@dataclass(frozen=True)
class Naming:
    """Who a referee is, as the person who names them says."""

    full_name: str
    email: str
    capacity: RefereeCapacity
    organisation: str = ""
    phone: str = ""


@transaction.atomic
def name_referee(*, ambassador: Ambassador, naming: Naming, by: "User", at: datetime) -> Referee:
    """Name someone who knows one, and have them written to at once (rule V-51).

    Refuses with `not_your_profile`, `not_needed`, `enough`, `too_many`, `email` (one's own address, one named before,
    or the scheme's own), or `capacity` when neither of the two would know one from work, study or youth work.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_fulfil(by, ambassador)
    named = list(ambassador.referees.all())
    alive = [each for each in named if each.status in ALIVE]
    _check_may_name_another(ambassador, len(named), len(alive))
    _check_address(
        ambassador, naming.email, [each.email for each in named if each.status != RefereeStatus.WITHDRAWN], at
    )
    if naming.capacity not in QUALIFYING and any(each.capacity not in QUALIFYING for each in alive):
        words = _("One of the two has to know you from work, from studying, or from work with young people.")
        raise refuse("capacity", Kind.INPUT, words)
    referee = Referee.objects.create(ambassador=ambassador, named_at=at, **vars(naming))
    _write_to(referee, by=by, at=at)
    return referee


def _check_may_name_another(ambassador: Ambassador, named: int, alive: int) -> None:
    """There is room for one more. Refuses with `not_needed`, `enough` or `too_many`."""
    if ambassador.status in (AmbassadorStatus.DECLINED, AmbassadorStatus.LEFT):
        raise refuse("not_needed", Kind.STATE, _("Only someone who is joining the scheme needs references."))
    if alive >= REFEREES_NEEDED:
        raise refuse("enough", Kind.STATE, _("You have named two people. Take one off before you name someone else."))
    if named >= MOST_NAMED:
        raise refuse("too_many", Kind.STATE, _("You have named many people already. Write to us, and we help you."))


def _check_address(ambassador: Ambassador, email: str, taken: list[str], at: datetime) -> None:
    """This address is somebody else's: not one's own, not another referee's, not the scheme's. Refuses with `email`."""
    asked = mailbox(email)
    own = {mailbox(ambassador.email), *([mailbox(ambassador.user.email)] if ambassador.user else [])}
    if asked in own:
        raise refuse("email", Kind.INPUT, _("This is your own address. Enter that of the person who knows you."))
    if asked in {mailbox(each) for each in taken}:
        raise refuse("email", Kind.INPUT, _("You have named someone with this address before. Name someone else."))
    staff = RoleGrant.objects.live(at).filter(user__email__iexact=email.strip()).exists()
    if staff or asked == mailbox(who_we_are().email):
        raise refuse("email", Kind.INPUT, _("This address is the scheme’s own. Name someone outside the scheme."))


def mailbox(email: str) -> str:
    """Whose letter box this is: capitals, and what stands behind a plus sign, make no other."""
    name, _at, domain = email.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


@transaction.atomic
def ask_referee_again(*, referee: Referee, by: "User", at: datetime) -> None:
    """Write once more to someone who has not answered, with a fresh link.

    Refuses with `not_your_profile`, `state`, or `too_soon` within three days of the last letter.
    """
    ambassador = Ambassador.objects.locked(referee.ambassador)
    permissions.check_may_fulfil(by, ambassador)
    referee = Referee.objects.locked(referee)
    REFEREE.check(referee, "ask")
    if referee.asked_at is not None and at < referee.asked_at + PATIENCE:
        raise refuse("too_soon", Kind.STATE, _("We wrote to them not three days ago. Give them a little longer."))
    _write_to(referee, by=by, at=at)


def _write_to(referee: Referee, *, by: "User", at: datetime) -> None:
    """Ask, by letter: each time is a letter of its own."""
    REFEREE.move(referee, "ask", by=by, at=at, asked_at=at)
    post(notifications.reference_asked, due_at=at, referee_id=referee.pk, key=letter_of(referee))


def letter_of(referee: Referee) -> str:
    """What tells one asking of this referee from the next."""
    return f"{referee.pk} {referee.asked_at}"


@transaction.atomic
def withdraw_referee(*, referee: Referee, by: "User", at: datetime) -> None:
    """Take back the name of someone who has not answered; their link stops working.

    Refuses with `not_your_profile`, or `state` once they have answered.
    """
    ambassador = Ambassador.objects.locked(referee.ambassador)
    permissions.check_may_fulfil(by, ambassador)
    REFEREE.move(Referee.objects.locked(referee), "withdraw", by=by, at=at)
