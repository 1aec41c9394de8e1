"""Telling when a school is open: its own dates, its authority's, a day it is closed, and the periods of its day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from schools import permissions
from schools.enums import SHUT, SpanKind
from schools.models import Period, School, SchoolYear, Stretch
from schools.terms.periods import Lesson
from schools.terms.spans import DAY, Span, in_order
from schools.terms.years import school_year, year_in_words
from stem.audit.record import record
from stem.nations import Nation
from stem.promises import kept
from stem.rules import Kind, Reason, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

Years = Mapping[int, Iterable[Span]]

# From a school year ago to five ahead: what lies beyond is a slip of the pen.
YEARS_BACK, YEARS_AHEAD = 1, 5
MOST_STRETCHES = 120
LONGEST_CLOSURE = 100


def stand_of(spans: Iterable[Span]) -> str:
    """A mark of what stands, to see whether somebody has changed it meanwhile."""
    told = "\n".join(str(span.key) for span in in_order(spans))
    return sha256(told.encode()).hexdigest()[:16]


def spans_of(school: School | None, *, nation: str = "", authority: str = "") -> dict[int, tuple[Span, ...]]:
    """What a school itself, or else an authority, has told, by school year."""
    found: dict[int, list[Span]] = {}
    rows = Stretch.objects.filter(of_year__school=school, of_year__nation=nation, of_year__authority=authority)
    for row in rows.select_related("of_year"):
        found.setdefault(row.of_year.year, []).append(row.span)
    return {year: in_order(spans) for year, spans in found.items()}


@transaction.atomic
def set_school_dates(*, school: School, years: Years, seen: str, by: "User", at: datetime) -> None:
    """Replace what a school has told of these school years; other years stay as they are.

    `seen` is `stand_of` what stood when it was looked at. Refuses with `not_for_school`, `changed_meanwhile`, or as
    `check_dates` does.
    """
    permissions.check_may_keep_time(by, school)
    school = School.objects.locked(school)
    _check_unchanged(spans_of(school), years, seen)
    _replace(years, by=by, at=at, nation=school.nation, whose={"school": school})


@transaction.atomic
def set_authority_dates(*, nation: Nation, authority: str, years: Years, seen: str, by: "User", at: datetime) -> None:
    """Replace what an authority tells of these school years, for each of its schools that tells nothing itself.

    Refuses with `not_staff`, `changed_meanwhile`, or as `check_dates` does.
    """
    permissions.check_may_keep_authority_dates(by, nation, authority)
    _check_unchanged(spans_of(None, nation=nation, authority=authority), years, seen)
    _replace(years, by=by, at=at, nation=nation, whose={"nation": nation, "authority": authority})


@transaction.atomic
def forget_authority_dates(*, year: SchoolYear, by: "User", at: datetime) -> None:
    """Let an authority's schools go by the usual dates again in one school year. Refuses with `not_staff`."""
    permissions.check_may_keep_authority_dates(by, year.nation, year.authority)
    record("school_year.forget", year, by=by, at=at)
    year.delete()


@transaction.atomic
def copy_authority_dates(*, school: School, year: int, by: "User", at: datetime) -> None:
    """Make an authority's dates of one school year the school's own, to be changed; its own closures stay.

    Refuses with `not_for_school`, `has_its_own` where the school has told terms, or `no_dates` where the authority has
    not.
    """
    permissions.check_may_keep_time(by, school)
    school = School.objects.locked(school)
    own = spans_of(school).get(year, ())
    if any(span.kind is SpanKind.TERM for span in own):
        raise refuse("has_its_own", Kind.STATE, _("Your school has dates of its own for that year already."))
    theirs = spans_of(None, nation=school.nation, authority=school.authority).get(year, ()) if school.authority else ()
    if not theirs:
        raise refuse("no_dates", Kind.STATE, _("Your authority’s dates for that year are not known any more."))
    taken = [span for span in theirs if not any(_clash(span, mine) for mine in own)]
    _replace({year: [*own, *taken]}, by=by, at=at, nation=school.nation, whose={"school": school})


@transaction.atomic
def drop_school_dates(*, school: School, year: int, by: "User", at: datetime) -> None:
    """Let a school go by its authority's dates again, or the usual ones; all it told of that school year is gone.

    Refuses with `not_for_school`, or `nothing_told` when it has told none.
    """
    permissions.check_may_keep_time(by, school)
    school = School.objects.locked(school)
    row = SchoolYear.objects.filter(school=school, year=year).first()
    if row is None:
        raise refuse("nothing_told", Kind.STATE, _("Your school has no dates of its own for that year."))
    record("school_year.forget", row, by=by, at=at)
    row.delete()


@transaction.atomic
def close_school(
    *, school: School, kind: SpanKind, first_day: date, last_day: date, name: str, by: "User", at: datetime
) -> Stretch:
    """Say that a school has an INSET day, or is closed, from one day to another, whoever's terms it goes by.

    Refuses with `not_for_school`, `last_day` when it comes before the first or long after, `first_day` when it is too
    far away, or `days_taken` when one of the days is one of that kind already.
    """
    permissions.check_may_keep_time(by, school)
    school = School.objects.locked(school)
    if kind not in SHUT:
        raise refuse("kind", Kind.INPUT, _("Choose what kind of day it is."))
    if not first_day <= last_day < first_day + LONGEST_CLOSURE * DAY:
        raise refuse("last_day", Kind.INPUT, _("The last day has to follow the first, by no more than 100 days."))
    number = school_year(first_day, school.nation)
    _check_near({number}, school.nation, at, code="first_day")
    row = _held_year({"school": school}, number, at)
    taken = Reason("days_taken", Kind.INPUT, _("One of these days is on the list already."))
    with kept(Stretch, stretches_of_a_kind_share_no_day=taken):
        closed = Stretch.objects.create(of_year=row, kind=kind, name=name, first_day=first_day, last_day=last_day)
    _note_change(row, "school_year.close", by=by, at=at)
    return closed


