"""What of quality waits for somebody, all on one page: how much of each kind, and how much of that is late."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from quality.enums import CaseStatus
from quality.models import Case, Comment, Feedback, Oddity, Poll
from quality.querysets import FeedbackQuerySet
from quality.voices import polls_shown
from stem.moments import day_of
from stem.policy.values import value
from stem.workdays import working_days_between

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Pile:
    """Things of one kind that wait: the page on which they are seen to, and how many of them should have been."""

    page: str
    title: str
    about: str
    waiting: int
    late: int = 0

    @property
    def tag(self) -> str:
        """How it stands, in words."""
        if self.late:
            return _("%(waiting)d, of which %(late)d late") % {"waiting": self.waiting, "late": self.late}
        return str(self.waiting) if self.waiting else _("Nothing waits")

    @property
    def tone(self) -> Literal["good", "waiting", "bad"]:
        """Red once anything is late, as on the page itself."""
        return "bad" if self.late else "waiting" if self.waiting else "good"


def piles_for(user: "User", *, at: datetime) -> list[Pile]:
    """What waits for this reader of one's regions, in the order in which it cannot wait; in five queries."""
    today = day_of(at)
    words = Comment.objects.visible_to(user).to_read(today).order_by()
    read = words.aggregate(waiting=Count("pk"), late=Count("pk", filter=Q(read_by__lt=today)))
    cases = (
        Case.objects.visible_to(user).undecided().aggregate(waiting=Count("pk"), late=Count("pk", filter=_late(today)))
    )
    forms, late = _forms(Feedback.objects.visible_to(user), today)
    odd = Oddity.objects.visible_to(user).not_looked_at().count()
    pupils = polls_shown(Poll.objects.visible_to(user), "").count()
    return [
        Pile("comments", _("Words to read"), _("Nobody of the other side reads a word before you have."), **read),
        Pile("cases", _("Cases"), _("Visits of which something asks for somebody to act."), **cases),
        Pile("feedback_list", _("Feedback"), _("What schools and ambassadors answered, form by form."), forms, late),
        Pile("oddities", _("Worth a second look"), _("Forms that may not be what they seem."), odd),
        Pile("polls", _("What pupils said"), _("What classes wrote, and codes with too many answers."), pupils),
    ]


def _late(today: date) -> Q:
    """The condition, of cases, that somebody should have acted; while they have time to answer nobody else is late."""
    asked = Q(status=CaseStatus.ASKED, reply_by__isnull=False)
    return (asked & Q(reply_by__lt=today)) | (~asked & Q(act_by__lt=today))


def _forms(forms: FeedbackQuerySet, today: date) -> tuple[int, int]:
    """How many forms nobody has read, and how many of them somebody should have."""
    by_day = (
        forms.awaiting_reading().order_by().values_list(TruncDate("submitted_at"), "visit__request__school__nation")
    )
    days = int(value("reading_days", on=today))
    rows = list(by_day.annotate(n=Count("pk")))
    late = sum(n for day, nation, n in rows if working_days_between(day, today, nation) > days)
    return sum(n for *_of, n in rows), late
