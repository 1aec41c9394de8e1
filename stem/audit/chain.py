"""What a digest is taken of: each entry as one line, each batch as its lines, each seal as what it says (L-01).

A line is JSON, so that the same entry has the same line on either database and in ten years. What a version says is
never altered: a new column of an entry makes a new version with that column at the end, and old seals are checked by
the columns that they were set on.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

VERSION = 2
FIRST_COLUMNS = ("id", "at", "actor_id", "action", "object_type", "object_id", "outcome")
COLUMNS = {1: FIRST_COLUMNS, 2: (*FIRST_COLUMNS, "page", "part", "request", "address")}
# What the first seal follows.
NOTHING = "0" * 64
MARK_BYTES = 4


@dataclass(frozen=True)
class Batch:
    """The digest of some entries in their order, and the beginning of each one's own."""

    contents: str
    marks: bytes


def digest_of_entry(values: tuple[Any, ...], version: int = VERSION) -> bytes:
    """The digest of one entry: of those of its values, in the latest version's order, that this version knows."""
    plain = [_plain(value) for value in values[: len(COLUMNS[version])]]
    return sha256(json.dumps([version, *plain], separators=(",", ":"), default=_foreign).encode()).digest()


def batch_of(digests: list[bytes]) -> Batch:
    """The entries with these digests, as one batch."""
    return Batch(sha256(b"".join(digests)).hexdigest(), b"".join(each[:MARK_BYTES] for each in digests))


def digest_of_seal(seal: Any) -> str:
    """The digest of everything that a seal says, the digest of the seal before it among that."""
    said = [seal.number, seal.version, seal.first, seal.last, seal.count, _plain(seal.at), seal.previous, seal.contents]
    return sha256(json.dumps([*said, bytes(seal.marks).hex()], separators=(",", ":")).encode()).hexdigest()


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def _foreign(value: object) -> dict[str, str]:
    """What no column of ours holds, such as bytes for text: as something that equals no text."""
    return {type(value).__name__: repr(value)}
