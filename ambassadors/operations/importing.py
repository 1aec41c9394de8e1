"""A scheme's people come into the register: first only told, then taken in, by batches that are whole or nothing.

A batch that stands is found again by the scheme's own ids, so that the same file taken in after a kill finishes the
rest, and taken in twice changes nothing (rule V-91).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.enums import TAKES_NO_PART
from ambassadors.importing.golden import GOLDEN, OF_MEMBERSHIP, OFFERED, Said, add_to_said, codes_in
from ambassadors.importing.people import DAYS, PeopleFile, Person, Rejected, read_people
from ambassadors.linkage.records import Person as Compared
from ambassadors.models import Ambassador, AmbassadorEvent, Membership, Offering, Scheme
from ambassadors.operations.reckoning import DEFAULTS, place_at, reckon
from ambassadors.operations.suppressing import locked_key
from ambassadors.queries.duplicates import likely_doubles
from ambassadors.queries.suppressed import known_key, not_to_be_brought
from ambassadors.search.index import index_people
from ambassadors.workflow import LIFECYCLE
from stem.audit.record import record
from stem.geography.places import Gazetteer
from stem.geography.postcodes import read_postcode
from stem.moments import day_of
from stem.policy.values import values
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

BATCH = 500


@dataclass
class Report:
    """What a file holds, against the register as it is; `columns` says which column was taken for what."""

    read: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    likely_duplicates: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)
    columns: Mapping[str, str] = field(default_factory=dict)
    repeated_headings: int = 0


Tell = Callable[[int, int], None]


def stage_import(*, path: Path, scheme: str, columns: Mapping[str, str], at: datetime, tell: Tell) -> Report:
    """Say what taking in this file would do, and do nothing of it.

    Refuses as `ambassadors.importing.sheets.open_people` does, or with `scheme` for want of a name.
    """
    known = Scheme.objects.filter(name__iexact=name_of(scheme)).first()
    return _Import(known or Scheme(name=name_of(scheme)), path, columns, at).go_through(tell, batch=_Import.compare)


def commit_import(
    *, path: Path, scheme: str, columns: Mapping[str, str], by: "User | None", at: datetime, tell: Tell
) -> Report:
    """Take in this file: whoever is new becomes a person of their own, and of others what this scheme says is replaced.

    A scheme that is unknown is created, and is incomplete. Refuses as `stage_import` does, before anything is written.
    """
    known = Scheme.objects.filter(name__iexact=name_of(scheme)).first()
    found = _Import(known or Scheme(name=name_of(scheme)), path, columns, at)
    found.remember_columns(by=by)
    return found.go_through(tell, batch=lambda each, people: each.take_in(people, by=by))


def name_of(scheme: str) -> str:
    """The scheme's name without stray blanks. Refuses with `scheme`."""
    name = " ".join(scheme.split())
    if not 0 < len(name) <= 120:
        raise refuse("scheme", Kind.INPUT, _("Give the scheme's name, in up to 120 letters."))
    return name


@dataclass
class _Change:
    """A membership of which its scheme now says something else."""

    membership: Membership
    said: Said


