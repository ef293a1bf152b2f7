"""Alerts to a file that the settings name.

Does: appends each, durably, to a file that the service alone can read; one that has grown large is
put aside under one older name.
Trusts: the folder it lies in.
Never touches: a link in the file's place.
Known limits: of more than two files' worth of alerts the oldest are gone.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from intake.durable import sync_folder
from intake.full import disk_is_full
from outbox.other_ways import Alarm, Name

LARGEST = 256 * 1024  # bytes; then it is put aside as `NAME.1`
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


class FileWay:
    """One file."""

    name: Name = "file"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._answer = ""

    def begin(self, alarm: Alarm, now: datetime) -> None:
        text = f"{now.isoformat(timespec='seconds')} {str(alarm).rstrip()}\n\n"
        try:
            self._put_aside()
            _append(self._path, text.encode())
        except OSError as why:
            full = disk_is_full(why, self._path.parent)
            reason = "the disk is full" if full else (why.strerror or "no reason is given").lower()
            self._answer = f"it cannot be written: {reason}"
        else:
            self._answer = ""

    def ended(self) -> str | None:
        return self._answer

    def close(self) -> None:
        pass

    def _put_aside(self) -> None:
        if self._path.exists() and self._path.stat().st_size > LARGEST:
            self._path.rename(self._path.with_name(f"{self._path.name}.1"))


def _append(path: Path, data: bytes) -> None:
    """All of it or nothing. Raises OSError."""
    descriptor = os.open(path, _FLAGS, 0o600)
    try:
        before = os.fstat(descriptor).st_size
        try:
            rest = data
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, before)
            raise
    finally:
        os.close(descriptor)
    sync_folder(path.parent)
