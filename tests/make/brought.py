"""People whom another scheme brought."""

from datetime import date, datetime
from itertools import count

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Membership, Notice, Scheme
from tests.make.ambassadors import LONG_AGO

_numbers = count(1)


def old_scheme(name: str = "Researchers in Residence", *, complete: bool = True) -> Scheme:
    """A scheme that has handed its people over; a complete one with all that must be known of it."""
    told = {"owner": "A former trust", "legal_basis_note": "Legitimate interests.", "transfer_date": date(2026, 8, 1)}
    return Scheme.objects.get_or_create(name=name, defaults=told if complete else {})[0]


def brought(
    *,
    name: str = "Ida Imported",
    email: str | None = None,
    from_scheme: Scheme | None = None,
    came_at: datetime = LONG_AGO,
    told_on: date | None = None,
    postcode: str = "LS1 4AP",
    **columns,
) -> Ambassador:
    """Somebody from another scheme, as an import makes them; with a day, they were told on it."""
    number = next(_numbers)
    address = f"ida{number}@old.example" if email is None else email
    person = Ambassador(
        **{
            "full_name": name,
            "email": address,
            "status": AmbassadorStatus.IMPORTED,
            "registered_at": came_at,
            "said": {},
            **columns,
        }
    )
    person.set_place(postcode)
    person.save()
    person.events.create(kind="import", status=person.status, at=came_at)
    said = {"full_name": [name, ""], "postcode": [postcode, ""], **({"email": [address, ""]} if address else {})}
    Membership.objects.create(
        ambassador=person,
        scheme=from_scheme or old_scheme(),
        legacy_id=f"R{number}",
        imported_on=came_at.date(),
        said=said,
    )
    if told_on is not None:
        Notice.objects.create(ambassador=person, days=0, told_on=told_on)
    return person
