"""The menu of whoever is looking. Entries are named by their page; the app that owns the page is not imported."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from stem.accounts.roles import Role, roles_of

Entry = tuple[Any, str]  # a label to translate, and the name of its page


# Which pages each part in the scheme has in its menu, in their order.
STAFF_PAGES: tuple[tuple[frozenset[Role], Any, str], ...] = (
    (frozenset({Role.ADMINISTRATOR}), _("Set-up"), "setup"),
    (frozenset({Role.COORDINATOR}), _("Inbox"), "coordinator_home"),
    (frozenset({Role.COORDINATOR}), _("Requests"), "requests"),
    (frozenset({Role.COORDINATOR}), _("Visits"), "visits"),
    (frozenset({Role.COORDINATOR}), _("Diary"), "region_diary"),
    (frozenset({Role.COORDINATOR, Role.VETTING_OFFICER}), _("Vetting"), "vetting_board"),
    (frozenset({Role.COORDINATOR, Role.VETTING_OFFICER}), _("Ambassadors"), "ambassadors"),
    (frozenset({Role.COORDINATOR, Role.VETTING_OFFICER, Role.SAFEGUARDING_LEAD}), _("Duplicates"), "duplicates"),
    (frozenset({Role.COORDINATOR}), _("Schools"), "schools"),
    (frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}), _("Coverage"), "coverage"),
    (frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}), _("Term dates"), "authority_dates"),
    (frozenset({Role.COORDINATOR, Role.QUALITY_MANAGER, Role.ADMINISTRATOR}), _("Quality"), "quality_home"),
    (frozenset({Role.COMPLAINT_HANDLER}), _("Complaints"), "complaints"),
    (frozenset({Role.DISCLOSURE_ASSESSOR, Role.SAFEGUARDING_LEAD}), _("Checks to weigh"), "checks_to_weigh"),
    (frozenset({Role.SAFEGUARDING_LEAD}), _("Worries"), "concerns"),
    (frozenset({Role.SECOND_DEPUTY}), _("Break the glass"), "behind_glass"),
    (frozenset({Role.SAFEGUARDING_LEAD}), _("Suspensions"), "suspensions"),
    (frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}), _("Letters"), "staff_letters"),
    (frozenset({Role.ADMINISTRATOR}), _("People"), "staff_people"),
    (frozenset({Role.ADMINISTRATOR}), _("Schemes"), "schemes"),
    (frozenset({Role.ADMINISTRATOR}), _("Regions"), "staff_regions"),
    (frozenset({Role.ADMINISTRATOR}), _("Numbers"), "staff_policy"),
    (frozenset({Role.ADMINISTRATOR}), _("Courses"), "courses"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context for every page: the menu, reckoned only when a page draws it. Error pages have no user to ask."""
    return {"menu": SimpleLazyObject(lambda: list(_entries(request)))}


def _entries(request: HttpRequest) -> Iterator[Entry]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return
    roles = roles_of(user)
    for needed, label, page in STAFF_PAGES:
        if needed & roles:
            yield label, page
    if not roles:
        yield _("Home"), "home"
        # Set by the mark of pages that are an ambassador's or a school's: nobody is asked about for the menu's sake.
        if hasattr(request, "ambassador"):
            yield _("Diary"), "my_diary"
        elif hasattr(request, "contact"):
            yield _("Diary"), "school_diary"
        yield _("Calendar"), "my_calendar"
    yield _("My account"), "my_account"
