"""The register as anyone may read it."""

from schools.models import School
from schools.querysets import SchoolQuerySet


def schools_to_choose_from() -> SchoolQuerySet:
    """Open schools, for anyone to find theirs among: the register is public knowledge."""
    return School.objects.open()
