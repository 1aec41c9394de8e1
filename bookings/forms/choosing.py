"""What a coordinator says who chooses between people, or asks one all the same."""

import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from stem.forms import HouseForm

KEY = re.compile(r"[0-9]{1,18}")
MOST_KEYS = 50


class BecauseForm(HouseForm):
    """Why this person all the same."""

    because = forms.CharField(
        label=_("Why should this person be asked all the same?"),
        help_text=_(
            "They read it with our question, and other coordinators in the request’s history. The school does not."
        ),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why this person should be asked all the same.")},
    )


def read_two(ticked: Iterable[str]) -> tuple[int, int] | None:
    """The two people who were ticked, by their keys, in that order; None where it was not two."""
    keys = list(dict.fromkeys(int(each) for each in list(ticked)[:MOST_KEYS] if KEY.fullmatch(each)))
    return (keys[0], keys[1]) if len(keys) == 2 else None
