"""Addresses of the pages on which a scheme says who it is."""

from django.urls import path

from stem.scheme import views

urlpatterns = [
    path("staff/setup/name/", views.name_scheme, name="name_scheme"),
    path("staff/setup/name/remove-logo/", views.remove_logo, name="remove_logo"),
    path("staff/setup/letters/", views.address_letters, name="address_letters"),
    path("staff/setup/test-letter/", views.trial_letter, name="trial_letter"),
    path("staff/setup/test-letter/send/", views.send_trial_letter, name="send_trial_letter"),
    path("staff/setup/test-letter/arrived/", views.confirm_arrival, name="confirm_arrival"),
    path("logo/<slug:digest>.png", views.logo, name="logo"),
]
