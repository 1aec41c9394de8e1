"""What waits for a coordinator, by kind: requests by their priority, all else oldest first."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from bookings.priority.sharing import Week
from bookings.queries.inbox.people import contacts_that_wait, people_that_wait
from bookings.queries.inbox.piles import Item, Pile, first_of_each, pile_of
from bookings.queries.inbox.requests import requests_that_wait
from bookings.queries.inbox.visits import visits_that_wait
from bookings.queries.sharing import week_of
from stem.accounts.scope import areas_looked_after_by
from stem.letters.enums import LetterStatus
from stem.letters.models import Letter
from stem.moments import day_of, moment
from stem.policy.values import values

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Vetting:
    """How the vetting board stands, in one line."""

    people: int
    over: int


@dataclass(frozen=True)
class Inbox:
    """What waits for a coordinator, how vetting stands, and how this week's offers are shared."""

    piles: list[Pile]
    vetting: Vetting
    week: Week


def inbox(user: "User", *, at: datetime) -> Inbox:
    """Everything that waits for this coordinator, by kind, the emptied kinds left out."""
    policy = values(on=day_of(at))
    piles = [
        *requests_that_wait(user, at),
        *visits_that_wait(user, at),
        *contacts_that_wait(user),
        *people_that_wait(user, at),
        _letters(user),
    ]
    return Inbox(
        [pile for pile in piles if pile.total],
        _vetting(user, at, policy["vetting_days"]),
        week_of(areas_looked_after_by(user), at=at, share=policy["reserve_share"]),
    )


def _vetting(user: "User", at: datetime, vetting_days: int) -> Vetting:
    """How many are being vetted, and for how many the day is past by which it should have been decided."""
    began = Coalesce("application__sent_at", "application__started_at", "registered_at")
    last = moment(day_of(at) - timedelta(days=vetting_days), time.min)
    rows = Ambassador.objects.visible_to(user).vetted_by(user).filter(status=AmbassadorStatus.VETTING)
    found = rows.annotate(began=began).aggregate(people=Count("pk"), over=Count("pk", filter=Q(began__lt=last)))
    return Vetting(found["people"], found["over"])


def _letters(user: "User") -> Pile:
    rows = Letter.objects.visible_to(user).filter(status=LetterStatus.FAILED)
    found = first_of_each(rows, since="due_at")
    items = [
        Item(each.fact_name.replace("_", " ").capitalize(), each.to_name, each.due_at, reverse("staff_letters"))
        for each in found
    ]
    return pile_of("letters", _("Letters that could not be sent"), found, items, reverse("staff_letters"))
