"""What classes said of visits, as far as it may be told (rule 2.8)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from bookings.enums import VisitStatus
from bookings.models import Visit
from quality.enums import PollStatus
from quality.instruments import Question, load_instrument
from quality.models import Poll, Remark
from quality.querysets import PollQuerySet
from quality.suppression import FEW, MOST, in_tenths
from stem.moments import day_of
from stem.policy.values import value

if TYPE_CHECKING:
    from stem.accounts.models import User

Counts = Mapping[str, Mapping[str, int]]
# The answers that agree, of whichever scale.
AGREES = frozenset({"4", "5", "up"})
NO_ANSWER = frozenset({"na"})
# So many of a hundred visits are meant to have their class's word, and over how long that is reckoned (S-23).
AIM, RECKONED_OVER = 20, timedelta(days=90)


@dataclass(frozen=True)
class Line:
    """A sentence, and about how many of ten agree; of a pair also how many would have before the visit."""

    text: str
    now: int | None
    before: int | None = None
    is_pair: bool = False

    @property
    def words(self) -> str:
        """How many agree, in words that fit after "agree"."""
        return in_words(self.now)

    @property
    def words_before(self) -> str:
        """The same of before the visit."""
        return in_words(self.before)


@dataclass(frozen=True)
class Voice:
    """What one class said, or several told of together; without lines, that it cannot be told."""

    polls: list[Poll]
    lines: list[Line]

    @property
    def answers(self) -> int:
        """How many sheets, or hands, there were."""
        return sum(poll.handed_in for poll in self.polls)

    @property
    def is_of_several(self) -> bool:
        """Whether classes are told of together that are too small to be told of alone."""
        return len(self.polls) > 1


def in_words(tenths: int | None) -> str:
    """About how many agree; never "all", nor "nobody" (rule N-04)."""
    if tenths is None:
        return _("too few answered")
    if tenths in (FEW, MOST):
        return _("most") if tenths == MOST else _("few")
    return _("about %(n)d in 10") % {"n": tenths}


def lines_of(instrument: str, counts: Counts, least: int) -> list[Line]:
    """Each sentence of an instrument with how many agree; what was written in words of one's own is not among them."""
    questions = [each for each in load_instrument(instrument).questions if each.choices]
    return list(_lines(questions, counts, least))


def _lines(questions: Iterable[Question], counts: Counts, least: int) -> Iterator[Line]:
    before: int | None = None
    for number, each in enumerate(questions):
        tenths = _share(counts.get(each.code, {}), least)
        if not each.part:
            yield Line(each.text, tenths)
        elif number % 2 == 0:
            before = tenths
        else:
            yield Line(each.text, tenths, before, is_pair=True)


def _share(said: Mapping[str, int], least: int) -> int | None:
    answered = sum(count for answer, count in said.items() if answer not in NO_ANSWER)
    return in_tenths(sum(said.get(answer, 0) for answer in AGREES), answered, least)


def summed(polls: Iterable[Poll]) -> Counts:
    """What several classes answered, added up."""
    total: dict[str, Counter[str]] = {}
    for poll in polls:
        for code, said in poll.counts.items():
            total.setdefault(code, Counter()).update(said)
    return total


def poll_of(visit: Visit) -> Poll | None:
    """What the class of this visit is asked, if it is."""
    return Poll.objects.filter(visit=visit).select_related("visit__request__school").first()


def voice_of(poll: Poll, *, at: datetime) -> Voice | None:
    """What this class said, once it is closed and if it may be told of alone; None otherwise (rules N-01, N-02)."""
    least = value("pupil_min_n", on=day_of(at))
    if poll.status != PollStatus.CLOSED or poll.told_with_id is not None or poll.handed_in < least:
        return None
    return Voice([poll], lines_of(poll.instrument, poll.counts, least))


def voice_told_with(poll: Poll, *, at: datetime) -> Voice | None:
    """What this class said, or all of those that it is told of with: of a part of them it could be found."""
    told = Poll.objects.filter(told_with=poll.told_with_id) if poll.told_with_id else Poll.objects.filter(pk=poll.pk)
    return next(iter(voices(told, at=at)), None)


def voices(polls: PollQuerySet, *, at: datetime) -> list[Voice]:
    """What these classes said, the latest first: each alone or with those that it is told of with; in two queries."""
    least = value("pupil_min_n", on=day_of(at))
    rows = polls.closed().select_related("visit__request__school").order_by("-closed_at", "-pk")
    together: dict[int, list[Poll]] = {}
    for poll in rows:
        together.setdefault(poll.told_with_id or poll.pk, []).append(poll)
    return [_voice(each, least) for each in together.values()]


def _voice(polls: list[Poll], least: int) -> Voice:
    is_told = sum(poll.handed_in for poll in polls) >= least
    return Voice(polls, lines_of(polls[0].instrument, summed(polls), least) if is_told else [])


def voices_for(user: "User", *, at: datetime) -> list[Voice]:
    """What classes said of the visits that this person made."""
    return voices(Poll.objects.to_ambassador(user), at=at)


def polls_shown(polls: PollQuerySet, show: str) -> PollQuerySet:
    """Those to list with how much is unread, in one query: what waits for somebody, or all, the latest first."""
    unread = Remark.objects.unread().filter(poll=OuterRef("pk"))
    rows = polls.select_related("visit__request__school").order_by("-opens_at", "-pk")
    rows = rows.annotate(unread=Count("remarks", filter=Q(remarks__read_at=None)))
    return rows if show == "all" else rows.filter(Q(Exists(unread)) | Q(status=PollStatus.VOID))


@dataclass(frozen=True)
class Asked:
    """Of how many visits the class has said something (S-23)."""

    visits: int
    heard: int

    @property
    def percent(self) -> int:
        """The same, of a hundred."""
        return round(100 * self.heard / self.visits)


def asked(user: "User", *, at: datetime) -> Asked:
    """The same of the visits of the last 90 days in this person's regions, in one query."""
    recent = Visit.objects.looked_after_by(user).filter(
        status=VisitStatus.DELIVERED, starts_at__gt=at - RECKONED_OVER, starts_at__lte=at
    )
    said = Q(Exists(Poll.objects.filter(visit=OuterRef("pk"), handed_in__gt=0)))
    return Asked(**recent.aggregate(visits=Count("pk"), heard=Count("pk", filter=said)))
