"""Addresses of what people whom another scheme brought answer, and of what staff see of it."""

from django.urls import path

from ambassadors.views import by_scheme, claiming

urlpatterns = [
    path("known/no/thank-you/", claiming.said_no, name="said_no"),
    path("known/<str:token>/", claiming.answer_notice, name="answer_notice"),
    path("known/<str:token>/no/", claiming.refuse_notice, name="refuse_notice"),
    path("ambassador/known/", claiming.known_here, name="known_here"),
    path("ambassador/known/no/", claiming.refuse_known, name="refuse_known"),
    path("ambassador/known/elsewhere/", claiming.ask_for_record, name="ask_for_record"),
    path("ambassador/known/asked/", claiming.record_asked_for, name="record_asked_for"),
    path("coordinator/came-from/", by_scheme.people_by_scheme, name="people_by_scheme"),
    path("coordinator/came-from/post/", by_scheme.tell_by_post, name="tell_by_post"),
    path("coordinator/came-from/post/file/", by_scheme.tell_by_post_file, name="tell_by_post_file"),
    path("coordinator/ambassadors/<int:pk>/told/", by_scheme.note_told, name="note_told"),
    path("coordinator/ambassadors/<int:pk>/no/", by_scheme.say_no_for, name="say_no_for"),
]
