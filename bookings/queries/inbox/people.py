"""People who wait for a coordinator: of the register, and of schools."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.eligibility import requirements_met
from ambassadors.enums import AmbassadorStatus, CheckStatus, RefereeStatus
from ambassadors.models import Ambassador, Check, Referee
from bookings.queries.inbox.piles import Item, Pile, first_of_each, pile_of
from schools.enums import ContactStatus
from schools.models import Contact
from stem.curriculum import Words
from stem.moments import day_of
from stem.nations import Nation

if TYPE_CHECKING:
    from stem.accounts.models import User


class PeopleKind(NamedTuple):
    """One way in which a person of the register waits for an officer, and the tab of the board that shows them all."""

    waits: str
    code: str
    title: Words
    why: Words
    show: str


# Whoever waits in several ways is told of the first.
PEOPLE = (
    PeopleKind(
        "confirm", "checks", lazy("Checks that need a second person"), lazy("A colleague saw the certificate"), "ours"
    ),
    PeopleKind("talk", "talks", lazy("Applicants who want to talk"), lazy("Ring them before the check"), "talk"),
    PeopleKind("read", "references", lazy("References to read"), lazy("A referee has answered"), "ours"),
    PeopleKind("answered", "answers", lazy("Applicants who answered you"), lazy("They did what was asked for"), "ours"),
    PeopleKind("approve", "applications", lazy("Applications ready to approve"), lazy("All is in date"), "ready"),
)


def people_that_wait(user: "User", at: datetime) -> list[Pile]:
    """Who of the register waits for this coordinator, and what for: of each what comes first."""
    seen = Check.objects.filter(ambassador=OuterRef("pk"), status=CheckStatus.SEEN)
    in_vetting = Q(status=AmbassadorStatus.VETTING)
    # Approval asks for what the person's own nation asks for; Scotland's stricter rule is said on the record's page.
    ready = in_vetting & requirements_met(day_of(at), Nation.ENG)
    answered = Referee.objects.filter(ambassador=OuterRef("pk"), status=RefereeStatus.ANSWERED)
    # Whoever said the first word of two about one waits for a colleague.
    unread = Exists(answered.exclude(decided_by=user))
    waits = Case(
        When(Q(Exists(seen.exclude(seen_by=user))), then=Value("confirm")),
        When(in_vetting & Q(application__wants_to_talk=True), then=Value("talk")),
        When(in_vetting & Q(unread), then=Value("read")),
        When(in_vetting & Q(application__answered_at__isnull=False), then=Value("answered")),
        When(ready & Q(application__decline_proposed_by=None), then=Value("approve")),
        output_field=CharField(null=True),
    )
    # A certificate waits since it was seen, and whoever is on their way in since they registered.
    since = Case(When(waits="confirm", then=Subquery(seen.values("moved_at"))), default=F("registered_at"))
    rows = Ambassador.objects.visible_to(user).vetted_by(user).annotate(waits=waits, since=since)
    found = first_of_each(rows.filter(waits__isnull=False), since="since", kind="waits")
    board = reverse("vetting_board")
    piles = []
    for kind in PEOPLE:
        theirs = [each for each in found if each.waits == kind.waits]
        items = [_person_item(each, str(kind.why)) for each in theirs]
        piles.append(pile_of(kind.code, str(kind.title), theirs, items, f"{board}?show={kind.show}"))
    return piles


def _person_item(person: Ambassador, why: str) -> Item:
    since = person.since  # type: ignore[attr-defined]
    return Item(str(person), why, since, reverse("ambassador", args=[person.pk]))


def contacts_that_wait(user: "User") -> list[Pile]:
    """Who asks to act for a school, and who would leave one where nobody else does."""
    rows = Contact.objects.looked_after_by(user).deciding_to_join_or_leave().select_related("school", "user")
    found = first_of_each(rows.annotate(since=Coalesce("wants_to_leave_at", "asked_at")), since="since", kind="status")
    to_join = [each for each in found if each.status == ContactStatus.AWAITING]
    to_leave = [each for each in found if each.status == ContactStatus.APPROVED]
    return [
        pile_of(
            "contacts",
            _("People asking to act for a school"),
            to_join,
            [_contact_item(each, each.job_title, reverse("contacts")) for each in to_join],
            reverse("contacts"),
        ),
        pile_of(
            "contacts_leaving",
            _("People leaving a school where nobody else acts"),
            to_leave,
            [
                _contact_item(each, _("Find out who goes on"), reverse("end_contact", args=[each.pk]))
                for each in to_leave
            ],
            reverse("schools"),
        ),
    ]


def _contact_item(contact: Contact, what: str, url: str) -> Item:
    return Item(str(contact.user), f"{what}, {contact.school}", contact.wants_to_leave_at or contact.asked_at, url)
