"""The sign-in library's own forms, with our words for what is not as it should be."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.recovery_codes import forms as recovery_forms
from allauth.mfa.totp import forms as totp_forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from stem.accounts.forms import OurLook
from stem.audit.record import record


class LoginForm(OurLook, account_forms.LoginForm):
    """An address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page has its own line for those who have forgotten it.
        self.fields["password"].help_text = ""


class RequestLoginCodeForm(OurLook, account_forms.RequestLoginCodeForm):
    """An address that a code is to go to."""


class AddEmailForm(OurLook, account_forms.AddEmailForm):
    """Another address of one's own."""


class ChangeEmailForm(OurLook, account_forms.ChangeEmailForm):
    """Another address in place of one that was mistyped."""


class ChangePasswordForm(OurLook, account_forms.ChangePasswordForm):
    """The password that holds, and the one to come."""


class SetPasswordForm(OurLook, account_forms.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(OurLook, account_forms.ResetPasswordForm):
    """An address whose password is forgotten."""


class ResetPasswordKeyForm(OurLook, account_forms.ResetPasswordKeyForm):
    """The new password, once the code has come."""


class ReauthenticateForm(OurLook, account_forms.ReauthenticateForm):
    """The password once more."""


class OnRecord:
    """A code that is wrong is put on record (L-02)."""

    user: Any

    def clean_code(self) -> str:
        """The code, if it is right."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            record("factor.fail", self.user, by=None, at=timezone.now(), outcome="refused")
            raise
        return code


class AuthenticateForm(OnRecord, OurLook, mfa_forms.AuthenticateForm):
    """A code of the second factor, to sign in."""


class SecondFactorAgainForm(OnRecord, OurLook, mfa_forms.ReauthenticateForm):
    """A code of the second factor once more."""


class DeactivateTOTPForm(OurLook, totp_forms.DeactivateTOTPForm):
    """Giving up the app."""


class GenerateRecoveryCodesForm(OurLook, recovery_forms.GenerateRecoveryCodesForm):
    """New recovery codes in place of the old."""
