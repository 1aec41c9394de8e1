"""Searches of the register that staff keep for themselves."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.models import SavedSearch
from stem.accounts.models import User as Account
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

# More would be a list to search in.
MOST_KEPT = 20


@transaction.atomic
def keep_search(*, query: str, called: str, by: "User", at: datetime) -> SavedSearch:
    """Keep a search under a name of one's own; the same under the same name again is kept once.

    Refuses with `called` when another search of theirs has the name, with `nothing` when nothing is searched for, or
    with `too_many`.
    """
    # Whoever presses twice waits here.
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    theirs = SavedSearch.objects.visible_to(by)
    if not query:
        raise refuse("nothing", Kind.INPUT, _("This lists everybody: search or filter first, and then keep it."))
    name = " ".join(called.split())
    before = theirs.filter(name__iexact=name).first()
    if before is not None and before.query == query:
        return before
    if before is not None:
        raise refuse("called", Kind.INPUT, _("You have a search of that name already. Choose another name."))
    if theirs.count() >= MOST_KEPT:
        words = _("You keep %(n)d searches, and no more go in. Remove one first.") % {"n": MOST_KEPT}
        raise refuse("too_many", Kind.STATE, words)
    return SavedSearch.objects.create(user=by, name=name, query=query, saved_at=at)


@transaction.atomic
def rename_search(*, search: SavedSearch, called: str, by: "User", at: datetime) -> None:
    """Call a kept search something else.

    Refuses with `not_yours`, with `gone` when it was removed meanwhile, or with `called` when another has the name.
    """
    permissions.check_owns_search(by, search)
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    search = SavedSearch.objects.locked(search)
    name = " ".join(called.split())
    if SavedSearch.objects.visible_to(by).filter(name__iexact=name).exclude(pk=search.pk).exists():
        raise refuse("called", Kind.INPUT, _("You have a search of that name already. Choose another name."))
    search.name = name
    search.save(update_fields=["name"])


@transaction.atomic
def forget_searches() -> int:
    """Keep no search of whose account is closed; how many went."""
    return SavedSearch.objects.filter(user__is_active=False).delete()[0]


@transaction.atomic
def remove_search(*, search: SavedSearch, by: "User", at: datetime) -> None:
    """Keep a search no longer; removed twice, it is removed once. Refuses with `not_yours`."""
    permissions.check_owns_search(by, search)
    SavedSearch.objects.filter(pk=search.pk).delete()
