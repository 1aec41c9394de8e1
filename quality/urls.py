"""The addresses of feedback and concerns."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
