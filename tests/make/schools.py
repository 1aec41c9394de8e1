"""Schools and people who act for them."""

from datetime import UTC, datetime
from itertools import count

from schools.enums import ContactStatus, Phase, Register
from schools.models import Contact, School
from schools.search.index import write_words
from stem.accounts.models import User
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


def contact(*, school: School | None = None, user: User | None = None, approved: bool = True, **columns) -> Contact:
    """A teacher who may act for the school, or still waits to."""
    return Contact.objects.create(
        **{
            "school": school or globals()["school"](),
            "user": user or _teacher(),
            "job_title": "Science teacher",
            "phone": "01632 960001",
            "status": ContactStatus.APPROVED if approved else ContactStatus.AWAITING,
            "asked_at": LONG_AGO,
            **columns,
        }
    )


def _teacher() -> User:
    return user(email=f"teacher{next(_numbers)}@school.example", name="Tess Teacher")
