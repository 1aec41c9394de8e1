"""Addresses of the pages on which people say who they are and what they offer."""

from django.urls import path

from ambassadors.views import own_calendars, photos, profile

urlpatterns = [
    path("ambassador/profile/", profile.edit_profile, name="edit_profile"),
    path("ambassador/about/", profile.about_me, name="about_me"),
    path("ambassador/work/", profile.my_work, name="my_work"),
    path("ambassador/subjects/", profile.my_subjects, name="my_subjects"),
    path("ambassador/stages/", profile.my_stages, name="my_stages"),
    path("ambassador/activities/", profile.my_activities, name="my_activities"),
    path("ambassador/languages/", profile.my_languages, name="my_languages"),
    path("ambassador/aims/", profile.my_aims, name="my_aims"),
    path("ambassador/time/", profile.my_time, name="my_time"),
    path("ambassador/time/add-address/", own_calendars.add_by_address, name="add_calendar_address"),
    path("ambassador/time/add-file/", own_calendars.add_by_file, name="add_calendar_file"),
    path("ambassador/time/calendars/<int:pk>/remove/", own_calendars.remove, name="remove_calendar"),
    path("ambassador/photo/", photos.my_photo, name="my_photo"),
    path("ambassador/photo/picture/", photos.my_picture, name="my_picture"),
    path("ambassador/photo/remove/", photos.remove_photo, name="remove_photo"),
    path("coordinator/ambassadors/<int:pk>/photo/", photos.photo, name="photo"),
    path("coordinator/ambassadors/<int:pk>/photo/confirm/", photos.confirm_photo, name="confirm_photo"),
]
