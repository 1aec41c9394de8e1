"""Words for the people of the register."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AmbassadorStatus(TextChoices):
    """Where a person stands with the scheme (rule 1.8); what dates decide is computed, never stored."""

    DRAFT = "draft", _("Not yet sent in")
    VETTING = "vetting", _("Being vetted")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Having a break")
    DECLINED = "declined", _("Declined")
    LEFT = "left", _("Left")


class OfferingKind(TextChoices):
    """The sorts of thing an ambassador says they can offer."""

    SUBJECT = "subject", _("Subject")
    STAGE = "stage", _("Stage")
    ACTIVITY = "activity", _("Activity")
    LANGUAGE = "language", _("Language")


class RequirementKind(TextChoices):
    """What a person must have, valid on the day of a visit (rule 1.2)."""

    ELIG = "ELIG", _("Aged 18 or over, based in the UK, unpaid")
    ID = "ID", _("Identity seen")
    REF = "REF", _("Two references accepted")
    SELF = "SELF", _("Self-declaration signed")
    CRC = "CRC", _("Criminal record check decided")
    INDUCT = "INDUCT", _("Induction passed")
    SAFEG = "SAFEG", _("Safeguarding training")
    CODE = "CODE", _("Code of conduct accepted")
    DECL = "DECL", _("Annual declaration")


class CheckBody(TextChoices):
    """Who issued a criminal record check (rule V-10)."""

    DBS = "dbs", _("DBS (England, Wales)")
    PVG = "pvg", _("PVG, linked to this scheme (Scotland)")
    ACCESS_NI = "access_ni", _("AccessNI (Northern Ireland)")


class HoldKind(TextChoices):
    """Why a person is not to be booked for a time."""

    AWAY = "away", _("Away")
    VETTING = "vetting", _("Vetting question")
    QUALITY = "quality", _("Quality review")
    SAFEGUARDING = "safeguarding", _("Safeguarding")
