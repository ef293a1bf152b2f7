"""The steps of a round that look after the service itself: its clock, its room, its alerts.

The clock is doubted before anything else is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from commands.composition.app import Application
from commands.composition.board_owner import load_own_settings
from commands.composition.clock import make_clock
from commands.composition.kept_files import files_beside_register, says_unwritable
from commands.composition.transports import build_alert_dispatcher
from commands.global_options import GlobalOptions
from commands.rounds.round_report import RoundReport
from commands.rounds.take_in import take_in_sources
from config.settings import Storage
from handlers.register.row_proofs import RowNotAsRecorded
from intake.disk_errors import DiskFull, NotWritable, require_writable
from intake.source_health import (
    CLOCK_OUTAGE,
    DISK_OUTAGE,
    RECORD_OUTAGE,
    STORAGE_OUTAGE,
    ClockDoubt,
    OutageSubject,
)
from outbox.alerts.alert_state import AlertDispatcher
from outbox.health.health_reader import free_disk_share

LAST_LETTER_NOT_TOLD = (
    "The journal beside the vault does not tell of the letter that left last: it was deleted, cut,"
    " changed or put back. To see what it lacks, and what mends it: `scr-intake audit verify`"
)
LOW_DISK_SHARE = 0.03  # of the disk, free


@dataclass(frozen=True, slots=True)
class StorageTrouble:
    """What is the matter, and what to do, in sentences of ours."""

    sentence: str
    fix: str


def storage_places(storage: Storage) -> tuple[Path, ...]:
    """The places that things are kept in, what lies in another before that."""
    return storage.vault, storage.register_file, storage.register_file.parent


def storage_hindrance(
    report: RoundReport, storage: Storage
) -> tuple[OutageSubject, StorageTrouble | None]:
    """What keeps the service from keeping anything: as which outage, and why; None for nothing."""
    if report.shut is not None:
        return STORAGE_OUTAGE, _shut(report.shut)
    fix = f"Make room in {storage.register_file.parent}."
    return DISK_OUTAGE, StorageTrouble(DiskFull.sentence, fix) if report.full else None


def _shut(place: Path) -> StorageTrouble:
    return StorageTrouble(says_unwritable(place), NotWritable(str(place)).fix)


def tell_shut_place(place: Path, report: RoundReport) -> None:
    """Nothing can be written there."""
    trouble = _shut(place)
    report.add_troubles(f"{trouble.sentence} {trouble.fix}")
    report.shut = place


def check_files_beside_register(app: Application, report: RoundReport) -> Iterator[None]:
    """What is kept beside the register and was written without a word: the journal of what left,
    the mark of the last entry, and what is remembered of a failure."""
    app.register.journal.settle()
    for file in files_beside_register(app.settings.storage):
        require_writable(file)
    try:
        tells = app.journal_upkeep.tells_of_last_letter()
    except OSError as why:
        raise NotWritable(str(app.register.journal.file)) from why
    if not tells:
        report.add_troubles(LAST_LETTER_NOT_TOLD)
    yield


def end_clock_doubt(app: Application, report: RoundReport) -> Iterator[None]:
    """The clock is believed: if it was not, what came meanwhile came by now."""
    for outage in app.outages.current_outages():
        if outage.of == CLOCK_OUTAGE:
            app.spool.correct_doubted_times(outage.since, app.now())
            app.outages.record_round({}, {CLOCK_OUTAGE}, app.now())
            report.said.append("The clock is believed again.")
    yield


def take_in_while_doubted(app: Application, why: ClockDoubt, report: RoundReport) -> Iterator[None]:
    """The clock is doubted: what comes is kept, as of when it was last believed, and no more."""
    report.add_troubles(why.sentence)
    app.outages.record_round({CLOCK_OUTAGE: why}, (), why.last)
    yield from take_in_sources(replace(app, now=lambda: why.last), report)


def tell_foreign_change(
    app: Application, why: RowNotAsRecorded, report: RoundReport
) -> Iterator[None]:
    """Nothing is taken in, judged or sent on what somebody else put into the register."""
    report.add_troubles(why.explanation)
    app.outages.record_round({RECORD_OUTAGE: why}, (), app.now())
    yield


def end_foreign_change(app: Application, report: RoundReport) -> Iterator[None]:
    """The rows that are acted on are as the record has them, if they were not."""
    if any(outage.of == RECORD_OUTAGE for outage in app.outages.current_outages()):
        app.outages.record_round({}, {RECORD_OUTAGE}, app.now())
    yield


def check_disk_space(app: Application, report: RoundReport) -> Iterator[None]:
    """A disk that is nearly full is told while it can still be. What could not be written while
    it was full is, now that there is room."""
    if not (report.full or report.shut):
        _write_missed_outage(app)
    storage = app.settings.storage
    share, folder = min(
        (free_disk_share(f), f) for f in (storage.register_file.parent, storage.vault)
    )
    low = StorageTrouble(f"Only {share:.1%} of the disk is free.", f"Make room in {folder}.")
    short = share < LOW_DISK_SHARE
    app.outages.record_round(
        {DISK_OUTAGE: low} if short else {}, () if short else (DISK_OUTAGE,), app.now()
    )
    closed = {STORAGE_OUTAGE: _shut(report.shut)} if report.shut else {}
    app.outages.record_round(closed, () if closed else (STORAGE_OUTAGE,), app.now())
    yield


def _write_missed_outage(app: Application) -> None:
    """That nothing could be kept is an outage like any other, from when it was first met."""
    missed = app.alerts.unwritten_outage
    if missed is None:
        return
    said = missed.said or (DiskFull if missed.of == DISK_OUTAGE else NotWritable).sentence
    why = StorageTrouble(said, missed.fix)
    app.outages.record_round({missed.of: why}, (), missed.since)
    for outage in app.outages.current_outages():
        if outage.of == missed.of:
            app.alerts.outage_was_written(outage.id)


def alert_unopened(
    asked: GlobalOptions,
    why: DiskFull | NotWritable,
    *,
    wait: bool,
    before: AlertDispatcher | None = None,
) -> tuple[AlertDispatcher, list[str]]:
    """Tell by other ways than mail what keeps the service from beginning; what did not go is a
    sentence. `before` is who told it at an earlier try, `wait` whether to see each way out."""
    settings = load_own_settings(asked.config)
    made = before or build_alert_dispatcher(settings)
    now = make_clock(settings.board.zone_info, asked.at, running=True)()
    place = Path(str(why)) if isinstance(why, NotWritable) else None
    met = RoundReport(full=isinstance(why, DiskFull), shut=place)
    made.note_storage_failure(now, *storage_hindrance(met, settings.storage))
    return made, list(made.dispatch_all((), now) if wait else made.dispatch_due((), now))


def dispatch_alerts(app: Application, report: RoundReport) -> Iterator[None]:
    """By other ways than mail; also of what keeps anything from being noted."""
    now = app.now()
    app.alerts.note_storage_failure(now, *storage_hindrance(report, app.settings.storage))
    report.add_troubles(*app.alerts.dispatch_due(app.outages.recent_outages(now), now))
    yield
