"""In which letters a text file is written: UTF-8 or Windows-1252 as a rule, and UTF-16 when a spreadsheet says so."""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stem.rules import Kind, Refusal, refuse
from stem.unpacking import CHUNK, cut, empty, no_table

_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Windows-1252 leaves these five without a letter.
_UNDEFINED = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
_CONTROLS = bytes(byte for byte in [*range(32), 127] if byte not in b"\r\n")
_HIGH = bytes(range(128, 256))
_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Lettering:
    """How to decode a file, and whether there are marks in it that nobody sees and that must be taken out."""

    encoding: str
    has_controls: bool
    # What becomes of a byte that the encoding does not know.
    errors: str = "strict"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as Windows would: rows of two programs were pasted into one file."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


MIXED = "windows_where_not_utf8"
codecs.register_error(MIXED, _as_windows)


def find_lettering(chunks: Iterable[bytes], *, may_be_mixed: bool = False) -> Lettering:
    """The encoding of a file, read to its end; one of letters in both encodings is read letter by letter if it may be.

    Refuses with `file_encoding` when it is none of ours, `file_empty`, `file_cut`, or `not_a_table` when no line of
    it ever ends.
    """
    chunks = iter(chunks)
    first = next(chunks, b"")
    if first.startswith(_UTF32):
        raise neither()
    if first.startswith(_UTF16):
        return _examine_utf16(first, chunks)
    _check_is_text(first)
    examiner = _Examiner(first.startswith(codecs.BOM_UTF8))
    examiner.read(first)
    for chunk in chunks:
        examiner.read(chunk)
    return examiner.verdict(may_be_mixed=may_be_mixed)


def neither() -> Refusal:
    """The refusal of letters that we cannot read."""
    return refuse(
        "file_encoding",
        Kind.INPUT,
        _("The letters in this file are neither UTF-8 nor Windows-1252. Save it as “CSV UTF-8”, and send that."),
    )


def _check_is_text(first: bytes) -> None:
    """Every second byte zero is UTF-16 that does not say so; one byte in twenty that is no letter is no text at all."""
    head = first[:4096]
    zeros = head.count(0)
    if zeros * 3 > len(head) and (head[::2].count(0) in (0, zeros)):
        raise neither()
    if not first.strip(b"\xef\xbb\xbf \t\r\n\0\x1a"):
        raise empty()
    controls = len(head) - len(head.translate(None, _CONTROLS)) - head.count(b"\t")
    if controls * 20 > len(head):
        raise no_table(_("This is not a table, or it is damaged beyond reading. Send the register as CSV."))


def _check_lines_end(chunk: bytes) -> None:
    if len(chunk) >= CHUNK and b"\n" not in chunk and b"\r" not in chunk:
        raise no_table(_("This is not a table: it has no lines. Send the register as CSV."))


class _Examiner:
    """Looks at a file of single bytes, piece by piece, and then says what it is."""

    def __init__(self, marked: bool) -> None:
        self.marked = marked
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.is_utf8 = True
        self.is_cp1252 = True
        self.has_controls = False
        self.high = self.paired = 0

    def read(self, chunk: bytes) -> None:
        """Take in the next piece."""
        _check_lines_end(chunk)
        self.has_controls = self.has_controls or len(chunk.translate(None, _CONTROLS)) != len(chunk)
        if self.is_utf8:
            try:
                self.decoder.decode(chunk)
            except UnicodeDecodeError:
                self.is_utf8 = False
        if not chunk.isascii():
            # C1 controls hide among the letters of UTF-8: let the slow way look for them.
            self.has_controls = self.has_controls or b"\xc2" in chunk
            self.is_cp1252 = self.is_cp1252 and len(chunk.translate(None, _UNDEFINED)) == len(chunk)
            self.high += len(chunk) - len(chunk.translate(None, _HIGH))
            self.paired += sum(len(pair) for pair in _PAIR.findall(chunk))

    def verdict(self, *, may_be_mixed: bool) -> Lettering:
        """What the file is, now that it has ended."""
        if self.is_utf8 and self.decoder.getstate()[0]:
            if self.paired or self.marked:
                raise cut()
            self.is_utf8 = False
        if self.is_utf8:
            return Lettering("utf-8-sig", self.has_controls)
        # Letters that are mostly well-formed UTF-8 are UTF-8 with a flaw: as Windows-1252 they would all turn to "Ã©".
        if self.marked or not self.is_cp1252 or self.paired * 2 > self.high:
            if may_be_mixed:
                return Lettering("utf-8-sig", self.has_controls, MIXED)
            raise neither()
        return Lettering("cp1252", self.has_controls)


def _examine_utf16(first: bytes, chunks: Iterable[bytes]) -> Lettering:
    decoder = codecs.getincrementaldecoder("utf-16")()
    if len(first) < 4:
        raise empty()
    try:
        decoder.decode(first)
        for chunk in chunks:
            _check_lines_end(chunk)
            decoder.decode(chunk)
    except UnicodeDecodeError as error:
        raise neither() from error
    if decoder.getstate()[0]:
        raise cut()
    return Lettering("utf-16", has_controls=True)
