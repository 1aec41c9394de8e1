"""Which registers can be loaded, and where a load may stand."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LoadKind(TextChoices):
    """A register that comes as a file."""

    POSTCODES = "postcodes", _("Postcodes")
    GIAS = "gias", _("Schools in England")
    SCOTLAND = "scotland", _("Schools in Scotland")
    LINKS = "links", _("Which school follows which")


class LoadStatus(TextChoices):
    """Where one load of a register stands."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    LOADED = "loaded", _("In force")
    UNCHANGED = "unchanged", _("Nothing new in it")
    REPLACED = "replaced", _("Replaced by a later one")
    PAST = "past", _("Past")
    REFUSED = "refused", _("Refused")
    STOPPED = "stopped", _("Stopped half way")
    UNDONE = "undone", _("Undone")
