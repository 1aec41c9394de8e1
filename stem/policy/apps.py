"""Policy."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "stem.policy"
    verbose_name = "Policy"