class _Import:
    """One file on its way into the register."""

    def __init__(self, scheme: Scheme, path: Path, columns: Mapping[str, str], at: datetime) -> None:
        """Read the file to its end once: damage there is met before anything is written."""
        self.scheme, self.at = scheme, at
        self.asked = columns
        self.file: PeopleFile = read_people(path, remembered=scheme.columns, asked=columns, on=day_of(at))
        self.total = self.file.count()
        self.report = Report(columns=self.file.table.columns.headings)
        self.gazetteer = Gazetteer()
        self.newcomers: list[Compared] = []
        self.key = known_key()

    def go_through(self, tell: Tell, *, batch: "Callable[[_Import, list[Person]], object]") -> Report:
        """Read the file to its end, some people at a time."""
        people = iter(self.file)
        while some := list(islice(people, BATCH)):
            batch(self, some)
            tell(self.file.read, self.total)
        self.report.read, self.report.repeated_headings = self.file.read, self.file.repeated_headings
        propose = values(on=day_of(self.at))["duplicate_propose"] / 100
        self.report.likely_duplicates = likely_doubles(self.newcomers, scheme=self.scheme.name, above=propose)
        rejected = sorted(self.file.rejected, key=lambda each: each.line)
        self.report.rejected = [each.as_dict() for each in rejected]
        return self.report

    @transaction.atomic
    def remember_columns(self, *, by: "User | None") -> None:
        """Have a row for the scheme, and keep what its columns are for the next file."""
        if self.scheme.pk is None:
            self.scheme, is_new = Scheme.objects.get_or_create(name=self.scheme.name)
            if is_new:
                record("scheme.create", self.scheme, by=by, at=self.at)
        left_out = {name: "" for name, heading in {**self.scheme.columns, **self.asked}.items() if not heading}
        columns = {**self.scheme.columns, **left_out, **self.file.table.columns.headings}
        if columns != self.scheme.columns:
            self.scheme.columns = columns
            self.scheme.save(update_fields=["columns"])

    def compare(self, people: list[Person]) -> tuple[list[Person], list[_Change]]:
        """Count who of these is new, known or changed; the new and the changed, for whoever takes them in."""
        people = self._without_those_who_said_no(people)
        known = self._memberships(people)
        homes = [read_postcode(person.said["postcode"]) for person in people if "postcode" in person.said]
        self.gazetteer.read_ahead(homes)
        new = [person for person in people if person.legacy_id not in known]
        changes = []
        for person in people:
            before = known.get(person.legacy_id)
            said = add_to_said(before.said if before else {}, person.said, person.said_on)
            self.newcomers.append(self._compared(person, _words_of(said)))
            if before is None:
                continue
            # Whoever has gone, or was turned down, is not written about anew.
            is_over = before.ambassador.status in TAKES_NO_PART
            if said != before.said and not is_over:
                changes.append(_Change(before, said))
            says_other = not is_over and _words_of(said) != _words_of(before.said)
            self.report.changed += says_other
            self.report.known += not says_other
        self.report.new += len(new)
        return new, changes

    @transaction.atomic
    def take_in(self, people: list[Person], *, by: "User | None") -> None:
        """Write these people down, all of them or none; another import of this scheme waits."""
        self.scheme = Scheme.objects.select_for_update(no_key=True).get(pk=self.scheme.pk)
        # Nobody says no while they are brought in.
        self.key = locked_key()
        new, changes = self.compare(people)
        if new:
            self._add(new, by=by)
        if changes:
            self._change(changes)
        if new or changes:
            record("scheme.import", self.scheme, by=by, at=self.at)

    def _without_those_who_said_no(self, people: list[Person]) -> list[Person]:
        """Leave out whoever is not to be brought in again (rule V-94); the report does not say whether they said no."""
        given = {person.legacy_id: person.said.get("email", "") for person in people}
        left_out = not_to_be_brought(self.scheme, given, key=self.key)
        words = _("This row is not to be brought in again.")
        self.file.rejected += [Rejected(each.line, "", "", words) for each in people if each.legacy_id in left_out]
        return [person for person in people if person.legacy_id not in left_out]

    def _memberships(self, people: list[Person]) -> dict[str, Membership]:
        """Those of these people whom this scheme has brought before, by its ids."""
        if self.scheme.pk is None:
            return {}
        rows = Membership.objects.filter(scheme=self.scheme, legacy_id__in=[each.legacy_id for each in people])
        return {each.legacy_id: each for each in rows.select_related("ambassador")}

    def _compared(self, person: Person, said: Mapping[str, str]) -> Compared:
        """Somebody as the search for duplicates takes them, with all that their scheme says."""
        home = Ambassador()
        place_at(home, said.get("postcode", ""), self.gazetteer)
        # The middle of an area is no home: two who are placed by it are no neighbours.
        lat, lon = (None, None) if home.approximate else (home.lat, home.lon)
        return Compared(
            self.scheme.name,
            person.legacy_id,
            full_name=said.get("full_name", ""),
            known_as=said.get("known_as", ""),
            email=said.get("email", ""),
            phone=said.get("phone", ""),
            postcode=said.get("postcode", ""),
            lat=lat,
            lon=lon,
            employer=said.get("organisation", ""),
            orcid=said.get("orcid", ""),
        )

    def _add(self, people: list[Person], *, by: "User | None") -> None:
        """Each becomes a person of their own: an import never merges (rule V-92), and brings no vetting (V-93)."""
        start = LIFECYCLE.moves["import"]
        rows = []
        for person in people:
            said = {name: person.said.get(name, "") for name in GOLDEN if name != "postcode"}
            numbers = {name: int(said[name]) if said[name] else number for name, number in DEFAULTS.items()}
            row = Ambassador(**{**said, **numbers}, status=start.target, registered_at=self.at, said={})
            place_at(row, person.said.get("postcode", ""), self.gazetteer)
            rows.append(row)
        rows = Ambassador.objects.bulk_create(rows)
        Offering.objects.bulk_create(
            Offering(ambassador=row, kind=kind, code=code)
            for person, row in zip(people, rows, strict=True)
            for name, kind in OFFERED.items()
            for code in codes_in(person.said.get(name, ""))
        )
        Membership.objects.bulk_create(
            _write_membership(
                Membership(ambassador=row, scheme=self.scheme, legacy_id=person.legacy_id, imported_on=day_of(self.at)),
                add_to_said({}, person.said, person.said_on),
            )
            for person, row in zip(people, rows, strict=True)
        )
        AmbassadorEvent.objects.bulk_create(
            AmbassadorEvent(ambassador=row, kind=start.name, status=start.target, by=by, at=self.at) for row in rows
        )
        index_people([row.pk for row in rows])

    def _change(self, changes: list[_Change]) -> None:
        """Replace what this scheme says, and reckon each person anew from all that is said of them."""
        columns = {
            name for each in changes for name in OF_MEMBERSHIP if each.said.get(name) != each.membership.said.get(name)
        }
        rows = [_write_membership(each.membership, each.said) for each in changes]
        held = _held_people(rows)
        Membership.objects.bulk_update(rows, ["said", *sorted(columns)])
        reckon(held, gazetteer=self.gazetteer)


def _held_people(rows: list[Membership]) -> list[Ambassador]:
    """Everybody of whom these speak, held; also those into whose records somebody was merged while we waited."""
    keys = {each.ambassador_id for each in rows}
    while True:
        people = Ambassador.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys).order_by("pk")
        held = {person.pk: person for person in people}
        of_whom = Membership.objects.filter(pk__in=[each.pk for each in rows]).values_list("ambassador", flat=True)
        now = set(of_whom)
        if now <= held.keys():
            return [held[pk] for pk in sorted(now)]
        keys |= now


def _words_of(said: Said) -> dict[str, str]:
    """What is said, without the days."""
    return {name: value for name, (value, _on) in said.items()}


def _write_membership(membership: Membership, said: Said) -> Membership:
    """Put what its scheme says onto a membership; the caller saves."""
    membership.said = said
    for name in OF_MEMBERSHIP:
        value = said[name][0] if name in said else ""
        if value:
            setattr(membership, name, date.fromisoformat(value) if name in DAYS else value)
    return membership
