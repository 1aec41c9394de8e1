"""How staff say whom of the register they look for."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import STANDING, OfferingKind
from ambassadors.models import Scheme
from ambassadors.querysets import AmbassadorQuerySet
from ambassadors.search import PeopleFound, find_people
from ambassadors.search.places import Circle, circle_round
from ambassadors.search.typed import MOST_MILES, read_typed
from stem.curriculum import SUBJECT_CHOICES
from stem.forms import CountField, HouseForm
from stem.geography.models import Region
from stem.rules import Refusal


class RegisterFilter(HouseForm):
    """Whom of the register to list; the search stands in the address, and what makes no sense there narrows nothing."""

    q = forms.CharField(label=lazy("Search"), max_length=200, required=False)
    status = forms.ChoiceField(label=lazy("Status"), choices=[("", lazy("Any status")), *STANDING], required=False)
    region = forms.ChoiceField(label=lazy("Region"), required=False)
    subject = forms.ChoiceField(
        label=lazy("Subject"), choices=[("", lazy("Any subject")), *SUBJECT_CHOICES], required=False
    )
    scheme = forms.ChoiceField(label=lazy("Came from"), required=False)
    near = forms.CharField(label=lazy("Near (postcode or town)"), max_length=40, required=False)
    miles = CountField(label=lazy("Within how many miles"), min_value=1, max_value=MOST_MILES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle: Circle | None = None
        self.fields["region"].choices = [("", _("All")), *Region.objects.values_list("slug", "name")]  # type: ignore[attr-defined]
        schemes = ((str(pk), name) for pk, name in Scheme.objects.values_list("pk", "name"))
        self.fields["scheme"].choices = [("", _("Any scheme")), *schemes]  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        """What was typed, without what no database takes."""
        return str(self.cleaned_data["q"]).replace("\x00", "").strip()

    def clean(self) -> dict[str, Any]:
        """Where the circle lies, if there is one; a place that nobody knows is said beside its field."""
        said = super().clean() or {}
        typed = read_typed(said.get("q", ""))
        field, where, miles = "q", typed.centre, typed.miles
        if not where:
            field, where, miles = "near", said.get("near", ""), said.get("miles")
        if where:
            try:
                self.circle = circle_round(where, miles)
            except Refusal:
                self.add_error(
                    field, _("We do not know that place. Give a full postcode, like LS2 9JT, or a large town.")
                )
        elif said.get("miles"):
            self.add_error("near", _("Say near which postcode or town."))
        return said

    def asked(self) -> dict[str, Any]:
        """What is asked for, as far as it makes sense."""
        return {**self.cleaned_data} if self.is_valid() else {**getattr(self, "cleaned_data", {})}

    def address(self) -> str:
        """This search as the list's address has it: only what says something, in one order."""
        said = self.asked()
        return urlencode([(name, str(said[name])) for name in self.fields if said.get(name)])

    def filters_used(self) -> list[str]:
        """The names of what was asked for."""
        said = self.asked()
        return [name for name in self.fields if said.get(name)]

    @property
    def filter_fields(self) -> list[BoundField]:
        """All but what is typed."""
        return [self[name] for name in self.fields if name != "q"]

    @property
    def is_narrowing(self) -> bool:
        """Whether more is asked for than what is typed, or something of it makes no sense."""
        return bool(set(self.filters_used()) - {"q"}) or any(field.errors for field in self.filter_fields)

    def narrowed(self, people: AmbassadorQuerySet) -> AmbassadorQuerySet:
        """Those whom the filters leave, without what was typed and without the circle."""
        asked = self.asked()
        if asked.get("status"):
            people = people.filter(status=asked["status"])
        if asked.get("region"):
            people = people.filter(area__in=Region.objects.filter(slug=asked["region"]).values("areas__area"))
        if asked.get("subject"):
            people = people.offering(OfferingKind.SUBJECT, asked["subject"])
        if asked.get("scheme"):
            people = people.brought_by(int(asked["scheme"]))
        return people

    def found(self, people: AmbassadorQuerySet) -> PeopleFound | AmbassadorQuerySet:
        """The people asked for, the likeliest first; where nothing was typed, by name."""
        text = self.asked().get("q", "")
        if not {"q", "near", "miles"}.isdisjoint(self.errors):
            # A place that nobody knows is not everywhere.
            return people.none()
        if self.circle is None and read_typed(text).is_nothing:
            return self.narrowed(people)
        return find_people(text, self.narrowed(people), self.circle)


class KeepSearchForm(HouseForm):
    """Under which name to keep a search."""

    called = forms.CharField(
        label=lazy("What do you call it?"), help_text=lazy("Such as “Engineers near Leeds”."), max_length=60
    )
