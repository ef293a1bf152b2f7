"""`scr-intake case hold|reopen|close|extend|milestone`: a person's word about a case as a whole.

Does: puts a case on hold, lets it go on, closes it, gives its review more time, always with a
reason; and marks a milestone done.
Trusts: whoever may run this to decide for the board.
Never touches: what came for it, or where its returns stand.
Known limits: nobody outside is told; that is for the administrator's own words.
"""

from __future__ import annotations

from datetime import datetime
from shlex import quote
from typing import Literal

import click

from commands.asked import Asked, stop
from commands.deciding import because, decided, settle
from commands.house import open_house
from commands.returns import DAY, REFERENCE, case_of
from config.calendar import in_words
from handlers.register.agreement import prolong, put


@click.command
@REFERENCE
@click.option("--to", "to", required=True, type=DAY, help="The new day, such as 2010-12-01.")
@click.option("--agreed-by", required=True, help="Who agreed to it in writing, and when.")
@decided
@click.pass_obj
def extend(
    asked: Asked, reference: str, to: datetime, agreed_by: str, reason: str, yes: bool
) -> None:
    """Give a review more time, as somebody has agreed in writing.

    What agencies owe stays due when it is. A later `case load` leaves the new day alone, unless it
    changes the day in the file.

    Example: scr-intake case extend N12 --to 2010-12-01 --agreed-by "Chair" --reason "The court"
    """
    if not agreed_by.strip():
        raise click.UsageError("--agreed-by should say who agreed to it in writing.")
    why = because(reason, agreed_by=agreed_by)
    with open_house(asked) as house:
        today = house.now().date()
        settle(house, lambda: prolong(case_of(house, reference), to.date(), today, why), yes=yes)


@click.command
@REFERENCE
@click.option("--done", required=True, type=DAY, help="The day it was to be on: 2010-05-05.")
@click.pass_obj
def milestone(asked: Asked, reference: str, done: datetime) -> None:
    """Mark a milestone of a review done: what was to be on that day.

    Nobody is written to. A later `case load` leaves it done, unless the file says `done = false`.

    Example: scr-intake case milestone N12 --done 2010-05-05
    """
    day = done.date()
    with open_house(asked) as house:
        case = case_of(house, reference)
        marked = house.register.cases.milestone_done(case.reference, day, house.now())
        if not marked:
            stop(
                f"{case.reference} has no milestone on {in_words(day)} that is not done."
                " Nothing was changed. To list them:"
                f" `scr-intake case show {quote(case.reference)}`"
            )
    click.echo("\n".join(f"{case.reference}: {what}, {in_words(day)}: done." for what in marked))


def _putting(what: Literal["hold", "reopen", "close"], told: str, reason: str) -> click.Command:
    """The command that puts a case where `what` says."""

    @click.command(what, help=f'{told}\n\nExample: scr-intake case {what} N12 --reason "{reason}"')
    @REFERENCE
    @decided
    @click.pass_obj
    def command(asked: Asked, reference: str, reason: str, yes: bool) -> None:
        why = because(reason)
        with open_house(asked) as house:
            settle(house, lambda: put(case_of(house, reference), what, why), yes=yes)

    return command


hold = _putting(
    "hold",
    "Put a case on hold: nothing in it is chased.",
    "The court has asked us to wait",
)
reopen = _putting(
    "reopen",
    "Let a case go on that was on hold or closed.",
    "The court has decided",
)
close = _putting(
    "close",
    "Close a case: nothing in it is awaited any more.",
    "The report is published",
)
