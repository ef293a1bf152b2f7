"""What a round does about the virus scanner: it sees first whether the scanner can be relied on,
and tells the operator when it cannot, and of what it does not let be opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from commands.composition.app import Application
from commands.rounds.round_report import RoundReport
from handlers.scanning.virus_scanner import ScannerUnavailable
from intake.source_health import SCANNER_OUTAGE, OutageKind, OutageSubject


@dataclass(frozen=True, slots=True)
class ContentHeld:
    """What was not opened waits as this entry: said to the operator. `why` is a sentence of
    ours, with the scanner's own name for what it found."""

    entry: int
    delivery: int
    why: str

    @property
    def sentence(self) -> str:
        kept = f"It was not opened, and is kept encrypted, as entry {self.entry}."
        return f"Delivery {self.delivery}: {self.why} {kept}"

    @property
    def fix(self) -> str:
        return (
            f"To see whose it is and what can be done: `scr-intake show {self.entry}` Ask whoever"
            " looks after security where it came from to have a look, and do not open it."
        )


def check_scanner(app: Application, report: RoundReport) -> Iterator[None]:
    """Before anything is taken in, since mail of strangers is looked at for that."""
    if app.scanner is not None:
        try:
            app.scanner.require_ready()
        except ScannerUnavailable as why:
            note_unscanned(report, why)
    yield


def note_unscanned(report: RoundReport, why: ScannerUnavailable) -> None:
    """Nothing is opened any more in this round."""
    report.unscanned = why
    report.add_troubles(str(why))


def record_scanner_outage(app: Application, report: RoundReport) -> None:
    """Begun with the first round that met it, over with the first that did not."""
    away = {SCANNER_OUTAGE: report.unscanned} if report.unscanned else {}
    app.outages.record_round(away, () if away else (SCANNER_OUTAGE,), app.now())


def record_refused(app: Application) -> None:
    """What may not be opened is told to the operator once, and once more when it is settled."""
    held = dict[OutageSubject, ContentHeld]()
    for id, delivery in app.register.entries.entries_refused():
        entry = app.register.entries.get_entry(id)
        why = " ".join(f.message for f in entry.told.findings) if entry else ""
        subject = OutageSubject(OutageKind.REFUSED, str(delivery))
        held[subject] = ContentHeld(id, delivery, why)
    begun = {each.of for each in app.outages.current_outages()}
    ended = {of for of in begun if of.kind is OutageKind.REFUSED} - held.keys()
    app.outages.record_round(held, ended, app.now())
