"""Who is in the register twice: the queue of pairs, two records side by side, merging them, and undoing it (V-92)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.forms.merging import MergeForm, OtherRecordForm, PairFilter, SeparateForm
from ambassadors.importing.golden import SPOKEN_OF
from ambassadors.merging import ACCOUNT, BOTH, PLAIN
from ambassadors.models import Ambassador, LikelyPair, Merge
from ambassadors.operations import merging, separating
from ambassadors.queries.merging import narrowed, pair_lines, records_seen_by, side_by_side, this_and_next
from ambassadors.queries.since import changes_since
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.search import find_people
from ambassadors.views.vetting import PER_PAGE
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role, has_role
from stem.acts import press, went_through
from stem.audit.record import record
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Audience

PROPOSED, POSSIBLE, MERGED = "proposed", "possible", "merged"
DECIDERS = (Role.VETTING_OFFICER, Role.SAFEGUARDING_LEAD)
# Of the people found by a search for the other record, so many are shown.
FOUND = 20


@open_to(*DECIDERS)
def duplicates(request: SignedInRequest) -> HttpResponse:
    """The pairs that may be one person, the likeliest first; and the merges that can still be undone."""
    form = PairFilter(request.GET)
    name, scheme = form.asked()
    propose = value("duplicate_propose", on=day_of(timezone.now()))
    pairs = narrowed(LikelyPair.objects.visible_to(request.user), name=name, scheme=scheme)
    counts = pairs.order_by().aggregate(
        proposed=Count("pk", filter=Q(likely__gte=propose)), possible=Count("pk", filter=Q(likely__lt=propose))
    )
    show = request.GET.get("show", PROPOSED)
    context: dict[str, Any] = {"filters": form, "counts": counts, "show": show}
    if show == MERGED:
        merges = Merge.objects.visible_to(request.user).standing().exclude(before={})
        merges = merges.select_related("kept", "lost", "by")
        context["page"] = Paginator(merges, PER_PAGE).get_page(request.GET.get("page"))
        return _page(request, "ambassadors/merges.html", context)
    pairs = pairs.filter(likely__lt=propose) if show == POSSIBLE else pairs.filter(likely__gte=propose)
    page = Paginator(pairs.select_related("one", "other"), PER_PAGE).get_page(request.GET.get("page"))
    return _page(request, "ambassadors/duplicates.html", {**context, "page": page, "rows": pair_lines(page)})


@open_to(*DECIDERS)
def compare_records(request: SignedInRequest, one: int, other: int) -> HttpResponse:
    """Two records side by side, and what tells that they are one person's or two. Looking is itself put on record."""
    shown = side_by_side(_records(request, one, other), LikelyPair.objects.visible_to(request.user))
    if shown is None:
        return _where_they_went(request, one, other)
    at = timezone.now()
    for person in (shown.kept, shown.lost):
        record("ambassador.compare", person, by=request.user, at=at)
    return _page(request, "ambassadors/compare.html", {"shown": shown})


@open_to(*DECIDERS)
@require_POST
def merge_people(request: SignedInRequest, one: int, other: int) -> HttpResponse:
    """Make one record of the two, and go on to the next pair."""
    people = _pair(request, one, other)
    if people is None:
        return _where_they_went(request, one, other)
    names = (*SPOKEN_OF, *PLAIN, ACCOUNT)
    form = MergeForm(request.POST, names=names, values=(str(one), str(other), BOTH))
    if not form.is_valid():
        messages.error(request, _("Choose, for each field, one of the two records. Nothing has been merged."))
        return redirect("compare_records", one, other)
    following = _next(request, people)
    if _pressed(
        request,
        merging.merge_people,
        said=_("%(name)s has one record now. You can undo that for 90 days, under “Merged”.") % {"name": people[0]},
        one=people[0],
        other=people[1],
        choices=form.choices(),
    ):
        return redirect(following)
    return redirect("compare_records", one, other)


@open_to(*DECIDERS)
@require_POST
def note_apart(request: SignedInRequest, one: int, other: int) -> HttpResponse:
    """Remember that they are two people, and go on to the next pair."""
    people = _pair(request, one, other)
    if people is None:
        return _where_they_went(request, one, other)
    following = _next(request, people)
    said = _("Remembered: %(one)s and %(other)s are two people.") % {"one": people[0], "other": people[1]}
    _pressed(request, separating.note_apart, said=said, one=people[0], other=people[1])
    return redirect(following)


