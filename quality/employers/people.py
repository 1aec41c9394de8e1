"""Whose visits count for which employer, at the moment at which it is told."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from ambassadors.enums import TAKES_NO_PART
from ambassadors.models import Ambassador
from quality.employers.names import key_of
from quality.models import EmployerAgreement, EmployerLead, EmployerSpelling


@dataclass(frozen=True, slots=True)
class Counted:
    """For which employer somebody's visits count, and from when on."""

    employer: int
    since: datetime
    # They read their employer's page, and know which of its visits are their own.
    is_reader: bool = False


def people_counted(*, written_by: datetime) -> dict[int, Counted]:
    """Who has agreed to be counted, takes part, and works for an employer as it was written down before this moment.

    Whoever agreed for another employer than they name now is not counted until they agree anew. Three queries.
    """
    spelt = dict(EmployerSpelling.objects.by(written_by).values_list("key", "employer"))
    readers = set(EmployerLead.objects.live().values_list("employer", "user"))
    rows = EmployerAgreement.objects.exclude(ambassador__status__in=TAKES_NO_PART)
    found = {}
    for person, user, works_for, agreed_for, agreed_at in rows.order_by().values_list(
        "ambassador", "ambassador__user", "ambassador__organisation", "key", "agreed_at"
    ):
        employer = spelt.get(key_of(works_for))
        if employer is not None and employer == spelt.get(agreed_for):
            found[person] = Counted(employer, agreed_at, (employer, user) in readers)
    return found


def people_by_key() -> Counter[str]:
    """How many people of the register name each employer, by its key; in one query, however many they are."""
    named = Ambassador.objects.exclude(status__in=TAKES_NO_PART).exclude(organisation="")
    counted: Counter[str] = Counter()
    for words, people in named.order_by().values_list("organisation").annotate(n=Count("pk")):
        counted[key_of(words)] += people
    return counted
