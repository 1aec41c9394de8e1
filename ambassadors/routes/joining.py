"""Addresses of pages on which people speak for themselves."""

from django.urls import path

from ambassadors.views import joining

urlpatterns = [
    path("ambassador/join/", joining.join_as_ambassador, name="join_as_ambassador"),
    path("ambassador/profile/", joining.edit_profile, name="edit_profile"),
    path("ambassador/away/", joining.away, name="go_away"),
    path("ambassador/break/", joining.begin_break, name="take_a_break"),
    path("ambassador/back/", joining.end_break, name="come_back"),
]
