"""`scr-intake accept ID`, `reject ID`: a person's word about one entry.

Does: decides about an entry, always with a reason.
Trusts: whoever may run this to decide for the board.
Never touches: the document.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Callable

import click

from commands.asked import Asked
from commands.deciding import because, decided, settle
from commands.entries import ENTRY, matter_of
from commands.house import open_house
from config.kind import Kinds
from handlers.register import ruling
from handlers.register.decision import Because, Cannot, Decision
from handlers.register.ruling import Matter

_Decide = Callable[[Matter, Kinds, Because], Decision | Cannot]
_TELL = click.option("--tell", default="", help="Words for the agency, put into the letter.")


@click.command
@ENTRY
@_TELL
@decided
@click.pass_obj
def accept(asked: Asked, id: int, tell: str, reason: str, yes: bool) -> None:
    """Decide that an entry is good; its return is settled.

    Example: scr-intake accept 41 --reason "The picture is her signature; she confirmed it"
    """
    _decide(asked, id, ruling.accept, because(reason, tell=tell), yes)


@click.command
@ENTRY
@_TELL
@decided
@click.pass_obj
def reject(asked: Asked, id: int, tell: str, reason: str, yes: bool) -> None:
    """Decide that an entry has to be mended, or that nothing comes of it.

    Its sender is asked to mend what was found, and what --tell says. Of an entry that belongs to
    no case nobody is told.

    Example: scr-intake reject 41 --reason "Not signed" --tell "Please sign it by hand."
    """
    _decide(asked, id, ruling.reject, because(reason, tell=tell), yes)


def _decide(asked: Asked, id: int, decide: _Decide, why: Because, yes: bool) -> None:
    with open_house(asked) as house:
        settle(house, lambda: decide(matter_of(house, id), house.kinds, why), yes=yes)
