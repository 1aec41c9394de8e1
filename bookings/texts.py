"""Texts about near visits, one function a fact; None when it is true no longer.

What, when, at which school, and a page that asks to sign in: never a person's name, a reason, or anything of vetting. A
text is read on a locked telephone that lies on a table.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q
from django.utils import dateformat
from django.utils.translation import gettext as _

from bookings.enums import HAS_PEOPLE, VisitStatus
from bookings.envelopes import visit_as_posted
from bookings.models import Visit
from stem.letters.drafts import Draft
from stem.texts.drafts import TextWords
from stem.texts.gsm import in_one_text
from stem.wording import clock_in_words, in_london


def visit_called_off(draft: Draft, *, visit_id: int, sequence: int, user_id: int) -> TextWords | None:
    """It is off: nobody needs to travel."""
    visit = visit_as_posted(
        visit_id,
        sequence,
        VisitStatus.CANCELLED_BY_SCHOOL,
        VisitStatus.CANCELLED_BY_AMBASSADOR,
        VisitStatus.CANCELLED_BY_SCHEME,
        VisitStatus.UNFILLED,
    )
    return _told(draft, visit, user_id, lambda: _("Called off: visit at %(school)s, %(when)s. %(page)s"))


def visit_moved(draft: Draft, *, visit_id: int, sequence: int, user_id: int) -> TextWords | None:
    """It is at another time."""
    visit = visit_as_posted(visit_id, sequence, *HAS_PEOPLE)
    return _told(draft, visit, user_id, lambda: _("Moved: visit at %(school)s is now on %(when)s. %(page)s"))


def person_withdrew(draft: Draft, *, visit_id: int, sequence: int, user_id: int) -> TextWords | None:
    """To the school: somebody cannot come, and we look for somebody else. No reason is given (V-71)."""
    visit = visit_as_posted(visit_id, sequence, VisitStatus.FINDING)
    return _told(
        draft,
        visit,
        user_id,
        lambda: _("Visit at %(school)s, %(when)s: somebody cannot come, we look for somebody else. %(page)s"),
    )


def no_longer_expected(draft: Draft, *, visit_id: int, sequence: int, user_id: int, starts_at: str) -> TextWords | None:
    """To whom a rule takes out of a visit: there is no need to travel. No reason is given (V-71)."""
    visit = Visit.objects.filter(pk=visit_id).select_related("request__school").first()
    if visit is None or visit.seats.filter(ambassador__user=user_id).exists():
        return None
    words = {"when": _when(datetime.fromisoformat(starts_at)), "page": draft.page("contact")}
    return _fitted(visit, lambda: _("You are no longer expected at %(school)s, %(when)s. %(page)s"), words)


def _told(draft: Draft, visit: Visit | None, user_id: int, sentence: Callable[[], str]) -> TextWords | None:
    """To whoever is concerned with a visit still: who asked for it, or has a seat in it."""
    if visit is None or visit.starts_at is None:
        return None
    mine = Q(request__contact__user=user_id) | Q(seats__ambassador__user=user_id)
    if not Visit.objects.filter(mine, pk=visit.pk).exists():
        return None
    return _fitted(visit, sentence, {"when": _when(visit.starts_at), "page": draft.page("visit", visit.pk)})


def _fitted(visit: Visit, sentence: Callable[[], str], words: dict[str, str]) -> TextWords:
    """The sentence with the school's name in it, or as much of that as there is room for."""
    return TextWords(in_one_text(lambda school: sentence() % {"school": school, **words}, visit.request.school.name))


def _when(starts_at: datetime) -> str:
    """A day within two weeks and a time, such as "Tue 12 Jan, 10am"."""
    return f"{dateformat.format(in_london(starts_at), 'D j M')}, {clock_in_words(starts_at)}"
