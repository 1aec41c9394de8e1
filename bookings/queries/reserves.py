"""Who waits in reserve for a visit, should a place in it be free again."""

from django.db.models import Exists, OuterRef

from ambassadors.enums import AmbassadorStatus
from bookings.models import KeptApart, Offer, Reserve, Visit
from bookings.queries.boards import NOT_ASKED_AGAIN


def reserves_of(visit: Visit) -> list[int]:
    """The keys of whoever waits in reserve for this visit and can still be asked, in the order in which they said so.

    Who has left or takes a break, has been asked anew or has said no since, or had better not meet the school, is not
    among them. Whether they are cleared and free at its time is for `matching.shortlist.match_of` to say of each.
    """
    asked = Offer.objects.to_lead().filter(visit=visit, ambassador=OuterRef("ambassador"), status__in=NOT_ASKED_AGAIN)
    apart = KeptApart.objects.filter(school=visit.request.school_id, ambassador=OuterRef("ambassador"))
    waiting = Reserve.objects.filter(visit=visit, withdrawn_at=None, ambassador__status=AmbassadorStatus.ACTIVE)
    waiting = waiting.filter(~Exists(asked), ~Exists(apart)).order_by("said_at", "pk")
    return list(waiting.values_list("ambassador", flat=True))
