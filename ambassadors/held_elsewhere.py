"""What the register holds about somebody in other schemes, told to themselves."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.importing.words import SAID_WORDS
from ambassadors.models import Membership, Notice
from ambassadors.queries.said import spoken
from ambassadors.queries.suppressed import said_no_under
from stem.accounts.addresses import verified_address_of
from stem.held import Listed, Section
from stem.wording import short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

KEPT_AS_RECORD = lazy("6 years after you leave; then made anonymous.")


def elsewhere(user: "User", at: datetime) -> Section:
    """What each scheme that someone came from has said of them, and from when that is."""
    rows = Membership.objects.filter(ambassador__user=user).select_related("scheme")
    said = [
        [
            str(row),
            str(SAID_WORDS[name]),
            spoken(name, value),
            _day_in_words(on),
        ]
        for row in rows
        for name, (value, on) in row.said.items()
    ]
    return Section(
        title=_("What other schemes said of you"),
        lead=_("What you say yourself counts before any of it, unless one of our officers chose otherwise."),
        kept=str(KEPT_AS_RECORD),
        listed=Listed([_("Scheme, and your number there"), _("What"), _("Their word"), _("As of")], said, len(said)),
        nothing=_("None has said anything."),
    )


def _day_in_words(on: str) -> str:
    return short_day_in_words(date.fromisoformat(on)) if on else ""


def told_of_it(user: "User", at: datetime) -> Section:
    """When someone heard that another scheme brought us their data, and what is kept of a no under their address."""
    notices = Notice.objects.filter(ambassador__user=user).order_by("told_on", "days")
    rows = [
        [short_day_in_words(each.told_on), _("Reminded") if each.days else _("Told"), str(each.get_told_by_display())]
        for each in notices
    ]
    # Shown to whoever has proved the address alone: there is nothing else by which it could be found.
    refused = said_no_under(verified_address_of(user))
    rows += [[short_day_in_words(each.since), _("You said no"), each.scheme.name] for each in refused]
    return Section(
        title=_("What we told you of other schemes’ data, and a no"),
        lead=_("Of a no we keep codes made of your address and of your number there, from which neither can be read."),
        kept=_("As long as your record. A no for as long as we may be handed those schemes’ data again."),
        listed=Listed([_("Day"), _("What"), _("How, or which scheme")], rows, len(rows)),
        nothing=_("Nothing."),
    )
