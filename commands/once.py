"""`scr-intake once`: one round, told in a few lines, and out.

Does: runs one round and says what it did.
Trusts: `commands/round.py`.
Never touches: anything else.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from commands.asked import ATTENTION, Asked
from commands.house import open_house
from commands.round import Report, one_round
from handlers.attribution import REASONS
from handlers.register.entry import Submission

DONE_WITH = {
    "accept": "accepted",
    "reject": "rejected",
    "refer": "referred to the administrator",
    "hold": "held",
    "automatic": "recorded",
}


@click.command
@click.pass_obj
def once(asked: Asked) -> None:
    """Take in, judge, log, write and send what there is, and exit.

    Exit status 1 when something waits for a person.

    Example: scr-intake once
    """
    with open_house(asked, working=True) as house:
        report = one_round(house)
    for line in told(report):
        click.echo(line)
    for trouble in report.troubles:
        click.echo(trouble, err=True)
    if report.troubles or report.for_a_person:
        raise click.exceptions.Exit(ATTENTION)


def told(report: Report) -> list[str]:
    """What a round did, a line each; ids and kinds only."""
    if report.quiet:
        return ["Nothing to do."]
    lines = [f"Taken in: {report.taken}."]
    for delivery, settlement in report.settled:
        whose = settlement.origin
        at = f"{whose.reference}, {whose.code}: " if whose.reference else ""
        said = ", ".join(_said(settlement.submissions)) or "the same document again"
        lines.append(f"Delivery {delivery.id}: {at}{said}.")
    lines += [f"Letter {letter.id}: {letter.kind} sent." for letter in report.sent]
    return lines


def _said(submissions: Iterable[Submission]) -> Iterator[str]:
    for submission in submissions:
        if submission.verdict is not None:
            yield f"{DONE_WITH[submission.verdict]} ({REASONS[submission.reason]})"
        for judgement in submission.judgements:
            yield f"{judgement.kind or 'not recognised'} {DONE_WITH[judgement.verdict]}"
