"""The schools' addresses."""

from django.urls import path

from schools.views import claiming, contacts, setup

urlpatterns = [
    path("staff/setup/", setup.setup, name="setup"),
    path("schools/claim/", claiming.claim_school, name="claim_school"),
    path("schools/claim/<int:pk>/", claiming.school_claimed, name="school_claimed"),
    path("schools/<int:pk>/claim/", claiming.claim_this_school, name="claim_this_school"),
    path("coordinator/contacts/", contacts.contacts, name="contacts"),
    path("coordinator/contacts/<int:pk>/approve/", contacts.approve_contact, name="approve_contact"),
    path("coordinator/contacts/<int:pk>/decline/", contacts.decline_contact, name="decline_contact"),
    path("coordinator/schools/add/", contacts.add_school, name="add_school"),
]
