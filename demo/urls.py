"""The site, and what only the demonstration has: one-click sign-in and a mail page."""

from django.urls import include, path

from demo import views

urlpatterns = [
    path("demo/", views.people, name="demo_people"),
    path("demo/sign-in/", views.sign_in_as, name="demo_sign_in"),
    path("demo/mail/", views.mail, name="demo_mail"),
    path("demo/mail/send/", views.send_waiting, name="demo_send_waiting"),
    path("demo/mail/<int:pk>/", views.message, name="demo_message"),
    path("demo/mail/<int:pk>/html/", views.message_html, name="demo_message_html"),
    path("", include("stem.urls")),
]
