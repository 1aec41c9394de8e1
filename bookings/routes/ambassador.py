"""Addresses of an ambassador's pages, and of everyone's own calendar."""

from django.urls import path

from bookings.views import (
    ambassador_home,
    ambassador_visits,
    calendar_replies,
    diaries,
    feeds,
    keeping_apart,
    offers,
    open_requests,
    own_visits,
    preparing,
    profile,
)

urlpatterns = [
    path("ambassador/", ambassador_home.ambassador_home, name="ambassador_home"),
    path("ambassador/diary/", diaries.diary, name="my_diary"),
    path("ambassador/reach/", profile.my_reach, name="my_reach"),
    path("ambassador/preview/", profile.as_schools_see_me, name="as_schools_see_me"),
    path("ambassador/own-visits/", own_visits.own_visits, name="own_visits"),
    path("ambassador/own-visits/<int:pk>/remove/", own_visits.remove, name="remove_own_visit"),
    path("ambassador/open-requests/", open_requests.open_requests, name="open_requests"),
    path("ambassador/open-requests/<int:pk>/offer/", open_requests.offer_oneself, name="offer_oneself"),
    path(
        "ambassador/open-requests/<int:pk>/take-back/",
        open_requests.no_longer_offer_oneself,
        name="no_longer_offer_oneself",
    ),
    path("offers/<int:pk>/", offers.offer, name="offer"),
    path("offers/<int:pk>/accept/", offers.accept, name="accept_offer"),
    path("offers/<int:pk>/decline/", offers.decline, name="decline_offer"),
    path("offers/<int:pk>/other-time/", offers.name_other_times, name="name_other_times"),
    path("offers/<int:pk>/after-all/", offers.accept_after_all, name="accept_after_all"),
    path("offers/<int:pk>/reserve/", offers.keep_in_reserve, name="keep_in_reserve"),
    path("offers/<int:pk>/no-reserve/", offers.no_longer_in_reserve, name="no_longer_in_reserve"),
    path("offers/<int:pk>/there-again/", offers.ask_there_again, name="ask_there_again"),
    path("calendar-replies/<int:pk>/confirm/", calendar_replies.confirm, name="confirm_calendar_reply"),
    path("calendar-replies/<int:pk>/dismiss/", calendar_replies.dismiss, name="dismiss_calendar_reply"),
    path("answer/<str:token>/", offers.answer, name="answer_offer"),
    path("visits/<int:pk>/cannot-come/", ambassador_visits.cannot_come, name="give_up_seat"),
    path("visits/<int:pk>/outline/", preparing.write_outline, name="write_outline"),
    path("visits/<int:pk>/not-there-again/", keeping_apart.not_there_again, name="not_there_again"),
    path("visits/<int:pk>/there-again/", keeping_apart.go_there_again, name="go_there_again"),
    path("visits/<int:pk>/calendar.ics", feeds.visit_calendar, name="visit_calendar"),
    path("calendar/", feeds.my_calendar, name="my_calendar"),
    path("calendar/replace/", feeds.replace_feed, name="replace_feed"),
    path("calendar/<str:key>.ics", feeds.calendar_feed, name="calendar_feed"),
    path("calendar/<str:key>.ifb", feeds.busy_feed, name="busy_feed"),
]
