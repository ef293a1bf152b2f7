"""What is remembered of a disk that is full, in a few bytes reserved while there was room.

The register cannot be written then, and a command that ends after one round remembers nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.calendar import utc_text
from intake.source_health import OutageKind, OutageSubject

_LENGTH = 512  # bytes, which are written over in place
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True)
class StorageFailure:
    """That nothing can be kept: of what, since when, and by which ways that was told."""

    of: OutageSubject
    since: datetime
    told_by: tuple[str, ...]


class StorageFailureFile:
    """One failure or none. Where the file can be neither read nor written nothing is remembered."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def reserve(self) -> None:
        """Take the bytes, unless there are as many already."""
        with suppress(OSError):
            if not self._path.exists() or self._path.stat().st_size < _LENGTH:
                self._write(b"")

    def read(self) -> StorageFailure | None:
        try:
            kept = json.loads(self._path.read_bytes())
            of = OutageSubject(OutageKind(kept["kind"]))
            since, told_by = datetime.fromisoformat(kept["since"]), tuple(kept["told_by"])
            return StorageFailure(of, since, told_by)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, of: OutageSubject, since: datetime, told_by: Collection[str]) -> None:
        kept = {"kind": of.kind.value, "since": utc_text(since), "told_by": sorted(told_by)}
        with suppress(OSError):
            self._write(json.dumps(kept).encode())

    def forget(self) -> None:
        if self.read() is not None:
            with suppress(OSError):
                self._write(b"")

    def _write(self, kept: bytes) -> None:
        descriptor = os.open(self._path, _FLAGS, 0o600)
        try:
            os.pwrite(descriptor, kept.ljust(_LENGTH), 0)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
