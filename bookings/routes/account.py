"""Addresses of one's own account, for whatever part one has in the scheme."""

from django.urls import path

from bookings.views import account, departures, texts

urlpatterns = [
    path("account/", account.my_account, name="my_account"),
    path("account/letters/", account.letters_wanted, name="letters_wanted"),
    path("account/texts/", texts.my_texts, name="my_texts"),
    path("account/texts/code/", texts.prove_number, name="prove_number"),
    path("account/texts/stop/", texts.stop_texts, name="stop_texts"),
    path("account/leave/", departures.leave_scheme, name="leave_scheme"),
    path("account/close/", account.close_account, name="close_account"),
    path("coordinator/ambassadors/<int:pk>/leave/", departures.leave_scheme_for, name="leave_scheme_for"),
]
