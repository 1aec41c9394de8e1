"""Filters and tags that every template may use without loading them."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.middleware.csrf import get_token
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from stem import wording
from stem.accounts.connections import offered_names
from stem.geography import travel
from stem.scheme.identity import who_we_are
from stem.scheme.models import Logo
from stem.texts.port import are_texts_on

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in full: "Tuesday 12 January 2027"."""
    return wording.day_in_words(value) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A day for tables and tags: "Tue 12 Jan 2027"."""
    return wording.short_day_in_words(value) if value else ""


@register.filter
def clock(value: datetime | time | None) -> str:
    """A time of day: "9:15am"."""
    return "" if value is None else wording.clock_in_words(value)


@register.simple_tag
def interval(start: datetime, end: datetime) -> str:
    """From when to when: "Tuesday 12 January 2027, 9:15am to 10:15am"."""
    return wording.interval_in_words(start, end)


@register.filter
def miles(km: float | None) -> str:
    """Kilometres as miles: "12 miles"."""
    return "" if km is None else wording.miles_in_words(travel.miles(km))


@register.simple_tag
def entry_over(menu: Iterable[tuple[Any, str]], path: str) -> str:
    """The entry of the menu under which this page lies, by its page's name; empty when it lies under none."""
    addresses = {reverse(name): name for _label, name in menu}
    above = [address for address in addresses if address != "/" and path.startswith(address)]
    return addresses[max(above, key=len)] if above else ""


@register.filter
def in_parts(address: str) -> SafeString:
    """An e-mail address that breaks after its @ and its dots where a line is too short for it."""
    parts = re.split(r"(?<=[@.])", str(address))
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and last words of a name."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()


@register.filter
def share_of(part: float, whole: float) -> int:
    """A part as whole per cent of the whole, between 0 and 100."""
    return max(0, min(100, round(100 * float(part) / float(whole)))) if whole else 0


@register.simple_tag
def scheme_name() -> str:
    """What this scheme calls itself."""
    return who_we_are().known_as


@register.simple_tag
def scheme_logo() -> Logo | None:
    """The scheme's logo, without its bytes, or None."""
    return who_we_are().logo


@register.simple_tag
def scheme_email() -> str:
    """Where the scheme reads its mail."""
    return who_we_are().email


@register.simple_tag
def scheme_phone() -> str:
    """The number the scheme answers, or nothing."""
    return who_we_are().telephone


@register.simple_tag
def sign_in_services() -> dict[str, str]:
    """The other services that can sign people in here: their ids, and what people call them."""
    return offered_names()


@register.simple_tag
def texts_are_on() -> bool:
    """Whether this installation sends text messages."""
    return are_texts_on()


@register.simple_tag(takes_context=True)
def csrf_field(context: Context) -> SafeString:
    """The hidden field that `{% csrf_token %}` writes, also inside a component included with `only`."""
    request = getattr(context, "request", None)
    if request is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.simple_block_tag(takes_context=True)
def wrap(context: Context, content: SafeString, component: str, **arguments: Any) -> SafeString:
    """Put what stands between `{% wrap %}` and `{% endwrap %}` into a component, as its `content`."""
    engine = context.template.engine  # type: ignore[union-attr]  # it is rendering, so it is bound to a template
    return engine.get_template(component).render(context.new({**arguments, "content": content}))


@register.filter
def first_input_id(field: BoundField) -> str:
    """Where the link of an error summary leads: the first thing in this field that takes the keyboard."""
    if not field.use_fieldset:
        return field.id_for_label
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple) and field.subwidgets:
        return field.subwidgets[0].id_for_label
    return f"{field.auto_id}_0"


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is a single box to tick, whose label stands after it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def page_numbers(page: Page) -> list[int | None]:
    """The pages to offer round this one, with None where some are left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to walk over."""
    return text.split()
