"""Addresses of pages on which vetting officers look after people."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
