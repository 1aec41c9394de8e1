"""What is filled in about records that may be one person's."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador, Scheme
from ambassadors.operations.separating import NEITHER
from ambassadors.queries.new_rows import KEPT, LOST
from ambassadors.queries.since import Change
from stem.forms import HouseForm


class PairFilter(HouseForm):
    """Which pairs to list."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    scheme = forms.ModelChoiceField(
        label=_("Scheme"), queryset=Scheme.objects.none(), required=False, empty_label=_("Any scheme")
    )
    show = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = Scheme.objects.all()  # type: ignore[attr-defined]

    def asked(self) -> tuple[str, Scheme | None]:
        """The name and the scheme asked for; what makes no sense in the address narrows nothing."""
        said = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return said.get("q", "").replace("\x00", "").strip(), said.get("scheme")


class OtherRecordForm(HouseForm):
    """Which other record may be this person's."""

    q = forms.CharField(label=_("Name, e-mail, employer or scheme number of the other record"), max_length=100)


class MergeForm(HouseForm):
    """Of each field on which two records differ, whose word counts."""

    def __init__(self, *args: Any, names: Iterable[str], values: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, value) for value in values]
        for name in names:
            self.fields[f"take_{name}"] = forms.ChoiceField(label=name, choices=choices, required=False)
        self.say_what_is_missing()

    def choices(self) -> dict[str, str]:
        """What was chosen, by the name of the field."""
        return {name.removeprefix("take_"): value for name, value in self.cleaned_data.items() if value}


class SeparateForm(HouseForm):
    """Of each thing done since a merge, whose it is; and whether these are two people."""

    apart = forms.BooleanField(label=_("They are two people: do not propose them again"), required=False, initial=True)

    def __init__(
        self, *args: Any, changes: Iterable[Change], kept: Ambassador, lost: Ambassador, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for change in changes:
            choices = [
                (KEPT, _("Stays with %(name)s") % {"name": kept}),
                (LOST, _("Goes to %(name)s") % {"name": lost}),
            ]
            if not change.name.startswith("row."):
                choices.append((NEITHER, str(_("As it was before"))))
            self.fields[change.name] = forms.ChoiceField(
                label=f"{change.words}: {change.now}",
                choices=choices,
                initial=KEPT,
                required=False,
                widget=forms.RadioSelect,
            )
        self.order_fields([*(change.name for change in changes), "apart"])
        self.say_what_is_missing()

    def whose(self) -> dict[str, str]:
        """Whose each change is, by its name."""
        return {name: value for name, value in self.cleaned_data.items() if name != "apart" and value}
