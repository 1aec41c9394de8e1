"""The port by which text messages leave: a class of one method that a setting names. Without one there are no texts."""

from typing import Protocol, runtime_checkable

from django.conf import settings
from django.utils.module_loading import import_string


@runtime_checkable
class TextPort(Protocol):
    """Somebody who takes text messages to telephones, as Django's e-mail backends take mail."""

    def send_text(self, *, number: str, words: str, reference: str) -> None:
        """Hand over one text of at most 160 characters of the GSM alphabet to a number such as `+447700900123`.

        The same reference is the same text, should it ever be handed over twice. Raises `NotTaken` where a later try
        may succeed, and `NeverTaken` where none could. Whatever else it raises counts as `NotTaken`.
        """
        ...


class NotTaken(Exception):
    """It was not taken, and may be at another time. Of an error its class alone is kept: it names nobody."""


class NeverTaken(NotTaken):
    """No later try could succeed, such as to a number that there is not, or whose owner wrote STOP."""


def are_texts_on() -> bool:
    """Whether this installation sends texts: where it does not, nothing is said of them anywhere."""
    return bool(settings.TEXTS_BACKEND)


def text_port() -> TextPort | None:
    """The port that the setting names, made anew; None while there is none."""
    if not are_texts_on():
        return None
    port: TextPort = import_string(settings.TEXTS_BACKEND)()
    return port
