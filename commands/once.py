"""`scr-intake once`: one round, told in a few lines, and out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from commands.app import House, open_house
from commands.clock_doubt import doubted
from commands.coming_in import judge, judge_again, let_go, notice
from commands.global_options import ATTENTION, Asked, print_json
from commands.going_out import (
    hand_back,
    look_again,
    mark,
    see_to_the_digest,
    send,
    write,
    write_again,
)
from commands.keeping_well import alert, believe, keep, kept, see_to_room
from commands.round_report import Report
from commands.take_in import take_in
from config.kind import Kinds
from config.sentence import sentence_of
from handlers.deliveries.outcome import Settlement
from handlers.register.submissions import Submission
from handlers.senders.attribution import REASONS
from intake.disk_errors import DiskFull, NotWritable, disk_is_full, shut
from intake.spool import Delivery

STEPS = (
    believe,
    take_in,
    judge,
    let_go,
    notice,
    see_to_room,
    write,
    look_again,
    hand_back,
    send,
    see_to_the_digest,
    mark,
    alert,
    write_again,
    judge_again,
)

SHARE_SECONDS = 20.0  # of each step, in one round

Step = Callable[[House, Report], Iterator[None]]
Watch = Callable[[Report], None]  # called after each thing that happened


def one_round(
    house: House,
    watch: Watch = lambda report: None,
    stopping: Callable[[], bool] = lambda: False,
    share: float = SHARE_SECONDS,
) -> Report:
    """Do a share of each step, of so many seconds, so that a backlog of one holds up no other
    (failure mode 112); leave off between two things when `stopping`. Where a step had more to do,
    the report says `more`."""
    report = Report()
    _shares(house, report, watch, stopping, share)
    return report


def whole_round(house: House, watch: Watch = lambda report: None) -> Report:
    """Do everything that is to be done now, share after share."""
    report = Report()
    while True:
        report.more, report.let_in = False, 0
        _shares(house, report, watch, lambda: False, SHARE_SECONDS)
        if not report.more:
            now = house.now()
            report.met(*house.alarms.finish(house.outages.recent(now), now))
            return report


def _shares(
    house: House, report: Report, watch: Watch, stopping: Callable[[], bool], share: float
) -> None:
    storage = house.settings.storage
    for step in _steps(house):
        began = time.monotonic()
        try:
            for _ in step(house, report):
                watch(report)
                if stopping():
                    return
                if time.monotonic() - began >= share:
                    report.more = True
                    break
        except Exception as why:
            # Where nothing can be kept the other steps do what they can: letters may still leave.
            if disk_is_full(why, storage.register_file.parent, storage.vault):
                report.met(sentence_of(DiskFull))
                report.full = True
            elif (place := shut(why, *kept(storage))) is not None:
                report.met(f"{sentence_of(NotWritable)} ({place})")
                report.shut = place
            else:
                raise


def _steps(house: House) -> tuple[Step, ...]:
    """While the clock is doubted nothing is judged, let go, written or sent."""
    why = doubted(house.ledger, house.settings, house.now(), played=house.played)
    if why is None:
        return STEPS
    return (lambda house, report: keep(house, why, report), alert)


DONE_WITH = {
    "accept": "accepted",
    "reject": "needs changes",
    "refer": "for the administrator to look at",
    "hold": "held for the administrator",
    "automatic": "recorded",
}
UNRECOGNISED = "a document of no known kind"
AGAIN = "the same document again"
CHECKED = "checked for its author, and not logged"
PASSED_OVER = "not for the service; left as it was"


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def once(asked: Asked, as_json: bool) -> None:
    """Take in, judge, log, write and send what there is.

    Exit status 1 when something waits for a person.

    Example: scr-intake once
    """
    with open_house(asked, working=True) as house:
        report = whole_round(house)
    if as_json:
        print_json(_as_json(report))
    else:
        for line in (*told(report, house.kinds), *strangers(report)) or ["Nothing to do."]:
            click.echo(line)
        for trouble in report.troubles:
            click.echo(trouble, err=True)
    if report.troubles or report.for_a_person:
        raise click.exceptions.Exit(ATTENTION)


def told(report: Report, kinds: Kinds) -> list[str]:
    """What a round did, a line each; ids and kinds only. Nothing when it did nothing."""
    lines = [*report.said, *([f"Taken in: {report.taken}."] if report.taken else [])]
    if report.passed_over:
        lines.append(f"Not for the service, left as they were: {report.passed_over:,}.")
    for delivery, settlement in report.settled:
        lines += [f"Delivery {delivery.id}: {line}." for line in _settled(settlement, kinds)]
    return lines + [f"Letter {letter.id}: {letter.kind} sent." for letter in report.sent]


def strangers(report: Report) -> Iterator[str]:
    """How many messages of strangers wait their turn."""
    if report.strangers:
        yield f"Messages of strangers that wait their turn: {report.strangers:,}."


def _settled(settlement: Settlement, kinds: Kinds) -> Iterator[str]:
    """One line for each case that a delivery was of."""
    for lot in settlement.lots:
        whose = lot.origin
        at = f"{whose.reference}, {whose.code}: " if whose.reference else ""
        yield at + (", ".join(outcomes(lot.submissions, kinds)) or AGAIN)
    if not settlement.lots:
        rehearsal = settlement.rehearsal
        whose = rehearsal.origin if rehearsal else settlement.origin
        yield f"{whose.reference}, {whose.code}: {CHECKED}" if rehearsal else PASSED_OVER


def outcomes(submissions: Iterable[Submission], kinds: Kinds) -> Iterator[str]:
    """ "chronology accepted", one for each return; none for what came again."""
    for submission in submissions:
        if submission.verdict is not None:
            yield f"{DONE_WITH[submission.verdict]} ({REASONS[submission.reason]})"
        for judgement in submission.judgements:
            kind = kinds.get(judgement.kind)
            yield f"{kind.noun if kind else UNRECOGNISED} {DONE_WITH[judgement.verdict]}"


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "taken": report.taken,
        "passed_over": report.passed_over,
        "strangers_waiting": report.strangers,
        "said": report.said,
        "deliveries": [_delivery(*settled) for settled in report.settled],
        "letters": [{"id": letter.id, "kind": letter.kind} for letter in report.sent],
        "troubles": report.troubles,
    }


def _delivery(delivery: Delivery, settlement: Settlement) -> dict[str, Any]:
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
        "case": settlement.origin.reference,
        "agency": settlement.origin.code,
        "documents": documents,
        "apart": apart,
    }
