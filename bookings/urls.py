"""The addresses of requests, offers and visits."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
