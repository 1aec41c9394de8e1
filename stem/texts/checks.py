"""What must be right about the settings of texts before the program starts, where it is to send any."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

from stem.texts.gateway import GatewayTexts, read_address

# A longer one leaves no room in 160 characters for what has happened, when and where.
LONGEST_ADDRESS = 60


def check_texts(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every mistake in the settings of texts; none while no port is named."""
    if not settings.TEXTS_BACKEND:
        return []
    try:
        port = import_string(settings.TEXTS_BACKEND)
    except ImportError:
        return [Error("TEXTS_BACKEND names no class.", id="texts.E001")]
    found: list[CheckMessage] = []
    if not callable(getattr(port, "send_text", None)):
        found.append(Error("The class that TEXTS_BACKEND names has no method send_text.", id="texts.E002"))
    if len(settings.BASE_URL) > LONGEST_ADDRESS:
        words = f"BASE_URL is longer than {LONGEST_ADDRESS} characters: it does not fit into a text."
        found.append(Error(words, id="texts.E003"))
    if isinstance(port, type) and issubclass(port, GatewayTexts):
        if read_address(settings.TEXTS_GATEWAY_URL) is None:
            found.append(Error("TEXTS_GATEWAY_URL is no address that begins with https://.", id="texts.E004"))
        if not settings.TEXTS_GATEWAY_TOKEN:
            found.append(Error("TEXTS_GATEWAY_TOKEN is not set.", id="texts.E005"))
    return found
