"""Accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "stem.accounts"
    verbose_name = "Accounts"
