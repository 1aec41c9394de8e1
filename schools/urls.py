"""The schools' addresses."""

from django.urls import path

from schools.views import claiming, contacts, loading, setup

urlpatterns = [
    path("staff/setup/", setup.setup, name="setup"),
    path("staff/setup/registers/<slug:kind>/", loading.register, name="register"),
    path("staff/setup/loads/<int:pk>/", loading.load, name="load"),
    path("staff/setup/loads/<int:pk>/left-out.csv", loading.load_rejected, name="load_rejected"),
    path("staff/setup/loads/<int:pk>/allow/", loading.allow_losses, name="allow_losses"),
    path("staff/setup/loads/<int:pk>/undo/", loading.undo_load, name="undo_load"),
    path("acknowledgements/", loading.acknowledgements, name="acknowledgements"),
    path("schools/claim/", claiming.claim_school, name="claim_school"),
    path("schools/claim/<int:pk>/", claiming.school_claimed, name="school_claimed"),
    path("schools/<int:pk>/claim/", claiming.claim_this_school, name="claim_this_school"),
    path("coordinator/contacts/", contacts.contacts, name="contacts"),
    path("coordinator/contacts/<int:pk>/approve/", contacts.approve_contact, name="approve_contact"),
    path("coordinator/contacts/<int:pk>/decline/", contacts.decline_contact, name="decline_contact"),
    path("coordinator/schools/add/", contacts.add_school, name="add_school"),
]
