"""What a line of a digest told of many, by its name: listed, or settled by one command.

Does: finds what the line was about, and accepts those of it that still wait, or decides that
nothing comes of them.
Trusts: whoever may run this to decide for the board.
Never touches: what came after the digest was written: a person decided about what they saw.
Known limits: of what agencies sent as returns the latest version of each is rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from commands.app import House
from commands.deciding import settle_all
from commands.global_options import LARGEST_ID, stop
from config.kind import Kinds
from handlers.register.decision import Because, Cannot, Decision
from handlers.register.ruling import Matter, accept, keep, reject
from handlers.register.submissions import Entry
from outbox.due.set_apart import told
from outbox.writing import commands_to_paste
from outbox.writing.facts import Group, Sort
from outbox.writing.groups import as_written, numbered, told_as
from outbox.writing.words import listed

_Rule = Callable[[Matter, Kinds, Because], Decision | Cannot]
_Command = TypeVar("_Command", bound=Callable[..., Any])

ENTRY_OR_GROUP = click.argument("id", required=False, type=click.IntRange(1, LARGEST_ID))
GROUP = click.option("--group", metavar="NAME", help="All that a line of a digest told.")
SHOWN = 12  # numbers of entries that are told
_SORTS: dict[Sort, str] = {
    "entries": "entries. To list them: `scr-intake show --group {}`",
    "letters": "letters. To list them: `scr-intake letters show --group {}`",
    "stopped": "letters that are not written. To list them: `scr-intake letters`",
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
            " To see what waits now: `scr-intake digest --preview`"
        )
    if found.what not in sorts:
        stop(f"The group {written} are {_SORTS[found.what].format(written)}")
    return found


def entries_of(house: House, name: str) -> list[Entry]:
    group = group_named(house, name, "entries")
    return house.register.entries.among([int(id) for id in group.items])


def reject_all(house: House, name: str, why: Because, *, yes: bool) -> None:
    """Decide that nothing comes of those of the group that still wait. Of the versions of a return
    the latest is rejected, and one letter tells it."""
    documents = [each for each in entries_of(house, name) if each.agency_id and each.position]
    says = "Nothing comes of {}."
    if documents:
        if any(each.kind is None for each in documents):
            stop(
                f"These are documents that were not recognised. {_NOTHING}"
                f" To say what they are: `{commands_to_paste.kind_of_group(as_written(name))}`"
                " Or that they are no return:"
                f" `{commands_to_paste.kind_of_group(as_written(name), 'none')}`"
            )
        if any(each.return_id is None for each in documents):
            stop(
                f"These are documents of an agency's, and each has its own answer. {_NOTHING} To"
                f" list them: `{commands_to_paste.show_group(as_written(name))}`"
            )
        says = "Rejected: {}."
    _decide_all(house, name, reject, why, says, yes=yes, tells=bool(documents))


def keep_all(house: House, name: str, why: Because, *, yes: bool) -> None:
    """Decide that those of the group that still wait are no return."""
    _decide_all(house, name, keep, why, "Kept as no return: {}.", yes=yes)


def accept_all(house: House, name: str, why: Because, *, yes: bool) -> None:
    """Decide that those of the group that still wait are good; of the versions of one return the
    latest is."""
    _decide_all(house, name, accept, why, "Accepted: {}.", yes=yes)


def _decide_all(
    house: House,
    name: str,
    rule: _Rule,
    why: Because,
    says: str,
    *,
    yes: bool,
    tells: bool = False,
) -> None:
    if why.tell and not tells:
        raise click.UsageError("--tell is for one entry.")
    ids = [entry.id for entry in entries_of(house, name)]
    zone = house.settings.board.zone

    def rulings() -> list[Decision | Cannot]:
        waiting = _latest(house.register.entries.waiting_among(ids))
        matters = house.register.matters(waiting, zone)
        return [rule(matter, house.kinds, why) for matter in matters]

    def decide() -> list[Decision]:
        return [each for each in rulings() if isinstance(each, Decision)]

    found = rulings()
    refused = [each for each in found if isinstance(each, Cannot)]
    about = [made.entry_id for made in decide() if made.entry_id is not None]
    settled = house.register.entries.among(about)
    what = dict.fromkeys(told(entry, house.kinds.get(entry.kind)) for entry in settled)
    if not about:
        stop(
            f"{refused[0].why} {_NOTHING}"
            if refused
            else f"Of these {len(ids):,} nothing waits any more. {_NOTHING}"
        )
    left = [*still_left(len(ids) - len(found)), *not_so(len(refused))]
    lines = [says.format(numbers(about)), *(f"Each: {one}." for one in what), *left]
    made = settle_all(house, decide, yes=yes, told=lines)
    click.echo(" ".join([f"{made:,} settled, and in the record.", *left]))


def _latest(entries: Sequence[Entry]) -> list[Entry]:
    """Of those for one return the latest."""
    last = {entry.return_id: entry.id for entry in entries}
    return [e for e in entries if e.return_id is None or last[e.return_id] == e.id]


_NOTHING = "Nothing was decided."


def numbers(ids: Sequence[int]) -> str:
    """ "entries 3, 4 and 5", "250 entries, from 3 to 260"."""
    if len(ids) > SHOWN:
        return numbered("entries", ids)
    return f"{'entry' if len(ids) == 1 else 'entries'} {listed([str(id) for id in ids])}"


def still_left(number: int) -> list[str]:
    if not number:
        return []
    return [f"{number:,} had changed meanwhile and {'is' if number == 1 else 'are'} left."]


def not_so(number: int) -> list[str]:
    """What waits and cannot be settled by the command."""
    if not number:
        return []
    return [f"{number:,} cannot be settled so and {'is' if number == 1 else 'are'} left."]
