"""Addresses of the policy's pages."""

from django.urls import path

from stem.policy import views

urlpatterns = [
    path("staff/policy/", views.policy, name="staff_policy"),
    path("staff/policy/<slug:key>/set/", views.set_value, name="set_policy_value"),
    path("staff/policy/<int:pk>/confirm/", views.confirm_value, name="confirm_policy_value"),
]
