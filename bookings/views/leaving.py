"""Leaving a school: oneself, by the lead for someone who has gone, and by a coordinator for whoever asks them to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings.forms.leaving import SuccessorForm
from bookings.operations.leaving import leave_school as leave
from bookings.queries.handover import handover_of
from schools.access import ContactRequest, contacts_only, leads_only
from schools.models import Contact
from schools.operations import leading
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import press, went_through


@contacts_only
def leave_school(request: ContactRequest) -> HttpResponse:
    """I am leaving this school: who goes on with what is mine."""
    return _leave(request, request.contact, back=reverse("school_people"), done=reverse("home"))


@leads_only
def end_colleague(request: ContactRequest, pk: int) -> HttpResponse:
    """The lead ends the part of a colleague who has gone, and says who goes on with what was theirs."""
    colleagues = Contact.objects.visible_to(request.user).colleagues_of(request.contact).approved()
    colleague = get_object_or_404(colleagues.select_related("user", "school"), pk=pk)
    return _leave(request, colleague, back=reverse("school_people"), done=reverse("school_people"))


@open_to(Role.COORDINATOR)
def end_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same page for a coordinator, whom someone has asked to do it; the record says so for ever."""
    rows = Contact.objects.visible_to(request.user).looked_after_by(request.user).approved()
    contact = get_object_or_404(rows.select_related("user", "school"), pk=pk)
    school_page = reverse("school", args=[contact.school_id])
    return _leave(request, contact, back=school_page, done=school_page, on_behalf_of=str(contact.user))


def _leave(request: SignedInRequest, contact: Contact, *, back: str, done: str, on_behalf_of: str = "") -> HttpResponse:
    handover = handover_of(contact)
    form = SuccessorForm(request.POST if request.method == "POST" else None, handover=handover)
    if form.is_valid() and went_through(
        form,
        leave,
        contact=contact,
        successor=form.chosen,
        by=request.user,
        at=timezone.now(),
        on_behalf_of=on_behalf_of,
    ):
        said = _("%(name)s no longer acts for %(school)s.") % {"name": contact.user, "school": contact.school}
        messages.success(request, said)
        return redirect(done)
    context = {
        "handover": handover,
        "contact": contact,
        "form": form,
        "back": back,
        "is_own": contact.user_id == request.user.pk,
        "is_staff": bool(on_behalf_of),
    }
    return render(request, "bookings/leave_school.html", context)


@contacts_only
@require_POST
def ask_to_leave(request: ContactRequest) -> HttpResponse:
    """Ask a coordinator to find who takes over, where nobody else acts for the school."""
    said = _("We have told a coordinator, who will ring the school. Until then you go on as before.")
    press(request, leading.ask_to_leave, said=said, contact=request.contact, by=request.user, at=timezone.now())
    return redirect("leave_school")


@contacts_only
@require_POST
def stay(request: ContactRequest) -> HttpResponse:
    """Think better of it."""
    said = _("Good: you go on as before.")
    press(request, leading.stay, said=said, contact=request.contact, by=request.user, at=timezone.now())
    return redirect("school_people")
