"""The front door, the pages that every public service owes its readers, and a pulse for whoever keeps it running."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache

from stem.access import public
from stem.headers import FOUND_BY_SEARCH


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is, for a stranger; for someone signed in, the page that says what to do next."""
    if not request.user.is_authenticated:
        return render(request, "stem/front.html")
    find_home = import_string(settings.HOME_FINDER)
    name: str | None = find_home(request.user)
    return redirect(name) if name else render(request, "stem/welcome.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, and for how long."""
    return render(request, "stem/privacy.html", {"geocoder": settings.GEOCODER, "tiles": settings.MAP_TILES})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable this is, what is known to fall short, and whom to tell."""
    return render(request, "stem/accessibility.html")


@public
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask, and what to do when a child may be at risk."""
    return render(request, "stem/contact.html")


def is_ready() -> bool:
    """Whether the database answers and holds every table this code expects."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


@public
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """A pulse: 200 when requests can be served, 503 otherwise."""
    ready = is_ready()
    return HttpResponse("ok" if ready else "not ready", status=200 if ready else 503, content_type="text/plain")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may look at: the pages for people who look for us."""
    shown = "".join(f"Allow: {reverse(name)}$\n" for name in sorted(FOUND_BY_SEARCH))
    return HttpResponse(f"User-agent: *\n{shown}Allow: /static/\nDisallow: /\n", content_type="text/plain")


@public
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark, for browsers that ask for it without reading the page."""
    return redirect(static("stem/mark.svg"), permanent=False)
