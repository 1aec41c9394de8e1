"""Who is there on the day, and how to arrive: asked with a request, and once more with the yes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.forms.answers import AnswersForm
from bookings.models import Request
from schools.enums import PersonKind
from schools.models import SchoolPerson
from schools.queries.people import people_named_before

DAY_LABELS = {
    "supervising_adult": _("Who is with the pupils throughout?"),
    "supervising_email": _("Their e-mail address"),
    "safeguarding_lead": _("Who is the safeguarding lead or deputy that day?"),
    "safeguarding_phone": _("Their phone number"),
    "arrival": _("Room, arrival and equipment"),
}
DAY_HINTS = {
    "supervising_adult": _("A member of staff. An ambassador is never alone with pupils."),
    "arrival": _("Where to park and report, which room, and what is there: a projector, a sink, sockets."),
}
DAY_WIDGETS = {"arrival": forms.Textarea({"rows": 4})}

SOMEONE_ELSE = "else"
# A question about someone: the field that offers those named before, and the columns that hold name and reach.
SUPERVISING = ("supervising", "supervising_adult", "supervising_email")
SAFEGUARDING = ("safeguarding", "safeguarding_lead", "safeguarding_phone")
QUESTIONS = {PersonKind.SUPERVISING: SUPERVISING, PersonKind.SAFEGUARDING: SAFEGUARDING}


class PeopleForm(AnswersForm):
    """Who is with the pupils, who looks after safeguarding, and how to arrive.

    A school that has named people before chooses one of them, or types in someone else; the others only type.
    """

    required = ("supervising_adult", "supervising_email", "safeguarding_lead", "safeguarding_phone")
    supervising = forms.ChoiceField(
        label=DAY_LABELS["supervising_adult"], help_text=DAY_HINTS["supervising_adult"], widget=forms.RadioSelect
    )
    safeguarding = forms.ChoiceField(label=DAY_LABELS["safeguarding_lead"], widget=forms.RadioSelect)

    class Meta:
        model = Request
        fields = ["supervising_adult", "supervising_email", "safeguarding_lead", "safeguarding_phone", "arrival"]
        labels = DAY_LABELS
        help_texts = DAY_HINTS
        widgets = DAY_WIDGETS

    field_order = ("supervising", "supervising_adult", "supervising_email", "safeguarding", "safeguarding_lead")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = people_named_before(self.instance.school)
        for kind, (choice, name, reach) in QUESTIONS.items():
            if self.known[kind]:
                self._offer(kind, choice, name, reach)
            else:
                del self.fields[choice]

    def _offer(self, kind: PersonKind, choice: str, name: str, reach: str) -> None:
        """Let one of those named before be chosen; name and reach are then only for someone else."""
        field = self.fields[choice]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((str(person.pk), f"{person.name}, {person.reached_at}") for person in self.known[kind]),
            (SOMEONE_ELSE, _("Someone else")),
        ]
        named = self._named(kind, getattr(self.instance, name), getattr(self.instance, reach))
        if named is not None:
            self.initial.update({choice: str(named.pk), name: "", reach: ""})
        elif getattr(self.instance, name):
            self.initial[choice] = SOMEONE_ELSE
        for typed, label, words in (
            (name, _("Their name"), _("Enter their name.")),
            (reach, DAY_LABELS[reach], _("Enter how they can be reached.")),
        ):
            field = self.fields[typed]
            field.label, field.help_text, field.error_messages["required"] = label, "", words

    def _named(self, kind: PersonKind, name: str, reached_at: str) -> SchoolPerson | None:
        """The one of those named before whom the draft names as the list has them."""
        return next((each for each in self.known[kind] if (each.name, each.reached_at) == (name, reached_at)), None)

    def clean(self) -> dict[str, Any]:
        """Whoever was chosen stands in the columns; only someone else must be named in full."""
        answers = super().clean() or self.cleaned_data
        for kind, (choice, name, reach) in QUESTIONS.items():
            chosen = answers.pop(choice, None)
            if choice not in self.fields or chosen == SOMEONE_ELSE:
                continue
            # What stands in the fields for someone else, or is missing there, counts for nothing.
            for column in (name, reach):
                self.errors.pop(column, None)
            person = next((each for each in self.known[kind] if str(each.pk) == chosen), None)
            if person is not None:
                answers[name], answers[reach] = person.name, person.reached_at
        return answers
