"""The photo that a school sees before someone comes."""

from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.models import Ambassador, Photo
from ambassadors.photos import read_photo
from stem.accounts.models import User
from stem.audit.record import record
from stem.rules import Kind, refuse


@transaction.atomic
def add_photo(*, ambassador: Ambassador, file: IO[bytes], by: User, at: datetime) -> Photo:
    """Keep the photo in this file, in place of an earlier one. That it is them has then to be confirmed anew (V-50).

    Refuses with `not_your_profile`, or with `photo` for a file that is no picture we can show.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    drawn = read_photo(file)
    photo, _is_new = Photo.objects.update_or_create(
        ambassador=ambassador,
        defaults={
            "picture": drawn.content,
            "digest": drawn.digest,
            "width": drawn.width,
            "height": drawn.height,
            "added_at": at,
            "confirmed_by": None,
            "confirmed_at": None,
        },
    )
    record("photo.add", photo, by=by, at=at)
    return photo


@transaction.atomic
def confirm_photo(*, ambassador: Ambassador, digest: str, by: User, at: datetime) -> None:
    """Say, having seen this person, that the photo with this digest shows them: from now on schools see it (V-50).

    Confirming it again changes nothing. Refuses with `not_vetting_officer`, `own_record`, `no_photo`, or `changed` when
    another photo is there than the one that was looked at.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    photo = Photo.objects.filter(ambassador=ambassador).first()
    if photo is None:
        raise refuse("no_photo", Kind.STATE, _("There is no photo of them any more."))
    if photo.digest != digest:
        raise refuse("changed", Kind.STATE, _("They have chosen another photo since: look at that one."))
    if photo.confirmed_at is not None:
        return
    photo.confirmed_by, photo.confirmed_at = by, at
    photo.save(update_fields=["confirmed_by", "confirmed_at"])
    record("photo.confirm", photo, by=by, at=at)


@transaction.atomic
def remove_photo(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """Keep no photo of this person. Nothing happens where there is none. Refuses with `not_your_profile`."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    photo = Photo.objects.filter(ambassador=ambassador).first()
    if photo is not None:
        record("photo.remove", photo, by=by, at=at)
        photo.delete()
