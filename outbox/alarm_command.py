"""Alerts to a program that the settings name.

Does: starts it without a shell, gives it the alert on its standard input, and looks from round to
round whether it has ended; one that takes too long is stopped, with all that it started.
Trusts: its exit status: 0 is yes. What it prints is not read.
Never touches: our environment, our files' descriptors: it is given neither.
Known limits: it runs as the service's own user, within what the unit allows, and no tighter. One
that takes too long is stopped when somebody next looks, which a round does.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from outbox.other_ways import Alarm, Name

ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
FAREWELL = 2.0  # seconds, when the service stops


class CommandWay:
    """One program and its words."""

    name: Name = "command"

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

    def begin(self, alarm: Alarm, now: datetime) -> None:
        self._began, self._answer = self._seconds(), ""
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        except OSError as why:
            self._answer = f"it cannot be started: {(why.strerror or 'no reason is given').lower()}"
            return
        self._bounded(self._process)
        self._given(self._process, str(alarm))

    def ended(self) -> str | None:
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
            process.wait(FAREWELL)
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
