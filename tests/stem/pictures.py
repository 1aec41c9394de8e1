"""Small pictures, and files that only say that they are pictures."""

from io import BytesIO

from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
# A whole GIF of one pixel: a picture, and none of the three kinds.
GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


def picture_file(kind: str = "PNG", size: tuple[int, int] = (300, 100), *, mode: str = "RGB", **options) -> BytesIO:
    """A mulberry rectangle as a file of this kind."""
    written = BytesIO()
    Image.new(mode, size, "#8c1d5b" if mode.startswith("RGB") else 0).save(written, kind, **options)
    written.seek(0)
    return written
