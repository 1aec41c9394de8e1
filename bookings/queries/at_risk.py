"""Promised visits on whose day something of whoever comes will have run out, as both sides read them (rule V-04)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.eligibility import PVG, missing_codes
from ambassadors.enums import CheckBody, RequirementKind
from ambassadors.models import Ambassador, Requirement
from ambassadors.progress import PAGES
from ambassadors.queries.renewals import noun_of
from bookings.models import Seat, Visit
from bookings.notice import replacement_begins_on
from bookings.querysets import AT_RISK_FROM
from stem.moments import day_of
from stem.nations import Nation
from stem.wording import day_in_words


@dataclass(frozen=True)
class Renewal:
    """What someone renews so that a visit of theirs can go ahead, and the page on which they do their part."""

    words: str
    page: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where that page is."""
        return reverse(self.page[0], args=self.page[1:])


def replacement_in_words(visit: Visit, *, on: date) -> str:
    """How many days are left until someone else is looked for."""
    left = (_replacement_begins_on(visit) - on).days
    if left <= 0:
        return _("we look for someone else from today")
    return ngettext("%(n)d day until we look for someone else", "%(n)d days until we look for someone else", left) % {
        "n": left
    }


def _replacement_begins_on(visit: Visit) -> date:
    assert visit.starts_at is not None
    return replacement_begins_on(day_of(visit.starts_at), Nation(visit.request.school.nation))


def renewals_of(ambassador: Ambassador, *, at: datetime) -> list[Renewal]:
    """What this person renews so that all they have promised can go ahead, in two queries."""
    seats = Seat.objects.promised_by(ambassador, at=at).filter(visit__starts_at__isnull=False)
    visits = [seat.visit for seat in seats.select_related("visit__request__school").order_by("visit__starts_at", "pk")]
    return renewals_for(ambassador, visits, on=day_of(at))


def renewals_for(
    ambassador: Ambassador, visits: Iterable[Visit], *, on: date, on_record: list[Requirement] | None = None
) -> list[Renewal]:
    """What this person renews so that these visits to come can go ahead, the soonest first, in one query.

    In none where their requirements that nobody has withdrawn have been read.
    """
    rows = list(ambassador.requirements.filter(withdrawn_at=None)) if on_record is None else on_record
    told: list[Renewal] = []
    for visit in visits:
        assert visit.starts_at is not None
        day, nation = day_of(visit.starts_at), Nation(visit.request.school.nation)
        if day > on + AT_RISK_FROM:
            continue
        counting = [row for row in rows if row.counts_on(day)]
        has_pvg = any(row.body == CheckBody.PVG for row in counting)
        codes = missing_codes({row.kind for row in counting}, nation, has_pvg=has_pvg)
        told += [_renewal(code, visit, on=on) for code in codes]
    return told


def _renewal(code: str, visit: Visit, *, on: date) -> Renewal:
    assert visit.starts_at is not None
    kind = RequirementKind.CRC if code == PVG else RequirementKind(code)
    begins = _replacement_begins_on(visit)
    told = {
        "what": noun_of(code),
        "before": day_in_words(begins),
        "school": visit.request.school,
        "day": day_in_words(visit.starts_at),
    }
    if begins > on:
        words = _("Renew “%(what)s” before %(before)s so that your visit at %(school)s on %(day)s can go ahead.")
    else:
        words = _("Renew “%(what)s” today so that your visit at %(school)s on %(day)s can go ahead.")
    return Renewal(words % told, PAGES[kind])
