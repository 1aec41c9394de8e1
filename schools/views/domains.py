"""How coordinators say whose addresses prove that someone works at a school, and who leads there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schools.forms.people import DomainForm
from schools.models import Contact, School, SchoolDomain
from schools.operations import domains, leading
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through


@open_to(Role.COORDINATOR)
def add_domain(request: SignedInRequest, pk: int) -> HttpResponse:
    """Verify a domain for a school."""
    rows = School.objects.visible_to(request.user).looked_after_by(request.user)
    school = get_object_or_404(rows, pk=pk)
    form = DomainForm(request.POST or None)
    if form.is_valid() and went_through(
        form, domains.verify_domain, school=school, by=request.user, at=timezone.now(), **form.cleaned_data
    ):
        messages.success(request, _("From now on whoever has an address there is let in at once."))
        return redirect("school", pk)
    return ask_first(
        request,
        form,
        title=_("Verify a domain"),
        caption=school,
        lead=_(
            "Whoever has shown that they read post at an address there acts for the school without being looked at."
        ),
        submit=_("Verify it"),
        back_url=reverse("school", args=[pk]),
    )


@open_to(Role.COORDINATOR)
def remove_domain(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a domain away from a school, after asking."""
    rows = SchoolDomain.objects.visible_to(request.user).select_related("school")
    domain = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        said = _("%(domain)s lets nobody in any more.") % {"domain": domain}
        press(request, domains.remove_domain, said=said, domain=domain, by=request.user, at=timezone.now())
        return redirect("school", domain.school_id)
    return ask_first(
        request,
        None,
        title=_("Take %(domain)s away?") % {"domain": domain},
        caption=domain.school,
        lead=_("Nobody is let in by it any more. Whoever acts for the school already stays."),
        submit=_("Take it away"),
        kind="danger",
        back_url=reverse("school", args=[domain.school_id]),
    )


@open_to(Role.COORDINATOR)
def make_lead(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say who leads at a school, after asking."""
    rows = Contact.objects.visible_to(request.user).looked_after_by(request.user).approved()
    contact = get_object_or_404(rows.select_related("user", "school"), pk=pk)
    if request.method == "POST":
        said = _("%(name)s leads there now, and will be told.") % {"name": contact.user}
        press(request, leading.make_lead, said=said, contact=contact, by=request.user, at=timezone.now())
        return redirect("school", contact.school_id)
    return ask_first(
        request,
        None,
        title=_("Make %(name)s the lead?") % {"name": contact.user},
        caption=contact.school,
        lead=_("They let colleagues in from then on. Whoever leads now goes on asking for visits as before."),
        submit=_("Make them the lead"),
        back_url=reverse("school", args=[contact.school_id]),
    )
