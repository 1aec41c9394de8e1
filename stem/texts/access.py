"""Pages about texts stand only where texts are sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from stem.texts.port import are_texts_on

View = Callable[..., HttpResponseBase]


def with_texts(view: View) -> View:
    """As if the page were not there, where this installation sends no texts. It stands inside a mark."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not are_texts_on():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
