"""Every step on the way from a source to the spool, and what can go wrong at each.

Does: counts the calls to the operating system and the statements to SQLite that a piece of work
makes, and lets the one with a given number go wrong.
Trusts: that the work makes the same steps each time it meets the same folders.
Never touches: what the work does otherwise; fsync is counted and not made, since no test here can
cut the power.
Known limits: SQLite's own calls to the operating system are its own affair: a statement is a step.
"""

from __future__ import annotations

import errno
import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

Do = Callable[[], Any]
Fault = Callable[[Do, bool], Any]  # what happens instead of a step; whether it is SQLite's

# What leaves its mark when it is done, and nothing to close.
CHANGES = frozenset({"mkdir", "rename", "unlink", "write", "fsync", "INSERT", "UPDATE", "COMMIT"})
CALLS = ("open", "mkdir", "rename", "link", "unlink", "scandir", "stat", "fstat", "read", "pread")
CALLS += ("write", "pwrite")


def disk_full(do: Do, sql: bool) -> None:
    raise (
        sqlite3.OperationalError("database or disk is full")
        if sql
        else OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    )


def disk_broken(do: Do, sql: bool) -> None:
    raise (
        sqlite3.OperationalError("disk I/O error")
        if sql
        else OSError(errno.EIO, os.strerror(errno.EIO))
    )


def answer_lost(do: Do, sql: bool) -> None:
    """It was done, and is said not to have been."""
    do()
    disk_broken(do, sql)


def killed(do: Do, sql: bool) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Steps:
    """The steps taken so far; step number `at` (from 1) meets `fault`. `watch` sees each one.
    Those whose first word is not in `only`, if it is given, are not counted."""

    at: int = 0
    fault: Fault = disk_broken
    only: frozenset[str] = frozenset()
    watch: Callable[[str], None] = lambda _: None
    taken: list[str] = field(default_factory=list)
    _watching: bool = False

    def step(self, name: str, do: Do, *, sql: bool = False) -> Any:
        if self._watching or (self.only and name.split()[0] not in self.only):
            return do()
        self.taken.append(name)
        self._watching = True
        try:
            self.watch(name)
        finally:
            self._watching = False
        return self.fault(do, sql) if len(self.taken) == self.at else do()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Everything done inside is counted."""
        patches: list[Any] = [
            *(patch.object(os, name, self._call(name)) for name in CALLS),
            patch.object(os, "fsync", self._fsync),
            patch.object(os, "fdopen", self._fdopen),
            patch.object(io, "open", self._call("open", io)),
            patch.object(sqlite3, "connect", self._connect),
        ]
        for each in patches:
            each.start()
        try:
            yield
        finally:
            for each in reversed(patches):
                each.stop()

    def _call(self, name: str, module: Any = os) -> Callable[..., Any]:
        actual = getattr(module, name)

        def call(*given: Any, **named: Any) -> Any:
            told = " ".join([name, *(Path(os.fsdecode(x)).name for x in given if _names(x))])
            return self.step(told, lambda: actual(*given, **named))

        return call

    def _fsync(self, descriptor: int) -> None:
        self.step(f"fsync {os.readlink(f'/proc/self/fd/{descriptor}')}", lambda: None)

    def _fdopen(self, descriptor: int, mode: str) -> _Written:
        return _Written(self, io.FileIO(descriptor, mode))

    def _connect(self, *given: Any, **named: Any) -> Any:
        steps = self

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *values: Any) -> Any:
                told = " ".join(sql.split()[:3])
                return steps.step(
                    told, lambda: super(Connection, self).execute(sql, *values), sql=True
                )

        return _CONNECT(*given, factory=Connection, **named)


_CONNECT = sqlite3.connect


class _Written:
    """A file being written: a fault comes when half of it has been."""

    def __init__(self, steps: Steps, file: io.FileIO) -> None:
        self._steps = steps
        self._file = file

    def write(self, data: bytes) -> None:
        half = len(data) // 2
        self._file.write(data[:half])
        self._steps.step("write", lambda: self._file.write(data[half:]))

    def flush(self) -> None:
        pass

    def fileno(self) -> int:
        return self._file.fileno()

    def __enter__(self) -> _Written:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _names(given: object) -> bool:
    return isinstance(given, str | bytes | Path)
