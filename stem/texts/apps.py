"""Text messages."""

from django.apps import AppConfig
from django.core.checks import register

from stem.texts.checks import check_texts


class TextsConfig(AppConfig):
    name = "stem.texts"
    verbose_name = "Text messages"

    def ready(self) -> None:
        register(check_texts)
