"""`scr-intake once`: rounds until nothing is left to do, told in a few lines, and out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from commands.clock_doubt import register_clock_doubt
from commands.composition.app import Application, open_application
from commands.composition.round_limits import STEP_SECONDS
from commands.decisions.submission_words import submission_outcomes
from commands.global_options import EXIT_ATTENTION, GlobalOptions, print_json, print_lines
from commands.rounds.expiry import clear_handed_out, destroy_held_strangers
from commands.rounds.metrics_export import MetricsExport, publish_observations
from commands.rounds.nightly_look import look_through_nightly
from commands.rounds.round_judging import judge_new, judge_retried, note_outages, release_taken
from commands.rounds.round_report import RoundReport
from commands.rounds.round_scanning import check_scanner
from commands.rounds.round_sending import (
    check_digest_sent,
    hand_back_receipts,
    mark_round_ended,
    note_trial,
    recheck_sources,
    send_letters,
    tell_what_is_held,
    write_failed_letters,
    write_letters,
)
from commands.rounds.round_upkeep import (
    alert_unopened,
    check_disk_space,
    check_files_beside_register,
    dispatch_alerts,
    end_clock_doubt,
    end_foreign_change,
    storage_places,
    take_in_while_doubted,
    tell_foreign_change,
    tell_shut_place,
)
from commands.rounds.stop_signals import stopping_on_signal
from commands.rounds.take_in import take_in_sources
from commands.status_health import observe_service
from config.english import count_noun
from config.kind import Kinds
from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.register.row_proofs import RowNotAsRecorded
from intake.disk_errors import DiskFull, NotWritable, find_unwritable_place, is_disk_full
from intake.spool import Delivery

ROUND_STEPS = (
    end_clock_doubt,
    end_foreign_change,
    check_scanner,
    take_in_sources,
    judge_new,
    release_taken,
    note_outages,
    check_files_beside_register,
    check_disk_space,
    destroy_held_strangers,
    clear_handed_out,
    note_trial,
    tell_what_is_held,
    write_letters,
    recheck_sources,
    hand_back_receipts,
    send_letters,
    check_files_beside_register,
    check_digest_sent,
    look_through_nightly,
    mark_round_ended,
    dispatch_alerts,
    write_failed_letters,
    judge_retried,
)

RoundStep = Callable[[Application, RoundReport], Iterator[None]]
RoundWatcher = Callable[[RoundReport], None]  # called after each thing that happened


def run_round(
    app: Application,
    watch: RoundWatcher = lambda report: None,
    stopping: Callable[[], bool] = lambda: False,
    step_seconds: float = STEP_SECONDS,
) -> RoundReport:
    """Do each step once, for so many seconds at most; leave off between two things when `stopping`.
    Where a step had more to do, the report says `more`."""
    report = RoundReport()
    _take_steps(app, report, watch, stopping, step_seconds)
    return report


def run_rounds(
    app: Application,
    watch: RoundWatcher = lambda report: None,
    stopping: Callable[[], bool] = lambda: False,
    report: RoundReport | None = None,
) -> RoundReport:
    """Do everything that is to be done now, round after round, and say so in `report`; leave off
    between two things when `stopping`."""
    report = report or RoundReport()
    while not stopping():
        report.begin_round()
        _take_steps(app, report, watch, stopping, STEP_SECONDS)
        if not (report.more or stopping()):
            now = app.now()
            report.add_troubles(*app.alerts.dispatch_all(app.outages.recent_outages(now), now))
            break
    return report


def _take_steps(
    app: Application,
    report: RoundReport,
    watch: RoundWatcher,
    stopping: Callable[[], bool],
    step_seconds: float,
) -> None:
    storage = app.settings.storage
    for step in _steps(app):
        began = time.monotonic()
        try:
            for _ in step(app, report):
                watch(report)
                if stopping():
                    return
                if time.monotonic() - began >= step_seconds:
                    report.more = True
                    break
        except Exception as why:
            # Where nothing can be kept the other steps do what they can: letters may still leave.
            if is_disk_full(why, storage.register_file.parent, storage.vault):
                report.add_troubles(DiskFull.sentence)
                report.full = True
            elif (place := find_unwritable_place(why, *storage_places(storage))) is not None:
                tell_shut_place(place, report)
            elif isinstance(why, RowNotAsRecorded):
                report.add_troubles(why.explanation)
            else:
                raise


def _steps(app: Application) -> tuple[RoundStep, ...]:
    """While the clock is doubted nothing is judged, let go, written or sent; while a row is not as
    the record has it nothing is done at all."""
    changed = app.register.record.proofs.find_foreign_change()
    if changed is not None:
        return (lambda app, report: tell_foreign_change(app, changed, report), dispatch_alerts)
    why = register_clock_doubt(app.database, app.settings, app.now(), played=app.played)
    if why is None:
        return ROUND_STEPS
    return (lambda app, report: take_in_while_doubted(app, why, report), dispatch_alerts)


SAME_DOCUMENT = "the same document again"
CHECKED_FOR_AUTHOR = "checked for its author, and not logged"
ORDERED = "an answer to a digest, dealt with"
PASSED_OVER = "not for the service; left as it was"


PROGRESS_SECONDS = 30.0  # between two lines that say how far it has come
STOPPED = "Stopped as it was told to. What is left is done the next time."


class ProgressLines:
    """Says every so often how far a long round has come: with thousands of messages it takes its
    time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()

    def tell(self, report: RoundReport) -> None:
        if self._clock() - self._last < PROGRESS_SECONDS:
            return
        self._last = self._clock()
        click.echo(
            f"So far: {report.taken:,} taken in, {report.passed_over:,} left as they were,"
            f" {len(report.settled):,} judged, {count_noun(len(report.sent), 'letter')} sent.",
            err=True,
        )


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def once(asked: GlobalOptions, as_json: bool) -> None:
    """Take in, judge, log, write and send what there is.

    Exit status 1 when something that it dealt with waits for a person, or something was in its way,
    as that no letter leaves since a restore; what waited before is told by `scr-intake status`. A
    long round says how far it has come; told to stop, it ends within five seconds and keeps what is
    done.

    Example: scr-intake once
    """
    report, lines = RoundReport(), list[str]()
    with stopping_on_signal() as stop, _open_or_alert(asked) as app:
        stop.interrupts(app.sandbox_judge.interrupt)
        try:
            run_rounds(app, ProgressLines().tell, stop.is_made, report)
            if not (report.full or report.shut in storage_places(app.settings.storage)):
                looked = observe_service(app.database, app.settings, app.now(), played=app.played)
                publish_observations(app, looked, app.now(), MetricsExport(app.settings.metrics))
        finally:
            lines += [*round_lines(report, app.kinds), *strangers_lines(report)]
    if as_json:
        print_json(_as_json(report))
    else:
        amiss = [*report.troubles, *([report.held] if report.held else [])]
        for line in lines or ([] if stop.is_made() or amiss else ["Nothing to do."]):
            click.echo(line)
        for sentence in amiss:
            print_lines(sentence, err=True)
    if stop.is_made():
        click.echo(STOPPED, err=True)
    if stop.is_made() or report.troubles or report.waiting_for_person:
        raise click.exceptions.Exit(EXIT_ATTENTION)


