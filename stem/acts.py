"""Carrying out an operation for a page: what was refused is said where the person looks, and nothing has changed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stem.rules import Audience, Refusal


def went_through(
    form: forms.BaseForm, operation: Callable[..., Any], /, *, told_to: Audience = Audience.EVERYONE, **arguments: Any
) -> bool:
    """Do it with what a valid form gave; a refusal becomes an error, beside the field that it is named for if any."""
    try:
        operation(**arguments)
    except Refusal as refusal:
        # Said once each: nine neutral sentences would tell that nine things are wrong.
        told = [(each.code if each.code in form.fields else None, each.told_to(told_to)) for each in refusal.reasons]
        for field, words in dict.fromkeys(told):
            form.add_error(field, words)
        return False
    return True


def press(
    request: HttpRequest,
    operation: Callable[..., Any],
    /,
    *,
    said: str,
    told_to: Audience = Audience.EVERYONE,
    **arguments: Any,
) -> None:
    """Do what one button asks for, and say in a message that it is done, or why not."""
    try:
        operation(**arguments)
    except Refusal as refusal:
        messages.error(request, refusal.told_to(told_to))
    else:
        messages.success(request, said)


def ask_first(request: HttpRequest, form: forms.BaseForm | None, **words: Any) -> HttpResponse:
    """A page that asks before it acts: `title`, `caption`, `lead`, `submit`, `kind` of button, `back_url`."""
    return render(request, "stem/ask_first.html", {"form": form, **words})
