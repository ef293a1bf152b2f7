"""`scr-intake once`: one round, told in a few lines, and out.

Does: runs one round and says what it did.
Trusts: `commands/round.py`.
Never touches: anything else.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from commands.asked import ATTENTION, Asked, print_json
from commands.house import open_house
from commands.report import Report
from commands.round import whole_round
from config.kind import Kinds
from handlers.desk.settlement import Settlement
from handlers.post.attribution import REASONS
from handlers.register.entry import Submission
from intake.delivery import Delivery

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
