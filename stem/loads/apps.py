"""Loads of registers."""

from django.apps import AppConfig


class LoadsConfig(AppConfig):
    name = "stem.loads"
    verbose_name = "Loads of registers"
