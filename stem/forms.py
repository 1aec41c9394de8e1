"""How forms look and speak here: one renderer for every Django form, and fields for days and clock times."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from stem.field_words import speak_plainly
from stem.wording import clock_in_words


class HouseRenderer(TemplatesSetting):
    """Every form in our markup: label, hint, error, fieldsets round groups."""

    form_template_name = "components/forms/form.html"
    formset_template_name = "components/forms/formset.html"
    field_template_name = "components/forms/field.html"


class PlainWords:
    """A form mixin: a field that is not as it should be says what to do, and the browser's own bubbles stay away."""

    use_required_attribute = False
    fields: dict[str, forms.Field]
    # Fields that what else is answered makes necessary: to call them optional would mislead.
    sometimes_needed: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()

    def say_what_is_missing(self) -> None:
        """Give each field its sentences; a form that adds fields of its own calls this again."""
        for name, field in self.fields.items():
            field.is_optional = not field.required and name not in self.sometimes_needed  # type: ignore[attr-defined]
            speak_plainly(field, str(field.label or name.replace("_", " ").capitalize()))


class HouseForm(PlainWords, forms.Form):
    """A plain form, with our words for what is missing."""


class HouseModelForm(PlainWords, forms.ModelForm):
    """A form of a model, with our words for what is missing."""


class DayWidget(forms.MultiWidget):
    """Day, month and year to type, side by side."""

    template_name = "components/forms/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"inputmode": "numeric", "autocomplete": "off"}
        parts = [
            forms.TextInput({**number, "class": "width-2"}),
            forms.TextInput({"autocomplete": "off", "class": "width-4"}),
            forms.TextInput({**number, "class": "width-4"}),
        ]
        super().__init__(parts, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        """The three parts of a day."""
        return [value.day, value.month, value.year] if value else [None, None, None]


def month_number(text: str) -> int:
    """A month from its number, its name or the first three letters of it."""
    if text.isdigit():
        return int(text)
    for names in (MONTHS, MONTHS_3):
        for number, name in names.items():
            if text.casefold() == str(name).casefold():
                return number
    raise ValueError(text)


class DayField(forms.Field):
    """A date as three inputs; the month may be written as a word."""

    widget = DayWidget
    default_error_messages = {
        "part_missing": lazy("A date needs a day, a month and a year."),
        "invalid": lazy("Enter a real date, such as 12 1 2027."),
        "short_year": lazy("Enter the year in full, such as 2027."),
    }

    def to_python(self, value: Any) -> date | None:
        """The day that was typed, or None when all three are empty."""
        if value is None or isinstance(value, date):
            return value
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        if not all(parts):
            raise ValidationError(self.error_messages["part_missing"], code="part_missing")
        if len(parts[2]) != 4:
            raise ValidationError(self.error_messages["short_year"], code="short_year")
        try:
            return date(int(parts[2]), month_number(parts[1]), int(parts[0]))
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class CountField(forms.IntegerField):
    """A whole number, typed: a number input loses what is no number, and turns under a mouse wheel."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A numeric keypad, and room for a few digits."""
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off", "class": "width-4"}


class ClockWidget(forms.TextInput):
    """A time of day, shown back as "9:15am"."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"class": "width-5", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """What was typed, or a stored time in our spelling."""
        if isinstance(value, time | datetime):
            return clock_in_words(value)
        return None if value in (None, "") else str(value)


CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?(?:m\.?)?")


def read_clock(text: str) -> time:
    """A time of day as people type it: "9:15am", "9.15", "0915", "2 pm", "14:00", "noon".

    Raises ValueError for anything else; so too for "2:15", which a school means as the afternoon and a clock does not.
    """
    typed = text.strip().casefold()
    if typed in {"noon", "midday", "12 noon", str(_("midday"))}:
        return time(12)
    match = CLOCK.fullmatch(typed)
    if not match:
        raise ValueError(text)
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 6 and not typed.startswith("0"):
        raise ValueError(text)
    return time(hour, minute)


class ClockField(forms.Field):
    """A time of day, read as people type it."""

    widget = ClockWidget
    default_error_messages = {"invalid": lazy("Enter a time with am or pm, such as 9:15am or 2pm.")}

    def to_python(self, value: Any) -> time | None:
        """The time that was typed, or None when nothing was."""
        if value in self.empty_values or isinstance(value, time):
            return value or None
        try:
            return read_clock(str(value))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
