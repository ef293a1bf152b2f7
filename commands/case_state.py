"""`scr-intake case hold|reopen|close`: a person's word about a case as a whole.

Does: puts a case on hold, lets it go on, closes it; always with a reason.
Trusts: whoever may run this to decide for the board.
Never touches: what came for it, or where its returns stand.
Known limits: nobody outside is told; that is for the administrator's own words.
"""

from __future__ import annotations

from typing import Literal

import click

from commands.asked import Asked
from commands.deciding import because, decided, settle
from commands.house import open_house
from commands.returns import REFERENCE, case_of
from handlers.register.decision import put


@click.command
@REFERENCE
@decided
@click.pass_obj
def hold(asked: Asked, reference: str, reason: str, yes: bool) -> None:
    """Put a case on hold: nothing in it is chased.

    Example: scr-intake case hold N12 --reason "The court has asked us to wait"
    """
    _put(asked, reference, "hold", reason, yes)


@click.command
@REFERENCE
@decided
@click.pass_obj
def reopen(asked: Asked, reference: str, reason: str, yes: bool) -> None:
    """Let a case go on that was on hold or closed.

    Example: scr-intake case reopen N12 --reason "The court has decided"
    """
    _put(asked, reference, "reopen", reason, yes)


@click.command
@REFERENCE
@decided
@click.pass_obj
def close(asked: Asked, reference: str, reason: str, yes: bool) -> None:
    """Close a case: nothing in it is awaited any more.

    Example: scr-intake case close N12 --reason "The report is published"
    """
    _put(asked, reference, "close", reason, yes)


def _put(
    asked: Asked, reference: str, what: Literal["hold", "reopen", "close"], reason: str, yes: bool
) -> None:
    why = because(reason)
    with open_house(asked) as house:
        settle(
            house,
            lambda: put(case_of(house, reference), what, why),
            lambda made: house.register.decisions.make(made, house.now()),
            yes=yes,
        )
