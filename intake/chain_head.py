"""Keeps the head of the audit log outside the register, so that an older register shows.

The file has two places that are written in turn, each with a keyed hash: what a power cut spoils in
one, the other still has. It is written after each commit, so it may lag behind, and never leads.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from config.explained_error import ExplainedError
from intake.keys import Keys
from intake.safe_files import sync_folder

FIRST_SEAL = "0" * 64  # of a record without an entry
HEAD_FILE = "head"  # in the vault's folder
_PLACE_BYTES = 4096
_PURPOSE = "outside head"


class HeadMissing(ExplainedError):
    sentence = (
        "The vault does not hold the mark of the last entry of the record, which is written there"
        " each time: whether this register is the latest is not known. To take it for the latest"
        " all the same: `scr-intake audit accept --reason '...'`"
    )


class RegisterOutdated(ExplainedError):
    sentence = (
        "This register is older than the last one that was written, or a copy of it that was worked"
        " on elsewhere. Put back the latest. What came and was decided since is not in this one. If"
        " there is no later one, to take in again what came since: `scr-intake recover` If this one"
        " is to count as it is: `scr-intake audit accept --reason '...'`"
    )


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last entry of the record: its number, its seal, and how many rows each table had."""

    seq: int
    seal: str
    counts: Mapping[str, int] = field(default_factory=dict)


class OutsideHead:
    """The head as it is kept beside the originals."""

    def __init__(self, vault: Path, keys: Keys) -> None:
        self.folder = vault
        self._file = vault / HEAD_FILE
        self._key = keys.derived_key(_PURPOSE)

    def read_head(self) -> ChainHead | None:
        """The later of the two that are whole; None when none is, or there is no file."""
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return None
        return max(self._whole(data), key=lambda head: head.seq, default=None)

    def was_written(self) -> bool:
        """Whether there is one, whole or not, and whoever can read it."""
        return self._file.exists()

    def begin(self) -> None:
        """Before the first entry of a record: from now on a head that is not there was taken away.
        Raises OSError."""
        if not self._file.exists():
            self.write_head(ChainHead(0, FIRST_SEAL))
            sync_folder(self._file.parent)

    def write_head(self, head: ChainHead) -> None:
        """Write over the older of the two. Raises OSError."""
        text = json.dumps([head.seq, head.seal, dict(head.counts)], separators=(",", ":")).encode()
        seal = hmac.new(self._key, text, "sha256").hexdigest().encode()
        place = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            whole = (seal + text).ljust(_PLACE_BYTES, b"\n")
            os.pwrite(place, whole, head.seq % 2 * _PLACE_BYTES)
        finally:
            os.close(place)

    def forget_head(self) -> None:
        """A person says that another register counts. Raises OSError."""
        self._file.unlink(missing_ok=True)
        sync_folder(self._file.parent)

    def _whole(self, data: bytes) -> Iterator[ChainHead]:
        for start in (0, _PLACE_BYTES):
            seal, text = data[start : start + 64], data[start + 64 : start + _PLACE_BYTES].rstrip()
            if hmac.compare_digest(hmac.new(self._key, text, "sha256").hexdigest().encode(), seal):
                with suppress(ValueError):
                    yield ChainHead(*json.loads(text))
