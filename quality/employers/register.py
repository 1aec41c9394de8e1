"""Employers as those see them who set them up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from quality.employers.people import people_by_key
from quality.models import Employer, EmployerAgreement, EmployerLead, EmployerRelease, EmployerSpelling
from stem.accounts.models import User as Account

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Spelt:
    """A way to write an employer's name, and how many people of the register write it so."""

    spelling: EmployerSpelling
    people: int


@dataclass(frozen=True)
class Listed:
    """An employer with its ways to be written, and who reads for it, was asked to, or did."""

    employer: Employer
    spelt: list[Spelt]
    leads: list[EmployerLead]

    @property
    def people(self) -> int:
        """How many people of the register name it."""
        return sum(each.people for each in self.spelt)

    @property
    def readers(self) -> int:
        """How many read for it now."""
        return sum(1 for lead in self.leads if lead.accepted_at)


def employers_listed(user: "User", *, pk: int | None = None) -> list[Listed]:
    """The employers that this person sees, or the one; in four queries however many there are."""
    people = people_by_key()
    open_leads = EmployerLead.objects.visible_to(user).open().select_related("user", "invited_by")
    rows = Employer.objects.visible_to(user).prefetch_related("spellings", Prefetch("leads", queryset=open_leads))
    if pk is not None:
        rows = rows.filter(pk=pk)
    return [
        Listed(each, [Spelt(way, people[way.key]) for way in each.spellings.all()], list(each.leads.all()))
        for each in rows
    ]


def told_to(employer: Employer) -> list[EmployerRelease]:
    """Of which terms it was told: that it was, and whether there was enough to tell; of figures a lead alone reads."""
    return list(EmployerRelease.objects.filter(employer=employer))


def agreement_of(ambassador: int) -> EmployerAgreement | None:
    """Whether somebody lets themselves be counted, and for whom."""
    return EmployerAgreement.objects.filter(ambassador=ambassador).first()


def has_account(email: str) -> bool:
    """Whether whoever reads this address has an account already."""
    return Account.objects.filter(email=email).exists()


def reads_for(user: "User") -> Employer | None:
    """The employer for which this person reads, if any."""
    return Employer.objects.filter(leads__in=EmployerLead.objects.live().filter(user=user)).first()
