"""An ambassador's page for others: which words of schools stand on it, the link that opens it, and its end."""

from collections.abc import Collection
from datetime import datetime, time
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from ambassadors.permissions import check_may_opt_in
from ambassadors.validity import add_months
from quality.endorsements import TAKES_PART, praise_of
from quality.given import record_of
from quality.models import Endorsement
from stem.audit.record import record
from stem.letters.links import TOKEN_BYTES, hash_token
from stem.moments import day_of, moment
from stem.policy.values import value
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

NO_LINK = {"token_hash": None, "made_at": None, "expires_at": None}


@transaction.atomic
def pick_words(*, ambassador: Ambassador, forms: Collection[int], by: "User", at: datetime) -> None:
    """Show these words of schools, by their forms, on one's page, and no others; on a page that is open already too.

    Refuses with `not_yours`, or `not_to_be_shown` where some of them may not, or may no longer, be read by others.
    """
    endorsement = _held(ambassador, by)
    may_be_picked = {each.form for each in praise_of(endorsement.ambassador, endorsement, at=at)}
    if not set(forms) <= may_be_picked:
        words = _("Some of these words can no longer be shown. Look at the list again.")
        raise refuse("not_to_be_shown", Kind.STATE, words)
    endorsement.picked.set(forms)


@transaction.atomic
def make_endorsement(*, ambassador: Ambassador, by: "User", at: datetime) -> str:
    """Make the link that opens one's page for whoever has it, for so many months; it is told here and never again.

    One that was made before opens nothing from now on. Refuses with `not_yours`, `no_visit` before the first visit
    has taken place, or `takes_no_part`. A suspension refuses nothing here, so that nobody learns of one by it (V-71);
    what the link opens then is empty.
    """
    endorsement = _held(ambassador, by)
    person = endorsement.ambassador
    if record_of(person, at=at).in_all is None:
        raise refuse("no_visit", Kind.STATE, _("There is nothing to show before your first visit has taken place."))
    if person.status not in TAKES_PART:
        raise refuse("takes_no_part", Kind.STATE, _("This page is for those who take part in the scheme."))
    today, token = day_of(at), token_urlsafe(TOKEN_BYTES)
    last = add_months(today, value("endorsement_months", on=today))
    endorsement.token_hash, endorsement.made_at = hash_token(token), at
    endorsement.expires_at = moment(last, time.min)
    endorsement.save()
    record("endorsement.make", endorsement, by=by, at=at)
    return token


@transaction.atomic
def end_endorsement(*, ambassador: Ambassador, by: "User", at: datetime) -> None:
    """Let the link open nothing any more; again it is done once. Refuses with `not_yours`."""
    endorsement = _held(ambassador, by)
    if endorsement.token_hash is not None:
        Endorsement.objects.filter(pk=endorsement.pk).update(**NO_LINK)
        record("endorsement.end", endorsement, by=by, at=at)


def forget_endorsements(*, at: datetime) -> int:
    """Throw away the links that have run out, and the pages of those who take no part any more; how many. A sweep."""
    _rows, gone = Endorsement.objects.exclude(ambassador__status__in=TAKES_PART).delete()
    run_out = Endorsement.objects.filter(expires_at__lte=at).update(**NO_LINK)
    return gone.get(Endorsement._meta.label, 0) + run_out


def _held(ambassador: Ambassador, by: "User") -> Endorsement:
    """What this person shows to others, behind their own row, for them alone to change."""
    ambassador = Ambassador.objects.locked(ambassador)
    check_may_opt_in(by, ambassador)
    endorsement, _is_new = Endorsement.objects.get_or_create(ambassador=ambassador)
    endorsement.ambassador = ambassador
    return endorsement
