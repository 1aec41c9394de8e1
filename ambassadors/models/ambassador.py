"""A person in the register."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import AmbassadorStatus, EmployerSize, OfferingKind
from ambassadors.following import Copied, Joins, Stays
from ambassadors.querysets import AmbassadorQuerySet
from stem.curriculum import Route
from stem.geography.located import Located
from stem.history import Event

# Whoever has visited fewer schools than so many is new (rule 1.8).
NEW_VISITS = 3


class Ambassador(Located):
    """Someone from science, technology, engineering or mathematics who visits schools; with or without a sign-in.

    A draft is filled in task by task, so its columns may be empty; what has been sent in has them.
    """

    # person (an e-mail address need not be unique in the register, rule V-92)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="ambassador"
    )
    full_name = models.CharField(_("full name"), max_length=150)
    known_as = models.CharField(_("known as"), max_length=80, blank=True)
    # Whoever has an account is written to at the account's address (`reached_at`), which they may change.
    email = models.EmailField(_("e-mail"), max_length=254)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    # Of researchers, as `stem.orcids` writes it.
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True)

    # work
    organisation = models.CharField(_("employer or university"), max_length=150, blank=True)
    employer_size = models.CharField(_("kind of employer"), max_length=20, choices=EmployerSize, blank=True)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    speaks_of_work = models.BooleanField(_("speaks of their work"), default=True)
    speaks_of_study = models.BooleanField(_("speaks of studying at college or university"), default=False)
    route = models.CharField(_("route taken"), max_length=30, choices=Route, blank=True)
    story = models.TextField(_("my route, in my own words"), max_length=1500, blank=True)

    # reach (the home postcode, its sector's point and its nation are in Located)
    is_home = True
    max_minutes = models.PositiveSmallIntegerField(_("longest journey one way, in minutes"), default=60)
    in_person = models.BooleanField(_("visits in person"), default=True)
    online = models.BooleanField(_("visits online"), default=True)

    # Before they visit a school by themselves; no promise, and no gate.
    would_watch = models.BooleanField(_("would like to watch a visit first"), default=False)

    # What the person said of themselves, field by field (`ambassadors.importing.golden.Said`), apart from what schemes
    # say of them. None: no scheme ever did, and all that stands above is their own word.
    said = models.JSONField(null=True, editable=False)

    # Where all that is this person's stands, if it is not here: this id, and links to it, lead there (rule V-92).
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="aliases")

    # standing
    status = models.CharField(_("status"), max_length=20, choices=AmbassadorStatus, default=AmbassadorStatus.DRAFT)
    scheme_number = models.CharField(_("scheme number"), max_length=20, unique=True, null=True, blank=True)
    registered_at = models.DateTimeField(_("registered at"))
    # Written down from above when a visit is delivered (rule V-05).
    last_visit_on = models.DateField(_("last visit"), null=True, blank=True)
    visits_delivered = models.PositiveIntegerField(_("visits delivered"), default=0)

    when_merged = Joins()
    objects = AmbassadorQuerySet.as_manager()

    class Meta(Located.Meta):
        abstract = False
        ordering = ["full_name", "pk"]
        indexes = [
            *Located.Meta.indexes,
            # A page of the list is read in its order, and not sorted out of everybody.
            models.Index(fields=["full_name", "id"], name="ambassador_by_name"),
            # With all that is asked of those who live near: thousands are looked at, and hundreds read.
            models.Index(fields=["lat", "lon", "status"], name="ambassador_by_place"),
            models.Index(Lower("email"), name="ambassador_by_address"),
        ]
        constraints = [
            *Located.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status=AmbassadorStatus.MERGED, merged_into__isnull=False)
                | ~Q(status=AmbassadorStatus.MERGED) & Q(merged_into__isnull=True),
                name="merged_record_says_where_to",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def reached_at(self) -> str:
        """Where this person reads our letters: the address they sign in with, or without an account the one on record.

        Fetch a person with their account where this is asked of many.
        """
        return self.user.email if self.user is not None and self.user.is_active else self.email

    @property
    def is_new(self) -> bool:
        """Whether they have not visited a school with us, or only once or twice (rule 1.8)."""
        return self.visits_delivered < NEW_VISITS

    @property
    def first_name(self) -> str:
        """What to call this person in a friendly sentence."""
        # Another scheme may have known no more than an address.
        return self.known_as or self.full_name.partition(" ")[0] or self.email


class Offering(models.Model):
    """One subject, stage, activity or language that a person offers, by its code in the curriculum."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="offerings")
    kind = models.CharField(max_length=10, choices=OfferingKind)
    code = models.CharField(max_length=40)

    when_merged = Copied()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ambassador", "kind", "code"], name="offering_once"),
        ]
        indexes = [models.Index(fields=["kind", "code", "ambassador"], name="offering_by_code")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.code}"


class AmbassadorEvent(Event):
    """What happened to a person's standing."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="events")

    when_merged = Stays()
