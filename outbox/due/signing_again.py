"""What a letter says of a form that vouches for a report which has to be changed: whoever signed it
has not read what will be sent, and the form would be asked about its day the next time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.kind import Kind, Kinds
from config.kind_shape import FormShape
from handlers.checks.form.report_day import DATE_RULE
from handlers.register.matrix import AgencyRow
from handlers.register.submissions import Entry

_HELD = frozenset({"referred", "accepted"})
_CAME = _HELD | {"rejected"}


def signing_again(agency: AgencyRow, about: Iterable[Entry], kinds: Kinds) -> str:
    """Sentences that ask to have it signed again; "" where the letter is about neither of the
    two, or nothing vouches for what is to be changed."""
    about = tuple(about)
    here = {entry.kind for entry in about}
    change = {entry.kind for entry in about if entry.verdict == "reject"}
    change |= {row.kind for row in agency.returns if row.state == "rejected"}
    come = here | {row.kind for row in agency.returns if row.state in _CAME}
    held = {row.kind for row in agency.returns if row.state in _HELD}
    return " ".join(
        f"The {form.noun} has to be signed again once the {report.noun} is changed: whoever signs"
        " it reads the new version first, and dates it the day on which you send both."
        f"{_first(form, report) if form.id in held else ''}"
        for form, report in _vouching(kinds)
        if report.id in change and form.id in come and not here.isdisjoint((form.id, report.id))
    )


def _first(form: Kind, report: Kind) -> str:
    """A report that comes before its form is asked about the older one, which we hold."""
    return (
        f" Please attach both to one message, or send the {form.noun} ten minutes before the"
        f" {report.noun}."
    )


def _vouching(kinds: Kinds) -> Iterator[tuple[Kind, Kind]]:
    """Each form that is asked about its day by its report, with that report."""
    for form in kinds.all:
        if isinstance(form.shape, FormShape) and form.includes_rule(DATE_RULE):
            report = kinds.get(form.shape.about)
            if report is not None:
                yield form, report
