"""What is being worked out: so that a letter that hangs, or ends the service, counts its tries.

Does: notes in a small file what an answer, a chaser or any other letter is worked out for, before
that begins, and wipes it out after; what stands there when the service starts ended it. Such a
thing is left for last, after everybody else's letters, and after three times in a row set aside for
a day (failure mode 104). The only writer of `unfinished`.
Trusts: that one process at a time has the file, the one with the writer's lock.
Never touches: letters. The file holds keys and numbers, no names.
Known limits: the file is not synchronised, since it is written for each letter: a kill leaves it, a
power cut may not. Other processes know only what was counted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime, timedelta

from intake.ledger import Ledger

MOST = 3  # times in a row
ASIDE = timedelta(days=1)
_LENGTH = 512  # bytes of the file


class SetAside(Exception):
    """Working it out ended the service three times in a row. It is tried again a day later."""

    fix = "Tell whoever looks after scr-intake, with what the service wrote before it ended."

    def __init__(self, whose: str) -> None:
        super().__init__(whose)
        self.whose = whose


class Working:
    """What is being worked out. `marker` is the open file; without it nothing is noted."""

    def __init__(self, ledger: Ledger, marker: int | None = None) -> None:
        self._ledger = ledger
        self._marker = marker
        self._begun = False
        self._noted = b""
        self._last = False
        self._tried = {
            row["key"]: (int(row["tries"]), datetime.fromisoformat(row["last"]))
            for row in ledger.rows("SELECT key, tries, last FROM unfinished")
        }

    def begin(self, now: datetime) -> None:
        """Count what ended the service before this; done once."""
        if self._marker is None or self._begun:
            return
        self._begun = True
        with suppress(OSError):
            key = os.pread(self._marker, _LENGTH, 0).decode(errors="replace").strip()
            if key:
                self._count(key, now)
            self._note(b"")

    @contextmanager
    def again(self, now: datetime) -> Iterator[bool]:
        """Meanwhile what ended the service before is attempted too; whether there is any that is
        not set aside."""
        self._last = any(
            tries < MOST or now >= last + ASIDE for tries, last in self._tried.values()
        )
        try:
            yield self._last
        finally:
            self._last = False

    def attempt(self, key: str, whose: str, now: datetime) -> AbstractContextManager[None] | None:
        """To be entered while it is worked out; None where that is left for last. Raises
        SetAside."""
        tries, last = self._tried.get(key, (0, now))
        if not tries:
            return self._on(key)
        if tries >= MOST and now < last + ASIDE:
            raise SetAside(whose)
        return self._on(key) if self._last else None

    @contextmanager
    def _on(self, key: str) -> Iterator[None]:
        before = self._noted
        self._note(key.encode())
        try:
            yield
        finally:
            self._note(before)
            self._ended(key)

    def _note(self, key: bytes) -> None:
        self._noted = key
        if self._marker is not None:
            with suppress(OSError):
                os.pwrite(self._marker, key[:_LENGTH].ljust(_LENGTH), 0)

    def _count(self, key: str, now: datetime) -> None:
        tries = self._tried.get(key, (0, now))[0] + 1
        self._tried[key] = (tries, now)
        with self._ledger.transaction():
            self._ledger.change(
                "INSERT INTO unfinished (key, tries, last) VALUES (?, ?, ?) ON CONFLICT (key)"
                " DO UPDATE SET tries = excluded.tries, last = excluded.last",
                *(key, tries, now.astimezone(UTC).isoformat()),
            )

    def _ended(self, key: str) -> None:
        if self._marker is not None and self._tried.pop(key, None) is not None:
            with self._ledger.transaction():
                self._ledger.change("DELETE FROM unfinished WHERE key = ?", key)
