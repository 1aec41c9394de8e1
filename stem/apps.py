"""Lets the project package own commands, template tags and the pages everybody sees."""

from django.apps import AppConfig


class StemConfig(AppConfig):
    name = "stem"
    verbose_name = "Rolemodel"
