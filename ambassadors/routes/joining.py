"""Addresses of pages on which people speak for themselves."""

from django.urls import path

from ambassadors.views import asked, joining

urlpatterns = [
    path("ambassador/join/", joining.join_as_ambassador, name="join_as_ambassador"),
    path("ambassador/join/begin/", joining.begin_application, name="begin_application"),
    path("ambassador/join/send/", joining.send_application, name="send_application"),
    path("ambassador/join/sent/", joining.application_sent, name="application_sent"),
    path("ambassador/asked/", asked.answer_asked, name="answer_asked"),
    path("ambassador/away/", joining.away, name="go_away"),
    path("ambassador/away/<int:pk>/take-back/", joining.no_longer_away, name="no_longer_away"),
    path("ambassador/break/", joining.begin_break, name="take_a_break"),
    path("ambassador/back/", joining.end_break, name="come_back"),
    path("ambassador/watch/", joining.watch_first, name="ask_to_watch"),
    path("ambassador/no-watch/", joining.not_watch_first, name="no_longer_ask_to_watch"),
]
