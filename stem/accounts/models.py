"""People who sign in, and the parts that some of them have in running the scheme."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from stem.accounts.devices import LONGEST, device_in_words
from stem.accounts.managers import UserManager
from stem.accounts.roles import Role, has_role
from stem.geography.models import Region
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.roles import Reach


class User(AbstractBaseUser, PermissionsMixin):
    """Someone with a sign-in: a teacher, an ambassador, a member of the scheme's staff, or several of these."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    known_as = models.CharField(_("known as"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en-gb")

    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("may open the admin window"), default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    # Part of the addresses of this person's calendar feeds: raised, it makes the old address useless.
    feed_version = models.PositiveIntegerField(default=1)
    busy_feed_version = models.PositiveIntegerField(default=1)
    # An administrator took away the second factor: the next is set up only by who gives a password and a code as well.
    factor_reset_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    _reach: "Reach"

    class Meta:
        ordering = ["full_name", "email"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @property
    def short_name(self) -> str:
        """What to call this person in a friendly sentence."""
        return self.known_as or self.full_name.split(" ")[0] or self.email


class RoleGrantQuerySet(HouseQuerySet["RoleGrant"]):
    """Grants of roles."""

    def live(self, at: datetime) -> "RoleGrantQuerySet":
        """Those that hold at this moment."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), granted_at__lte=at)

    def visible_to(self, user: "User") -> "RoleGrantQuerySet":
        """All of them to an administrator, none to anyone else."""
        return self if has_role(user, Role.ADMINISTRATOR) else self.none()

    def current(self) -> "RoleGrantQuerySet":
        """Those that nobody has ended."""
        return self.filter(ended_at__isnull=True)

    def with_people(self) -> "RoleGrantQuerySet":
        """Ready to be listed: who, and where."""
        return self.select_related("user").prefetch_related("regions")

    def narrowed(self, *, text: str, role: str) -> "RoleGrantQuerySet":
        """Those of people whose name or address holds this text, in this role if one is named."""
        found = self.filter(Q(user__full_name__icontains=text) | Q(user__email__icontains=text)) if text else self
        return found.filter(role=role) if role else found


class RoleGrant(models.Model):
    """A role someone was given, in these regions, or everywhere when none is named; ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    regions = models.ManyToManyField(Region, blank=True, related_name="+")
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["user__full_name", "user__email", "role", "pk"]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class BrowserSessionQuerySet(HouseQuerySet["BrowserSession"]):
    """Sessions."""

    def visible_to(self, user: User) -> "BrowserSessionQuerySet":
        """One's own, whoever one is."""
        return self.filter(user=user)

    def open(self, at: datetime, *, idle: timedelta, absolute: timedelta) -> "BrowserSessionQuerySet":
        """Those that have not run out under these limits."""
        return self.filter(expire_date__gt=at, seen_at__gte=at - idle, began_at__gte=at - absolute)


class BrowserSessionManager(BaseSessionManager.from_queryset(BrowserSessionQuerySet)):  # type: ignore[misc]
    """Sessions, as Django's store asks for them."""

    use_in_migrations = False


class BrowserSession(AbstractBaseSession):
    """What one browser is remembered by; once somebody has signed in there, theirs to see and to end."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    # Browser and system in two words. What the browser says beyond that, and where it stands, is not kept.
    device = models.CharField(max_length=LONGEST, blank=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects: ClassVar[BrowserSessionManager] = BrowserSessionManager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that reads these rows."""
        return import_module(settings.SESSION_ENGINE).SessionStore

    @property
    def device_words(self) -> str:
        """The browser, as people say it."""
        return device_in_words(self.device)

    @property
    def reference(self) -> str:
        """What stands for this session in an address: the key itself would let its reader in."""
        return salted_hmac("stem.accounts.sessions", self.session_key, algorithm="sha256").hexdigest()[:24]
