"""The site map: everyday pages first, then each app's own."""

from django.urls import include, path

urlpatterns = [
    path("", include("stem.pages_urls")),
    path("", include("stem.accounts.urls")),
    path("", include("stem.letters.urls")),
    path("", include("stem.texts.urls")),
    path("", include("stem.geography.urls")),
    path("", include("stem.policy.urls")),
    path("", include("stem.scheme.urls")),
    path("", include("schools.urls")),
    path("", include("ambassadors.urls")),
    path("", include("bookings.urls")),
    path("", include("quality.urls")),
]
