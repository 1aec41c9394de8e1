"""Letters about a person's standing, one function a fact."""

from datetime import datetime

from ambassadors.eligibility import comment_until, nation_of
from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Application
from stem.letters.drafts import Draft, Envelope, confidential
from stem.moments import day_of


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


def more_asked_for(draft: Draft, *, ambassador_id: int, asked_at: str) -> Envelope | None:
    """We need something more from you, in an officer's words. Silent once they have answered, or were asked anew."""
    application = _in_vetting(ambassador_id)
    if application is None or application.answered_at or application.asked_at != datetime.fromisoformat(asked_at):
        return None
    return _to(application.ambassador, asked_for=application.asked_for, page=draft.page("answer_asked"))


@confidential
def decline_proposed(draft: Draft, *, ambassador_id: int, proposed_at: str) -> Envelope | None:
    """We think of saying no, and you may comment first (rule V-33). What it is about stands in no e-mail."""
    application = _in_vetting(ambassador_id)
    moment = datetime.fromisoformat(proposed_at)
    if application is None or application.decline_proposed_at != moment:
        return None
    person = application.ambassador
    return _to(person, until=comment_until(day_of(moment), nation_of(person)), contact=draft.page("contact"))


@confidential
def vetting_goes_on(draft: Draft, *, ambassador_id: int, taken_back_at: str) -> Envelope | None:
    """We no longer think of saying no. Silent when it has been proposed again since."""
    application = _in_vetting(ambassador_id)
    if application is None or application.decline_proposed_at is not None:
        return None
    return _to(application.ambassador, home=draft.page("ambassador_home"))


def draft_waits(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """What you began is still here. Sent once, and not to someone who has gone on meanwhile."""
    ambassador = Ambassador.objects.filter(pk=ambassador_id, status=AmbassadorStatus.DRAFT).first()
    return _to(ambassador, join=draft.page("join_as_ambassador"), contact=draft.page("contact")) if ambassador else None


def _in_vetting(ambassador_id: int) -> Application | None:
    rows = Application.objects.filter(ambassador=ambassador_id, ambassador__status=AmbassadorStatus.VETTING)
    return rows.select_related("ambassador").first()
