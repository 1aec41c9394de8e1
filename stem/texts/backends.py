"""Ports for one's own machine: nothing leaves it. They show numbers and codes, and are for nobody's true ones."""

import json
import sys
from pathlib import Path

from django.conf import settings


class ConsoleTexts:
    """Prints each text."""

    def send_text(self, *, number: str, words: str, reference: str) -> None:
        """Print it."""
        sys.stdout.write(f"Text {reference} to {number}: {words}\n")
        sys.stdout.flush()


class FileTexts:
    """Writes each text as a line of JSON at the end of the file that `TEXTS_FILE` names."""

    def send_text(self, *, number: str, words: str, reference: str) -> None:
        """Write it down."""
        line = json.dumps({"to": number, "text": words, "reference": reference}, ensure_ascii=False)
        path = Path(settings.TEXTS_FILE)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
