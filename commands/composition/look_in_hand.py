"""Looks the whole register through a piece at a time, as it stood at one moment.

It is read beside the connection that writes. What was found is looked for a second time before
anybody is told, so that no write in between is taken for damage.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from commands.composition.runtime import SCHEMAS
from config.kind import Kinds
from handlers.register.audit_log import recording_began
from handlers.register.fault import Fault, FaultKind
from handlers.register.integrity import look_through
from handlers.register.register import Register
from handlers.register.register_refusals import told_with_next_step
from handlers.register.whole_looks import is_look_due, latest_look, next_night
from intake.database import RegisterDatabase, RegisterUnreadable
from intake.keys import Keys
from intake.vault import Vault


@dataclass(slots=True)
class LookInHand:
    """The look of this night, as far as it has come. `found` is what the last one came to."""

    database: RegisterDatabase
    vault: Vault
    keys: Keys
    kinds: Kinds
    found: list[Fault] = field(default_factory=list)
    _pieces: Generator[None] | None = None
    _not_before: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether one has begun, or nothing was looked through this night. The record is asked once
        a night. `now` is in the board's time zone."""
        if self._pieces is not None:
            return True
        if self._not_before is not None and now < self._not_before:
            return False
        due = is_look_due(latest_look(self.database), recording_began(self.database), now)
        if not due:
            self._not_before = next_night(now)
        return due

    def pieces(self) -> Iterator[None]:
        """Go on with it, or begin; left off between two pieces, it goes on from there the next
        time. At its end `found` says what came of it."""
        self._pieces = self._pieces or self._look_twice()
        try:
            for _ in self._pieces:  # closing this iterator closes not that one
                yield
        except Exception:
            self._pieces = None
            raise
        self._pieces = None

    def close(self) -> None:
        """Leave off, for good."""
        if self._pieces is not None:
            self._pieces.close()
            self._pieces = None

    def _look_twice(self) -> Generator[None]:
        found = yield from self._look_once()
        if found:
            again = yield from self._look_once()
            seen = {_identity(fault) for fault in found}
            found = [fault for fault in again if _identity(fault) in seen]
        self.found = found

    def _look_once(self) -> Generator[None, None, list[Fault]]:
        found = list[Fault]()
        with closing(RegisterDatabase.open_read_only(self.database.file())) as snapshot:
            register = Register(snapshot, self.vault, self.keys, self.kinds)
            snapshot.hold_moment()
            lies = (self.database.file(), self.vault.folder, self.keys)
            try:
                with told_with_next_step(*lies):
                    for fault in look_through(snapshot, self.vault, register, SCHEMAS):
                        if fault is None:
                            yield
                        else:
                            found.append(fault)
            except RegisterUnreadable as why:
                found.append(Fault(FaultKind.OTHER, why.sentence))
        return found


def _identity(fault: Fault) -> tuple[str, ...]:
    """What stays the same of it, whatever is written meanwhile."""
    place = (fault.kind, fault.table, fault.key, fault.mark)
    return place if any(place[1:]) else (fault.kind, fault.sentence)
