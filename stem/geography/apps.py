"""Places."""

from django.apps import AppConfig


class GeographyConfig(AppConfig):
    name = "stem.geography"
    verbose_name = "Places"
