"""Keeps the head of the audit log outside the register, so that an older register shows, and one
that was worked on elsewhere.

Each commit is announced before it is made, safe on the disk, and confirmed after. The file has two
places that are announced in by turns, each with a keyed hash: what a power cut spoils in one, the
other still has. A third says which of them was confirmed; it is not forced to the disk. So whatever
ends the service, the register ends with one of the two.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.explained_error import ExplainedError
from intake.keys import Keys
from intake.safe_files import write_durably

FIRST_SEAL = "0" * 64  # of a record without an entry
HEAD_FILE = "head"  # in the vault's folder
_PLACE_BYTES = 4096
_CONFIRMED = 2 * _PLACE_BYTES  # where the third place begins
_PARTS = 4  # of an announcement
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


@dataclass(frozen=True, slots=True)
class HeadMarks:
    """What the file says: the last head that is known to have been committed, and one that was
    announced after it, of which that is not known."""

    certain: ChainHead | None = None
    announced: ChainHead | None = None

    def last_standing(self, stands: Callable[[ChainHead], bool]) -> ChainHead | None:
        """The later of the two that a record has; None where it has neither."""
        both = (self.announced, self.certain)
        return next((head for head in both if head is not None and stands(head)), None)


@dataclass(frozen=True, slots=True)
class _Place:
    """One of the two: where it begins, the how-manieth announcement it holds, and the head."""

    at: int
    turn: int
    head: ChainHead


class OutsideHead:
    """The head as it is kept beside the originals."""

    def __init__(self, vault: Path, keys: Keys) -> None:
        self.folder = vault
        self._file = vault / HEAD_FILE
        self._key = keys.derived_key(_PURPOSE)
        self._held = False

    def read_marks(self) -> HeadMarks:
        """Both are None where nothing is whole, or there is no file. Raises OSError."""
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return HeadMarks()
        places = sorted(self._places(data), key=lambda each: (each.turn, each.head.seq))
        if not places:
            return HeadMarks()
        last, confirmed = places[-1], self._opened(data, _CONFIRMED)
        if last.turn == 0 or confirmed == [last.head.seal]:
            return HeadMarks(last.head)
        return HeadMarks(places[0].head if places[1:] else None, last.head)

    def read_head(self) -> ChainHead | None:
        """The last that is known to have been committed. Raises OSError."""
        return self.read_marks().certain

    def was_written(self) -> bool:
        """Whether there is one, whole or not, and whoever can read it."""
        return self._file.exists()

    def begin(self) -> None:
        """Before the first entry of a record: from now on a head that is not there was taken away.
        Raises OSError."""
        if not self._file.exists():
            self.write_head(ChainHead(0, FIRST_SEAL))

    def write_head(self, head: ChainHead) -> None:
        """Have this one count from now on, whatever stood there. Raises OSError."""
        data = [self._sealed([1, head.seq, head.seal, dict(head.counts)]), b"\n" * _PLACE_BYTES]
        write_durably(self._file, b"".join([*data, self._sealed([head.seal])]))
        self._held = False

    def hold(self) -> None:
        """What is committed from now on is not told here, until a head is written that counts: the
        register in hand is not the one of which this file tells."""
        self._held = True

    def announce(self, head: ChainHead, stands: Callable[[ChainHead], bool]) -> None:
        """This one is about to be committed, by whoever has the right to write; `stands` says
        whether the record has a head. It is safe on the disk when this returns. Raises OSError."""
        if self._held:
            return
        file = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            places = {each.at: each for each in self._places(os.pread(file, _CONFIRMED, 0))}
            if any(each.head.seal == head.seal for each in places.values()):
                return
            turns = {at: (each.turn, each.head.seq) for at, each in places.items()}
            standing = [each.at for each in places.values() if stands(each.head)]
            free = [at for at in (0, _PLACE_BYTES) if standing != [at]]
            at = min(free, key=lambda each: turns.get(each, (-1, 0)))  # of two the later stays
            turn = max((each.turn for each in places.values()), default=0) + 1
            told = [turn, head.seq, head.seal, dict(head.counts)]
            os.pwrite(file, self._sealed(told), at)
            os.fsync(file)
        finally:
            os.close(file)

    def confirm(self, head: ChainHead) -> None:
        """What was announced is committed. Raises OSError."""
        if self._held:
            return
        file = os.open(self._file, os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.pwrite(file, self._sealed([head.seal]), _CONFIRMED)
        finally:
            os.close(file)

    def _sealed(self, told: list[Any]) -> bytes:
        text = json.dumps(told, separators=(",", ":")).encode()
        seal = hmac.new(self._key, text, "sha256").hexdigest().encode()
        return (seal + text).ljust(_PLACE_BYTES, b"\n")

    def _opened(self, data: bytes, start: int) -> list[Any] | None:
        """What stands in one place; None where it is not whole."""
        seal, text = data[start : start + 64], data[start + 64 : start + _PLACE_BYTES].rstrip()
        if not hmac.compare_digest(hmac.new(self._key, text, "sha256").hexdigest().encode(), seal):
            return None
        told = json.loads(text)
        return told if isinstance(told, list) else None

    def _places(self, data: bytes) -> Iterator[_Place]:
        for at in (0, _PLACE_BYTES):
            if (told := self._opened(data, at)) is None:
                continue
            # Before there were announcements a head was three things, and written after its commit.
            turn, *head = told if len(told) == _PARTS else (0, *told)
            yield _Place(at, turn, ChainHead(*head))
