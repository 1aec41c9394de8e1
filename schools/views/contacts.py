"""How coordinators decide who acts for a school, and enter schools that no register has brought."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schools.domains import domain_of, is_public
from schools.forms.people import ApproveForm
from schools.forms.registering import SchoolForm
from schools.models import Contact
from schools.operations import contacts as operations
from schools.operations.register import add_school as enter_school
from schools.querysets import ContactQuerySet
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through

PER_PAGE = 25


def _contacts(request: SignedInRequest) -> ContactQuerySet:
    rows = Contact.objects.visible_to(request.user).looked_after_by(request.user)
    return rows.select_related("school", "user")


@open_to(Role.COORDINATOR)
def contacts(request: SignedInRequest) -> HttpResponse:
    """The people who wait to act for a school, the longest wait first."""
    page = Paginator(_contacts(request).awaiting(), PER_PAGE).get_page(request.GET.get("page"))
    waiting = [(contact, _domain_to_offer(contact)) for contact in page]
    return render(request, "schools/contacts.html", {"page": page, "waiting": waiting})


def _domain_to_offer(contact: Contact) -> str:
    """The domain of someone's address, where it could prove that others work at the school too."""
    domain = domain_of(contact.user.email)
    return "" if is_public(domain) else domain


@open_to(Role.COORDINATOR)
@require_POST
def approve_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let someone act for their school, and others with the same domain from then on, where that is ticked."""
    contact = get_object_or_404(_contacts(request), pk=pk)
    form = ApproveForm(request.POST)
    ticked = form.is_valid() and form.cleaned_data["verify_their_domain"]
    said = _("%(name)s may act for %(school)s now, and will be told.") % {
        "name": contact.user,
        "school": contact.school,
    }
    press(
        request,
        operations.approve_contact,
        said=said,
        contact=contact,
        by=request.user,
        at=timezone.now(),
        verify_their_domain=ticked,
    )
    return redirect("contacts")


@open_to(Role.COORDINATOR)
def decline_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that we could not confirm someone, after asking."""
    contact = get_object_or_404(_contacts(request), pk=pk)
    if request.method == "POST":
        said = _("Declined: %(name)s will be told how to ask again.") % {"name": contact.user}
        press(request, operations.decline_contact, said=said, contact=contact, by=request.user, at=timezone.now())
        return redirect("contacts")
    return ask_first(
        request,
        None,
        title=_("Decline %(name)s?") % {"name": contact.user},
        caption=contact.school,
        lead=_("They get a letter that we could not confirm that they work at this school. They can ask again."),
        submit=_("Decline"),
        kind="danger",
        back_url=reverse("contacts"),
    )


@open_to(Role.COORDINATOR)
def add_school(request: SignedInRequest) -> HttpResponse:
    """Enter a school by hand."""
    form = SchoolForm(request.POST or None)
    if form.is_valid() and went_through(form, enter_school, **form.cleaned_data, by=request.user):
        messages.success(request, _("%(school)s has been added.") % {"school": form.cleaned_data["name"]})
        return redirect("schools")
    return ask_first(
        request,
        form,
        title=_("Add a school"),
        lead=_("For a school or college that no national register has brought."),
        submit=_("Add this school"),
        back_url=reverse("schools"),
    )
