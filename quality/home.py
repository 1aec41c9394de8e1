"""Where someone who has just signed in wants to be, if they have no other part than to read for an employer."""

from typing import TYPE_CHECKING

from bookings import home as of_bookings
from quality.models import EmployerLead

if TYPE_CHECKING:
    from stem.accounts.models import User


def find_home(user: "User") -> str | None:
    """The name of this person's own page; who visits schools, or acts for one, as well reads on from there."""
    page = of_bookings.find_home(user)
    reads = page is None and EmployerLead.objects.live().filter(user=user).exists()
    return "employer_page" if reads else page
