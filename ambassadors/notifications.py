"""Letters about a person's standing, one function a fact."""

from datetime import datetime

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from stem.accounts.models import User
from stem.letters.drafts import Draft, Envelope, about, confidential
from stem.letters.kinds import LetterKind


def _to(ambassador: Ambassador, **context: object) -> Envelope:
    return Envelope(ambassador.full_name, ambassador.reached_at, {"ambassador": ambassador, **context})


def _person(ambassador_id: int, status: AmbassadorStatus) -> Ambassador | None:
    return Ambassador.objects.filter(pk=ambassador_id, status=status).select_related("user").first()


@about(LetterKind.VETTING)
def application_received(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """We have your registration, and this is what happens next."""
    ambassador = _person(ambassador_id, AmbassadorStatus.VETTING)
    return _to(ambassador, home=draft.page("ambassador_home")) if ambassador else None


@about(LetterKind.VETTING)
def application_approved(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """You are an ambassador; schools can now be offered your time."""
    ambassador = _person(ambassador_id, AmbassadorStatus.ACTIVE)
    return _to(ambassador, home=draft.page("ambassador_home")) if ambassador else None


@about(LetterKind.VETTING)
def application_declined(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """We cannot take you on, and this is how to ask about it. The reason itself is not put in an e-mail."""
    ambassador = _person(ambassador_id, AmbassadorStatus.DECLINED)
    return _to(ambassador, contact=draft.page("contact")) if ambassador else None


@about(LetterKind.SAFEGUARDING)
@confidential
def left_under_hold(draft: Draft, *, ambassador_id: int, user_id: int, left_at: str) -> Envelope | None:
    """Someone left while a safeguarding hold stood: whether to refer them is still to be decided (rule C-04)."""
    ambassador = _person(ambassador_id, AmbassadorStatus.LEFT)
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if ambassador is None or reader is None:
        return None
    context = {
        "ambassador": ambassador,
        "left_at": datetime.fromisoformat(left_at),
        "page": draft.page("concerns"),
    }
    return Envelope(reader.full_name, reader.email, context)
