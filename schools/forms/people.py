"""What a school changes about its own people, and a coordinator about its domains."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.domains import LONGEST_DOMAIN
from schools.enums import PersonKind
from schools.models import SchoolPerson
from stem.forms import HouseForm


class PersonForm(HouseForm):
    """How a member of staff is called, and reached: by e-mail when with the pupils, by phone for safeguarding."""

    name = forms.CharField(label=_("Name"), max_length=150)

    def __init__(self, *args: Any, person: SchoolPerson, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"name": person.name, "reached_at": person.reached_at})
        super().__init__(*args, **kwargs)
        if person.kind == PersonKind.SUPERVISING:
            self.fields["reached_at"] = forms.EmailField(label=_("E-mail address"), max_length=254)
        else:
            phone = forms.TextInput({"autocomplete": "off", "inputmode": "tel", "class": "width-10"})
            self.fields["reached_at"] = forms.CharField(label=_("Phone number"), max_length=40, widget=phone)
        self.say_what_is_missing()


class DomainForm(HouseForm):
    """A domain to verify; whether it is one, and whose, the operation says."""

    domain = forms.CharField(
        label=_("Domain"),
        help_text=_(
            "What stands behind the @ in its staff’s addresses, such as brook.sch.uk. If pupils have addresses there "
            "too, they would be let in as well: leave it out."
        ),
        max_length=LONGEST_DOMAIN,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class ApproveForm(HouseForm):
    """Whether others with the same domain are let in from now on."""

    verify_their_domain = forms.BooleanField(required=False)
