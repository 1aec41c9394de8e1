"""Addresses of the regions' pages."""

from django.urls import path

from stem.geography import views

urlpatterns = [
    path("staff/regions/", views.regions, name="staff_regions"),
    path("staff/regions/create/", views.create_region, name="create_region"),
    path("staff/regions/<slug:slug>/change/", views.change_region, name="change_region"),
]
