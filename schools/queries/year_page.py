"""What the page says on which a school sees, and tells, when it is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from schools.enums import SHUT, SpanKind, TermsFrom
from schools.models import School, SchoolYear, Stretch
from schools.queries.school_time import periods_of, school_time
from schools.terms.drawing import YearDrawing, draw_year
from schools.terms.periods import Lesson
from schools.terms.school_time import SchoolTime
from schools.terms.spans import Span, YearDates
from schools.terms.years import school_year, year_in_words
from stem.nations import Nation
from stem.wording import day_in_words

# Years that a school looks at: this one and the next; and those beyond of which somebody has told us something.
AHEAD = 1


@dataclass(frozen=True)
class Shut:
    """Days within a term on which a school has no pupils; `row` where the school itself has told of them."""

    span: Span
    row: Stretch | None

    @property
    def in_words(self) -> str:
        """Which days."""
        first, last = day_in_words(self.span.first), day_in_words(self.span.last)
        return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


@dataclass(frozen=True)
class YearPage:
    """One school year of one school."""

    school: School
    time: SchoolTime
    dates: YearDates
    drawing: YearDrawing
    own: SchoolYear | None
    shut: list[Shut]
    periods: list[Lesson]
    years: list[tuple[int, str]]
    # Whether the school's authority has told its dates for this year.
    authority_tells: bool

    @property
    def year_in_words(self) -> str:
        """The school year as people write it."""
        return year_in_words(self.dates.year)

    @property
    def asked(self) -> str:
        """How an address asks for this year."""
        return f"?year={self.dates.year}"

    @property
    def school_days(self) -> int:
        """How many school days it has."""
        return self.time.school_days_of(self.dates.year)

    @property
    def terms(self) -> list[Span]:
        """The terms and the half terms within them."""
        return self.dates.of(SpanKind.TERM, SpanKind.HALF_TERM)

    @property
    def exams(self) -> list[Span]:
        """When public examinations are sat."""
        return self.dates.of(SpanKind.EXAMS)

    @property
    def to_change(self) -> list[Span]:
        """What a school begins with when it changes its dates: the exams of the nation stay the nation's."""
        has_exams = self.own is not None and any(row.kind == SpanKind.EXAMS for row in self.own.stretches.all())
        return [span for span in self.dates.spans if has_exams or span.kind is not SpanKind.EXAMS]

    @property
    def is_guess(self) -> bool:
        """Whether nobody has told us the terms."""
        return self.dates.source is TermsFrom.USUAL

    @property
    def is_authority_s(self) -> bool:
        """Whether the terms are the authority's."""
        return self.dates.source is TermsFrom.AUTHORITY

    @property
    def nation(self) -> str:
        """The nation's name."""
        return str(Nation(self.school.nation).label)


def year_page(school: School, *, year: int | None, on: date) -> YearPage:
    """A school year of this school as it stands on a day: the one asked for, or the one that the day is in."""
    time = school_time(school)
    this = school_year(on, school.nation)
    offered = sorted({this, this + AHEAD, *(each for each in time.known if each >= this - 1)})
    shown = year if year in offered else this
    own = SchoolYear.objects.filter(school=school, year=shown).prefetch_related("stretches").first()
    rows = list(own.stretches.all()) if own else []
    theirs = SchoolYear.objects.of_authorities().filter(nation=school.nation, authority=school.authority, year=shown)
    dates = time.year(shown)
    return YearPage(
        school=school,
        time=time,
        dates=dates,
        drawing=draw_year(time, shown),
        own=own,
        shut=list(_shut(dates.of(*(kind for kind in SHUT if kind is not SpanKind.HALF_TERM)), rows)),
        periods=periods_of(school),
        years=[(each, year_in_words(each)) for each in offered],
        authority_tells=bool(school.authority) and theirs.exists(),
    )


def _shut(spans: Iterable[Span], rows: list[Stretch]) -> Iterable[Shut]:
    """These days, each with the school's own row of them if it has one."""
    own = {row.span.key: row for row in rows}
    return (Shut(span, own.get(span.key)) for span in spans)
