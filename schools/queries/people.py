"""Who acts for a school, and whom it keeps for its next request."""

from schools.enums import PersonKind
from schools.models import Contact, School, SchoolPerson


def people_named_before(school: School) -> dict[PersonKind, list[SchoolPerson]]:
    """The staff whom this school's requests have named, by their part, the last named first; in one query."""
    found: dict[PersonKind, list[SchoolPerson]] = {kind: [] for kind in PersonKind}
    for person in SchoolPerson.objects.filter(school=school):
        found[PersonKind(person.kind)].append(person)
    return found


def someone_leads_at(school: School) -> bool:
    """Whether someone leads at this school; who it is, is not told to whoever merely asks to act for it."""
    return Contact.objects.leading().filter(school=school).exists()
