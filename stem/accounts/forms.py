"""What people say about themselves when they join, and later."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context as allauth_context
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from stem.accounts.codes import code_of
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.forms import HouseForm, HouseModelForm, PlainWords
from stem.geography.models import Region

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class OurLook(PlainWords):
    """A form mixin: the library's fields without the words that it writes inside them, which repeat the label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignupForm(OurLook, allauth_forms.SignupForm):
    """Joining: a name, an address and a password."""

    full_name = forms.CharField(
        label=_("Your full name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    known_as = forms.CharField(
        label=_("What we may call you"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(
        label=_("Which language do you prefer?"),
        help_text=_("Letters and pages are in English so far; we write in Welsh as soon as we can."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        initial="en-gb",
    )
    field_order = ["full_name", "known_as", "email", "password1", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["password1"].help_text = _(
            "At least 12 characters, and none that others use often. Three random words are easy to remember."
        )

    def try_save(self, request: HttpRequest) -> "tuple[AbstractBaseUser | None, HttpResponse | None]":
        """Make the account; for an address that has one, tell its owner by e-mail instead, and take as long."""
        if self.account_already_exists:
            # Hashing is most of the work of joining: left out, the time would tell that the address is known.
            make_password(self.cleaned_data["password1"])
        saved: tuple[AbstractBaseUser | None, HttpResponse | None] = super().try_save(request)
        return saved

    def save(self, request: HttpRequest) -> "AbstractBaseUser":
        """Make the account, with what they say about themselves."""
        user = super().save(request)
        if isinstance(user, User):
            said = ["full_name", "known_as", "language"]
            for name in said:
                setattr(user, name, self.cleaned_data[name])
            user.save(update_fields=said)
        return user


class SeededCode(OurLook):
    """A form mixin: the session kept the seed of the code that is waited for."""

    def __init__(self, *args: Any, code: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, code=code_of(code or ""), **kwargs)


class ConfirmLoginCodeForm(SeededCode, allauth_forms.ConfirmLoginCodeForm):
    """The code to sign in."""


class ConfirmPasswordResetCodeForm(SeededCode, allauth_forms.ConfirmPasswordResetCodeForm):
    """The code to choose a new password."""


class ConfirmEmailVerificationCodeForm(SeededCode, allauth_forms.ConfirmEmailVerificationCodeForm):
    """The code that shows an address to be one's own."""


class ActivateTOTPForm(OurLook, AllauthActivateTOTPForm):
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
        labels = {"language": _("Which language do you prefer?")}
        help_texts = {"language": _("Letters and pages are in English so far; we write in Welsh as soon as we can.")}
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
