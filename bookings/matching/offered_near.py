"""What people who live near a school offer it, for a letter to a school that has not asked (rule E-20)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from ambassadors.models import Reach
from bookings.matching.counting import HowMany, people_who_go_so_far, rounded
from schools.models import School
from stem.curriculum import SUBJECTS

# So many subjects are named, those first that most people offer.
NAMED = 6


@dataclass(frozen=True)
class OfferedNear:
    """How many could go to a school, and what they would speak of: no more than a school learns of its own requests."""

    people: HowMany
    subjects: list[str]


def offered_near(school: School, *, on: date) -> OfferedNear | None:
    """What is offered by those who go as far as this school, cleared on this day; None without a place."""
    people = people_who_go_so_far(school, on=on)
    if people is None:
        return None
    offered = Reach.objects.filter(ambassador__in=people, subject__in=SUBJECTS).order_by()
    counted = Counter(subject for subject, _person in offered.values_list("subject", "ambassador").distinct())
    most_first = sorted(counted, key=lambda subject: (-counted[subject], str(SUBJECTS[subject].name)))
    return OfferedNear(rounded(len(people)), [str(SUBJECTS[each].name) for each in most_first[:NAMED]])
