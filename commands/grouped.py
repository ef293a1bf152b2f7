"""What a line of a digest told of many, by its name: listed, or settled by one command.

Does: finds what the line was about, and decides that nothing comes of those of it that still wait.
Trusts: whoever may run this to decide for the board.
Never touches: what came after the digest was written: a person decided about what they saw.
Known limits: what agencies sent as returns is decided one by one; each has its own faults.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from commands.asked import LARGEST_ID, stop
from commands.deciding import settle_all
from commands.house import House
from handlers.register.decision import Because, Decision
from handlers.register.entry import Entry
from handlers.register.ruling import reject
from outbox.apart import told
from outbox.facts import Group, Sort
from outbox.groups import as_written, numbered, told_as
from outbox.words import listed

_Command = TypeVar("_Command", bound=Callable[..., Any])

ENTRY_OR_GROUP = click.argument("id", required=False, type=click.IntRange(1, LARGEST_ID))
GROUP = click.option("--group", metavar="NAME", help="All that a line of a digest told.")
SHOWN = 12  # numbers of entries that are told
_SORTS: dict[Sort, str] = {
    "entries": "entries: `scr-intake show --group {}` lists them",
    "letters": "letters: `scr-intake letters show --group {}` lists them",
    "stopped": "letters that are not written: `scr-intake letters` lists them",
}


def one_of(id: int | None, group: str | None) -> int | None:
    """The number, None for a group; ends the command unless one of the two is given."""
    if (id is None) == (group is None):
        raise click.UsageError("Give either an ID or --group.")
    return id


def group_named(house: House, name: str, *sorts: Sort) -> Group:
    """What a digest told under this name, or would tell now; ends the command when there is
    nothing of that name, or it is of another sort."""
    written = as_written(name)
    now = (each for each in house.briefing.groups(house.now()) if each.name == written)
    found = told_as(house.ledger, name) or next(now, None)
    if found is None:
        stop(
            f'No digest told of a group "{name.strip()}", or it is long ago.'
            " `scr-intake digest --preview` shows what waits now."
        )
    if found.what not in sorts:
        stop(f"The group {written} are {_SORTS[found.what].format(written)}.")
    return found


def entries_of(house: House, name: str) -> list[Entry]:
    group = group_named(house, name, "entries")
    return house.register.entries.among([int(id) for id in group.items])


def reject_all(house: House, name: str, why: Because, *, yes: bool) -> None:
    """Decide that nothing comes of those of the group that still wait."""
    if why.tell:
        raise click.UsageError("--tell is for one entry: of a group nobody is told.")
    entries = entries_of(house, name)
    if any(entry.agency_id is not None and entry.position for entry in entries):
        stop(
            "These are documents of an agency's, and each has its own answer:"
            f" `scr-intake show --group {as_written(name)}` lists them. Nothing was decided."
        )
    ids = [entry.id for entry in entries]
    zone = house.settings.board.zone

    def decide() -> list[Decision]:
        waiting = house.register.entries.waiting_among(ids)
        ruled = (
            reject(matter, house.kinds, why) for matter in house.register.matters(waiting, zone)
        )
        return [each for each in ruled if isinstance(each, Decision)]

    about = [made.entry_id for made in decide() if made.entry_id is not None]
    settled = house.register.entries.among(about)
    what = dict.fromkeys(told(entry, house.kinds.get(entry.kind)) for entry in settled)
    if not about:
        stop(f"Of these {len(ids):,} nothing waits any more. Nothing was decided.")
    left = len(ids) - len(about)
    says = [f"Nothing comes of {_numbers(about)}.", *(f"Each: {one}." for one in what)]
    made = settle_all(house, decide, yes=yes, told=[*says, *_left(left, "are left")])
    click.echo(" ".join([f"{made:,} settled, and in the record.", *_left(left, "are left")]))


def _numbers(ids: Sequence[int]) -> str:
    """ "entries 3, 4 and 5", "250 entries, from 3 to 260"."""
    if len(ids) > SHOWN:
        return numbered("entries", ids)
    return f"{'entry' if len(ids) == 1 else 'entries'} {listed([str(id) for id in ids])}"


def _left(number: int, words: str) -> list[str]:
    if not number:
        return []
    return [f"{number:,} had changed meanwhile and {words if number > 1 else 'is left'}."]
