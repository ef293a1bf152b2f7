"""The step of a round that looks the whole register through once a night; and what is kept of such
a look, also of that of a backup: an act in the record, and an outage while anything is amiss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commands.composition.app import Application
from commands.rounds.round_report import RoundReport
from config.english import count_noun
from handlers.register.fault import Fault
from handlers.register.fault_words import without_explained_counts
from handlers.register.integrity import count_originals
from handlers.register.whole_looks import LookedAt, append_look
from intake.disk_errors import DiskFull, NotWritable
from intake.source_health import FAULTS_OUTAGE


@dataclass(frozen=True, slots=True)
class FaultsFound:
    """Why it is told, and what to do, in sentences of ours; what they are the command says."""

    number: int

    @property
    def sentence(self) -> str:
        is_ = "is" if self.number == 1 else "are"
        return (
            f"A look through all that is kept found {count_noun(self.number, 'thing')} that {is_}"
            " not as recorded, or not there."
        )

    @property
    def fix(self) -> str:
        return "To see what, and what mends it: `scr-intake audit verify --originals`"


def look_through_nightly(app: Application, report: RoundReport) -> Iterator[None]:
    """At most once a night, and in as many rounds as it takes: nothing waits for it to end. What is
    found, or mended since, is told in the next round, which begins at once."""
    if not app.look_in_hand.is_due(app.now()):
        return
    for _ in app.look_in_hand.pieces():
        yield
    lasted = any(outage.of == FAULTS_OUTAGE for outage in app.outages.current_outages())
    found = note_look(app, [*app.look_in_hand.found, *_journal_faults(app)])
    if found is not None:
        report.add_troubles(found.sentence, found.fix)
    report.more = report.more or lasted or found is not None
    yield


def _journal_faults(app: Application) -> list[Fault]:
    """None of a journal that cannot be read and written: each round tells that."""
    try:
        app.register.journal.settle()
        return list(app.journal_upkeep.find_gaps().faults())
    except (OSError, DiskFull, NotWritable):
        return []


def note_look(app: Application, faults: Sequence[Fault]) -> FaultsFound | None:
    """What came of a look that is over, to be told to whoever asks and to the operator."""
    now, number = app.now(), len(list(without_explained_counts(faults)))
    found = FaultsFound(number) if number else None
    with app.register.transaction():
        entries, _ = app.register.record.chain_head()
        looked_at = LookedAt(entries, count_originals(app.database, app.vault))
        append_look(app.register.record, now, looked_at, number)
        app.outages.record_round(
            {FAULTS_OUTAGE: found} if found else {}, () if found else (FAULTS_OUTAGE,), now
        )
    return found
