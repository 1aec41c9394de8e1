"""Addresses of the staff's pages about texts."""

from django.urls import path

from stem.texts import views

urlpatterns = [
    path("staff/texts/", views.staff_texts, name="staff_texts"),
    path("staff/texts/<int:pk>/", views.staff_text, name="staff_text"),
    path("staff/texts/<int:pk>/hold/", views.hold_text, name="hold_text"),
    path("staff/texts/<int:pk>/release/", views.release_text, name="release_text"),
    path("staff/texts/<int:pk>/retry/", views.retry_text, name="retry_text"),
    path("staff/texts/<int:pk>/cancel/", views.cancel_text, name="cancel_text"),
]
