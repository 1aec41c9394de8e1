"""Addresses of pages on which administrators write the courses."""

from django.urls import path

from ambassadors.views import courses

urlpatterns = [
    path("staff/courses/", courses.courses, name="courses"),
    path("staff/courses/<slug:slug>/", courses.course_versions, name="course_versions"),
    path("staff/courses/<slug:slug>/edit/", courses.edit_course, name="edit_course"),
    path("staff/courses/<slug:slug>/preview/", courses.preview_course, name="preview_course"),
    path("staff/courses/<slug:slug>/preview/<slug:lesson>/", courses.preview_lesson, name="preview_lesson"),
    path("staff/courses/<slug:slug>/publish/", courses.publish_course, name="publish_course"),
    path("staff/courses/<slug:slug>/discard/", courses.discard_draft, name="discard_draft"),
    path("staff/courses/<slug:slug>/versions/<int:number>/", courses.course_version, name="course_version"),
    path(
        "staff/courses/<slug:slug>/versions/<int:number>/again/", courses.go_back_to_version, name="go_back_to_version"
    ),
]
