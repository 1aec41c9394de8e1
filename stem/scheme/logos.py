"""Read a logo that someone chose. What we serve is a picture of our own making, never the file that came.

The file's name and the type its browser claims say nothing. It is decoded as one of three kinds of picture, whatever it
is called, and drawn anew: what else it held (a script, a place, a camera's name) stays behind. SVG is a program that
runs in a browser and is not read at all.
"""

import struct
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from stem.rules import Kind, Refusal, refuse

MEDIA_TYPE = "image/png"
KINDS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 1_000_000
# A small file can unfold into a picture that fills the memory: its header says how large before it is unfolded.
MOST_PIXELS = 25_000_000
# Twice the size at which the header draws it, for sharp screens.
LARGEST = (480, 160)
# What the decoders raise for a file that is cut short or was made to hurt.
BROKEN = (
    *(UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning),
    *(OSError, SyntaxError, ValueError, EOFError, struct.error, OverflowError, IndexError, KeyError, TypeError),
)


@dataclass(frozen=True)
class Picture:
    """A logo as we drew it."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """What names it: the same picture has the same address."""
        return sha256(self.content).hexdigest()


def read_logo(file: IO[bytes]) -> Picture:
    """Draw the picture in this file anew, no larger than a page shows it.

    Refuses with `logo` what is over 1 MB, no PNG, JPEG or WebP, broken, or far too large to unfold.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise refuse("logo", Kind.INPUT, _("Choose a smaller picture: it may have up to 1 MB."))
    try:
        with Image.open(BytesIO(content), formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_large()
            return _drawn(image)
    except Refusal:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except BROKEN:
        raise refuse(
            "logo", Kind.INPUT, _("Choose a picture saved as PNG, JPEG or WebP: this file is none that we can read.")
        ) from None


def _too_large() -> Refusal:
    return refuse("logo", Kind.INPUT, _("Choose a picture of fewer pixels: 2,000 across is plenty."))


def _drawn(image: Image.Image) -> Picture:
    # A photograph may lie on its side and only say so; the saying is left behind, so the picture is turned.
    drawn = ImageOps.exif_transpose(image).convert("RGBA")
    drawn.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    written = BytesIO()
    drawn.save(written, format="PNG", optimize=True)
    return Picture(written.getvalue(), *drawn.size)