@open_to(*DECIDERS)
@require_POST
def take_back_apart(request: SignedInRequest, one: int, other: int) -> HttpResponse:
    """Let the two be proposed as one person again."""
    people = _pair(request, one, other)
    if people is None:
        return _where_they_went(request, one, other)
    said = _("Taken back: they may be one person.")
    _pressed(request, separating.take_back_apart, said=said, one=people[0], other=people[1])
    return redirect("compare_records", one, other)


@open_to(*DECIDERS)
def separate_people(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo a merge: shows what was done since, and asks whose it is. Looking is itself put on record."""
    merges = Merge.objects.visible_to(request.user).select_related("kept", "lost", "by")
    merge = get_object_or_404(merges, pk=pk)
    if merge.undone_at is not None:
        messages.info(request, _("That merge has been undone."))
        return redirect("same_person", merge.kept_id)
    changes = changes_since(merge) if merge.before else []
    form = SeparateForm(request.POST or None, changes=changes, kept=merge.kept, lost=merge.lost)
    if form.is_valid() and went_through(
        form,
        separating.separate_people,
        told_to=Audience.ENTITLED,
        merge=merge,
        whose=form.whose(),
        apart=form.cleaned_data["apart"],
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("There are two records again, as they were."))
        return redirect("same_person", merge.kept_id)
    for person in (merge.kept, merge.lost):
        record("ambassador.compare", person, by=request.user, at=timezone.now())
    return _page(request, "ambassadors/separate.html", {"merge": merge, "form": form, "changes": changes})


@open_to(*DECIDERS)
def same_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """The other records of somebody: those that are part of this one, those that may be, and what is looked for."""
    people = records_seen_by(request.user)
    person = get_object_or_404(people, pk=pk)
    if not people.decided_by(request.user).filter(pk=pk).exists():
        return _page(request, "ambassadors/same_person.html", {"ambassador": person})
    form = OtherRecordForm(request.GET if "q" in request.GET else None)
    found = []
    if form.is_valid():
        others = people.decided_by(request.user).exclude(pk=pk)
        found = list(find_people(form.cleaned_data["q"].replace("\x00", ""), others)[:FOUND])
    context = {
        "ambassador": person,
        "form": form,
        "found": found,
        "merges": Merge.objects.visible_to(request.user).standing().filter(kept=pk).select_related("lost"),
        "may_be": LikelyPair.objects.visible_to(request.user).of(person).select_related("one", "other"),
    }
    return _page(request, "ambassadors/same_person.html", context)


def _page(request: SignedInRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page that knows whether its reader may open people's records: a safeguarding lead alone may not."""
    return render(request, template, {**context, "sees_records": has_role(request.user, Role.VETTING_OFFICER)})


def _records(request: SignedInRequest, one: int, other: int) -> AmbassadorQuerySet:
    """The two records, as far as this person decides about them."""
    return records_seen_by(request.user).pair_for(request.user, one, other)


def _pair(request: SignedInRequest, one: int, other: int) -> tuple[Ambassador, Ambassador] | None:
    """The two records, if this person decides about them; None where they do not, or one is part of another by now."""
    found = {person.pk: person for person in _records(request, one, other)}
    return (found[one], found[other]) if len(found) == 2 else None


def _where_they_went(request: SignedInRequest, one: int, other: int) -> HttpResponse:
    """Old links arrive: at the records that these two are part of, where this person decides about those."""
    people = records_seen_by(request.user).decided_by(request.user)
    keys = [get_object_or_404(people.behind(key)).pk for key in (one, other)]
    if one == other or keys == [one, other]:
        raise Http404
    messages.info(request, _("One of these records has become part of another since."))
    return redirect("same_person", keys[0]) if keys[0] == keys[1] else redirect("compare_records", *keys)


def _next(request: SignedInRequest, people: tuple[Ambassador, Ambassador]) -> str:
    """Where to go on after these two: to the next pair, or back to the list when there is none."""
    pair, following = this_and_next(LikelyPair.objects.visible_to(request.user), *people)
    if pair is None or following is None:
        return reverse("duplicates")
    return reverse("compare_records", args=[following.one_id, following.other_id])


def _pressed(request: SignedInRequest, operation: Any, *, said: str, **arguments: Any) -> bool:
    """Press a button for this person; whether it went through."""
    return press(
        request, operation, said=said, told_to=Audience.ENTITLED, **arguments, by=request.user, at=timezone.now()
    )
