"""The schools' addresses."""

from django.urls import path

from schools.views import contacts

urlpatterns = [
    path("coordinator/contacts/", contacts.contacts, name="contacts"),
    path("coordinator/contacts/<int:pk>/approve/", contacts.approve_contact, name="approve_contact"),
    path("coordinator/contacts/<int:pk>/decline/", contacts.decline_contact, name="decline_contact"),
    path("coordinator/schools/add/", contacts.add_school, name="add_school"),
]
