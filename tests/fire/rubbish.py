"""What is sent to us by mistake, by machines, and by people who mean harm."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

HOSTILE_MARK = "<script>alert('fire')</script>"
LONG = 100_000
# A lone half of a pair cannot be typed, yet its three bytes can be sent: they are read as three question marks.
LONE_SURROGATE = "\ud800".encode("utf-8", "surrogatepass")

WORDS: dict[str, str | bytes] = {
    "nothing but spaces": "   ",
    "a NUL": "x\x00y",
    "far too much": "x" * LONG,
    "a script": f"{HOSTILE_MARK}\"'><b onmouseover=x>",
    "a template": "{{7*7}}{% load fire %}{{ request.user.password }}${7*7}",
    "SQL": "'; DROP TABLE bookings_visit; --",
    "another direction": "\u202eexample\u202c\u200f\u2066",
    "an emoji": "👩🏽‍🔬" * 20,
    "a form feed": "line\x0cfeed\x0b\x1b[2J\r\nBcc: someone@people.example",
    "half a pair": LONE_SURROGATE,
    "a number beyond any column": "9" * 40,
    "a negative number": "-1",
    "no number": "NaN",
    "digits of elsewhere": "٣٤",
}


def files() -> dict[str, SimpleUploadedFile]:
    """Files that are not what they say."""
    return {
        "an empty file": SimpleUploadedFile("empty.csv", b""),
        "the wrong kind": SimpleUploadedFile("program.exe", b"MZ" + b"\x00" * 500),
        "a zip that swells": SimpleUploadedFile("bomb.zip", _swelling(), "application/zip"),
        "a cut zip": SimpleUploadedFile("cut.zip", _swelling()[:200], "application/zip"),
        "a picture that lies": SimpleUploadedFile("logo.png", _lying_picture(), "image/png"),
        "a script that says it is a picture": SimpleUploadedFile("logo.svg", b"<svg onload='x'/>", "image/svg+xml"),
        "a name that climbs": SimpleUploadedFile("../../etc/passwd\u202egnp.csv", b"a,b\n1,2\n"),
        "half a pair": SimpleUploadedFile("half.csv", LONE_SURROGATE * 40),
    }


def _swelling() -> bytes:
    """Forty megabytes of nothing in forty kilobytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("register.csv", b"0" * 40_000_000)
    return packed.getvalue()


def _lying_picture() -> bytes:
    """A picture of a few bytes that says it is 60,000 by 60,000."""

    def part(kind: bytes, told: bytes) -> bytes:
        return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))

    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", zlib.compress(b"\x00")) + part(b"IEND", b"")
