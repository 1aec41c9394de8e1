"""What would become different if other dates were taken up: what comes, what goes, and how many school days that is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schools.enums import SpanKind, TermsFrom
from schools.terms.school_time import SchoolTime
from schools.terms.spans import Span, YearDates, in_order
from schools.terms.years import year_in_words


@dataclass(frozen=True)
class YearChange:
    """One school year as it would be, and what in it is new or no longer there."""

    year: int
    after: YearDates
    school_days: int
    comes: list[Span]
    goes: list[Span]

    @property
    def year_in_words(self) -> str:
        """The school year as people write it."""
        return year_in_words(self.year)

    @property
    def has_terms(self) -> bool:
        """Whether it tells of terms, or only of days besides them."""
        return bool(self.after.terms)


def compare(stands: SchoolTime, years: Mapping[int, Iterable[Span]]) -> list[YearChange]:
    """What each of these school years changes in what is gone by now."""
    return [_change(stands, YearDates(year, TermsFrom.SCHOOL, in_order(spans))) for year, spans in years.items()]


def _change(stands: SchoolTime, after: YearDates) -> YearChange:
    told = after.of(SpanKind.EXAMS)
    # The exams that are usual in a nation stay as they are where nothing is told of any.
    before = [span for span in stands.year(after.year).spans if told or span.kind is not SpanKind.EXAMS]
    old, new = {span.key: span for span in before}, {span.key: span for span in after.spans}
    days = SchoolTime(stands.nation, {after.year: after}).school_days_of(after.year)
    comes = [span for key, span in new.items() if key not in old]
    return YearChange(after.year, after, days, comes, [span for key, span in old.items() if key not in new])
