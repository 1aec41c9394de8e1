"""Which of the letters that one may do without someone wants: kept by account, and obeyed as a letter leaves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.module_loading import import_string

from stem.accounts.models import User
from stem.audit.record import record
from stem.letters.kinds import LetterKind, kind_of
from stem.letters.models import Letter, UnwantedKind

SALT = "stem.letters.choices"


@dataclass(frozen=True)
class StopKey:
    """Whose letters of which kind an address in a letter stops."""

    user: User
    kind: LetterKind


@transaction.atomic
def choose_letters(*, user: User, wanted: Collection[LetterKind], among: Collection[LetterKind], at: datetime) -> None:
    """Want these of the kinds that may be chosen `among`, and none of its others; what is always sent is no choice."""
    # Whoever presses twice waits here: the rows are made for one of the two.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    chosen_among = {kind for kind in among if kind.is_optional}
    before = set(UnwantedKind.objects.filter(user=user).values_list("kind", flat=True))
    stopped = chosen_among - set(wanted) - before
    resumed = before & (chosen_among & set(wanted))
    UnwantedKind.objects.filter(user=user, kind__in=resumed).delete()
    UnwantedKind.objects.bulk_create(UnwantedKind(user=user, kind=kind, since=at) for kind in sorted(stopped))
    if stopped or resumed:
        record("letters.choose", user, by=user, at=at)


def stop_letters(*, user: User, kind: LetterKind, at: datetime) -> None:
    """Want no more letters of this kind; said twice, it is said once."""
    choose_letters(user=user, wanted=(), among=(kind,), at=at)


def resume_letters(*, user: User, kind: LetterKind, at: datetime) -> None:
    """Want letters of this kind again."""
    choose_letters(user=user, wanted=(kind,), among=(kind,), at=at)


def unwanted_by(user: User) -> set[str]:
    """The kinds of letter that this person does without."""
    return set(UnwantedKind.objects.filter(user=user).values_list("kind", flat=True))


def is_wanted(letter: Letter, unwanted: Collection[str] | None = None) -> bool:
    """Whether the reader would have this letter: always, unless they have an account and have said no to its kind.

    `unwanted` are the kinds that they do without, where that has been read already.
    """
    kind = kind_of(import_string(letter.fact))
    if kind is None or not kind.is_optional or letter.recipient_id is None:
        return True
    if unwanted is not None:
        return kind not in unwanted
    return not UnwantedKind.objects.filter(user=letter.recipient_id, kind=kind).exists()


def stop_key(user: User, kind: LetterKind) -> str:
    """What stands in an address that stops this kind of letter to this person. It opens nothing else, and for ever."""
    return _signer().sign_object([user.pk, kind.value])


def read_stop_key(key: str) -> StopKey | None:
    """Whose letters this key stops; None when it was made up, the account is closed or the kind always sent."""
    try:
        user_id, word = _signer().unsign_object(key)
        kind = LetterKind(word)
    except (BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return StopKey(user, kind) if user is not None and kind.is_optional else None


def _signer() -> Signer:
    # A dot reads well in an address; what is signed has none.
    return Signer(salt=SALT, sep=".")
