"""Who said what of one person, field by field, and whose word counts: for an officer who may choose another's."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ambassadors.importing.golden import OFFERED, SPOKEN_OF, THEMSELVES, codes_in, golden
from ambassadors.importing.words import SAID_WORDS
from ambassadors.models import Ambassador, Pin
from ambassadors.queries.records import offering_words
from ambassadors.queries.words import heard, offered_by
from stem.curriculum import Route
from stem.wording import short_day_in_words


@dataclass(frozen=True)
class Word:
    """What one of those who speak of somebody says of a field: its key is the membership's id, 0 the person's own."""

    key: int
    who: str
    value: str
    on: str
    counts: bool


@dataclass(frozen=True)
class SaidOf:
    """One field of a person's record, and everything that was said of it."""

    name: str
    label: str
    words: list[Word]
    # Whom staff chose, if they did.
    pin: Pin | None

    @property
    def is_disputed(self) -> bool:
        """Whether there is something to choose."""
        return len({word.value for word in self.words}) > 1


def said_of(person: Ambassador) -> list[SaidOf]:
    """Everything that anybody said of this person, in the order of a record; what is disputed first. Four queries."""
    voices, pinned = heard([person], offered_by([person]))[person.pk]
    told = golden(voices, pinned)
    pins = {pin.field: pin for pin in person.pins.select_related("set_by")}
    fields = []
    for name in SPOKEN_OF:
        words = [
            Word(
                key=voice.key,
                who=_("The person") if voice.key == THEMSELVES else " ".join(voice.name),
                value=spoken(name, voice.said[name][0]),
                on=_day(voice.said[name][1] or (voice.on.isoformat() if voice.on else "")),
                counts=name in told and told[name].key == voice.key,
            )
            for voice in voices
            if name in voice.said
        ]
        if words:
            fields.append(SaidOf(name, str(SAID_WORDS[name]), words, pins.get(name)))
    return sorted(fields, key=lambda each: not each.is_disputed)


def spoken(name: str, value: str) -> str:
    """A value that was said, in words."""
    if name in OFFERED:
        return ", ".join(offering_words(OFFERED[name], code) for code in codes_in(value))
    return str(Route(value).label) if name == "route" and value in Route.values else value


def _day(on: str) -> str:
    return short_day_in_words(date.fromisoformat(on)) if on else ""
