"""The letter by which a scheme tries its own post."""

from django.utils.translation import gettext as _

from stem.accounts.models import User
from stem.letters.drafts import Draft, Envelope, about, trial
from stem.letters.kinds import LetterKind


@about(LetterKind.SCHEME)
@trial
def trial_letter(draft: Draft, *, user_id: int) -> Envelope | None:
    """If you can read this, the scheme's letters arrive."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    return Envelope(user.full_name or _("colleague"), user.email, {"set_up": draft.page("trial_letter")})
