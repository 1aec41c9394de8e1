"""What a scheme has said about itself: one row, and its logo. What it has not said, the settings say."""

from email.utils import formataddr
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stem.accounts.roles import Role, has_role
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User

THE_ONE = 1


class LogoQuerySet(HouseQuerySet["Logo"]):
    """Which logos."""

    def visible_to(self, user: "User") -> Self:
        """Any of them, for anyone: a logo stands on every page."""
        return self.all()


class Logo(models.Model):
    """A picture that we wrote ourselves from the one that was chosen, under the address that its content gives it."""

    digest = models.CharField(max_length=64)
    picture = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    objects = LogoQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="logo_digest_once")]

    def __str__(self) -> str:
        return self.digest[:12]


class IdentityQuerySet(HouseQuerySet["Identity"]):
    """The one row, if there is one."""

    def visible_to(self, user: "User") -> Self:
        """For administrators."""
        return self.all() if has_role(user, Role.ADMINISTRATOR) else self.none()

    def entered(self) -> Self:
        """What has been entered, with what every page needs of the logo and without its bytes."""
        return self.filter(pk=THE_ONE).select_related("logo").defer("logo__picture")


class Identity(models.Model):
    """Who this scheme is, in its own words. An empty word means: as the settings say."""

    # There is one, and the database holds us to it.
    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    # name
    name = models.CharField(_("name"), max_length=80, blank=True)
    logo = models.ForeignKey(Logo, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # letters
    sender_name = models.CharField(_("sender's name"), max_length=80, blank=True)
    sender_email = models.EmailField(_("sender's address"), blank=True)
    reply_email = models.EmailField(_("address for answers"), blank=True)
    phone = models.CharField(_("telephone number"), max_length=40, blank=True)
    # since when letters come from this sender: a test letter of before then proves nothing
    addressed_at = models.DateTimeField(null=True, blank=True)
    # proof: an administrator has read a letter that came from this sender
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrived_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = IdentityQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=THE_ONE), name="identity_once")]

    def __str__(self) -> str:
        return self.known_as

    @property
    def known_as(self) -> str:
        """What the scheme calls itself."""
        return self.name or str(settings.SCHEME_NAME)

    @property
    def sender(self) -> str:
        """From whom its letters come, as a mail program reads it."""
        if not self.sender_email:
            return str(settings.DEFAULT_FROM_EMAIL)
        return formataddr((self.sender_name or self.known_as, self.sender_email))

    @property
    def sender_in_words(self) -> str:
        """The same for people: without what mail programs want done to an accent or a comma."""
        if not self.sender_email:
            return str(settings.DEFAULT_FROM_EMAIL)
        return f"{self.sender_name or self.known_as} <{self.sender_email}>"

    @property
    def email(self) -> str:
        """Where the scheme reads its mail: what letters ask their readers to answer to."""
        return self.reply_email or self.sender_email or str(settings.SCHEME_EMAIL)

    @property
    def telephone(self) -> str:
        """The number the scheme answers, or nothing."""
        return self.phone or str(settings.SCHEME_PHONE)
