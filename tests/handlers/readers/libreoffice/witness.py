"""What a test of the converter asks of the machine, and how it speaks to hostile.py."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def document(*deeds: str) -> bytes:
    """What tells the hostile program what to do."""
    return "\n".join([r"{\rtf1", *deeds]).encode()


def wait_until(true: Callable[[], object]) -> None:
    """A minute is for a machine under load."""
    for _ in range(6000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("a minute went by and it did not happen")


def running(mark: str) -> list[int]:
    """The processes with `mark` among their arguments, those merely waiting to be reaped left
    out."""
    found = Path("/proc").glob("[0-9]*/cmdline")
    return [int(path.parent.name) for path in found if _has(path, mark)]


def _has(path: Path, mark: str) -> bool:
    try:
        return mark.encode() in path.read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
