"""Addresses of a school's pages: its home, its requests and its visits."""

from django.urls import path

from bookings.views import (
    cards,
    diaries,
    keeping_apart,
    leaving,
    more_times,
    nearby,
    requests,
    school_home,
    school_visits,
    visits,
)

urlpatterns = [
    path("near/", nearby.nearby, name="people_near"),
    path("school/", school_home.school_home, name="school_home"),
    path("school/diary/", diaries.school, name="school_diary"),
    path("school/leave/", leaving.leave_school, name="leave_school"),
    path("school/leave/ask/", leaving.ask_to_leave, name="ask_to_leave"),
    path("school/leave/stay/", leaving.stay, name="stay_at_school"),
    path("school/people/<int:pk>/end/", leaving.end_colleague, name="end_colleague"),
    path("requests/start/", requests.start, name="start_request"),
    path("requests/<int:pk>/", requests.show_request, name="request"),
    path("requests/<int:pk>/check/", requests.check, name="check_request"),
    path("requests/<int:pk>/sent/", requests.sent, name="request_sent"),
    path("requests/<int:pk>/discard/", requests.discard, name="discard_request"),
    path("requests/<int:pk>/withdraw/", requests.withdraw, name="withdraw_request"),
    path("requests/<int:pk>/again/", requests.again, name="ask_again"),
    path("requests/<int:pk>/more-times/", more_times.more_times, name="more_times"),
    path("requests/<int:pk>/anyone/", requests.anyone, name="ask_for_anyone"),
    path("requests/<int:pk>/<slug:step>/", requests.edit, name="edit_request"),
    path("requests/<int:pk>/<slug:step>/could-come/", requests.could_come, name="could_come"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("seats/<int:pk>/again/", requests.person_again, name="ask_person_again"),
    path("seats/<int:pk>/somebody-else/", keeping_apart.somebody_else_next_time, name="somebody_else_next_time"),
    path("seats/<int:pk>/welcome-again/", keeping_apart.welcome_again, name="welcome_again"),
    path("seats/<int:pk>/photo/", school_visits.visitor_photo, name="visitor_photo"),
    path("seats/<int:pk>/card/", cards.visit_card, name="visit_card"),
    path("seats/<int:pk>/card/photo/", cards.visit_card_photo, name="visit_card_photo"),
    path("card/<str:token>/", cards.check_card, name="check_card"),
    path("card/<str:token>/photo/", cards.checked_photo, name="checked_photo"),
    path("visits/<int:pk>/confirm/", school_visits.confirm, name="confirm_visit"),
    path("visits/<int:pk>/someone-else/", school_visits.someone_else, name="ask_for_someone_else"),
    path("visits/<int:pk>/cancel/", school_visits.cancel, name="cancel_visit"),
]
