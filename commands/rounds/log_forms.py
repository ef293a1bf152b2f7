"""Writes what the service did into its log: as sentences, or as one line an event (logfmt, JSON, or
the fields of systemd's journal). Either way it holds ids, kinds and words of ours alone."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import click

from config.monitoring_settings import LogForm, LogLevel

JOURNAL = Path("/run/systemd/journal/socket")
JOURNAL_SECONDS = 0.5  # that the journal may take
PRIORITIES = {LogLevel.DEBUG: 7, LogLevel.INFO: 6, LogLevel.WARNING: 4, LogLevel.ERROR: 3}
_ORDER = tuple(LogLevel)

FieldValue: TypeAlias = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One thing that happened. `name` is what it is, such as `document.judged`; `fields` say of
    what, by ids and by words of ours; `says` is a sentence for people, where there is one."""

    name: str
    fields: tuple[tuple[str, FieldValue], ...] = ()
    says: str = ""
    level: LogLevel = LogLevel.INFO


EventWriter: TypeAlias = Callable[[LogEvent], None]


@dataclass(frozen=True, slots=True)
class EventLog:
    """Where events go, and which of them. `now` gives a time with its zone."""

    form: LogForm
    least: LogLevel
    now: Callable[[], datetime]
    journal: Path = JOURNAL

    def write(self, event: LogEvent) -> None:
        """Write one event, unless it weighs less than what is asked for."""
        if _ORDER.index(event.level) < _ORDER.index(self.least):
            return
        match self.form:
            case LogForm.SENTENCES:
                if event.says:
                    click.echo(event.says)
            case LogForm.LOGFMT:
                click.echo(logfmt_line(event, self.now()))
            case LogForm.JSON:
                click.echo(json_line(event, self.now()))
            case LogForm.JOURNAL:
                self._write_journal(event)

    @property
    def is_structured(self) -> bool:
        return self.form is not LogForm.SENTENCES

    def _write_journal(self, event: LogEvent) -> None:
        """Where there is no journal, or it does not listen, the line goes to standard output."""
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.settimeout(JOURNAL_SECONDS)
            channel.sendto(journal_datagram(event), str(self.journal))
            return
        click.echo(logfmt_line(event, self.now()))


def logfmt_line(event: LogEvent, at: datetime) -> str:
    """`time=... level=info event=document.judged delivery=12 kind=chronology`."""
    told = _pairs(event, at)
    return " ".join(f"{name}={_logfmt_value(value)}" for name, value in told)


def json_line(event: LogEvent, at: datetime) -> str:
    """The same as one object; several words are a list."""
    return json.dumps(dict(_pairs(event, at)), ensure_ascii=False)


def journal_datagram(event: LogEvent) -> bytes:
    """One entry in systemd's native form: https://systemd.io/JOURNAL_NATIVE_PROTOCOL."""
    message = event.says or " ".join([event.name, *(f"{k}={_word(v)}" for k, v in event.fields)])
    told: list[tuple[str, FieldValue]] = [
        ("MESSAGE", message),
        ("PRIORITY", PRIORITIES[event.level]),
        ("SYSLOG_IDENTIFIER", "scr-intake"),
        ("SCR_INTAKE_EVENT", event.name),
        *((f"SCR_INTAKE_{name.upper()}", value) for name, value in event.fields),
    ]
    return b"".join(_journal_field(name, _word(value).encode()) for name, value in told)


def _journal_field(name: str, value: bytes) -> bytes:
    """A value of several lines goes with its length before it."""
    if b"\n" not in value:
        return name.encode() + b"=" + value + b"\n"
    return name.encode() + b"\n" + len(value).to_bytes(8, "little") + value + b"\n"


def _pairs(event: LogEvent, at: datetime) -> list[tuple[str, FieldValue]]:
    first: list[tuple[str, FieldValue]] = [
        ("time", at.isoformat(timespec="seconds")),
        ("level", event.level.value),
        ("event", event.name),
    ]
    return [*first, *event.fields, *([("says", event.says)] if event.says else [])]


def _logfmt_value(value: FieldValue) -> str:
    word = _word(value)
    if word and not any(sign in word for sign in ' "=\n\t\\') and word.isprintable():
        return word
    return json.dumps(word, ensure_ascii=False)


def _word(value: FieldValue) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


class EventHandler(logging.Handler):
    """Hands what modules log by Python's own logging to the event log."""

    def __init__(self, log: EventLog) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        level = LogLevel.ERROR if record.levelno >= logging.ERROR else LogLevel.WARNING
        level = level if record.levelno >= logging.WARNING else LogLevel.DEBUG
        fields = (("logger", record.name),)
        self._log.write(LogEvent("log", fields, record.getMessage(), level))
