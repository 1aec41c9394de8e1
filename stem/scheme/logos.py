"""The scheme's logo: small, on a clear ground, as the head of every page shows it."""

from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from PIL import Image, ImageOps

from stem.pictures import Limits, Picture, read_picture

MEDIA_TYPE = "image/png"
MOST_BYTES = 1_000_000
MOST_PIXELS = 25_000_000
# Twice the size at which the header draws it, for sharp screens.
LARGEST = (480, 160)


def _unreadable(_content: bytes) -> str:
    return _("Choose a picture saved as PNG, JPEG or WebP: this file is none that we can read.")


LIMITS = Limits(
    code="logo",
    most_bytes=MOST_BYTES,
    kinds=dict.fromkeys(("PNG", "JPEG", "WEBP"), MOST_PIXELS),
    heavy=lazy("Choose a smaller picture: it may have up to 1 MB."),
    large=lazy("Choose a picture of fewer pixels: 2,000 across is plenty."),
    unreadable=_unreadable,
)


def read_logo(file: IO[bytes]) -> Picture:
    """Draw the picture in this file anew, no larger than a page shows it.

    Refuses with `logo` what is over 1 MB, no PNG, JPEG or WebP, broken, or far too large to unfold.
    """
    return read_picture(file, LIMITS, _drawn)


def _drawn(image: Image.Image) -> Picture:
    # A photograph may lie on its side and only say so; the saying is left behind, so the picture is turned.
    drawn = ImageOps.exif_transpose(image).convert("RGBA")
    drawn.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    written = BytesIO()
    drawn.save(written, format="PNG", optimize=True)
    return Picture(written.getvalue(), *drawn.size)
