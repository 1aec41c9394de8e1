"""A place where visits happen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.enums import Phase, PlaceNote, Register, SchoolStatus
from schools.placing import settle
from schools.querysets import SchoolQuerySet
from stem.geography.located import Located, PlaceColumns
from stem.geography.places import Gazetteer
from stem.geography.points import Point
from stem.geography.postcodes import read_postcode


class RegisterColumns(PlaceColumns):
    """What a register says of a school, in our words; the register's own stand beside them in `…_said`."""

    # identity
    register = models.CharField(_("register"), max_length=10, choices=Register, default=Register.HAND)
    register_number = models.CharField(_("register number"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase)
    phase_said = models.CharField(max_length=60, blank=True)
    type_said = models.CharField(_("type"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=SchoolStatus, default=SchoolStatus.OPEN)
    status_said = models.CharField(max_length=60, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    # place (the postcode and the point we go by are in PlaceColumns)
    street = models.CharField(_("street"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    postcode_said = models.CharField(max_length=20, blank=True)
    authority = models.CharField(_("local authority"), max_length=80, blank=True)
    rural = models.BooleanField(_("rural"), null=True)
    # The register's own point, whether or not we go by it, and what we noted about it.
    grid_lat = models.FloatField(null=True)
    grid_lon = models.FloatField(null=True)
    place_note = models.CharField(max_length=14, choices=PlaceNote, blank=True)

    # pupils: ages in years, the share entitled to free school meals with the year of its January census (rule E-02)
    low_age = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    high_age = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    roll = models.PositiveIntegerField(_("pupils on roll"), null=True, blank=True)
    fsm_percent = models.FloatField(_("free school meals, per cent"), null=True, blank=True)
    fsm_year = models.PositiveSmallIntegerField(_("free school meals, census of"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def grid_point(self) -> Point | None:
        """Where the register itself says the school is."""
        return None if self.grid_lat is None or self.grid_lon is None else Point(self.grid_lat, self.grid_lon)

    @property
    def address(self) -> str:
        """Street, town and postcode on one line."""
        return ", ".join(part for part in (self.street, self.town, self.postcode) if part)

    @property
    def reference(self) -> str:
        """Register and number, as commands name a school: gias/100000."""
        return f"{self.register}/{self.register_number}"


class School(RegisterColumns, Located):
    """A school or college, as its national register knows it."""

    PLACE = (*Located.PLACE, "place_note")

    # The schools that this one follows: an academy gets a new number, and its visits and its people go on.
    replaces = models.ManyToManyField(
        "self", through="Succession", through_fields=("successor", "predecessor"), symmetrical=False, related_name="+"
    )

    objects = SchoolQuerySet.as_manager()

    class Meta(Located.Meta):
        abstract = False
        ordering = ["name", "town", "pk"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["register", "register_number"], name="school_once_in_its_register"),
        ]

    def place_again(self, gazetteer: Gazetteer) -> None:
        """Settle anew between the register's point and the postcode's, now that more may be known of the latter."""
        place = gazetteer.place_of(read_postcode(self.postcode))
        if not place.approximate:
            self.nation = place.nation
        self.area = place.postcode.area
        settled = settle(self.grid_point, place)
        self.point, self.approximate, self.place_note = settled.point, settled.approximate, settled.note
