"""Which people anybody may ask after: of a subject, near a postcode district."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stem.curriculum import SUBJECT_CHOICES, SUBJECTS, Stage
from stem.forms import HouseForm
from stem.geography.postcodes import District, read_district
from stem.rules import Refusal


class NearbyForm(HouseForm):
    """A postcode district, a subject, and if one likes a stage."""

    district = forms.CharField(
        label=_("First half of the school’s postcode"),
        help_text=_("For example S10. We use no more than that."),
        max_length=20,
        widget=forms.TextInput({"class": "width-5", "autocomplete": "off", "spellcheck": "false"}),
    )
    subject = forms.ChoiceField(label=_("Which subject?"), choices=[("", _("Choose a subject")), *SUBJECT_CHOICES])
    stage = forms.ChoiceField(
        label=_("How old are they?"), choices=[("", _("Any age")), *Stage.choices], required=False
    )

    def clean_district(self) -> District:
        """The district; of a whole postcode its district alone."""
        try:
            return read_district(self.cleaned_data["district"])
        except Refusal as refusal:
            raise ValidationError(refusal.told_to()) from None

    @property
    def subject_name(self) -> str:
        """The subject that was asked for, in words."""
        return str(SUBJECTS[self.cleaned_data["subject"]].name)

    @property
    def stage_name(self) -> str:
        """The stage that was asked for, in words; blank for any."""
        stage = self.cleaned_data["stage"]
        return str(Stage(stage).label) if stage else ""

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked, as the address of the answer carries it."""
        given = self.cleaned_data
        return {"district": str(given["district"]), "subject": given["subject"], "stage": given["stage"]}
