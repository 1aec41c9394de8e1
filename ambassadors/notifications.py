"""Letters about a person's standing, one function a fact."""

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from stem.letters.drafts import Draft, Envelope


def _to(ambassador: Ambassador, **context: object) -> Envelope:
    return Envelope(ambassador.full_name, ambassador.email, {"ambassador": ambassador, **context})


def application_received(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """We have your registration, and this is what happens next."""
    ambassador = Ambassador.objects.filter(pk=ambassador_id, status=AmbassadorStatus.VETTING).first()
    return _to(ambassador, home=draft.page("ambassador_home")) if ambassador else None


def application_approved(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """You are an ambassador; schools can now be offered your time."""
    ambassador = Ambassador.objects.filter(pk=ambassador_id, status=AmbassadorStatus.ACTIVE).first()
    return _to(ambassador, home=draft.page("ambassador_home")) if ambassador else None


def application_declined(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """We cannot take you on, and this is how to ask about it. The reason itself is not put in an e-mail."""
    ambassador = Ambassador.objects.filter(pk=ambassador_id, status=AmbassadorStatus.DECLINED).first()
    return _to(ambassador, contact=draft.page("contact")) if ambassador else None
