"""What is on record about a scheme whose people came into the register (rule V-90)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from ambassadors import permissions
from ambassadors.models import Ambassador, Membership, Scheme
from ambassadors.operations.reckoning import reckon
from stem.audit.record import record
from stem.geography.places import Gazetteer

if TYPE_CHECKING:
    from stem.accounts.models import User

BATCH = 500


def describe_scheme(
    *, scheme: Scheme, owner: str, legal_basis_note: str, transfer_date: date | None, by: "User", at: datetime
) -> int:
    """Say who answered for a scheme's data, by what right it came, and when; how many records came out otherwise.

    The day settles whose word is the later one, so people of whom others speak too are reckoned anew, in short
    transactions: cut short, it is finished by saying it again. Refuses with `not_administrator`.
    """
    permissions.check_may_describe_schemes(by)
    with transaction.atomic():
        scheme = Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
        before = (scheme.owner, scheme.legal_basis_note, scheme.transfer_date)
        said = (" ".join(owner.split()), legal_basis_note.strip(), transfer_date)
        if said != before:
            scheme.owner, scheme.legal_basis_note, scheme.transfer_date = said
            scheme.save(update_fields=["owner", "legal_basis_note", "transfer_date"])
            record("scheme.describe", scheme, by=by, at=at)
    elsewhere = Membership.objects.filter(ambassador=OuterRef("ambassador")).exclude(pk=OuterRef("pk"))
    shared = Membership.objects.filter(Exists(elsewhere), scheme=scheme)
    keys = sorted(set(shared.values_list("ambassador", flat=True)))
    return sum(_reckon_some(keys[start : start + BATCH]) for start in range(0, len(keys), BATCH))


@transaction.atomic
def _reckon_some(keys: list[int]) -> int:
    """Reckon these people anew; how many came out otherwise."""
    people = Ambassador.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys).order_by("pk")
    return reckon(people, gazetteer=Gazetteer())
