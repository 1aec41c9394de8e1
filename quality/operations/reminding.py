"""Saying that a worry waits: once when its clock turns amber, and once more when it turns red (rule 2.9)."""

from datetime import datetime

from django.db import transaction

from quality import notifications
from quality.enums import ConcernStatus
from quality.models import Concern
from quality.operations.suspensions import leads
from quality.queries import WorryListed, worry_listed
from stem.letters.post import post


def remind_of_worries(*, at: datetime) -> int:
    """Write to every safeguarding lead of each worry that is past its target or its limit; how many those are.

    A sweep: a lead hears once of each colour of each clock, and never of a worry that is about them.
    """
    rows = Concern.objects.with_clock().select_related("visit__request__school", "ambassador")
    late = [listed for listed in (worry_listed(each, at=at) for each in rows) if listed.is_late]
    for listed in late:
        with transaction.atomic():
            _remind(listed, at)
    return len(late)


def _remind(listed: WorryListed, at: datetime) -> None:
    """Owe each lead who may read it the letter of this clock and colour."""
    concern = listed.concern
    for lead in leads(at):
        if Concern.objects.visible_to(lead).filter(pk=concern.pk).exists():
            post(
                notifications.concern_waits,
                to=lead,
                due_at=at,
                concern_id=concern.pk,
                user_id=lead.pk,
                is_harm=int(concern.status == ConcernStatus.HARM_THRESHOLD),
                is_over=int(listed.is_over),
            )
