"""The addresses of the pages that belong to nobody in particular."""

from django.urls import path

from stem.views import everyday, styleguide

urlpatterns = [
    path("", everyday.home, name="home"),
    path("privacy/", everyday.privacy, name="privacy"),
    path("accessibility/", everyday.accessibility, name="accessibility"),
    path("contact/", everyday.contact, name="contact"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("robots.txt", everyday.robots, name="robots"),
    path("healthz", everyday.healthz, name="healthz"),
    path("favicon.ico", everyday.favicon, name="favicon"),
]
