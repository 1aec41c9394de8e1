"""What a coordinator says who asks for a school although it is another's turn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import HouseForm


class AllTheSameForm(HouseForm):
    """Why this school, now."""

    because = forms.CharField(
        label=_("Why should someone be asked for this school now?"),
        help_text=_("Other coordinators read it in the request’s history; the school does not."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why someone should be asked for this school now.")},
    )
