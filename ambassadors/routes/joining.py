"""Addresses of pages on which people speak for themselves."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
