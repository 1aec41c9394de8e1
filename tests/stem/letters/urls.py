"""The site, and one page more, for links in letters that only tests write."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from stem.access import public
from stem.urls import urlpatterns as site


@public
def answer_test(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(token)


urlpatterns = [*site, path("answer-test/<str:token>/", answer_test, name="answer_test")]
