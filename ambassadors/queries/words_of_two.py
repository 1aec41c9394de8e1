"""What two records of one person say together: what the rule makes of it, and whose name was seen (rule V-92)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from ambassadors.enums import RequirementKind
from ambassadors.importing.golden import THEMSELVES, Said, Told, Voice, add_to_said, golden
from ambassadors.models import Ambassador, Requirement
from ambassadors.queries.words import heard, own_words


@dataclass(frozen=True)
class Words:
    """Field by field what the rule takes of all that is said of both, and what each record said by itself."""

    rule: Mapping[str, Told]
    of: Mapping[str, Mapping[str, Told]]
    # What the person said of themselves on either record.
    own: Said
    # By the same id, and then the membership's own: under which name and id other schemes know them.
    schemes: Mapping[str, Mapping[int, tuple[str, str]]]


def words_of_both(kept: Ambassador, lost: Ambassador) -> Words:
    """The two records read together; of one day, the word of the record that goes on counts. Two queries."""
    own = own_words(lost)
    for name, (value, on) in own_words(kept).items():
        own = add_to_said(own, {name: value}, date.fromisoformat(on) if on else None)
    said = heard([kept, lost])
    voices = [Voice(THEMSELVES, own), *(each for voices, _pins in said.values() for each in voices if each.key)]
    pins = {**said[lost.pk][1], **said[kept.pk][1]}
    return Words(
        golden(voices, pins),
        {str(key): golden(*each) for key, each in said.items()},
        own,
        {str(key): {voice.key: voice.name for voice in each if voice.key} for key, (each, _pins) in said.items()},
    )


def identity_seen() -> Exists:
    """For a column of people: whether somebody has seen who they are, under the name that stands there."""
    rows = Requirement.objects.filter(kind=RequirementKind.ID, withdrawn_at=None)
    return Exists(rows.filter(ambassador=OuterRef("pk")))


def name_that_stays(kept: Ambassador, lost: Ambassador, seen: Collection[int]) -> Ambassador | None:
    """The record under whose name somebody's identity was `seen`: a merge is no change of name (rule 1.2)."""
    return kept if kept.pk in seen else lost if lost.pk in seen else None
