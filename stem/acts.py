"""Carrying out an operation for a page: what was refused is said where the person looks, and nothing has changed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stem.audit.record import record
from stem.rules import Audience, Kind, Refusal


def went_through(
    form: forms.BaseForm, operation: Callable[..., Any], /, *, told_to: Audience = Audience.EVERYONE, **arguments: Any
) -> bool:
    """Do it with what a valid form gave; a refusal becomes an error, beside the field that it is named for if any."""
    try:
        operation(**arguments)
    except Refusal as refusal:
        put_on_record(operation, refusal, arguments)
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
) -> bool:
    """Do what one button asks for, and say in a message that it is done, or why not; whether it is."""
    try:
        operation(**arguments)
    except Refusal as refusal:
        put_on_record(operation, refusal, arguments)
        messages.error(request, refusal.told_to(told_to))
        return False
    messages.success(request, said)
    return True


def put_on_record(operation: Callable[..., Any], refusal: Refusal, arguments: dict[str, Any]) -> None:
    """Who tried what is not theirs to do, with the reason (L-02); not what could be done by nobody now."""
    codes = [reason.code for reason in refusal.reasons if reason.kind is Kind.PERMISSION]
    if codes and "by" in arguments:
        by, at = arguments["by"], arguments["at"]
        thing = next((each for each in arguments.values() if isinstance(each, Model) and each != by), by)
        record(f"{operation.__name__}.refuse", thing, by=by, at=at, outcome=codes[0])


def ask_first(request: HttpRequest, form: forms.BaseForm | None, **words: Any) -> HttpResponse:
    """A page that asks before it acts: `title`, `caption`, `lead`, `submit`, `kind` of button, `back_url`."""
    return render(request, "stem/ask_first.html", {"form": form, **words})
