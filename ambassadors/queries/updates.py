"""Whether the update service may be asked about a certificate, and what came of it, as officers and people read it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from ambassadors.eligibility import check_can_be_asked
from ambassadors.enums import TAKES_NO_PART, CheckBody
from ambassadors.models import Ambassador, Check, StatusCheck
from stem.history import Happening, happening
from stem.rules import Audience, why_not
from stem.wording import day_in_words


@dataclass(frozen=True)
class ToldUpdates:
    """What an officer reads about a certificate and the update service."""

    # whether it is a certificate that could be relied on; what happened with another is history alone
    stands: bool
    agreed_at: datetime | None
    last: StatusCheck | None
    # how many answers there are: a page that shows fewer is an older one
    seen: int
    # why it may not be asked now, or nothing
    why_not: str
    happened: list[Happening]


@dataclass(frozen=True)
class OwnUpdates:
    """What someone reads about their own certificate and the update service."""

    agreed_at: datetime | None
    # the last day on which the check counts by itself, if that is still to come
    counts_until: date | None = None


def told_of_updates(check: Check, *, at: datetime) -> ToldUpdates | None:
    """What an officer is told; None of a certificate that the service cannot know, or that is not decided."""
    if check.body != CheckBody.DBS or check.decided_on is None:
        return None
    consents = list(check.consents.all())
    answers = list(check.status_checks.select_related("checked_by"))
    refusal = why_not(check_can_be_asked, check, seen=len(answers), at=at)
    person, agreed = check.ambassador.full_name, [each for each in consents if each.withdrawn_at is None]
    why = refusal.told_to(Audience.ENTITLED) if refusal else ""
    if consents and not agreed and refusal is not None and "no_consent" in refusal.codes:
        day = max(each.withdrawn_at for each in consents if each.withdrawn_at)
        why = _("They took it back on %(day)s. If they wish it again, they say so on their own page.")
        why %= {"day": day_in_words(day)}
    happened = [
        happening(_("Update service: %(answer)s") % {"answer": each.get_result_display()}, at=each.checked_at,
                  by=str(each.checked_by), on_behalf_of="", notes=())
        for each in answers
    ]  # fmt: skip
    for each in consents:
        said = [(_("Agreed to the update service"), each.given_at)]
        said += [(_("Took back the consent to it"), each.withdrawn_at)] if each.withdrawn_at else []
        happened += [happening(words, at=when, by=person, on_behalf_of="", notes=()) for words, when in said]
    return ToldUpdates(
        stands=refusal is None or "state" not in refusal.codes,
        agreed_at=agreed[0].given_at if agreed else None,
        last=answers[-1] if answers else None,
        seen=len(answers),
        why_not=why,
        happened=happened,
    )


def own_updates(ambassador: Ambassador, *, on: date) -> OwnUpdates | None:
    """What someone is told on a day, in two queries; None where none of their certificates can be relied on."""
    check = relied_on(ambassador)
    if check is None or ambassador.status in TAKES_NO_PART:
        return None
    last = check.requirement.last_day if check.requirement is not None else None
    agreed = check.consents.filter(withdrawn_at=None).values_list("given_at", flat=True)
    return OwnUpdates(agreed.first(), last if last is not None and last >= on else None)


def relied_on(ambassador: Ambassador) -> Check | None:
    """The certificate of this person about which the service can be asked, if there is one."""
    return ambassador.checks.relied_on().select_related("requirement").first()
