"""Say who the scheme is, and prove that its letters arrive."""

from datetime import datetime
from typing import IO, TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stem.audit.record import record
from stem.letters.enums import LetterStatus
from stem.letters.messages import check_address
from stem.letters.models import Letter
from stem.letters.post import post, wake_on_commit
from stem.rules import Kind, refuse
from stem.scheme import notifications
from stem.scheme.identity import forget
from stem.scheme.logos import read_logo
from stem.scheme.models import THE_ONE, Identity, Logo

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def name_scheme(*, name: str, logo: IO[bytes] | None = None, by: "User", at: datetime) -> Identity:
    """Give the scheme its name and, where a file comes with it, its logo.

    Refuses with `scheme_name` what is no name, and with `logo` a file that is no picture we can show.
    """
    identity = _held()
    name = " ".join(name.split())
    if not name:
        raise refuse("scheme_name", Kind.INPUT, _("Enter the name of your scheme."))
    _check_one_line("scheme_name", name)
    if logo is not None:
        _draw(identity, logo)
    identity.name = name
    return _kept(identity, "scheme.name", by=by, at=at)


@transaction.atomic
def remove_logo(*, by: "User", at: datetime) -> Identity:
    """Show the program's own mark in place of the logo."""
    identity = _held()
    identity.logo = None
    return _kept(identity, "scheme.remove_logo", by=by, at=at)


@transaction.atomic
def address_letters(
    *, sender_name: str, sender_email: str, reply_email: str, phone: str, by: "User", at: datetime
) -> Identity:
    """Say from whom letters come and where answers go. A new sender has to be tried again.

    Refuses, under the name of each field, an address that cannot be one and words that would break a letter's head.
    """
    identity = _held()
    given = {"sender_name": sender_name, "sender_email": sender_email, "reply_email": reply_email, "phone": phone}
    for field, text in given.items():
        _check_one_line(field, text)
    for field in ("sender_email", "reply_email"):
        _check_address(field, given[field])
    before = identity.sender
    for field, text in given.items():
        setattr(identity, field, text)
    if identity.sender != before:
        identity.addressed_at = at
        identity.arrived_at = identity.arrived_with = None
    return _kept(identity, "scheme.address_letters", by=by, at=at)


@transaction.atomic
def send_trial_letter(*, by: "User", at: datetime) -> Letter:
    """Owe this person a letter to their own address, through the same post as every other.

    While one of theirs is on its way there is no second: it is tried again at once instead.
    """
    _held()  # two presses in the same instant take turns
    earlier = Letter.objects.trials_of(by)
    under_way = earlier.filter(status__in=[LetterStatus.WAITING, LetterStatus.SENDING]).first()
    if under_way is None:
        last = earlier.values_list("pk", flat=True).first()
        letter = post(notifications.trial_letter, to=by, due_at=at, key=f"{by.pk} after {last}", user_id=by.pk)
    else:
        letter = under_way
        earlier.filter(pk=letter.pk, status=LetterStatus.WAITING).update(next_try_at=at, posted_at=at)
        wake_on_commit()
    record("scheme.send_trial_letter", letter, by=by, at=at)
    return letter


@transaction.atomic
def confirm_arrival(*, by: "User", at: datetime) -> Identity:
    """Note that a test letter has been read where it was sent: the scheme's letters arrive.

    Refuses with `not_sent` when none of this person's has left since letters come from the present sender.
    """
    identity = _held()
    if not Letter.objects.trials_of(by, since=identity.addressed_at).filter(status=LetterStatus.SENT).exists():
        raise refuse("not_sent", Kind.STATE, _("Send yourself a test letter first, and wait until it has been sent."))
    identity.arrived_at, identity.arrived_with = at, by
    return _kept(identity, "scheme.confirm_arrival", by=by, at=at)


def _held() -> Identity:
    """The one row, made if it is not there yet, and held until the transaction ends."""
    Identity.objects.get_or_create(pk=THE_ONE)
    return Identity.objects.select_for_update(of=("self",), no_key=True).get(pk=THE_ONE)


def _kept(identity: Identity, action: str, *, by: "User", at: datetime) -> Identity:
    """Write it down, and let no page in this process say the old words."""
    identity.save()
    Logo.objects.exclude(pk=identity.logo_id or 0).delete()
    record(action, identity, by=by, at=at)
    forget()
    # Again when it stands: another thread may have read the old row in between.
    transaction.on_commit(forget)
    return identity


def _draw(identity: Identity, file: IO[bytes]) -> None:
    """Give the scheme the picture in this file. Refuses with `logo` as `read_logo` does."""
    picture = read_logo(file)
    identity.logo, _is_new = Logo.objects.get_or_create(
        digest=picture.digest,
        defaults={"picture": picture.content, "width": picture.width, "height": picture.height},
    )


def _check_one_line(field: str, text: str) -> None:
    """Refuses, under the field's name, line breaks and what cannot be printed: in a letter's head they end a line."""
    if not text.isprintable():
        raise refuse(field, Kind.INPUT, _("Write it in one line, with letters, figures and ordinary signs only."))


def _check_address(field: str, address: str) -> None:
    """Refuses, under the field's name, what cannot be anybody's address."""
    try:
        check_address(address)
    except ValidationError:
        raise refuse(field, Kind.INPUT, _("Enter an e-mail address, such as scheme@example.org.")) from None
