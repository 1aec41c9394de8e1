"""The four nations, which differ in vetting, in holidays and in what they call a school year."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Nation(TextChoices):
    """A nation of the United Kingdom. Jersey, Guernsey and the Isle of Man are not among them."""

    ENG = "england", _("England")
    WLS = "wales", _("Wales")
    SCO = "scotland", _("Scotland")
    NIR = "northern_ireland", _("Northern Ireland")
