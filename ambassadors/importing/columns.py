"""Which column of somebody's file is which of ours: by its heading, by a guess, or as staff say."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from stem.rules import Kind, Refusal, refuse
from stem.tables import plain

# Our fields, and what their column is called elsewhere, the likeliest first.
HEADINGS: Mapping[str, Sequence[str]] = {
    "legacy_id": (
        *("Volunteer ID", "Ambassador ID", "Member ID", "Membership ID", "Person ID", "Contact ID", "Record ID"),
        *("Legacy ID", "Scheme ID", "User ID", "Volunteer number", "Ambassador number", "Membership number"),
        *("Membership no", "Member number", "Volunteer no", "Volunteer ref", "Unique ID", "ID number", "ID", "ID no"),
        *("Reference number", "Reference", "Ref no", "Ref", "Number", "No"),
    ),
    "full_name": ("Full name", "Name", "Volunteer name", "Ambassador name", "Contact name", "Member name", "Volunteer"),
    "first_name": ("First name", "Forename", "Forenames", "First names", "Given name", "Given names", "Christian name"),
    "last_name": ("Last name", "Surname", "Family name", "Second name"),
    "known_as": ("Known as", "Preferred name", "Nickname", "Goes by", "Likes to be called"),
    "email": ("Email", "Email address", "E-mail address", "Primary email", "Contact email", "Work email", "Mail"),
    "phone": (
        *(
            "Mobile",
            "Mobile number",
            "Mobile phone",
            "Mobile no",
            "Phone",
            "Phone number",
            "Telephone",
            "Tel",
            "Tel no",
        ),
        *("Telephone number", "Contact number", "Daytime phone", "Home phone", "Work phone", "Cell"),
    ),
    "postcode": ("Postcode", "Post code", "Home postcode", "Postal code", "Zip", "Zip code"),
    "organisation": (
        *("Employer", "Company", "Organisation", "Organization", "Company name", "Employer name", "Organisation name"),
        *("Place of work", "Workplace", "Works for", "Business", "University"),
    ),
    "job_title": ("Job title", "Job", "Role", "Position", "Occupation", "Job role", "Profession"),
    "orcid": ("ORCID", "ORCID iD", "ORCID number", "ORCID identifier"),
    "subjects": ("Subjects", "Subject", "STEM subjects", "Subject areas", "Expertise", "Areas of expertise"),
    "stages": ("Stages", "Key stages", "Key stage", "Age groups", "Ages", "School stages"),
    "activities": ("Activities", "Activity", "Activity types", "Kinds of visit"),
    "languages": ("Languages", "Languages spoken", "Other languages"),
    "route": ("Route", "Career route", "Route into work", "Route taken"),
    "max_minutes": (
        *("Max minutes", "Maximum travel time", "Max travel time", "Travel time", "Longest journey"),
        *("Travel minutes", "Minutes of travel"),
    ),
    "joined_on": (
        *("Date joined", "Joined", "Joined on", "Join date", "Joining date", "Start date", "Date registered"),
        *("Registration date", "Registered", "Member since", "Date of joining"),
    ),
    "left_on": ("Date left", "Left", "Left on", "Leaving date", "Leave date", "End date", "Date of leaving"),
    "legacy_status": ("Status", "Membership status", "Volunteer status", "Member status", "Ambassador status"),
    "updated_on": (
        *("Last updated", "Updated", "Updated on", "Date updated", "Last modified", "Modified", "Modified on"),
        *("Last changed", "Date modified"),
    ),
}
# By which other names scripts call our fields (the shared names of a scheme's columns).
ALSO_CALLED: Mapping[str, str] = {"employer": "organisation", "status": "legacy_status"}
# What a heading of vetting has in it: nothing of that is read, not even by mistake (rule V-93).
_VETTING = ("dbs", "crb", "pvg", "disclosure", "check", "certificate", "vetting", "accessni", "clearance")
_ALIKE = 0.85


@dataclass(frozen=True)
class Columns:
    """Where each of our fields stands in a row, and how its column is called there."""

    places: Mapping[str, int]
    headings: Mapping[str, str]
    width: int

    @property
    def are_enough(self) -> bool:
        """Whether a person can be told by them: an id, and a name or an address."""
        return "legacy_id" in self.places and bool({"full_name", "first_name", "last_name", "email"} & {*self.places})


def _key(heading: str) -> str:
    return "".join(letter for letter in plain(heading) if letter.isalnum())


_BY_KEY = {_key(each): (field, rank) for field, known in HEADINGS.items() for rank, each in enumerate(known)}


def guess_columns(headings: Sequence[str], said: Mapping[str, str]) -> Columns:
    """What these columns are: as staff said (our field -> heading; "" for none), and otherwise by our best guess.

    A heading that was said and is not here is nobody's mistake: the same scheme may send files of two kinds.
    """
    by_heading = {plain(heading): place for place, heading in reversed([*enumerate(headings)])}
    places = {field: by_heading[plain(name)] for field, name in said.items() if plain(name) in by_heading and name}
    settled = {field for field, name in said.items() if field in places or not name}
    for field, place in _guesses(headings).items():
        if field not in settled and place not in places.values():
            places[field] = place
    return Columns(places, {field: " ".join(headings[place].split()) for field, place in places.items()}, len(headings))


def _guesses(headings: Sequence[str]) -> dict[str, int]:
    """The likeliest column of each field: of exact names the likeliest, and a name misspelt where none is exact."""
    found: dict[str, tuple[int, int]] = {}
    unknown = []
    for place, heading in enumerate(headings):
        key = _key(heading)
        if not key or any(word in key for word in _VETTING):
            continue
        if key not in _BY_KEY:
            unknown.append((place, key))
            continue
        field, rank = _BY_KEY[key]
        if field not in found or rank < found[field][0]:
            found[field] = (rank, place)
    for place, key in unknown:
        near = get_close_matches(key, [each for each in _BY_KEY if len(each) > 4], 1, _ALIKE)
        if near and _BY_KEY[near[0]][0] not in found:
            found[_BY_KEY[near[0]][0]] = (len(_BY_KEY), place)
    return {field: place for field, (_rank, place) in found.items()}


def read_map(text: str) -> dict[str, str]:
    """What staff say of the columns: "legacy_id=Volunteer ID,full_name=Name", and "phone=" for no column at all.

    The other way round, "Volunteer ID=legacy_id", is understood where only one side is a field of ours. Refuses with
    `columns`.
    """
    try:
        [pairs] = list(csv.reader([text])) if text.strip() else [[]]
    except (csv.Error, ValueError) as error:
        raise _not_a_map(text) from error
    said = {}
    for pair in pairs:
        field, mark, heading = pair.partition("=")
        if not mark:
            raise _not_a_map(pair)
        if _field(field) not in HEADINGS and _field(heading) in HEADINGS:
            field, heading = heading, field
        if _field(field) not in HEADINGS:
            known = ", ".join(HEADINGS)
            words = _("There is no field “%(name)s”. These are the fields: %(known)s.")
            raise refuse("columns", Kind.INPUT, words % {"name": field.strip()[:60], "known": known})
        said[_field(field)] = " ".join(heading.split())
    return said


def _field(name: str) -> str:
    """Our field of this name."""
    return ALSO_CALLED.get(name.strip(), name.strip())


def _not_a_map(text: str) -> Refusal:
    words = _("“%(text)s” does not say which column is which. Write it like “legacy_id=Volunteer ID,full_name=Name”.")
    return refuse("columns", Kind.INPUT, words % {"text": text[:80]})


def check_columns(columns: Columns, headings: Sequence[str], asked: Mapping[str, str]) -> None:
    """Refuses with `columns_missing` what staff named and is not there, or that a person cannot be told without.

    Refuses with `columns_twice` when two columns have the name of one that is meant.
    """
    standing = [plain(each) for each in headings]
    absent = [name for name in asked.values() if name and plain(name) not in standing]
    if absent:
        words = _("This file has no column “%(name)s”. It has these: %(all)s.")
        raise refuse("columns_missing", Kind.INPUT, words % {"name": absent[0][:60], "all": _listed(headings)})
    if not columns.are_enough:
        words = _(
            "In this file we find no column with each person's id in that scheme, or none with a name or an e-mail "
            "address. It has these: %(all)s. Say which they are, like “legacy_id=Volunteer ID,full_name=Name”."
        )
        raise refuse("columns_missing", Kind.INPUT, words % {"all": _listed(headings)})
    twice = [name for name in columns.headings.values() if standing.count(plain(name)) > 1]
    if twice:
        words = _("The column “%(name)s” stands in this file more than once. Take one of them out, and send it again.")
        raise refuse("columns_twice", Kind.INPUT, words % {"name": twice[0][:60]})


def _listed(headings: Iterable[str]) -> str:
    return ", ".join(f"“{plain(each)[:40]}”" for each in headings if each.strip())[:600]
