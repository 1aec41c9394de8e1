"""The schools' addresses."""

from django.urls import path

from schools.views import claiming, contacts, domains, loading, people, setup, successions

urlpatterns = [
    path("staff/setup/", setup.setup, name="setup"),
    path("staff/setup/registers/<slug:kind>/", loading.register, name="register"),
    path("staff/setup/loads/<int:pk>/", loading.load, name="load"),
    path("staff/setup/loads/<int:pk>/left-out.csv", loading.load_rejected, name="load_rejected"),
    path("staff/setup/loads/<int:pk>/allow/", loading.allow_losses, name="allow_losses"),
    path("staff/setup/loads/<int:pk>/undo/", loading.undo_load, name="undo_load"),
    path("staff/setup/successions/", successions.successions, name="successions"),
    path("staff/setup/successions/<int:pk>/confirm/", successions.confirm_succession, name="confirm_succession"),
    path("staff/setup/successions/<int:pk>/decline/", successions.decline_succession, name="decline_succession"),
    path("staff/setup/successions/<int:pk>/reopen/", successions.reopen_succession, name="reopen_succession"),
    path("acknowledgements/", loading.acknowledgements, name="acknowledgements"),
    path("schools/claim/", claiming.claim_school, name="claim_school"),
    path("schools/claim/<int:pk>/", claiming.school_claimed, name="school_claimed"),
    path("schools/<int:pk>/claim/", claiming.claim_this_school, name="claim_this_school"),
    path("school/people/", people.school_people, name="school_people"),
    path("school/people/<int:pk>/approve/", people.approve_colleague, name="approve_colleague"),
    path("school/people/<int:pk>/decline/", people.decline_colleague, name="decline_colleague"),
    path("school/people/<int:pk>/lead/", people.hand_over_lead, name="hand_over_lead"),
    path("school/staff/<int:pk>/", people.change_person, name="change_school_person"),
    path("school/staff/<int:pk>/remove/", people.forget_person, name="forget_school_person"),
    path("coordinator/contacts/", contacts.contacts, name="contacts"),
    path("coordinator/contacts/<int:pk>/approve/", contacts.approve_contact, name="approve_contact"),
    path("coordinator/contacts/<int:pk>/decline/", contacts.decline_contact, name="decline_contact"),
    path("coordinator/contacts/<int:pk>/lead/", domains.make_lead, name="make_lead"),
    path("coordinator/schools/<int:pk>/domains/add/", domains.add_domain, name="add_school_domain"),
    path("coordinator/domains/<int:pk>/remove/", domains.remove_domain, name="remove_school_domain"),
    path("coordinator/schools/add/", contacts.add_school, name="add_school"),
]
