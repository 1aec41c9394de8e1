"""The register as its list shows it: each person with what they were found by; and the same as a table to keep."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import FoundBy
from ambassadors.models import Ambassador
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.search import PeopleFound
from ambassadors.search.ranking import Found
from stem.geography.travel import miles
from stem.wording import miles_in_words

BATCH = 500
# What stands in the row already needs no reason.
_SHOWN = frozenset({FoundBy.NAME, FoundBy.EMPLOYER, FoundBy.PLACE})
_BY_WHAT = {
    FoundBy.EMAIL: lazy("Found by e-mail"),
    FoundBy.FORMER_EMAIL: lazy("Found by a former e-mail"),
    FoundBy.PHONE: lazy("Found by telephone"),
    FoundBy.FORMER_PHONE: lazy("Found by a former telephone number"),
    FoundBy.NUMBER: lazy("Found by number"),
}


@dataclass(frozen=True)
class RegisterRow:
    """One person of the list, and why they are on it where their row does not show that."""

    person: Ambassador
    why: tuple[str, ...] = ()


def register_rows(people: Iterable[Ambassador]) -> list[RegisterRow]:
    """These people, each with the reasons of the search that found them, if there was one."""
    return [RegisterRow(person, tuple(dict.fromkeys(_why(person)))) for person in people]


def _why(person: Ambassador) -> Iterator[str]:
    found: Found | None = getattr(person, "found", None)
    if found is None:
        return
    if found.km is not None:
        yield _("%(miles)s away") % {"miles": miles_in_words(miles(found.km))}
    for hit in found.hits.values():
        by = FoundBy(hit.found_by)
        if by is FoundBy.KNOWN_AS:
            yield _("Known as %(name)s") % {"name": person.known_as}
        elif by is FoundBy.FORMER_NAME:
            yield _("Formerly %(name)s") % {"name": hit.word.title()}
        elif by is FoundBy.FORMER_EMPLOYER:
            yield _("Formerly at %(employer)s") % {"employer": hit.word.title()}
        elif by not in _SHOWN and not (by is FoundBy.NUMBER and hit.word == f"#{person.scheme_number}".casefold()):
            yield str(_BY_WHAT[by])


def header() -> list[str]:
    """The columns of the table for spreadsheet programs: what staff may see of anybody, and nothing of vetting."""
    return [
        *(_("Number"), _("Name"), _("Known as"), _("E-mail"), _("Telephone"), _("Employer or university")),
        *(_("Job title"), _("Postcode"), _("Status"), _("Visits"), _("Last visit"), _("Came from")),
    ]


def keys_of(people: PeopleFound | AmbassadorQuerySet) -> list[int]:
    """The keys of these people, in their order."""
    return (
        [each.pk for each in people.found]
        if isinstance(people, PeopleFound)
        else [*people.values_list("pk", flat=True)]
    )


def table_of(keys: Sequence[int], people: AmbassadorQuerySet) -> Iterator[list[Sequence[object]]]:
    """These people's rows, some at a time; whoever is in the scope no longer is left out."""
    rows = people.order_by().select_related("user").prefetch_related("memberships__scheme")
    for at in range(0, len(keys), BATCH):
        some = keys[at : at + BATCH]
        found = {person.pk: person for person in rows.filter(pk__in=some)}
        yield [_cells(found[pk]) for pk in some if pk in found]


def _cells(person: Ambassador) -> Sequence[object]:
    schemes = sorted({each.scheme.name for each in person.memberships.all()})
    return [
        person.scheme_number or "",
        person.full_name,
        person.known_as,
        person.reached_at,
        person.phone,
        person.organisation,
        person.job_title,
        person.postcode,
        str(person.get_status_display()),
        person.visits_delivered,
        person.last_visit_on.isoformat() if person.last_visit_on else "",
        "; ".join(schemes),
    ]
