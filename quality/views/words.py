"""The pages on which each side reads what the other wrote, as it was passed on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ambassadors.access import AmbassadorRequest, ambassadors_only
from quality import queries
from schools.access import ContactRequest, contacts_only


@ambassadors_only
def words_of_schools(request: AmbassadorRequest) -> HttpResponse:
    """What schools have written about the visits that one made."""
    shared = queries.words_of_schools(request.user, at=timezone.now())
    return render(request, "quality/words.html", {"shared": shared, "for_school": False})


@contacts_only
def words_of_ambassadors(request: ContactRequest) -> HttpResponse:
    """What ambassadors have written about their visits to the school."""
    shared = queries.words_of_ambassadors(request.user, at=timezone.now())
    return render(request, "quality/words.html", {"shared": shared, "for_school": True})
