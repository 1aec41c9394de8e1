"""What every answer tells the browser, the caches between us, and search engines."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# The pages for people who look for us; the rest is nobody's search result.
FOUND_BY_SEARCH = frozenset({"home", "join", "privacy", "accessibility", "contact", "acknowledgements", "robots"})
# Nothing of ours wants these, so no script that got in could have them.
UNUSED = ("camera", "microphone", "geolocation", "payment", "usb", "display-capture")
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED)


class PrivateAnswers:
    """Middleware: a page is kept by no cache, nor by a shared computer once its reader has gone, unless it says so.

    It stands outside whatever answers without a view, so that refusals and errors carry the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        response["Permissions-Policy"] = PERMISSIONS
        page = getattr(request, "resolver_match", None)
        if page is not None and page.url_name not in FOUND_BY_SEARCH:
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response
