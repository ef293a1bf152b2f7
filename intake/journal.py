"""The journal beside the vault: what came, what left and what people did, outside the register.

After a restore the register does not know what happened since its backup; this says so. It is only
added to. Each line is sealed under a key of its own and names nobody to whoever has the file alone.
A line is written after what it tells of is done: it may lag behind a kill by one, and never leads.
What could not be written is owed, and comes before anything else: no letter leaves meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import errno
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config.explained_error import ExplainedError
from config.refused_access import find_refusal
from intake.disk_errors import DiskFull, NotWritable, is_disk_full, require_writable
from intake.keys import Keys
from intake.safe_files import sync_folder

JOURNAL_FILE = "journal"  # in the vault's folder
DELIVERY_TAKEN, LETTER_LEFT, PERSON_ACTED = "taken", "left", "did"
ORIGINAL_DESTROYED = "destroyed"  # with its key, and of nobody any more
ORIGINAL_WITHDRAWN = "withdrawn"  # from one case, while another has it rightly
BACKUP_MADE = "backed up"  # where a backup that was whole lies
_PURPOSE = "outside journal"
_NONCE = 12
_END_BYTES = 1 << 20  # bytes


class JournalBehind(ExplainedError):
    sentence = (
        "It is done, and stands in the register. The journal beside the vault does not tell of it,"
        " since it cannot be written: after a loss of the register nobody would know of it."
    )

    def __init__(self, journal: Path) -> None:
        super().__init__(str(journal))
        self.explanation = f"{self.sentence} {find_refusal(journal).explanation}"


@dataclass(frozen=True, slots=True)
class JournalLine:
    """`what` is one of the words above; `facts` are ids, keyed hashes, times and codes."""

    what: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TakenDelivery:
    """What a row of `deliveries` says of its arrival, as the journal keeps it; `id` is None for
    what no journal tells of."""

    id: int | None
    source: str
    form: str
    place: str
    agency: str | None
    hint: str | None
    name: str | None
    content: str
    size: int
    oversize: int
    received: str
    expected: int
    whose: str

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> TakenDelivery:
        return cls(**facts)


class OutsideJournal:
    """The journal in one vault's folder."""

    def __init__(self, vault: Path, keys: Keys) -> None:
        self.file = vault / JOURNAL_FILE
        self._cipher = AESGCM(keys.derived_key(_PURPOSE))
        self._owed: list[JournalLine] = []

    def append(self, line: JournalLine, *, durably: bool = False) -> None:
        """Add one line. What it tells of is done, so where that cannot be the line is owed."""
        owed, self._owed = self._owed, []
        try:
            self.append_all([*owed, line], durably=durably or bool(owed))
        except OSError:
            self._owed = [*owed, line]

    def settle(self) -> None:
        """Write what is owed, and see that more can be. Raises NotWritable or DiskFull."""
        require_writable(self.file)
        if self._owed:
            try:
                self.append_all(self._owed)
            except OSError as why:
                full = is_disk_full(why, self.file.parent)
                raise (DiskFull if full else NotWritable)(str(self.file)) from why
            self._owed = []

    def refuse_owed(self) -> None:
        """Raises JournalBehind where something was done of which it does not tell."""
        if self._owed:
            raise JournalBehind(self.file)

    def append_all(self, lines: Iterable[JournalLine], *, durably: bool = True) -> None:
        """Add several at once. Raises OSError."""
        data = b"".join(map(self._sealed, lines))
        if not data:
            return
        new = not self.file.exists()
        place = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            if os.write(place, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.file))
            if durably:
                os.fsync(place)
        finally:
            os.close(place)
        if new:
            sync_folder(self.file.parent)

    def read_lines(self) -> Iterator[JournalLine]:
        """Every line that is whole, in order; nothing where there is no journal. Raises OSError."""
        try:
            with self.file.open("rb") as file:
                for line in file:
                    if (opened := self._opened(line.strip())) is not None:
                        yield opened
        except FileNotFoundError:
            return

    def read_end(self) -> Iterator[JournalLine]:
        """The lines at its end, as far as some hundred letters go back. Raises OSError."""
        try:
            with self.file.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - _END_BYTES))
                lines = [self._opened(line.strip()) for line in file]
        except FileNotFoundError:
            return
        yield from (line for line in lines if line is not None)

    def stamp(self) -> tuple[int, ...]:
        """The same for as long as nobody has written it; nothing where it is not there. Raises
        OSError."""
        try:
            about = self.file.stat()
        except FileNotFoundError:
            return ()
        return about.st_ino, about.st_size, about.st_mtime_ns

    def adopt(self, other: OutsideJournal) -> None:
        """Take over what another journal tells and this one does not. Raises OSError."""
        known = {_key(line) for line in self.read_lines()}
        self.append_all(line for line in other.read_lines() if _key(line) not in known)

    def _sealed(self, line: JournalLine) -> bytes:
        """Between line ends of its own: what a kill left half-written before it spoils no other."""
        nonce, told = secrets.token_bytes(_NONCE), json.dumps([line.what, dict(line.facts)])
        sealed = nonce + self._cipher.encrypt(nonce, told.encode(), None)
        return b"\n" + base64.b64encode(sealed) + b"\n"

    def _opened(self, line: bytes) -> JournalLine | None:
        try:
            sealed = base64.b64decode(line, validate=True)
            told = json.loads(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None))
        except (binascii.Error, InvalidTag, ValueError):
            return None
        return JournalLine(*told)


def without_destroyed(lines: Iterable[JournalLine]) -> tuple[list[JournalLine], frozenset[str]]:
    """The lines without the arrivals of what was destroyed after them, and the marks of the
    originals that were destroyed and have not come again since."""
    kept, gone = list[JournalLine](), set[str]()
    for line in lines:
        content = line.facts.get("content")
        if line.what == ORIGINAL_DESTROYED:
            kept = [one for one in kept if one.facts.get("content") != content]
            gone.add(line.facts["content"])
            continue
        if line.what == DELIVERY_TAKEN:
            gone.discard(line.facts["content"])
        kept.append(line)
    return kept, frozenset(gone)


def _key(line: JournalLine) -> str:
    return json.dumps([line.what, dict(line.facts)], sort_keys=True)
