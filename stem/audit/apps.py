"""Audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "stem.audit"
    verbose_name = "Audit"
