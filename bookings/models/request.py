"""What a school wants."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Joins
from ambassadors.languages import LANGUAGES, LONGEST_LANGUAGE
from ambassadors.models import Ambassador
from bookings.enums import Asking, Mode, RequestStatus
from bookings.querysets import RequestQuerySet
from schools.models import Contact, School
from stem.curriculum import ACTIVITIES, ACTIVITY_CHOICES, SUBJECT_CHOICES, Aim, Stage
from stem.history import Event
from stem.wording import interval_in_words

MOST_MEETINGS = 12
WEEKS_APART = [(1, _("Every week")), (2, _("Every 2 weeks")), (4, _("Every 4 weeks"))]


class Request(models.Model):
    """A school's wish for a visit: why, for whom, what about, and when it could be (rule 5.3).

    Everything but the school may be blank while it is a draft; `bookings.eligibility` says when it is complete.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=12, choices=RequestStatus, default=RequestStatus.DRAFT)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    # The first day that was promised when it was sent in; a time before it is at short notice (rule T-10).
    promised_from = models.DateField(null=True)
    # How people come to be asked for it (rule E-32).
    asking = models.CharField(_("how people are asked"), max_length=10, choices=Asking, default=Asking.LADDER)
    # Who came before and is asked for by name; a wish, which stands in nobody's way when it cannot be met.
    wanted_again = models.ForeignKey(Ambassador, null=True, on_delete=models.SET_NULL, related_name="+")

    # purpose
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    outcome_1 = models.CharField(_("first learning outcome"), max_length=200, blank=True)
    outcome_2 = models.CharField(_("second learning outcome"), max_length=200, blank=True)
    outcome_3 = models.CharField(_("third learning outcome"), max_length=200, blank=True)

    # What else pupils should take from it (rule E-41), as codes with spaces between.
    aims = models.CharField(_("aims"), max_length=120, blank=True)

    # class
    subject = models.CharField(_("subject"), max_length=40, choices=SUBJECT_CHOICES, blank=True)
    topic = models.CharField(_("topic"), max_length=150, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, blank=True)
    year_groups = models.CharField(_("year groups"), max_length=60, blank=True)
    pupils = models.PositiveSmallIntegerField(_("number of pupils"), null=True, blank=True)
    access_needs = models.CharField(_("access needs of the group"), max_length=300, blank=True)

    # session
    activity = models.CharField(_("activity"), max_length=30, choices=ACTIVITY_CHOICES, blank=True)
    mode = models.CharField(_("where"), max_length=10, choices=Mode, blank=True)
    # Blank: English, as nearly all are.
    language = models.CharField(
        _("language"), max_length=LONGEST_LANGUAGE, choices=[(each, each) for each in LANGUAGES], blank=True
    )
    people = models.PositiveSmallIntegerField(_("how many ambassadors"), default=1)
    # The same pupils are met once, or in a series: so often, with so many weeks from one meeting to the next.
    meetings = models.PositiveSmallIntegerField(_("how many meetings"), default=1)
    weeks_apart = models.PositiveSmallIntegerField(_("how often"), default=1, choices=WEEKS_APART)

    # people at school
    supervising_adult = models.CharField(_("supervising adult"), max_length=150, blank=True)
    supervising_email = models.EmailField(_("their e-mail address"), max_length=254, blank=True)
    safeguarding_lead = models.CharField(_("safeguarding lead or deputy"), max_length=150, blank=True)
    safeguarding_phone = models.CharField(_("their phone"), max_length=40, blank=True)
    arrival = models.TextField(_("room, arrival and equipment"), max_length=1000, blank=True)

    when_merged = Joins()
    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=15), name="request_for_1_to_15_people"),
            models.CheckConstraint(
                condition=Q(meetings__gte=1, meetings__lte=MOST_MEETINGS, weeks_apart__gte=1),
                name="request_for_1_to_12_meetings",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="request_sent_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["status", "submitted_at"], name="request_queue")]

    def __str__(self) -> str:
        return self.purpose or str(_("Untitled request"))

    @property
    def reference(self) -> str:
        """What people quote on the telephone."""
        return f"R{self.pk:05d}"

    @property
    def outcomes(self) -> list[str]:
        """The learning outcomes that were given, one to three."""
        return [outcome for outcome in (self.outcome_1, self.outcome_2, self.outcome_3) if outcome]

    @property
    def aims_hoped_for(self) -> list[Aim]:
        """The aims that the school ticked, in the order of the list."""
        ticked = self.aims.split()
        return [aim for aim in Aim if aim in ticked]

    @property
    def aims_in_words(self) -> list[str]:
        """The same as people read them."""
        return [str(aim.label) for aim in self.aims_hoped_for]

    @property
    def in_own_words(self) -> list[str]:
        """What the school wrote freely, of the visit and its class."""
        return [self.purpose, *self.outcomes, self.topic, self.access_needs, self.arrival]

    @property
    def times_in_words(self) -> list[str]:
        """The times at which it could be, as people read them."""
        return [time.in_words for time in self.possible_times.all()]

    @property
    def is_series(self) -> bool:
        """Whether the same pupils are met more than once."""
        return self.meetings > 1

    @property
    def how_often(self) -> str:
        """How many meetings there are, and how far apart: "6 meetings, every week"; nothing for one."""
        if not self.is_series:
            return ""
        words = {"n": self.meetings, "how_often": str(self.get_weeks_apart_display()).lower()}
        return gettext("%(n)d meetings, %(how_often)s") % words

    @property
    def is_one_to_one(self) -> bool:
        """Whether one pupil meets one visitor (rule V-82)."""
        return self.activity in ACTIVITIES and ACTIVITIES[self.activity].one_to_one

    @property
    def is_online(self) -> bool:
        """Whether nobody needs to travel."""
        return self.mode == Mode.ONLINE


class PossibleTime(models.Model):
    """One of the one to five times at which a request's visit could be."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="possible_times")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    # The school's reason, where it has no visitors on that day by its own calendar (rule T-11).
    all_the_same = models.CharField(_("why then all the same"), max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="possible_time_ends_after_it_starts"),
            models.UniqueConstraint(fields=["request", "starts_at"], name="possible_time_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def in_words(self) -> str:
        """When it is, and why then all the same where the school had to say so."""
        when = interval_in_words(self.starts_at, self.ends_at)
        if not self.all_the_same:
            return when
        return gettext("%(when)s, all the same: %(because)s") % {"when": when, "because": self.all_the_same}


class RequestEvent(Event):
    """What happened to a request."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="events")
