"""Addresses of the letters' pages."""

from django.urls import path

from stem.letters import views

urlpatterns = [
    path("letters/stop/<str:key>/", views.stop_letters, name="stop_letters"),
    path("staff/letters/", views.staff_letters, name="staff_letters"),
    path("staff/letters/<int:pk>/", views.staff_letter, name="staff_letter"),
    path("staff/letters/<int:pk>/preview/", views.letter_preview, name="letter_preview"),
    path("staff/letters/<int:pk>/hold/", views.hold_letter, name="hold_letter"),
    path("staff/letters/<int:pk>/release/", views.release_letter, name="release_letter"),
    path("staff/letters/<int:pk>/retry/", views.retry_letter, name="retry_letter"),
    path("staff/letters/<int:pk>/cancel/", views.cancel_letter, name="cancel_letter"),
    path("staff/letters/<int:pk>/edit/", views.edit_letter, name="edit_letter"),
]
