"""Whom a safeguarding lead tells in each nation, by the names they have there (rule C-03)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stem.nations import Nation


@dataclass(frozen=True)
class Jurisdiction:
    """Who hears that an adult may have harmed a child, who is told of a child, and where somebody is barred."""

    officer: str | Promise
    where: str | Promise
    child: str | Promise
    barring: str | Promise


JURISDICTIONS: dict[Nation, Jurisdiction] = {
    Nation.ENG: Jurisdiction(
        officer=_("Local authority designated officer (LADO)"),
        where=_("The council in whose area the school is; some share one with their neighbours."),
        child=_("The school's designated safeguarding lead, who tells children's social care."),
        barring=_("Disclosure and Barring Service (DBS)"),
    ),
    Nation.WLS: Jurisdiction(
        officer=_("Designated officer for safeguarding"),
        where=_("The council in whose area the school is, under the Wales Safeguarding Procedures, section 5."),
        child=_("The school's designated safeguarding person, who tells social services."),
        barring=_("Disclosure and Barring Service (DBS)"),
    ),
    Nation.SCO: Jurisdiction(
        officer=_("The council's child protection team, or Police Scotland on 101"),
        where=_("The council in whose area the school is; Scotland has no designated officer."),
        child=_("The school's child protection coordinator."),
        barring=_("Disclosure Scotland"),
    ),
    Nation.NIR: Jurisdiction(
        officer=_("The Gateway team of the Health and Social Care Trust"),
        where=_("The Trust in whose area the school is; the Education Authority's child protection service advises."),
        child=_("The school's designated teacher for child protection."),
        barring=_("Disclosure and Barring Service (DBS)"),
    ),
}


def jurisdiction(nation: str) -> Jurisdiction:
    """Who hears of it in this nation."""
    return JURISDICTIONS[Nation(nation)]
