"""Letters."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "stem.letters"
    verbose_name = "Letters"
