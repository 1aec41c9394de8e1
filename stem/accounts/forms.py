"""What people say about themselves when they join, and later."""

from typing import TYPE_CHECKING

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context as allauth_context
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.forms import HouseForm, HouseModelForm, PlainWords
from stem.geography.models import Region

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class SignupForm(PlainWords, AllauthSignupForm):
    """Joining: a name, an address and a password."""

    full_name = forms.CharField(
        label=_("Your full name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language of our letters"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        initial="en-gb",
    )
    field_order = ["full_name", "email", "password1", "language"]

    def save(self, request: HttpRequest) -> "AbstractBaseUser | None":
        """Make the account; None for an address that has one, whose owner is told by e-mail instead."""
        user = super().save(request)
        if isinstance(user, User):
            user.full_name = self.cleaned_data["full_name"]
            user.language = self.cleaned_data["language"]
            user.save(update_fields=["full_name", "language"])
        return user


class ActivateTOTPForm(AllauthActivateTOTPForm):
    """Setting up an authenticator app. The code it takes is a second factor used, in this very sign-in."""

    def clean_code(self) -> str:
        """The code, which must be the app's; from now on staff pages open without asking for another."""
        code: str = super().clean_code()
        record_authentication(allauth_context.request, self.user, method="mfa", type="totp")
        return code


class AccountForm(HouseModelForm):
    """One's own details."""

    class Meta:
        model = User
        fields = ["full_name", "known_as", "phone", "language"]
        widgets = {"language": forms.RadioSelect}


class GrantForm(HouseForm):
    """Give someone a role."""

    email = forms.EmailField(label=_("Their e-mail address"), help_text=_("They need an account first."))
    role = forms.ChoiceField(label=_("Role"), choices=Role, widget=forms.RadioSelect)
    regions = forms.ModelMultipleChoiceField(
        label=_("Regions"),
        queryset=Region.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means everywhere."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].queryset = Region.objects.order_by("name")  # type: ignore[attr-defined]


class StaffFilter(HouseForm):
    """Whom to list."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Any")), *Role.choices])
