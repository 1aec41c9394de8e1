"""An employer that the demonstration's scheme tells of its people: a made group, with made figures that go through the
same door as real ones.
"""

import random
from datetime import datetime, timedelta

from ambassadors.models import Ambassador
from demo import cast
from quality.employers.figures import Given, told_of
from quality.models import Employer, EmployerRelease
from quality.operations.counting import agree_to_be_counted
from quality.operations.employers import accept_invitation, add_spelling, invite_lead, set_up_employer
from quality.terms import closed_by, closes_at
from stem.accounts.models import User
from stem.geography.models import Region
from stem.letters.links import find_link, mint_link
from stem.terms import Term

SEED = 11
PEOPLE, TOO_FEW = 14, 4
FIELDS = ("engineering", "computing", "science")
A_WHILE = timedelta(days=90)
# The share of visits that are in the region of most.
HERE = 0.5


def tell_an_employer(coordinator: User, *, at: datetime) -> None:
    """Set a group of firms up, with who reads for it, and tell it of two terms and of one with too few people."""
    began = at - A_WHILE
    group = set_up_employer(name=cast.EMPLOYER, by=coordinator, at=began)
    for firm in cast.FIRMS:
        add_spelling(employer=group, words=firm, by=coordinator, at=began)
    for person in Ambassador.objects.filter(organisation__in=cast.FIRMS, user__isnull=False).select_related("user"):
        assert person.user is not None
        agree_to_be_counted(ambassador=person, by=person.user, at=began)
    email, name = cast.EMPLOYER_LEAD
    lead = invite_lead(employer=group, email=email, by=coordinator, at=began)
    token = mint_link("accept_invitation", lead.pk, expires_at=began + timedelta(days=1))
    accept_invitation(link=find_link("accept_invitation", token, at=began), full_name=name, at=began)
    invite_lead(employer=group, email=cast.SECOND_LEAD, by=coordinator, at=at - timedelta(days=1))
    last = closed_by(at)
    for number, (term, people) in enumerate(((last.before.before, TOO_FEW), (last.before, PEOPLE), (last, PEOPLE))):
        _tell(group, term, people=people, chance=random.Random(SEED + number))


def _tell(employer: Employer, term: Term, *, people: int, chance: random.Random) -> None:
    """Tell of a term in which so many people made some visits each, most of them in one region."""
    regions, given = [str(region.pk) for region in Region.objects.order_by("name")[:3]], Given()
    for person in range(people):
        for visit in range(chance.randint(1, 4)):
            key = 10 * person + visit
            region = regions[0 if chance.random() < HERE else chance.randrange(len(regions))]
            given.pupils[key] = chance.randint(18, 60)
            given.schools.add(chance.randrange(40))
            given.time += timedelta(minutes=chance.choice((60, 60, 90, 120)))
            given.by_person[person] += 1
            given.by_region[region][person] += 1
            given.visits_of[region].add(key)
            given.by_field[chance.choice(FIELDS)][person] += 1
    EmployerRelease.objects.create(
        employer=employer, begins_on=term.first, released_at=closes_at(term) + timedelta(hours=4), told=told_of(given)
    )
