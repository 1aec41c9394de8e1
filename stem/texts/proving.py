"""Opting in by a code that comes to the number, and opting out: each for oneself alone."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stem.accounts.models import User
from stem.audit.record import record
from stem.rules import Kind, refuse
from stem.texts.codes import is_code, new_seed
from stem.texts.facts import code_for_number
from stem.texts.models import CODE_GOOD_FOR, TRIES, NumberProof, TextNumber
from stem.texts.post import post_text


@transaction.atomic
def ask_for_code(*, user: User, number: str, at: datetime) -> None:
    """Have a code sent to a number, to show that it is one's own; one that was sent before opens nothing any more.

    The number in use until now stays in use. Refuses with `number` when it is that very one.
    """
    # Whoever presses twice waits here: there is one row for the two.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if TextNumber.objects.filter(user=user, number=number).exists():
        raise refuse("number", Kind.INPUT, _("This is the number to which texts come already."))
    proof, _is_new = NumberProof.objects.update_or_create(
        user=user, defaults={"number": number, "seed": new_seed(), "asked_at": at, "tries": 0}
    )
    record("texts.ask_for_code", user, by=user, at=at)
    post_text(
        code_for_number,
        {"proof_id": proof.pk, "asked_at": at.isoformat()},
        to=user,
        until=proof.runs_out_at,
        at=at,
        at_any_hour=True,
    )


def prove_number(*, user: User, code: str, at: datetime) -> None:
    """Show by its code that a number is one's own: from now on texts come to it.

    Each try is counted before it is looked at, and stays counted. Refuses with `code` when it is not the code, and with
    `used_up` when there is none to look at: it has run out, or was tried three times.
    """
    waiting = NumberProof.objects.filter(user=user, asked_at__gt=at - CODE_GOOD_FOR)
    if not waiting.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        waiting.filter(tries__gte=TRIES).delete()
        raise refuse("used_up", Kind.STATE, _("This code has run out. Ask for another."))
    with transaction.atomic():
        proof = waiting.select_for_update(no_key=True).first()
        if proof is not None and is_code(code, seed=proof.seed, number=proof.number):
            TextNumber.objects.update_or_create(user=user, defaults={"number": proof.number, "proven_at": at})
            proof.delete()
            record("texts.opt_in", user, by=user, at=at)
            return
    left = TRIES - proof.tries if proof is not None else 0
    if not left:
        waiting.filter(tries__gte=TRIES).delete()
        raise refuse("used_up", Kind.STATE, _("That was not the code, three times. Ask for another."))
    words = ngettext(
        "That is not the code. You may try once more.", "That is not the code. You may try %(n)d times more.", left
    )
    raise refuse("code", Kind.INPUT, words % {"n": left})


@transaction.atomic
def stop_texts(*, user: User, by: User | None, at: datetime) -> None:
    """Have no more texts: the number is forgotten, and what has not left stays here. Said twice, it is said once."""
    numbers, _each = TextNumber.objects.filter(user=user).delete()
    proofs, _each = NumberProof.objects.filter(user=user).delete()
    if numbers or proofs:
        record("texts.opt_out", user, by=by, at=at)
