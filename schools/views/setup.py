"""The list of what a new scheme has to do, for the administrator who does it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from schools.progress import read_set_up
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.letters.drafts import absolute
from stem.scheme.identity import who_we_are


@open_to(Role.ADMINISTRATOR)
def setup(request: SignedInRequest) -> HttpResponse:
    """Every task of a new scheme, how it stands, and what is missing before the scheme can open."""
    who_we_are(afresh=True)  # whoever has just changed it reads it here
    return render(request, "schools/setup.html", {"set_up": read_set_up(), "join_url": absolute(reverse("join"))})
