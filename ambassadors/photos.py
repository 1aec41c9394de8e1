"""Someone's photo: a square of our own drawing, in which whoever receives them at a school knows them (rule V-25)."""

from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from PIL import Image, ImageOps

from stem.pictures import Limits, Picture, read_picture
from stem.rules import Kind, refuse

MEDIA_TYPE = "image/jpeg"
MOST_BYTES = 8_000_000
SIDE = 480
# Of fewer pixels than these nobody is known again.
SMALLEST = 120
# Of a picture higher than wide, this share of what is cut off goes from the top: faces are in the upper half.
FROM_THE_TOP = 0.3
QUALITY = 85
# How the file begins that a telephone writes when it saves room: after its length, and the words "file type".
HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}


def _unreadable(content: bytes) -> str:
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        return _(
            "This picture is in your phone’s own format (HEIC). Take a screenshot of it and choose that, or choose a "
            "picture saved as JPEG."
        )
    return _("Choose a photo saved as JPEG, PNG or WebP: this file is none that we can read.")


LIMITS = Limits(
    code="photo",
    most_bytes=MOST_BYTES,
    # A JPEG is unfolded at a fraction of its size, so that the largest of a telephone's takes little memory.
    kinds={"JPEG": 52_000_000, "PNG": 25_000_000, "WEBP": 25_000_000},
    heavy=lazy("Choose a smaller photo: it may have up to 8 MB."),
    large=lazy("Choose a photo of fewer pixels: one taken at your phone’s usual setting will do."),
    unreadable=_unreadable,
)


def read_photo(file: IO[bytes]) -> Picture:
    """Draw the photo in this file anew, as a square.

    Refuses with `photo` what is over 8 MB, no JPEG, PNG or WebP, broken, far too large to unfold, or too small to
    know anyone by.
    """
    return read_picture(file, LIMITS, _drawn)


def square_of(width: int, height: int) -> tuple[int, int, int, int]:
    """The largest square of a picture, from the middle of a wide one and from above the middle of a high one."""
    side = min(width, height)
    left, top = (width - side) // 2, round((height - side) * FROM_THE_TOP)
    return left, top, left + side, top + side


def _drawn(image: Image.Image) -> Picture:
    image.draft(None, (2 * SIDE, 2 * SIDE))
    turned = ImageOps.exif_transpose(image).convert("RGBA")
    if min(turned.size) < SMALLEST:
        raise refuse("photo", Kind.INPUT, _("Choose a larger photo: nobody would know you in one as small as this."))
    square = turned.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box=square_of(*turned.size))
    drawn = Image.new("RGB", square.size, "#ffffff")
    drawn.paste(square, mask=square)
    written = BytesIO()
    drawn.save(written, format="JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Picture(written.getvalue(), *drawn.size)
