"""Alerts besides mail: to a file or to a program that the settings name."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from intake.disk_errors import is_disk_full
from intake.safe_files import sync_folder
from outbox.writing.facts import AlertFacts
from outbox.writing.letter import Draft
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter

ChannelName = Literal["command", "file"]
MAX_ALERT_CHARS = 16 * 1024  # characters; a pipe takes it whole
_ID = "<alert@scr-intake.invalid>"  # of a letter that is never sent
_WHICH = "A letter cannot be written or sent as it stands. To list those: `scr-intake letters`"


@dataclass(frozen=True, slots=True)
class AlertText:
    """What is told: a line, and what to do about it."""

    subject: str
    text: str

    def __str__(self) -> str:
        return f"{self.subject}\n\n{self.text}"[:MAX_ALERT_CHARS]


class AlertChannel(Protocol):
    """A program or a file that takes alerts, one at a time."""

    @property
    def name(self) -> ChannelName: ...

    def begin_delivery(self, alarm: AlertText, now: datetime) -> None:
        """Hand it over, or begin to. Never waits, raises nothing."""
        ...

    def delivery_result(self) -> str | None:
        """None while it is under way, "" when it is theirs, else why it is not, in a clause of
        ours."""
        ...

    def close(self) -> None:
        """End what still runs."""
        ...


AlertFormatter = Callable[[Draft, datetime], AlertText]


def alert_formatter(writer: LetterWriter) -> AlertFormatter:
    """Puts the letter of an alert into the words that it has by mail, without the name of anything
    in a case: a file keeps them in clear."""

    def alarm(draft: Draft, now: datetime) -> AlertText:
        facts = draft.facts
        if isinstance(facts, AlertFacts) and facts.about == "letters":
            draft = replace(draft, facts=replace(facts, said=_WHICH))
        letter = parse_letter(writer.write(draft, _ID, now))
        return AlertText(str(letter["Subject"]), letter_plain_text(letter).replace("\r\n", "\n"))

    return alarm


MAX_FILE_BYTES = 256 * 1024  # bytes; then it is put aside as `NAME.1`
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


class FileChannel:
    """Adds each alert to the end of one file."""

    name: ChannelName = "file"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._answer = ""

    def begin_delivery(self, alarm: AlertText, now: datetime) -> None:
        text = f"{now.isoformat(timespec='seconds')} {str(alarm).rstrip()}\n\n"
        try:
            self._put_aside()
            _append(self._path, text.encode())
        except OSError as why:
            full = is_disk_full(why, self._path.parent)
            reason = "the disk is full" if full else (why.strerror or "no reason is given").lower()
            self._answer = f"it cannot be written: {reason}"
        else:
            self._answer = ""

    def delivery_result(self) -> str | None:
        return self._answer

    def close(self) -> None:
        pass

    def _put_aside(self) -> None:
        if self._path.exists() and self._path.stat().st_size > MAX_FILE_BYTES:
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


COMMAND_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
CLOSE_SECONDS = 2.0  # seconds, when the service stops


class CommandChannel:
    """One program and its words."""

    name: ChannelName = "command"

    def __init__(
        self,
        command: Sequence[str],
        longest: float,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = tuple(command)
        self._longest = longest
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._answer = ""

    def begin_delivery(self, alarm: AlertText, now: datetime) -> None:
        self._began, self._answer = self._seconds(), ""
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=COMMAND_ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        except OSError as why:
            self._answer = f"it cannot be started: {(why.strerror or 'no reason is given').lower()}"
            return
        self._bounded(self._process)
        self._given(self._process, str(alarm))

    def delivery_result(self) -> str | None:
        process = self._process
        if process is None:
            return self._answer
        status = process.poll()
        if status is None and self._seconds() - self._began < self._longest:
            return None
        self._process = None
        if status is None:
            _stop(process)
            return f"it took longer than {self._longest:g} seconds"
        if status < 0:
            return f"it was stopped by {signal.Signals(-status).name}"
        return f"it ended with exit status {status}" if status else ""

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(CLOSE_SECONDS)
            return
        _stop(process)

    def _bounded(self, process: subprocess.Popen[bytes]) -> None:
        seconds = int(self._longest) + 1
        with suppress(OSError, ValueError):
            resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (seconds, seconds))

    def _given(self, process: subprocess.Popen[bytes], text: str) -> None:
        """A pipe takes it whole: nobody waits for one who does not read."""
        assert process.stdin is not None
        with suppress(OSError), process.stdin as given:  # it may be done without reading
            given.write(text.encode())


def _stop(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
