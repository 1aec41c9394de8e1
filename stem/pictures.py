"""Read a picture that someone chose. What we keep is a picture of our own making, never the file that came.

The file's name and the type its browser claims say nothing. It is decoded as one of the kinds named, whatever it is
called, and drawn anew: what else it held (a script, a place, a camera's name) stays behind. SVG is a program that runs
in a browser and is not read at all.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import IO

from PIL import Image, UnidentifiedImageError

from stem.curriculum import Words
from stem.rules import Kind, Refusal, refuse

# What the decoders raise for a file that is cut short or was made to hurt.
BROKEN = (
    *(UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning),
    *(OSError, SyntaxError, ValueError, EOFError, struct.error, OverflowError, IndexError, KeyError, TypeError),
)


@dataclass(frozen=True)
class Picture:
    """A picture as we drew it."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """What names it: the same picture has the same address."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Limits:
    """What a file may be, and what is said of one that is something else.

    A small file can unfold into a picture that fills the memory: its header says how large before it is unfolded, and
    `kinds` says for each kind how many pixels it may have.
    """

    code: str
    most_bytes: int
    kinds: Mapping[str, int]
    heavy: Words
    large: Words
    unreadable: Callable[[bytes], str]


def read_picture(file: IO[bytes], limits: Limits, draw: Callable[[Image.Image], Picture]) -> Picture:
    """Draw the picture in this file anew.

    Refuses with the limits' code what is too heavy, of another kind, broken, or far too large to unfold.
    """
    content = file.read(limits.most_bytes + 1)
    if len(content) > limits.most_bytes:
        raise refuse(limits.code, Kind.INPUT, str(limits.heavy))
    too_large = refuse(limits.code, Kind.INPUT, str(limits.large))
    try:
        with Image.open(BytesIO(content), formats=list(limits.kinds)) as image:
            # Phones pack a picture with its depths or its brightness into one file: a JPEG with company.
            kind = "JPEG" if image.format == "MPO" else str(image.format)
            if image.width * image.height > limits.kinds[kind]:
                raise too_large
            return draw(image)
    except Refusal:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_large from None
    except BROKEN:
        raise refuse(limits.code, Kind.INPUT, limits.unreadable(content)) from None
