"""Who says what of a person: the schemes that brought them, they themselves, and whom staff chose (decision 22)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ambassadors.importing.golden import (
    GOLDEN,
    LISTS,
    OFFERED,
    THEMSELVES,
    Said,
    Told,
    Voice,
    as_said,
    golden,
    listed,
)
from ambassadors.models import Ambassador, Membership, Offering, Pin
from stem.moments import day_of


def offered_by(people: Iterable[Ambassador]) -> dict[int, dict[str, str]]:
    """What each of these people offers, list by list, in one query."""
    found: dict[int, dict[str, set[str]]] = {person.pk: {name: set() for name in LISTS} for person in people}
    names = {kind.value: name for name, kind in OFFERED.items()}
    for key, kind, code in Offering.objects.filter(ambassador__in=found).values_list("ambassador", "kind", "code"):
        found[key][names[kind]].add(code)
    return {key: {name: listed(codes) for name, codes in lists.items()} for key, lists in found.items()}


def own_words(person: Ambassador, offered: Mapping[str, str]) -> Said:
    """What a person said of themselves; of whom no scheme has spoken yet, that is all that stands on record."""
    if person.said is not None:
        return person.said
    on = day_of(person.registered_at).isoformat()
    standing = {name: as_said(getattr(person, name)) for name in GOLDEN} | dict(offered)
    return {name: [value, on] for name, value in standing.items() if value}


def sources_of(person: Ambassador) -> dict[str, Told]:
    """Of each field of a person's record whose word it is, and of which day, by the membership's id."""
    return golden(*heard([person], offered_by([person]))[person.pk])


def heard(
    people: Iterable[Ambassador], offered: Mapping[int, Mapping[str, str]]
) -> dict[int, tuple[list[Voice], dict[str, int]]]:
    """For each of these people who speaks of them, and whom staff chose, in two queries."""
    voices = {person.pk: [Voice(THEMSELVES, own_words(person, offered[person.pk]))] for person in people}
    pins: dict[int, dict[str, int]] = defaultdict(dict)
    for each in Membership.objects.filter(ambassador__in=voices).select_related("scheme"):
        name = (each.scheme.name, each.legacy_id)
        voices[each.ambassador_id].append(Voice(each.pk, each.said, name, each.scheme.transfer_date))
    for pin in Pin.objects.filter(ambassador__in=voices):
        pins[pin.ambassador_id][pin.field] = pin.membership_id or THEMSELVES
    return {key: (said, pins[key]) for key, said in voices.items()}
