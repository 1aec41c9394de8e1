"""What the pages about one's own texts show."""

from datetime import datetime
from typing import TYPE_CHECKING

from stem.texts.models import CODE_GOOD_FOR, TRIES, NumberProof

if TYPE_CHECKING:
    from stem.accounts.models import User


def number_in_hand(user: "User", *, at: datetime) -> NumberProof | None:
    """The number to which a code was sent that may still be typed."""
    return NumberProof.objects.filter(user=user, asked_at__gt=at - CODE_GOOD_FOR, tries__lt=TRIES).first()
