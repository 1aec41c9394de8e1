"""How a teacher comes to act for a school: find it, say who they are, and wait for a coordinator."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.enums import ContactStatus
from schools.forms.claiming import ClaimForm, SchoolSearch
from schools.models import Contact
from schools.operations import contacts
from schools.queries.people import someone_leads_at
from schools.queries.register import schools_to_choose_from
from schools.querysets import ContactQuerySet
from schools.search import find_schools
from stem.access import SignedInRequest, signed_in
from stem.acts import went_through

MOST_SHOWN = 20


def _own_claims(request: SignedInRequest) -> ContactQuerySet:
    return Contact.objects.visible_to(request.user).of(request.user).select_related("school")


@signed_in
def claim_school(request: SignedInRequest) -> HttpResponse:
    """Where one's asking stands, and a search for one's school, which answers while one types."""
    text = SchoolSearch(request.GET).text
    found = find_schools(text, schools_to_choose_from(), limit=MOST_SHOWN + 1)
    context = {
        "claims": _own_claims(request),
        "text": text,
        "schools": found[:MOST_SHOWN],
        "has_more": len(found) > MOST_SHOWN,
    }
    return render(request, "schools/claim_school.html", context)


@signed_in
def claim_this_school(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say who one is at this school, and ask."""
    school = get_object_or_404(schools_to_choose_from(), pk=pk)
    form = ClaimForm(request.POST or None, initial={"phone": request.user.phone})
    if form.is_valid() and went_through(
        form, contacts.claim_school, school=school, user=request.user, at=timezone.now(), **form.cleaned_data
    ):
        return redirect("school_claimed", get_object_or_404(_own_claims(request), school=school).pk)
    return render(request, "schools/claim_this_school.html", {"form": form, "school": school})


@signed_in
def school_claimed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who checks, what that means, and what came of it."""
    claim = get_object_or_404(_own_claims(request), pk=pk)
    has_lead = claim.status == ContactStatus.AWAITING and someone_leads_at(claim.school)
    return render(request, "schools/school_claimed.html", {"claim": claim, "has_lead": has_lead})
