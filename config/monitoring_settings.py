"""Settings of what those who watch the service are given: its log, and its measurements."""

from __future__ import annotations

from enum import StrEnum

from config.user_file import Port, RelativePath, StrictModel


class MetricsSettings(StrictModel):
    """Measurements for Prometheus: a file that its node exporter collects, and a port of this
    machine alone. With neither there are none."""

    textfile: RelativePath | None = None
    port: Port | None = None


class LogForm(StrEnum):
    """What `scr-intake run` writes: sentences for people, or one line an event."""

    SENTENCES = "sentences"
    LOGFMT = "logfmt"
    JSON = "json"
    JOURNAL = "journal"


class LogLevel(StrEnum):
    """How much an event weighs, the least first."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogSettings(StrictModel):
    """The form of the service's log, and the least that is written of it."""

    form: LogForm = LogForm.SENTENCES
    level: LogLevel = LogLevel.INFO
