"""The addresses of sign-in and of a person's own account."""

from django.urls import include, path

from stem.accounts import views

urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/teacher/", views.join_teacher, name="join_teacher"),
    path("join/ambassador/", views.join_ambassador, name="join_ambassador"),
    path("account/signup/", views.join_somehow, name="account_signup"),
    path("account/", views.my_account, name="my_account"),
    path("account/", include("allauth.account.urls")),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("staff/people/", views.staff_people, name="staff_people"),
    path("staff/people/grant/", views.grant_role, name="grant_role"),
    path("staff/people/<int:pk>/end/", views.end_role, name="end_role"),
]
