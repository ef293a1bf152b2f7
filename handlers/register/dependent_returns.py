"""On which day each return of an agency is due: a form about a report is due with it where that was
given more time, since nobody can fill it in before. Whatever names a day takes it from here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from config.kind import Kinds
from config.kind_shape import FormShape


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day on which a return is due; `version` counts how often another was agreed."""

    day: date
    version: int
    is_with_report: bool = False  # the day is its report's, which was given more time


def report_kind(kind: str, kinds: Kinds) -> str:
    """The kind of report that a form is about, "" for none."""
    found = kinds.get(kind)
    return found.shape.about or "" if found and isinstance(found.shape, FormShape) else ""


def due_days(
    given: Mapping[str, DueDay], kinds: Kinds, settled: Collection[str] = ()
) -> dict[str, DueDay]:
    """When each return is due, by its kind, of the days that were given to an agency's returns one
    by one. Those `settled` by their own day waited for no report."""
    return {
        kind: own if kind in settled else _with_report(own, given.get(report_kind(kind, kinds)))
        for kind, own in given.items()
    }


def _with_report(own: DueDay, report: DueDay | None) -> DueDay:
    """A version is never taken twice: each agreement counts, of the form or of its report."""
    if report is None or report.version == 1:
        return own
    version = own.version + report.version - 1
    return DueDay(max(own.day, report.day), version, is_with_report=own.day < report.day)
