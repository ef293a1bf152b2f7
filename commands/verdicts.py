"""`scr-intake accept ID`, `reject ID`: a person's word about one entry.

Does: decides about an entry, or that nothing comes of all that a digest told in one line, always
with a reason.
Trusts: whoever may run this to decide for the board.
Never touches: the document.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from commands.app import open_house
from commands.deciding import because, decided, settle
from commands.entries import matter_of
from commands.global_options import Asked
from commands.grouped import ENTRY_OR_GROUP, GROUP, accept_all, one_of, reject_all
from config.kind import Kinds
from handlers.register import ruling
from handlers.register.decision import Because, Cannot, Decision
from handlers.register.ruling import Matter
from handlers.register.submissions import Entry
from outbox.writing.commands_to_paste import is_message

_Decide = Callable[[Matter, Kinds, Because], Decision | Cannot]
_TELL = click.option("--tell", default="", help="Words for the agency, put into the letter.")


@click.command
@ENTRY_OR_GROUP
@GROUP
@_TELL
@decided
@click.pass_obj
def accept(
    asked: Asked, id: int | None, group: str | None, tell: str, reason: str, yes: bool
) -> None:
    """Decide that an entry is good; its return is settled.

    With --group it is decided of all that a line of a digest told, and of nothing that came since.
    What was settled meanwhile is left as it is.

    Example: scr-intake accept 41 --reason "The picture is her signature; she confirmed it"
    """
    why = because(reason, tell=tell)
    if one_of(id, group) is None:
        with open_house(asked) as house:
            accept_all(house, group or "", why, yes=yes)
    else:
        _decide(asked, id or 0, ruling.accept, why, yes)


@click.command
@ENTRY_OR_GROUP
@GROUP
@_TELL
@decided
@click.pass_obj
def reject(
    asked: Asked, id: int | None, group: str | None, tell: str, reason: str, yes: bool
) -> None:
    """Decide that an entry has to be mended, or that nothing comes of it.

    Its sender is asked to mend what was found, and what --tell says. Of an entry that belongs to
    no case nobody is told.

    With --group it is decided of all that a line of a digest told, and of nothing that came since,
    that nothing comes of them. What was settled meanwhile is left as it is.

    Example: scr-intake reject 41 --reason "Not signed" --tell "Please sign it by hand."
    """
    why = because(reason, tell=tell)
    if one_of(id, group) is None:
        with open_house(asked) as house:
            reject_all(house, group or "", why, yes=yes)
    else:
        _decide(asked, id or 0, ruling.reject, why, yes)


def _decide(asked: Asked, id: int, decide: _Decide, why: Because, yes: bool) -> None:
    with open_house(asked) as house:
        told = _gives_no_time(matter_of(house, id).entry) if decide is ruling.accept else ()
        settle(house, lambda: decide(matter_of(house, id), house.kinds, why), yes=yes, told=told)


def _gives_no_time(entry: Entry) -> Iterator[str]:
    """That to accept a message agrees to nothing that it asks for."""
    if entry.waits and is_message(entry) and (entry.told.names or entry.told.clues.asks):
        yield (
            f"To accept entry {entry.id} puts the message away. It gives no more time, and no"
            " letter says that it does. To see the `extend` that would:"
            f" `scr-intake show {entry.id}`"
        )
