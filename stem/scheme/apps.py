"""Scheme."""

from django.apps import AppConfig


class SchemeConfig(AppConfig):
    name = "stem.scheme"
    verbose_name = "Scheme"
