"""Every component in every state, on one page: what designers look at and what the accessibility tests read."""

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from stem.access import public
from stem.forms import ClockField, CountField, DayField, HouseForm

WAYS = [("in_person", _("In person")), ("online", _("Online"))]
HELP = [("lab", _("A laboratory")), ("hall", _("The hall")), ("projector", _("A projector"))]
FIELDS = [
    (_("Life"), [("biology", _("Biology")), ("medicine", _("Medicine"))]),
    (_("Matter"), [("chemistry", _("Chemistry"))]),
]


class ExampleForm(HouseForm):
    """One field of each sort."""

    full_name = forms.CharField(label=_("Full name"), help_text=_("As your colleagues know it."))
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "email"}))
    pupils = CountField(label=_("How many pupils?"), min_value=1)
    on = DayField(label=_("Day of the visit"), help_text=_("For example, 12 1 2027 or 12 January 2027."))
    starts = ClockField(label=_("Starts at"), help_text=_("For example, 9:15am."))
    way = forms.ChoiceField(label=_("How should they come?"), choices=WAYS, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label=_("What can you offer?"), choices=HELP, widget=forms.CheckboxSelectMultiple, required=False
    )
    subjects = forms.MultipleChoiceField(label=_("Subjects"), choices=FIELDS, widget=forms.CheckboxSelectMultiple)
    subject = forms.ChoiceField(label=_("Main subject"), choices=[("", _("Choose one")), *FIELDS])
    notes = forms.CharField(
        label=_("Anything else?"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
        help_text=_("Do not name pupils."),
    )
    slides = forms.FileField(label=_("Slides"), required=False)
    agree = forms.BooleanField(label=_("A member of staff stays in the room throughout"))


class ExampleFilters(HouseForm):
    """A list's filters."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("Any")), ("open", _("Open"))], required=False)
    subject = forms.ChoiceField(label=_("Subject"), choices=[("", _("Any")), *FIELDS], required=False)


FILLED: dict[str, Any] = {
    "full_name": "Bethan Pryce",
    "email": "bethan.pryce@ysgol.example",
    "pupils": 28,
    "on": date(2027, 1, 12),
    "starts": time(9, 15),
    "way": "in_person",
    "needs": ["lab"],
    "subjects": ["biology"],
    "subject": "biology",
    "agree": True,
}
WRONG = {"email": "bethan", "on_0": "31", "on_1": "2", "on_2": "2027", "starts": "2:15", "pupils": "many"}


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """The whole look, component by component."""
    pages = Paginator(range(240), 20)
    context = {
        "empty_form": ExampleForm(initial=FILLED, prefix="right"),
        "wrong_form": ExampleForm({f"wrong-{name}": value for name, value in WRONG.items()}, prefix="wrong"),
        "filter_form": ExampleFilters(request.GET),
        "first_page": pages.page(1),
        "some_page": pages.page(6),
        "at": datetime(2027, 1, 12, 9, 15, tzinfo=UTC),
        "until": datetime(2027, 1, 12, 10, 15, tzinfo=UTC),
        "sample_menu": [(_("Styleguide"), "styleguide"), (_("Requests"), "home"), (_("Ambassadors"), "contact")],
        "tones": ["neutral", "waiting", "good", "warning", "bad"],
    }
    return render(request, "stem/styleguide.html", context)
