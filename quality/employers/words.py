"""Which words of schools may be read by an employer as well, and why others may not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Seat, Visit
from quality.employers.people import Counted, people_counted
from quality.enums import CommentStatus, FeedbackSide
from quality.instruments import load_instrument
from quality.models import Comment, Employer, EmployerQuote
from quality.settling import KEPT_PRIVATE
from quality.terms import closed_by
from stem.rules import Kind, Reason

if TYPE_CHECKING:
    from quality.querysets import CommentQuerySet
    from stem.accounts.models import User

PASSED_ON = (CommentStatus.RELEASED, CommentStatus.REDACTED)
# Words of schools' names that tell no two of them apart.
OF_MANY_SCHOOLS = frozenset(
    {"school", "academy", "college", "primary", "secondary", "high", "junior", "infant", "the", "of", "and", "science"}
)
SHORTEST_NAME = 3


@dataclass(frozen=True)
class Candidate:
    """Words that an employer may be let read: as they were passed on, and what speaks against it."""

    comment: Comment
    words: str
    employer: str
    is_chosen: bool
    named: str


def candidates(user: "User", *, people: Mapping[int, Counted], at: datetime) -> "CommentQuerySet":
    """Words that were passed on about these people, who are counted, of terms yet to be told of."""
    came = Seat.objects.leads().filter(status=SeatStatus.TAKEN, ambassador__in=people)
    visits = Visit.objects.filter(
        status=VisitStatus.DELIVERED, starts_at__gte=closed_by(at).after.begins_at, pk__in=came.values("visit")
    )
    rows = Comment.objects.visible_to(user).filter(
        status__in=PASSED_ON,
        is_private=False,
        feedback__side=FeedbackSide.TEACHER,
        feedback__visit__in=visits.values("pk"),
    )
    rows = rows.annotate(is_chosen=Exists(EmployerQuote.objects.filter(comment=OuterRef("pk"))))
    return rows.select_related("feedback__visit__request__school").order_by("-feedback__submitted_at", "-pk")


def listed(comments: list[Comment], *, people: Mapping[int, Counted]) -> list[Candidate]:
    """These with their employers and whom they seem to name; in two queries however many there are."""
    came = _who_came(comments)
    employers = dict(Employer.objects.values_list("pk", "name"))
    return [
        Candidate(
            comment=each,
            words=_passed(each),
            employer=", ".join(sorted({employers[counted.employer] for counted in _counted(each, came, people)})),
            is_chosen=vars(each)["is_chosen"],
            named=named_in(each, came.get(each.feedback.visit_id, [])),
        )
        for each in comments
    ]


def reasons_not_to_quote(comment: Comment, *, at: datetime) -> list[Reason]:
    """Why an employer may not read this: `not_passed_on`, `not_told`, `not_counted` or `names_somebody`."""
    came = _who_came([comment])
    form, people = comment.feedback, people_counted(written_by=at)
    reasons = []
    if comment.status not in PASSED_ON or comment.is_private or form.side != FeedbackSide.TEACHER:
        reasons.append(Reason("not_passed_on", Kind.STATE, _("Only what a school lets others read may be read there.")))
    starts_at, first = form.visit.starts_at, closed_by(at).after.begins_at
    assert starts_at is not None and form.submitted_at is not None
    counted = [each for each in _counted(comment, came, people) if each.since <= starts_at and starts_at >= first]
    sets_up = dict(Employer.objects.values_list("pk", "set_up_at"))
    if not counted:
        words = _("Nobody who came is counted for their employer, or this term was told of already.")
        reasons.append(Reason("not_counted", Kind.STATE, words))
    elif not _was_told(comment) or all(form.submitted_at < sets_up[each.employer] for each in counted):
        words = _("Whoever wrote this did not know that an employer may read it.")
        reasons.append(Reason("not_told", Kind.STATE, words))
    if name := named_in(comment, came.get(form.visit_id, [])):
        words = _("It names somebody or a place: “%(name)s”. Strike that out first.") % {"name": name}
        reasons.append(Reason("names_somebody", Kind.STATE, words))
    return reasons


def _counted(comment: Comment, came: dict[int, list[Ambassador]], people: Mapping[int, Counted]) -> list[Counted]:
    here = came.get(comment.feedback.visit_id, [])
    return [people[person.pk] for person in here if person.pk in people]


def _who_came(comments: list[Comment]) -> dict[int, list[Ambassador]]:
    visits = {each.feedback.visit_id for each in comments}
    seats = Seat.objects.leads().filter(status=SeatStatus.TAKEN, visit__in=visits).select_related("ambassador")
    found: dict[int, list[Ambassador]] = {}
    for seat in seats.order_by("pk"):
        assert seat.ambassador is not None
        found.setdefault(seat.visit_id, []).append(seat.ambassador)
    return found


def _was_told(comment: Comment) -> bool:
    """Whether the form asks if comments may be read by others: of others nobody has agreed to it."""
    return any(each.code == KEPT_PRIVATE for each in load_instrument(comment.feedback.instrument).questions)


def _passed(comment: Comment) -> str:
    return str(comment.feedback.shared_words.get(comment.code, ""))


def named_in(comment: Comment, came: list[Ambassador]) -> str:
    """The first word that is a name of whoever came, of the staff there, or of the school or its town; "" if none.

    A reader's help, and no more: it knows no nicknames.
    """
    written = re.findall(r"\w+", _passed(comment))
    folded = {word.casefold(): word for word in written}
    visit = comment.feedback.visit
    of_people = " ".join([*_names(came), visit.supervising_adult, visit.safeguarding_lead])
    for name in re.findall(r"\w+", of_people):
        if len(name) >= SHORTEST_NAME and name.casefold() in folded:
            return folded[name.casefold()]
    school = visit.request.school
    places = set(re.findall(r"\w+", f"{school.name} {school.town}"))
    named = (each for each in written if each in places and each.casefold() not in OF_MANY_SCHOOLS)
    return next((each for each in named if each[0].isupper()), "")


def _names(came: list[Ambassador]) -> Iterator[str]:
    for person in came:
        yield f"{person.full_name} {person.known_as} {person.organisation}"
