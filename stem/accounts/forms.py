"""What people say about themselves when they join, and later."""

import struct
from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context as allauth_context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn import forms as passkey_forms
from allauth.socialaccount.forms import SignupForm as AllauthProviderSignupForm
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

PASSKEY_NAME = 60

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


# The library's fields, as our pages call them everywhere.
OUR_LABELS = {
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "remember": _("Keep me signed in on this device"),
}


class OurLook(PlainWords):
    """A form mixin: the library's fields without the words that it writes inside them, which repeat the label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = OUR_LABELS.get(name, field.label)
        # Its sentences name the field.
        self.say_what_is_missing()


class AboutOneself(forms.Form):
    """What everyone says of themselves on joining, whichever way they come."""

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

    def save(self, request: HttpRequest) -> "AbstractBaseUser":
        """Make the account, with what they say about themselves."""
        user: AbstractBaseUser = super().save(request)  # type: ignore[misc]  # the library's form stands behind this one
        if isinstance(user, User):
            said = ["full_name", "known_as", "language"]
            for name in said:
                setattr(user, name, self.cleaned_data[name])
            user.save(update_fields=said)
        return user


class SignupForm(OurLook, AboutOneself, allauth_forms.SignupForm):
    """Joining: a name, an address and a password."""

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


class ProviderSignupForm(OurLook, AboutOneself, AllauthProviderSignupForm):
    """Joining by another service: a name and an address, and no password."""

    field_order = ["full_name", "known_as", "email", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("E-mail address")
        if any(each.verified for each in self.sociallogin.email_addresses):
            email.disabled = True
            email.help_text = _("The service that signs you in vouches for it. You can change it later.")
        else:
            email.help_text = _("We send a code to it to see that it is yours.")


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


# What the libraries throw when what is sent is no passkey's answer.
NO_PASSKEY = (KeyError, TypeError, ValueError, AttributeError, IndexError, struct.error)


class ReadsPasskey(OurLook):
    """A form mixin: whatever is sent in place of a passkey's answer is a wrong answer, and no error of ours."""

    def clean_credential(self) -> Any:
        """The passkey that answered."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # the library's form stands behind this one
        except NO_PASSKEY as error:
            raise get_mfa_adapter().validation_error("incorrect_code") from error


class SignInWithPasskeyForm(ReadsPasskey, passkey_forms.LoginWebAuthnForm):
    """Signing in by a passkey alone."""


class UsePasskeyForm(ReadsPasskey, passkey_forms.AuthenticateWebAuthnForm):
    """A passkey as the second factor, after a password or a code."""


class ConfirmWithPasskeyForm(ReadsPasskey, passkey_forms.ReauthenticateWebAuthnForm):
    """A passkey to show that it is still oneself."""


class AddPasskeyForm(OurLook, passkey_forms.AddWebAuthnForm):
    """Adding a passkey. Making it asked for a finger, a face or a PIN: a second factor used, in this very sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Every key of ours can sign in by itself: there is no other kind to choose.
        del self.fields["passwordless"]
        name = self.fields["name"]
        name.label, name.help_text = _("Name"), _("So that you know it from others: where you keep it, say.")
        name.widget.attrs["maxlength"] = PASSKEY_NAME

    def clean_name(self) -> str:
        """The name, cut where it does not fit: the passkey is made by then, and may not be turned away."""
        name: str = super().clean_name()[:PASSKEY_NAME]
        return name

    def clean(self) -> dict[str, Any]:
        """The passkey as its maker confirmed it; from now on staff pages open without asking for another factor."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except NO_PASSKEY as error:
            raise get_mfa_adapter().validation_error("incorrect_code") from error
        if cleaned.get("credential"):
            record_authentication(allauth_context.request, self.user, method="mfa", type="webauthn")
        return cleaned


class RenamePasskeyForm(OurLook, passkey_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name"), max_length=PASSKEY_NAME)


class AccountForm(HouseModelForm):
    """One's own details."""

    class Meta:
        model = User
        fields = ["full_name", "known_as", "phone", "language"]
        widgets = {
            "full_name": forms.TextInput({"autocomplete": "name"}),
            "known_as": forms.TextInput({"autocomplete": "nickname"}),
            "phone": forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
            "language": forms.RadioSelect,
        }
        labels = {
            "full_name": _("Your full name"),
            "known_as": _("What we may call you"),
            "phone": _("Telephone"),
            "language": _("Which language do you prefer?"),
        }
        help_texts = {"language": _("Letters and pages are in English so far; we write in Welsh as soon as we can.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An account may begin without a name, such as a first administrator's; nobody empties theirs afterwards.
        self.fields["full_name"].required = True
        self.fields["known_as"].help_text = _("Without it, we use your first name.")


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
