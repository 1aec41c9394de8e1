"""A school's record for staff: what its register says against what we keep, and what each load brought."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from schools.enums import PlaceNote
from schools.models import School, SchoolVersion
from schools.models.school import RegisterColumns
from stem.curriculum import Words
from stem.geography.points import km_between

MOST_SHOWN = 20

# What people look for in a school's history, in their words; a place that we reckoned anew is no news of the register.
TOLD: dict[str, Words] = {
    "name": lazy("Name"),
    "status": lazy("Status"),
    "phase": lazy("Phase"),
    "type_said": lazy("Type"),
    "street": lazy("Street"),
    "town": lazy("Town"),
    "postcode": lazy("Postcode"),
    "authority": lazy("Local authority"),
    "opened_on": lazy("Opened"),
    "closed_on": lazy("Closed"),
    "low_age": lazy("Youngest age"),
    "high_age": lazy("Oldest age"),
    "roll": lazy("Pupils on roll"),
    "fsm_percent": lazy("Free school meals, per cent"),
    "fsm_year": lazy("Free school meals, census of"),
    "rural": lazy("Rural"),
}


@dataclass(frozen=True)
class Compared:
    """One thing about a school: the register's word for it, ours, and why they differ if they do."""

    label: Words
    said: str
    kept: str
    note: Words = ""


@dataclass(frozen=True)
class Brought:
    """What one load brought about a school; no changes when it was new with it."""

    at: datetime | None
    file_name: str
    is_new: bool
    changes: tuple[str, ...]

    @property
    def note(self) -> str:
        """The changes, one a line."""
        return "\n".join(self.changes)


def compare(school: School) -> list[Compared]:
    """What the register says of this school beside what we keep, where either says anything; asks no database."""
    every = (
        Compared(_("Phase"), school.phase_said, str(school.get_phase_display()), _why_phase(school)),
        Compared(_("Type"), school.type_said, ""),
        Compared(_("Status"), school.status_said, str(school.get_status_display())),
        Compared(_("Postcode"), school.postcode_said, school.postcode),
        Compared(_("Place"), _grid_in_words(school), _place_in_words(school), _why_place(school)),
        Compared(_("Local authority"), school.authority, ""),
        Compared(_("Ages"), _span(school), ""),
        Compared(_("Pupils on roll"), _plain(school.roll), ""),
        Compared(_("Free school meals"), _meals(school), ""),
        Compared(_("Rural"), _plain(school.rural), ""),
        Compared(_("Opened"), _plain(school.opened_on), ""),
        Compared(_("Closed"), _plain(school.closed_on), ""),
    )
    return [each for each in every if each.said or each.kept]


def _why_phase(school: School) -> Words:
    is_said = str(school.get_phase_display()).casefold() in school.phase_said.casefold()
    return "" if is_said or not school.phase_said else _("Read from the type of school and the ages it takes.")


def _grid_in_words(school: School) -> str:
    point = school.grid_point
    return f"{point.lat:.4f}, {point.lon:.4f}" if point else ""


def _place_in_words(school: School) -> str:
    if school.point is None:
        return _("Nowhere")
    if school.approximate:
        return _("About where its postcode is")
    return _("Where its register says") if school.point == school.grid_point else _("Where its postcode is")


def _why_place(school: School) -> Words:
    grid, point = school.grid_point, school.point
    if school.place_note == PlaceNote.GRID_FAR and grid is not None and point is not None:
        return _("The register’s grid reference is %(km)s km from the postcode, so the postcode counts.") % {
            "km": f"{km_between(grid, point):.0f}"
        }
    return school.get_place_note_display() if school.place_note else ""


def _span(school: School) -> str:
    if school.low_age is None and school.high_age is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": _plain(school.low_age) or "?", "high": _plain(school.high_age) or "?"}


def _meals(school: School) -> str:
    if school.fsm_percent is None:
        return ""
    year = school.fsm_year or "?"
    return _("%(share)s %% in the census of January %(year)s") % {"share": f"{school.fsm_percent:g}", "year": year}


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return f"{value:%-d %B %Y}" if hasattr(value, "year") else f"{value:g}" if isinstance(value, float) else str(value)


def brought_by_loads(school: School) -> list[Brought]:
    """What each load brought about this school, the latest first, in one query."""
    versions = list(
        SchoolVersion.objects.that_came_into_force()
        .filter(school=school)
        .select_related("load")
        .order_by("-load__finished_at", "-pk")[: MOST_SHOWN + 1]
    )
    told = []
    for number, version in enumerate(versions[:MOST_SHOWN]):
        before = versions[number + 1] if number + 1 < len(versions) else None
        changes = tuple(_changes(before, version)) if before else ()
        told.append(Brought(version.load.finished_at, version.load.file_name, version.is_new, changes))
    return told


def _changes(before: RegisterColumns, after: RegisterColumns) -> Iterator[str]:
    for name, label in TOLD.items():
        old, new = (_shown(version, name) for version in (before, after))
        if old != new:
            yield f"{label}: {old or '–'} → {new or '–'}"


def _shown(version: RegisterColumns, name: str) -> str:
    display = getattr(version, f"get_{name}_display", None)
    return str(display()) if display else _plain(getattr(version, name))
