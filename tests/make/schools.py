"""Schools and people who act for them."""

from datetime import UTC, date, datetime, time
from itertools import count

from schools.enums import ContactStatus, Measure, PersonKind, Phase, Register, SchoolStatus, SpanKind
from schools.models import (
    Contact,
    Disadvantage,
    Period,
    School,
    SchoolDomain,
    SchoolPerson,
    SchoolVersion,
    SchoolYear,
    Stretch,
    Succession,
)
from schools.operations.reconciling import COPIED
from schools.search.index import write_words
from schools.terms.typed import read_lines
from schools.terms.understanding import understand
from schools.terms.years import school_year as year_of
from stem.accounts.models import User
from stem.loads.models import Load
from stem.nations import Nation
from tests.make.accounts import user

LONG_AGO = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
_numbers = count(100001)


def school(*, name: str = "Beckside Academy", postcode: str = "LS2 9JT", **columns) -> School:
    """An open secondary school in Leeds unless told otherwise."""
    made = School(
        **{
            "register": Register.GIAS,
            "register_number": str(next(_numbers)),
            "name": name,
            "phase": Phase.SECONDARY,
            "street": "1 Beck Lane",
            "town": "Leeds",
            **columns,
        }
    )
    made.set_place(postcode)
    made.nation = columns.get("nation", made.nation)
    made.save()
    write_words([made])
    return made


def contact(
    *, school: School | None = None, user: User | None = None, approved: bool = True, lead: bool = False, **columns
) -> Contact:
    """A teacher who may act for the school, or still waits to."""
    return Contact.objects.create(
        **{
            "school": school or globals()["school"](),
            "user": user or _teacher(),
            "job_title": "Science teacher",
            "phone": "01632 960001",
            "status": ContactStatus.APPROVED if approved else ContactStatus.AWAITING,
            "asked_at": LONG_AGO,
            "is_lead": lead,
            **columns,
        }
    )


def domain(*, school: School | None = None, domain: str = "beckside.sch.example", **columns) -> SchoolDomain:
    """A domain that lets people in."""
    return SchoolDomain.objects.create(
        **{
            "school": school or globals()["school"](),
            "domain": domain,
            "verified_at": LONG_AGO,
            "verified_by": columns.pop("verified_by", None) or user(),
            **columns,
        }
    )


def person(
    *, school: School | None = None, kind: PersonKind = PersonKind.SUPERVISING, name: str = "", **columns
) -> SchoolPerson:
    """Someone whom the school's requests name: Sam Supervisor, or Dee Lead for safeguarding, as `make.request` does."""
    plain = {
        PersonKind.SUPERVISING: {"name": "Sam Supervisor", "email": "s.supervisor@school.example"},
        PersonKind.SAFEGUARDING: {"name": "Dee Lead", "phone": "01632 960002"},
    }[kind]
    named = {"name": name} if name else {}
    return SchoolPerson.objects.create(
        **{
            "school": school or globals()["school"](),
            "kind": kind,
            "last_named_at": LONG_AGO,
            **plain,
            **named,
            **columns,
        }
    )


def _teacher() -> User:
    return user(email=f"teacher{next(_numbers)}@school.example", name="Tess Teacher")


def disadvantage(school: School, *, percentile: float = 0.9, **columns) -> Disadvantage:
    """Where the school stands among those of its kind by free school meals: among the most disadvantaged."""
    plain = {"measure": Measure.FSM, "vintage": 2026, "among": 3000}
    return Disadvantage.objects.create(school=school, percentile=percentile, **{**plain, **columns})


def version(school: School, *, load: Load, is_new: bool = False, **columns) -> SchoolVersion:
    """What a load brought of a school: what it is now, unless told otherwise."""
    kept = {name: getattr(school, name) for name in COPIED}
    return SchoolVersion.objects.create(load=load, school=school, line=2, is_new=is_new, **{**kept, **columns})


def succession(*, old: School | None = None, new: School | None = None, **columns) -> Succession:
    """Two schools that may be one, for a person to say."""
    before = old or school(name="Beckside School", status=SchoolStatus.CLOSED)
    return Succession.objects.create(
        predecessor=before, successor=new or school(), **{"because": "The postcode is the same", **columns}
    )


# An authority's year as one might be published, with a day for staff and a fortnight in October.
DATES = """
Autumn term: 3 September 2026 to 17 December 2026
Half term: 19 October 2026 to 30 October 2026
INSET day: 4 September 2026
Spring term: 5 January 2027 to 25 March 2027
Half term: 15 February 2027 to 19 February 2027
Summer term: 13 April 2027 to 23 July 2027
Half term: 31 May 2027 to 4 June 2027
"""


def school_year(
    *, school: School | None = None, authority: str = "", nation: Nation = Nation.ENG, dates: str = DATES
) -> SchoolYear:
    """The dates of one school year of a school, or else of an authority, from lines as people type them."""
    [(year, spans)] = understand(read_lines(dates), nation).years.items()
    owner = {"school": school} if school else {"nation": nation, "authority": authority or "Leeds"}
    made = SchoolYear.objects.create(**owner, year=year, changed_at=LONG_AGO)
    Stretch.objects.bulk_create(
        Stretch(of_year=made, kind=each.kind, name=str(each.name), first_day=each.first, last_day=each.last)
        for each in spans
    )
    return made


def closure(
    school: School,
    *,
    day: date = date(2027, 2, 8),
    last: date | None = None,
    kind: SpanKind = SpanKind.CLOSURE,
    name="",
) -> Stretch:
    """A day, or some, on which one school is closed."""
    told = {"school": school, "year": year_of(day, school.nation)}
    of_year, _is_new = SchoolYear.objects.get_or_create(**told, defaults={"changed_at": LONG_AGO})
    return Stretch.objects.create(of_year=of_year, kind=kind, name=name, first_day=day, last_day=last or day)


def period(school: School, *, name: str = "Period 3", starts: time = time(11), ends: time = time(12)) -> Period:
    """A named hour of the school's day."""
    return Period.objects.create(school=school, name=name, starts=starts, ends=ends)
