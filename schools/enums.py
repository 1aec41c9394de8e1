"""Words for schools, spelt as the national registers spell them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Register(TextChoices):
    """Which register knows this school."""

    GIAS = "gias", _("Get Information About Schools (England)")
    SCOTLAND = "scotland", _("Scottish Government school contacts")
    WALES = "wales", _("Address list of schools in Wales")
    NIR = "nir", _("Department of Education, Northern Ireland")
    HAND = "hand", _("Entered by the scheme")


class Phase(TextChoices):
    """The ages a school teaches."""

    NURSERY = "nursery", _("Nursery")
    PRIMARY = "primary", _("Primary")
    MIDDLE = "middle", _("Middle")
    SECONDARY = "secondary", _("Secondary")
    ALL_THROUGH = "all_through", _("All-through")
    SPECIAL = "special", _("Special")
    SIXTEEN_PLUS = "16_plus", _("College or sixth form")


class SchoolStatus(TextChoices):
    """Whether the school is there."""

    PROPOSED = "proposed", _("Not open yet")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class PlaceNote(TextChoices):
    """What is to be known about a school's place."""

    GRID_FAR = "grid_far", _("The register’s grid reference is more than 1 km from the postcode; the postcode counts.")
    UNCHECKED = (
        "grid_unchecked",
        _("The register’s grid reference counts; the postcode is not known well enough to check it."),
    )
    NOWHERE = "nowhere", _("The register says neither a postcode nor a grid reference.")


class SuccessionStatus(TextChoices):
    """Whether one school follows another."""

    PROPOSED = "proposed", _("To be looked at")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Not so")


class ContactStatus(TextChoices):
    """Whether a person may act for a school."""

    AWAITING = "awaiting", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Ended")


class PersonKind(TextChoices):
    """The part of a member of staff whom requests name."""

    SUPERVISING = "supervising", _("With the pupils")
    SAFEGUARDING = "safeguarding", _("Safeguarding lead or deputy")


class SpanKind(TextChoices):
    """What a stretch of days in a school year is (rule T-02)."""

    TERM = "term", _("Term")
    HALF_TERM = "half_term", _("Half term")
    INSET = "inset", _("INSET day")
    CLOSURE = "closure", _("Closed")
    EXAMS = "exams", _("Exams")


# Within which pupils are not at school although it is term.
SHUT = (SpanKind.HALF_TERM, SpanKind.INSET, SpanKind.CLOSURE)


class TermsFrom(TextChoices):
    """Whose dates we go by for a school in one year, the surest first."""

    SCHOOL = "school", _("The school’s own dates")
    AUTHORITY = "authority", _("Its authority’s dates")
    USUAL = "usual", _("The usual dates, which we guess")


class Measure(TextChoices):
    """What tells how disadvantaged a school's pupils are (rule E-02). Another is a value here and a column to rank."""

    FSM = "fsm", _("Free school meals")
