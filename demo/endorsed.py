"""What Tom of the demonstration gave: visits, words of schools that others may read, and the page that shows them."""

from datetime import timedelta
from typing import Any

from ambassadors.models import Ambassador
from bookings.matching.ranking import rank, wanted_for
from bookings.models import Visit
from bookings.operations.offers import accept_offer
from demo.asked import BRIDGES, PLEASED_AMBASSADOR, PLEASED_TEACHER, RAILWAYS
from demo.story import Teller
from quality.enums import FeedbackSide
from quality.models import Comment, Feedback
from quality.operations.endorsing import make_endorsement, pick_words
from quality.operations.feedback import invite_feedback, submit_feedback
from quality.operations.reading import release_comment
from schools.models import Contact

WHO = "Tom Okafor"
# What was asked for, how many working days ago the visit was, how many pupils came, and what the teacher wrote of it.
GAVE = (
    (
        {**BRIDGES, "year_groups": "Year 9", "activity": "careers_talk"},
        *(-44, "31", "He let them load a model bridge until it gave way, and then asked what they would change."),
    ),
    (
        {**RAILWAYS, "year_groups": "Year 11"},
        *(-33, "54", "Nobody had told them that one can be paid while learning. Three asked for the address."),
    ),
    ({**BRIDGES, "year_groups": "Year 10", "activity": "careers_talk"}, *(-23, "28", "")),
)


def tell_of_what_tom_gave(teller: Teller, contact: Contact) -> None:
    """He has been to one school three times, and shows to others what it wrote."""
    tom = Ambassador.objects.get(full_name=WHO)
    assert tom.user is not None
    visits = [_held(teller, contact, tom, answers, lesson) for answers, lesson, _pupils, _words in GAVE]
    invite_feedback(at=teller.at(-0.1))
    for visit, (_answers, _lesson, pupils, words) in zip(visits, GAVE, strict=True):
        said = {"TF3": pupils, "T12": words, "T17": "yes"} if words else {"TF3": pupils}
        for side, answers in (
            (FeedbackSide.TEACHER, {**PLEASED_TEACHER, **said}),
            (FeedbackSide.AMBASSADOR, PLEASED_AMBASSADOR),
        ):
            form = Feedback.objects.get(visit=visit, side=side)
            submit_feedback(feedback=form, answers=answers, by=None, at=teller.at(-0.08))
    may_be_shown = [visit for visit, (*_visit, words) in zip(visits, GAVE, strict=True) if words]
    for each in Comment.objects.filter(feedback__visit__in=may_be_shown, code="T12"):
        release_comment(comment=each, by=teller.coordinator, at=teller.at(-0.05))
    shown = Feedback.objects.filter(visit__in=may_be_shown, side=FeedbackSide.TEACHER)
    forms = list(shown.values_list("pk", flat=True))
    pick_words(ambassador=tom, forms=forms, by=tom.user, at=teller.now)
    make_endorsement(ambassador=tom, by=tom.user, at=teller.now)


def _held(teller: Teller, contact: Contact, tom: Ambassador, answers: dict[str, Any], lesson: int) -> Visit:
    """A visit that he was asked for and made."""
    asked = -85.0
    request = teller.ask(contact, answers, days=asked, lessons=[lesson])
    visit, at = request.visits.get(), teller.at(asked + 1)
    match = next(each for each in rank(wanted_for(visit, at=at), at=at) if each.ambassador.pk == tom.pk)
    offer = teller.invite_person(request, match, days=asked + 1)
    starts_at, later = request.possible_times.all()[0].starts_at, at + timedelta(days=1)
    assert tom.user is not None
    accept_offer(offer=offer, starts_at=starts_at, by=tom.user, at=later)
    return teller.confirm(Visit.objects.get(pk=visit.pk), days=asked + 4)
