"""Who says what of a person: the schemes that brought them, they themselves, and whom staff chose (decision 22)."""

from collections import defaultdict
from collections.abc import Iterable

from ambassadors.importing.golden import GOLDEN, THEMSELVES, Said, Told, Voice, golden
from ambassadors.models import Ambassador, Membership, Pin
from stem.moments import day_of


def own_words(person: Ambassador) -> Said:
    """What a person said of themselves; of whom no scheme has spoken yet, that is all that stands on record."""
    if person.said is not None:
        return person.said
    on = day_of(person.registered_at).isoformat()
    return {name: [value, on] for name in GOLDEN if (value := getattr(person, name))}


def sources_of(person: Ambassador) -> dict[str, Told]:
    """Of each field of a person's record whose word it is, and of which day, by the membership's id."""
    return golden(*heard([person])[person.pk])


def heard(people: Iterable[Ambassador]) -> dict[int, tuple[list[Voice], dict[str, int]]]:
    """For each of these people who speaks of them, and whom staff chose, in two queries."""
    voices = {person.pk: [Voice(THEMSELVES, own_words(person))] for person in people}
    pins: dict[int, dict[str, int]] = defaultdict(dict)
    for each in Membership.objects.filter(ambassador__in=voices).select_related("scheme"):
        name = (each.scheme.name, each.legacy_id)
        voices[each.ambassador_id].append(Voice(each.pk, each.said, name, each.scheme.transfer_date))
    for pin in Pin.objects.filter(ambassador__in=voices):
        pins[pin.ambassador_id][pin.field] = pin.membership_id or THEMSELVES
    return {key: (said, pins[key]) for key, said in voices.items()}
