"""Get at the text that someone sent: as it is, or packed by gzip or zip; told apart by content, never by name."""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from django.utils.translation import gettext as _

from stem.rules import Kind, Refusal, refuse

CHUNK = 1 << 20
HEAD = 1 << 16
LARGEST = 4 * 1024**3
# No table of names and numbers shrinks more than tenfold or so: what unfolds a hundredfold was made to do harm.
RATIO = 100
_SMALL = 64 * 1024**2

_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# Whatever the unpackers raise over bytes that are not as they should be.
_DAMAGE: tuple[type[Exception], ...] = (
    *(EOFError, OSError, RuntimeError, ValueError, OverflowError, KeyError),
    *(struct.error, zlib.error, zipfile.BadZipFile),
)


@contextmanager
def damage_refused() -> Iterator[None]:
    """Refuse with `file_cut` when what is read here turns out not to be as it was packed."""
    try:
        yield
    except _DAMAGE as error:
        raise cut() from error


@dataclass(frozen=True)
class Source:
    """A text file somewhere: how to open it from its beginning, and how many bytes it takes up packed."""

    name: str
    packed: int
    open: Callable[[], BinaryIO]

    def head(self) -> bytes:
        """The first bytes, by which we tell what it is. Refuses with `file_cut`."""
        with damage_refused(), self.open() as stream:
            return stream.read(HEAD)

    def chunks(self) -> Iterator[bytes]:
        """All of it, piece by piece. Refuses with `file_cut` or `file_too_large`."""
        size = 0
        with damage_refused(), self.open() as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > LARGEST or (size > _SMALL and size > RATIO * self.packed):
                    raise too_large()
                yield chunk


def cut(where: str = "") -> Refusal:
    """The refusal of a file of which a part is missing."""
    told = where or _("The file is damaged or was cut short on its way.")
    return refuse("file_cut", Kind.INPUT, f"{told} " + _("Download it again, and send the new file."))


def no_table(what: str) -> Refusal:
    """The refusal of a file that is something else, told what it is and what to do."""
    return refuse("not_a_table", Kind.INPUT, what)


def too_large() -> Refusal:
    """The refusal of a file that unfolds beyond reason."""
    return refuse(
        "file_too_large",
        Kind.INPUT,
        _("This file unpacks to more than any register holds. Download it again from where it is published."),
    )


def find_sources(path: Path) -> list[Source]:
    """The text file at this path, or each that is packed in the zip there.

    Refuses with `file_missing`, `file_empty`, `file_cut`, `file_encrypted`, `file_too_large` or `not_a_table`.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        said = _("There is no file at %(path)s that can be read. Check its name.") % {"path": path}
        raise refuse("file_missing", Kind.INPUT, said) from error
    if not start:
        raise empty()
    if start.startswith(_ZIP):
        return _members(path)
    packed = start.startswith(_GZIP)
    return [Source(path.name, size, partial(_open_gzip if packed else _open_plain, path))]


def empty() -> Refusal:
    """The refusal of a file in which nothing stands."""
    return refuse("file_empty", Kind.INPUT, _("This file is empty. Download it again, and send the new file."))


def _open_plain(path: Path) -> BinaryIO:
    return path.open("rb")


def _open_gzip(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path, "rb"))


def _open_member(path: Path, member: zipfile.ZipInfo) -> BinaryIO:
    with zipfile.ZipFile(path) as archive:
        return cast("BinaryIO", archive.open(member))


# What lies beside a table in a zip: words about it, and what computers leave there for themselves.
_BESIDE = (".md", ".pdf", ".doc", ".docx", ".htm", ".html", ".rtf", ".xml", ".json", ".png", ".jpg", ".ini", ".db")


def _members(path: Path) -> list[Source]:
    with damage_refused(), zipfile.ZipFile(path) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
    names = {each.filename for each in members}
    if names & {"[Content_Types].xml", "mimetype"}:
        raise no_table(workbook())
    files = [each for each in members if _may_be_a_table(each.filename)]
    if not files:
        raise no_table(_("There is no table in this zip. Send the CSV file itself."))
    tables = [each for each in files if each.filename.lower().endswith((".csv", ".tsv"))] or files
    for each in tables:
        check_member(each)
    size = path.stat().st_size
    return [Source(each.filename, size, partial(_open_member, path, each)) for each in tables]


def _may_be_a_table(name: str) -> bool:
    """Not what a Mac or Windows leaves in a zip for itself, nor a page of words."""
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not hidden and not name.lower().endswith(_BESIDE) and not parts[-1].lower().startswith("readme")


def check_member(member: zipfile.ZipInfo) -> None:
    """Refuse with `file_encrypted`, `file_too_large` or `not_a_table` what cannot be unpacked, or should not be."""
    if member.flag_bits & 1:
        said = _("This zip is locked with a password. Unpack it, and send the CSV file itself.")
        raise refuse("file_encrypted", Kind.INPUT, said)
    if member.file_size > LARGEST or (member.file_size > _SMALL and member.file_size > RATIO * member.compress_size):
        raise too_large()
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise no_table(_("This zip is packed in a way that cannot be opened here. Unpack it, and send the CSV file."))


def workbook() -> str:
    """What to say of a spreadsheet's own file."""
    return _("This is a spreadsheet's workbook, not a CSV file. Save it as CSV, or download the CSV, and send that.")


def check_may_be_text(head: bytes) -> None:
    """Refuse with `not_a_table` what begins like a page, a picture, a workbook, an archive, or like nothing at all."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower()
    if start.startswith(b"<"):
        raise no_table(
            _("This is a web page, not a table: its site may want you to sign in first. Download the CSV file itself.")
        )
    if start.startswith((b"%pdf", b"{\\rtf")):
        raise no_table(_("This is a document to read, not a table. Download the register as CSV, and send that."))
    if start.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8", b"riff", b"ii*\0", b"mm\0*")):
        raise no_table(_("This is a picture, not a table. Send the CSV file itself."))
    if start.startswith((b"\xd0\xcf\x11\xe0", b"pk\x03\x04")):
        raise no_table(workbook())
    if start.startswith((_GZIP, b"7z\xbc\xaf", b"rar!", b"bzh", b"\xfd7zxz", b"\x28\xb5\x2f\xfd")):
        raise no_table(_("This file is packed in a way that cannot be opened here. Unpack it, and send the CSV file."))
