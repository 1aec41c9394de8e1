"""How vetting officers find people of the register, keep a search, and take its people away as a table."""

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ambassadors.forms.search import KeepSearchForm, RegisterFilter
from ambassadors.models import SavedSearch
from ambassadors.operations import searches
from ambassadors.queries import register
from ambassadors.queries.pvg import pvg_notices
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.search import PeopleFound
from ambassadors.views.vetting import PER_PAGE, people_vetted_by
from stem.access import SignedInRequest, freshly_confirmed, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through
from stem.audit.record import record
from stem.moments import day_of
from stem.spreadsheets import table_in_parts

# A search that finds more people than this is put on record (L-02).
MANY = 100


@open_to(Role.VETTING_OFFICER)
def ambassadors(request: SignedInRequest) -> HttpResponse:
    """The people of the officer's regions, searched and filtered by the address, the likeliest first."""
    at = timezone.now()
    form = RegisterFilter(request.GET or None)
    address = form.address()
    people = people_vetted_by(request)
    found = form.found(people)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    if page.paginator.count > MANY:
        record("ambassador.search", request.user, by=request.user, at=at)
    kept = list(SavedSearch.objects.visible_to(request.user))
    context = {
        "filters": form,
        # By which the title says that something is wrong.
        "form": form,
        "page": page,
        "rows": register.register_rows(page),
        "found": found if isinstance(found, PeopleFound) else None,
        "address": address,
        "is_searching": bool(address or form.errors),
        "said": _how_many(found, page.paginator.count),
        "kept": kept,
        "current": next((each for each in kept if address and each.query == address), None),
        # What is owed is shown where everybody is listed, and not beside each search.
        "notices": [] if address else pvg_notices(people, on=day_of(at)),
    }
    return render(request, "ambassadors/ambassadors.html", context)


def _how_many(found: PeopleFound | AmbassadorQuerySet, count: int) -> str:
    """How many people are listed, and how many of them only have something like what was asked for."""
    shown = intcomma(count)
    if isinstance(found, PeopleFound) and 0 < found.exactly < count:
        words = ngettext("%(n)s person, and %(like)s like them", "%(n)s people, and %(like)s like them", found.exactly)
        return words % {"n": intcomma(found.exactly), "like": intcomma(count - found.exactly)}
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": shown}


def list_address(address: str) -> str:
    """Where the list of a search is."""
    return f"{reverse('ambassadors')}?{address}" if address else reverse("ambassadors")


@open_to(Role.VETTING_OFFICER)
@freshly_confirmed
def export_ambassadors(request: SignedInRequest) -> HttpResponseBase:
    """The people of a search as a table for spreadsheet programs, after being asked; that it was made is on record."""
    form = RegisterFilter(request.GET or None)
    people = people_vetted_by(request)
    address, keys = form.address(), register.keys_of(form.found(people))
    if request.method == "POST":
        used = ",".join(form.filters_used()) or "all"
        record(
            "ambassador.export", request.user, by=request.user, at=timezone.now(), outcome=f"{len(keys)}: {used}"[:40]
        )
        parts = table_in_parts(register.header(), register.table_of(keys, people))
        headers = {"Content-Disposition": 'attachment; filename="ambassadors.csv"', "Cache-Control": "no-store"}
        return StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8", headers=headers)
    title = ngettext("Download %(n)d person?", "Download %(n)d people?", len(keys)) % {"n": len(keys)}
    return ask_first(
        request,
        None,
        title=title,
        lead=_(
            "The file holds names, addresses and telephone numbers, and nothing of anybody’s vetting. Delete it when"
            " you no longer need it. That you downloaded it, and how many people are in it, goes on record."
        ),
        submit=_("Download"),
        back_url=list_address(address),
    )


@open_to(Role.VETTING_OFFICER)
def keep_search(request: SignedInRequest) -> HttpResponse:
    """Give the search of this address a name, and keep it."""
    address = RegisterFilter(request.GET or None).address()
    form = KeepSearchForm(request.POST or None)
    if form.is_valid() and went_through(
        form, searches.keep_search, query=address, **form.cleaned_data, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Kept: you find it above the list."))
        return redirect(list_address(address))
    told = {"form": form, "back_url": list_address(address)}
    return render(request, "ambassadors/keep_search.html", told)


@open_to(Role.VETTING_OFFICER)
def rename_search(request: SignedInRequest, pk: int) -> HttpResponse:
    """Call a kept search something else, or go on to remove it."""
    search = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
    form = KeepSearchForm(request.POST or None, initial={"called": search.name})
    if form.is_valid() and went_through(
        form, searches.rename_search, search=search, **form.cleaned_data, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Renamed."))
        return redirect(list_address(address_of(search)))
    told = {"form": form, "search": search, "back_url": list_address(address_of(search))}
    return render(request, "ambassadors/rename_search.html", told)


@open_to(Role.VETTING_OFFICER)
@require_POST
def remove_search(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a search no longer."""
    search = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
    said = _("“%(name)s” is no longer kept.") % {"name": search.name}
    press(request, searches.remove_search, said=said, search=search, by=request.user, at=timezone.now())
    return redirect("ambassadors")


def address_of(search: SavedSearch) -> str:
    """A kept search as the list's address has it today: what it asked for and there is no longer narrows nothing."""
    return RegisterFilter(QueryDict(search.query)).address()
