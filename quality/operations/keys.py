"""Changing the key under which everything is kept that only its readers may read."""

from ambassadors.operations.keys import bring_over, rotate_record_keys
from quality.models import Complaint, ComplaintEvent, Concern, ConcernEvent, Glass


def rotate_all_record_keys() -> dict[str, int]:
    """Encrypt anew, under the first key, what vetting keeps and each worry and complaint; how many rows of each.

    What was done about them is among it. It may be run again. Refuses with `unreadable` at the first row that no key
    fits; what was brought over before stands.
    """
    return {
        **rotate_record_keys(),
        "worries": bring_over(Concern.objects.all(), "account"),
        "worry_delays": bring_over(Concern.objects.filter(delayed_because__isnull=False), "delayed_because"),
        "worry_notes": bring_over(ConcernEvent.objects.filter(sealed_note__isnull=False), "sealed_note"),
        "broken_glass": bring_over(Glass.objects.all(), "reason"),
        "complaints": bring_over(Complaint.objects.all(), "account"),
        "complaint_answers": bring_over(Complaint.objects.filter(answer__isnull=False), "answer"),
        "complaint_appeals": bring_over(Complaint.objects.filter(appeal__isnull=False), "appeal"),
        "complaint_second_answers": bring_over(Complaint.objects.filter(second_answer__isnull=False), "second_answer"),
        "complaint_notes": bring_over(ComplaintEvent.objects.filter(sealed_note__isnull=False), "sealed_note"),
    }
