"""Addresses of what makes someone trusted: promises, referees, identity and the check; and of a referee's form."""

from django.urls import path

from ambassadors.views import identity, promises, referees, references

urlpatterns = [
    path("convictions/", promises.convictions, name="convictions"),
    path("ambassador/eligible/", promises.confirm_eligibility, name="confirm_eligibility"),
    path("ambassador/eligible/<slug:because>/", promises.cannot_join_yet, name="cannot_join_yet"),
    path("ambassador/self-declaration/", promises.sign_declaration, name="sign_declaration"),
    path("ambassador/code/", promises.code_of_conduct, name="code_of_conduct"),
    path("ambassador/declaration/", promises.declare_nothing_changed, name="declare_nothing_changed"),
    path("ambassador/declaration/change/", promises.declare_change, name="declare_change"),
    path("ambassador/return/", promises.return_to_scheme, name="return_to_scheme"),
    path("ambassador/referees/", referees.my_referees, name="my_referees"),
    path("ambassador/referees/add/", referees.add_referee, name="add_referee"),
    path("ambassador/referees/<int:pk>/again/", referees.ask_referee_again, name="ask_referee_again"),
    path("ambassador/referees/<int:pk>/withdraw/", referees.withdraw_referee, name="withdraw_referee"),
    path("ambassador/identity/", identity.show_identity, name="show_identity"),
    path("ambassador/check/", identity.agree_to_check, name="agree_to_check"),
    path("ambassador/check/come/", identity.certificate_has_come, name="certificate_has_come"),
    path("ambassador/check/comment/", identity.comment_on_check, name="comment_on_check"),
    path("ambassador/check/appeal/", identity.appeal_check, name="appeal_check"),
    path("ambassador/check/updates/", identity.agree_to_updates, name="agree_to_updates"),
    path("ambassador/check/updates/withdraw/", identity.take_back_updates, name="take_back_updates"),
    path("reference/sent/", referees.reference_sent, name="reference_sent"),
    path("reference/<str:token>/", referees.give_reference, name="give_reference"),
    path("coordinator/references/<int:pk>/", references.reference, name="reference"),
    path("coordinator/references/<int:pk>/accept/", references.accept_reference, name="accept_reference"),
    path("coordinator/references/<int:pk>/leave-out/", references.not_accept_reference, name="not_accept_reference"),
]
