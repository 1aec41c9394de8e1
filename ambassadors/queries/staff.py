"""Which of the scheme's own people look after somebody of the register."""

from collections.abc import Iterator

from ambassadors.models import Ambassador
from stem.accounts.models import User
from stem.accounts.roles import BUNDLES, Role

# The two parts that vet: one by itself, one as a bundle.
VETTING = frozenset({Role.VETTING_OFFICER, *(role for role, held in BUNDLES.items() if Role.VETTING_OFFICER in held)})


def vetting_officers_of(ambassador: Ambassador) -> Iterator[User]:
    """Everyone who may vet this person: of their region, or of all, and never themselves."""
    people = User.objects.filter(is_active=True, grants__role__in=VETTING, grants__ended_at=None)
    for person in people.distinct():
        is_oneself = person.pk == ambassador.user_id
        if not is_oneself and Ambassador.objects.visible_to(person).filter(pk=ambassador.pk).exists():
            yield person


def safeguarding_leads_of(ambassador: Ambassador) -> Iterator[User]:
    """Every safeguarding lead of this person's region, or of all, and never themselves."""
    leads = User.objects.filter(is_active=True, grants__role=Role.SAFEGUARDING_LEAD, grants__ended_at=None)
    for lead in leads.distinct().order_by("pk"):
        if Ambassador.objects.protected_by(lead).filter(pk=ambassador.pk).exists():
            yield lead
