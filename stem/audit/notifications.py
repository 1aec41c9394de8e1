"""The letter by which a seal leaves the system."""

from django.db.models import Sum

from stem.accounts.models import User
from stem.audit.models import Seal
from stem.letters.drafts import Draft, Envelope, about, confidential
from stem.letters.kinds import LetterKind


# Confidential, so that none of the staff can hold it back, or reword it.
@about(LetterKind.SCHEME)
@confidential
def newest_seal(draft: Draft, *, seal_id: int, user_id: int) -> Envelope | None:
    """This is how the audit record stood: to be kept where nobody who can write in the database can reach it."""
    seal = Seal.objects.defer("marks").filter(pk=seal_id).first()
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if seal is None or reader is None:
        return None
    entries = Seal.objects.filter(number__lte=seal.number).aggregate(sum=Sum("count"))["sum"]
    return Envelope(str(reader), reader.email, {"seal": seal, "entries": entries})