@transaction.atomic
def open_again(*, stretch: Stretch, by: "User", at: datetime) -> None:
    """Take INSET days or a closure of a school off the list. Refuses with `not_for_school`, or `not_of_school`."""
    school = stretch.of_year.school
    if school is None or stretch.kind not in SHUT:
        raise refuse("not_of_school", Kind.STATE, _("Only days that your school has entered itself can be taken away."))
    permissions.check_may_keep_time(by, school)
    _note_change(stretch.of_year, "school_year.open", by=by, at=at)
    stretch.delete()


@transaction.atomic
def set_periods(*, school: School, periods: Iterable[Lesson], by: "User", at: datetime) -> None:
    """Replace the periods of a school's day, as `schools.terms.periods` reads them. Refuses with `not_for_school`."""
    permissions.check_may_keep_time(by, school)
    school = School.objects.locked(school)
    fresh = list(periods)
    if [period.lesson for period in Period.objects.filter(school=school)] == fresh:
        return
    Period.objects.filter(school=school).delete()
    Period.objects.bulk_create(
        Period(
            school=school,
            name=each.name,
            starts=each.starts,
            ends=each.ends,
            weekdays="".join(str(day) for day in each.weekdays),
        )
        for each in fresh
    )
    record("school.set_periods", school, by=by, at=at)


def check_dates(years: Years, nation: str, at: datetime) -> None:
    """These are a few school years' dates, near enough to be meant, whose terms share no day.

    Refuses with `no_dates_in_it`, `year`, `too_many` or `days_shared`.
    """
    if not any(years.values()):
        raise refuse("no_dates_in_it", Kind.INPUT, _("There are no term dates in it that we understand."))
    _check_near(set(years), nation, at, code="year")
    for year, spans in years.items():
        if len(list(spans)) > MOST_STRETCHES:
            words = _("%(year)s has more than %(most)d entries. Send term dates alone.")
            raise refuse("too_many", Kind.INPUT, words % {"year": year_in_words(year), "most": MOST_STRETCHES})
        ordered = in_order(spans)
        for one, other in zip(_terms(ordered), _terms(ordered)[1:], strict=False):
            if _clash(one, other):
                words = _("“%(one)s” and “%(other)s” share days in %(year)s. Change one of them.")
                told = {"one": one.title, "other": other.title, "year": year_in_words(year)}
                raise refuse("days_shared", Kind.INPUT, words % told)


def _terms(spans: Iterable[Span]) -> list[Span]:
    """The terms among these stretches."""
    return [span for span in spans if span.kind is SpanKind.TERM]


def _clash(one: Span, other: Span) -> bool:
    """Whether two stretches of one kind share a day."""
    return one.kind is other.kind and one.first <= other.last and other.first <= one.last


def _check_near(years: set[int], nation: str, at: datetime, *, code: str) -> None:
    """These school years are neither long past nor far ahead."""
    this = school_year(at.date(), nation)
    far = [year for year in sorted(years) if not this - YEARS_BACK <= year <= this + YEARS_AHEAD]
    if far:
        words = _("%(year)s is too far away. Give dates from last school year to five years ahead.")
        raise refuse(code, Kind.INPUT, words % {"year": year_in_words(far[0])})


def _check_unchanged(stood: dict[int, tuple[Span, ...]], years: Years, seen: str) -> None:
    """What these years replace is what was shown, or has become what they say."""
    before = [span for year in years for span in stood.get(year, ())]
    after = [span for spans in years.values() for span in spans]
    if stand_of(before) not in (seen, stand_of(after)):
        words = _("Somebody has changed these dates meanwhile. Look again at what would change.")
        raise refuse("changed_meanwhile", Kind.STATE, words)


def _replace(years: Years, *, by: "User", at: datetime, nation: str, whose: dict[str, object]) -> None:
    """Write down these school years in place of what stood; what is the same already is left alone."""
    check_dates(years, nation, at)
    for year, spans in sorted(years.items()):
        row, fresh = _held_year(whose, year, at), in_order(spans)
        if stand_of(each.span for each in row.stretches.all()) == stand_of(fresh):
            continue
        row.stretches.all().delete()
        Stretch.objects.bulk_create(
            Stretch(of_year=row, kind=each.kind, name=str(each.name), first_day=each.first, last_day=each.last)
            for each in fresh
        )
        _note_change(row, "school_year.set", by=by, at=at)


def _held_year(whose: dict[str, object], year: int, at: datetime) -> SchoolYear:
    """The school year, begun if need be, and held until the transaction ends."""
    owner = {"school": None, "nation": "", "authority": "", **whose}
    row, _is_new = SchoolYear.objects.get_or_create(**owner, year=year, defaults={"changed_at": at})
    return SchoolYear.objects.locked(row)


def _note_change(row: SchoolYear, action: str, *, by: "User", at: datetime) -> None:
    """Keep when a school year was last changed, and put on record who did it."""
    row.changed_at = at
    row.save(update_fields=["changed_at"])
    record(action, row, by=by, at=at)
