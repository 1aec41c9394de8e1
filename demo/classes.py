"""What pupils of the demonstration said of two visits: one is over and told, one is being asked."""

from itertools import cycle, islice
from uuid import UUID

from bookings.models import Visit
from quality.operations.polls import begin_poll, end_poll, hand_in
from schools.models import Contact

# Sheets that take turns: what a class of different people thinks.
SHEETS = (
    {"P6B": "2", "P6N": "4", "P7B": "1", "P7N": "4", "P9B": "2", "P9N": "4", "P8B": "4", "P8N": "5", "P11": "5"},
    {"P6B": "3", "P6N": "5", "P7B": "2", "P7N": "3", "P9B": "3", "P9N": "3", "P8B": "3", "P8N": "4", "P11": "4"},
    {"P6B": "4", "P6N": "4", "P7B": "2", "P7N": "5", "P9B": "1", "P9N": "2", "P8B": "2", "P8N": "2", "P11": "4"},
)
ALIKE = {"P5": "4", "P10": "5", "P12": "4"}
REMARK = "That she failed her first exam and is an engineer all the same."


def ask_class(visit: Visit, contact: Contact, *, sheets: int, is_over: bool) -> None:
    """Ask the class of a visit right after it, and let so many answer."""
    assert visit.ends_at is not None
    at, by = visit.ends_at, contact.user
    poll = begin_poll(visit=visit, by_hands=False, by=by, at=at)
    for number, sheet in enumerate(islice(cycle(SHEETS), sheets)):
        remark = {"P13": REMARK} if number == 0 else {}
        hand_in(poll=poll, answers={**sheet, **ALIKE, **remark}, slip=UUID(int=number), at=at)
    if is_over:
        end_poll(poll=poll, by=by, at=at)
