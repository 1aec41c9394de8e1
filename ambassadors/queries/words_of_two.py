"""What two records of one person say together: what the rule makes of it, and whose name was seen (rule V-92)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ambassadors.enums import RequirementKind
from ambassadors.importing.golden import THEMSELVES, Said, Told, Voice, add_to_said, golden
from ambassadors.models import Ambassador, Requirement
from ambassadors.queries.words import heard, own_words, sources_of


@dataclass(frozen=True)
class Words:
    """Field by field what the rule takes of all that is said of both, and what each record said by itself."""

    rule: Mapping[str, Told]
    of: Mapping[str, Mapping[str, Told]]
    # What the person said of themselves on either record.
    own: Said


def words_of_both(kept: Ambassador, lost: Ambassador) -> Words:
    """The two records read together; of one day, the word of the record that goes on counts. Six queries."""
    own = own_words(lost)
    for name, (value, on) in own_words(kept).items():
        own = add_to_said(own, {name: value}, date.fromisoformat(on) if on else None)
    said = heard([kept, lost])
    voices = [Voice(THEMSELVES, own), *(each for voices, _pins in said.values() for each in voices if each.key)]
    pins = {**said[lost.pk][1], **said[kept.pk][1]}
    return Words(golden(voices, pins), {str(each.pk): sources_of(each) for each in (kept, lost)}, own)


def name_that_stays(kept: Ambassador, lost: Ambassador) -> Ambassador | None:
    """The record under whose name somebody's identity was seen: a merge is no change of name (rule 1.2)."""
    seen = Requirement.objects.filter(kind=RequirementKind.ID, withdrawn_at=None, ambassador__in=(kept, lost))
    whose = set(seen.values_list("ambassador", flat=True))
    return kept if kept.pk in whose else lost if lost.pk in whose else None
