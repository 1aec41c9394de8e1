"""The mark of pages that belong to people who act for a school."""

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from schools.models import Contact
from stem.access import SignedInRequest, View, signed_in
from stem.audit.origin import acting


class ContactRequest(SignedInRequest):
    """A request by someone who acts for a school."""

    contact: Contact


def contacts_only(view: View) -> View:
    """Open to approved contacts of a school, who find their `Contact` as `request.contact`; others go and claim one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        contact = Contact.objects.approved().filter(user=request.user.pk).select_related("school", "user").first()
        if contact is None:
            return redirect("claim_school")
        request.contact = contact  # type: ignore[attr-defined]
        with acting(part="contact"):
            return view(request, *args, **kwargs)

    marked = signed_in(guarded)
    marked.access_mark = "contact"  # type: ignore[attr-defined]
    return marked


def leads_only(view: View) -> View:
    """Open to whoever leads at their school; colleagues go to the page that says who does."""

    @wraps(view)
    def guarded(request: ContactRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.contact.is_lead:
            return redirect("school_people")
        return view(request, *args, **kwargs)

    marked = contacts_only(guarded)
    marked.access_mark = "lead"  # type: ignore[attr-defined]
    return marked
