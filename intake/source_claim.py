"""Whose a source is: two registers that work the same mailbox answer half of what comes each."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from intake.disk_errors import DiskFull, is_disk_full
from intake.source import SourceRefused, SourceUnavailable

CLAIM_FILE = "scr-intake-register"  # in a folder that is a mailbox: says which register works it
CLAIM_FILE_HINT = f"delete the file {CLAIM_FILE} in the mailbox's folder"


@dataclass(frozen=True, slots=True)
class SourceClaim:
    """What a register writes into a source that it works. `mark` is its own and no other's; `says`
    tells a person which register that is, in one line."""

    mark: str
    says: str

    @property
    def line(self) -> str:
        return f"{self.mark} {self.says}"

    @classmethod
    def from_line(cls, line: str) -> SourceClaim | None:
        """None for what is no claim."""
        mark, _, says = line.strip().partition(" ")
        return cls(mark, says) if mark else None


class SourceClaimedElsewhere(SourceUnavailable):
    sentence = "It is worked by another scr-intake."

    fix = "Find out which of the two should work it, and stop the other."

    def __init__(self, name: str, whose: SourceClaim, how_to_free: str) -> None:
        super().__init__(name)
        of = f": {whose.says}" if whose.says else ""
        self.sentence = f"It is worked by another scr-intake{of}. Nothing was taken from it."
        self.fix = f"{self.fix} If that one is no longer in use, {how_to_free}."

    def __str__(self) -> str:
        return self.sentence


def register_claim(
    mark: Callable[[bytes], str], board: str, register: Path, machine: str | None = None
) -> SourceClaim:
    """The claim of the register whose keys make `mark`."""
    machine = machine or socket.gethostname()
    told = f"{board}, {register} on {machine}"
    return SourceClaim(mark(b"the source of this register"), " ".join(told.split()))


class ClaimFile:
    """A claim in a file of its own, in a folder that is a source. It is locked for as long as the
    process lives, so that a copy of the register on the same machine is kept out as well."""

    def __init__(self, name: str, path: Path, claim: SourceClaim) -> None:
        self._name = name
        self._path = path
        self._claim = claim
        self._open: int | None = None

    def take(self) -> None:
        """Raises SourceClaimedElsewhere, DiskFull, or SourceUnavailable where it cannot be told."""
        if self._open is None:
            self._open = self._locked()
            try:
                self._sign(self._open)
            except BaseException:
                self.let_go()
                raise

    def look(self) -> SourceClaim | None:
        """Whose it is, without taking it; None while nobody has said."""
        try:
            return SourceClaim.from_line(self._path.read_text(encoding="utf-8", errors="replace"))
        except FileNotFoundError:
            return None
        except OSError as why:
            raise self._trouble(why) from why

    def let_go(self) -> None:
        """Whose it is still stands there."""
        if self._open is not None:
            os.close(self._open)
            self._open = None

    def _locked(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            descriptor = os.open(self._path, flags, 0o600)
        except OSError as why:
            raise self._trouble(why) from why
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            os.close(descriptor)
            raise self._refusal(self.look()) from why
        except OSError:  # a file system without locks lets everybody in
            pass
        return descriptor

    def _sign(self, descriptor: int) -> None:
        owner = self.look()
        if owner is not None and owner.mark != self._claim.mark:
            raise self._refusal(owner)
        if owner != self._claim:  # nobody's yet, or ours from where the register was
            line = f"{self._claim.line}\n".encode()
            try:
                os.pwrite(descriptor, line, 0)
                os.ftruncate(descriptor, len(line))
                os.fsync(descriptor)
            except OSError as why:
                raise self._trouble(why) from why

    def _trouble(self, why: OSError) -> DiskFull | SourceUnavailable:
        folder = self._path.parent
        if isinstance(why, PermissionError):
            return SourceRefused(self._name, self._path)
        return DiskFull(str(folder)) if is_disk_full(why, folder) else SourceUnavailable(self._name)

    def _refusal(self, owner: SourceClaim | None) -> SourceClaimedElsewhere:
        return SourceClaimedElsewhere(self._name, owner or SourceClaim("", ""), CLAIM_FILE_HINT)
