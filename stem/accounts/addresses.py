"""The e-mail address that someone has shown to be theirs."""

from allauth.account.models import EmailAddress

from stem.accounts.models import User


def verified_address_of(user: User) -> str:
    """The address they sign in with and get our letters at, if they have verified it; otherwise "".

    Not any other that they verified once: people keep old addresses on their account long after they have left a job.
    """
    rows = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
    return user.email if rows.exists() else ""
