"""Employers, who reads for them, and their people who agreed to be counted."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from ambassadors.models import Ambassador
from bookings.enums import VisitStatus
from bookings.models import Visit
from quality.employers.names import key_of
from quality.models import (
    Employer,
    EmployerAgreement,
    EmployerLead,
    EmployerQuote,
    EmployerRelease,
    EmployerSpelling,
    Feedback,
)
from stem.accounts.models import User
from tests.make.accounts import LONG_AGO
from tests.make.accounts import user as make_user
from tests.make.ambassadors import ambassador
from tests.make.bookings import FIRST_TIME
from tests.make.bookings import request as make_request
from tests.make.bookings import visit as make_visit
from tests.make.quality import AFTER, TEACHER_SAYS, comment, feedback
from tests.make.releases import LAST_TERM
from tests.make.schools import contact

_numbers = count(1)
# As much as may be told of a term.
TOLD = {
    "visits": 15,
    "hours": 20,
    "pupils": 405,
    "schools": 10,
    "regions": [[["North"], 10], [["South", "Wales"], 5]],
    "fields": ["engineering"],
    "words": [],
}


def employer(name: str = "Northern Bridges", *, spellings: tuple[str, ...] = (), at: datetime = LONG_AGO) -> Employer:
    """An employer that is told of its people, written as its name and in these ways too."""
    made = Employer.objects.create(name=name, set_up_by=make_user(), set_up_at=at)
    for words in (name, *spellings):
        EmployerSpelling.objects.create(employer=made, words=words, key=key_of(words), added_at=at)
    return made


def employer_lead(of: Employer | None = None, *, user: User | None = None, accepted: bool = True) -> EmployerLead:
    """Somebody who reads for it; or who was asked to, and has not answered."""
    reader = user or (make_user(name="Lea Lead") if accepted else None)
    return EmployerLead.objects.create(
        employer=of or employer(f"Works {next(_numbers)}"),
        email="" if reader else f"lead{next(_numbers)}@work.example",
        user=reader,
        invited_by=make_user(),
        invited_at=LONG_AGO,
        accepted_at=LONG_AGO if accepted else None,
    )


def employer_agreement(person: Ambassador, *, at: datetime = LONG_AGO) -> EmployerAgreement:
    """That somebody is counted for the employer of their profile."""
    key = key_of(person.organisation)
    return EmployerAgreement.objects.create(ambassador=person, key=key, agreed_at=at)


def employer_release(of: Employer, *, told: dict[str, Any] | None = None, **columns: Any) -> EmployerRelease:
    """That it was told of a term."""
    return EmployerRelease.objects.create(
        **{
            "employer": of,
            "begins_on": LAST_TERM.first,
            "released_at": AFTER,
            "told": TOLD if told is None else told,
            **columns,
        }
    )


def counted_visit(
    person: Ambassador | None = None, *, works_for: str = "Northern Bridges", agreed: bool = True, **columns: Any
) -> Visit:
    """A delivered visit, each at an hour of its own, of somebody who agreed to be counted for who they work for."""
    if person is None:
        person = ambassador(organisation=works_for)
        if agreed:
            employer_agreement(person)
    begins = FIRST_TIME[0] + timedelta(hours=2 * next(_numbers) % 240)
    school = columns.pop("school", None)
    asked = make_request(**{"contact": contact(school=school), "pupils": 27, **columns})
    return make_visit(
        request=asked, ambassador=person, status=VisitStatus.DELIVERED, time=(begins, begins + timedelta(hours=1))
    )


def employer_quote(visit: Visit, words: str = "They held their breath") -> EmployerQuote:
    """Words of a school about a visit, which were passed on and which the employer may read."""
    form: Feedback = feedback(visit=visit, answers={**TEACHER_SAYS, "T12": words})
    form.shared_words, form.shared_at = {"T12": words}, AFTER
    form.save()
    passed_on = comment(form, status="released")
    return EmployerQuote.objects.create(comment=passed_on, chosen_by=make_user(), chosen_at=AFTER)