@contextmanager
def _open_or_alert(asked: GlobalOptions) -> Iterator[Application]:
    """Everything, open. Where it cannot be for want of room the operator is told by other ways
    than mail. Raises what opening raises."""
    with ExitStack() as open_things:
        try:
            app = open_things.enter_context(open_application(asked, working=True))
        except (DiskFull, NotWritable) as why:
            for trouble in alert_unopened(asked, why, wait=True)[1]:
                click.echo(trouble, err=True)
            raise
        yield app


def round_lines(report: RoundReport, kinds: Kinds) -> list[str]:
    """What a round did, a line each; ids and kinds only. Nothing when it did nothing."""
    lines = [*report.said, *([f"Taken in: {report.taken}."] if report.taken else [])]
    if report.passed_over:
        lines.append(f"Not for the service, left as they were: {report.passed_over:,}.")
    for delivery, settlement in report.settled:
        lines += [f"Delivery {delivery.id}: {line}." for line in _settled(settlement, kinds)]
    lines += [f"Letter {letter.id}: {letter.kind} sent." for letter in report.sent]
    drafts = Counter(draft.kind for draft in report.queued if draft.to_release)
    for kind, count in drafts.items():
        many = "waits" if count == 1 else "wait"
        lines.append(
            f"Drafted: {count_noun(count, 'letter')} ({kind}), which {many} for you to release."
            " To see them: scr-intake letters"
        )
    return lines


def strangers_lines(report: RoundReport) -> Iterator[str]:
    """How many messages of strangers wait their turn."""
    if report.strangers:
        yield f"Messages of strangers that wait their turn: {report.strangers:,}."


def _settled(settlement: JudgedDelivery, kinds: Kinds) -> Iterator[str]:
    """One line for each case that a delivery was of."""
    for part in settlement.parts:
        whose = part.origin
        at = f"{whose.reference}, {whose.code}: " if whose.reference else ""
        yield at + (", ".join(submission_outcomes(part.submissions, kinds)) or SAME_DOCUMENT)
    if settlement.ordered:
        yield ORDERED
    elif not settlement.parts:
        rehearsal = settlement.rehearsal
        whose = rehearsal.origin if rehearsal else settlement.first_origin
        yield f"{whose.reference}, {whose.code}: {CHECKED_FOR_AUTHOR}" if rehearsal else PASSED_OVER


def _as_json(report: RoundReport) -> dict[str, Any]:
    return {
        "taken": report.taken,
        "passed_over": report.passed_over,
        "strangers_waiting": report.strangers,
        "said": report.said,
        "held": report.held,
        "deliveries": [_delivery(*settled) for settled in report.settled],
        "letters": [{"id": letter.id, "kind": letter.kind} for letter in report.sent],
        "troubles": report.troubles,
    }


def _delivery(delivery: Delivery, settlement: JudgedDelivery) -> dict[str, Any]:
    """`documents` are the returns found in it, `apart` why it was set apart as a whole."""
    documents = [
        {"kind": judgement.kind, "verdict": judgement.verdict}
        for submission in settlement.submissions
        for judgement in submission.judgements
    ]
    apart = [
        {"verdict": submission.verdict, "reason": submission.reason}
        for submission in settlement.submissions
        if submission.verdict is not None
    ]
    return {
        "id": delivery.id,
        "case": settlement.first_origin.reference,
        "agency": settlement.first_origin.code,
        "documents": documents,
        "apart": apart,
    }
