"""Lists or settles by one command what a line of a digest told of many.

What came after the digest was written is left alone: a person decided about what they saw. Of
returns the latest version of each is rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from commands.composition.app import Application
from commands.decisions.decision_prompt import settle_decisions
from commands.decisions.requesting import request_rules
from commands.global_options import MAX_ID, exit_with_message
from config.english import join_with_and
from handlers.register.decision import Decision, DecisionReason, DecisionRefused
from handlers.register.entry_decisions import accept_entry, keep_entry, reject_entry
from handlers.register.requests import EntryRule
from handlers.register.submissions import Entry
from outbox.due.set_apart import describe_entry
from outbox.writing import commands_to_paste
from outbox.writing.digest_facts import GroupSort, NamedGroup
from outbox.writing.groups import find_told_group, normalise_group_name, number_range_phrase

_Command = TypeVar("_Command", bound=Callable[..., Any])

ID_ARGUMENT = click.argument("id", required=False, type=click.IntRange(1, MAX_ID))
GROUP_OPTION = click.option("--group", metavar="NAME", help="All that a line of a digest told.")
MAX_SHOWN_NUMBERS = 12  # numbers of entries that are told
_SORTS: dict[GroupSort, str] = {
    "entries": "entries. To list them: `scr-intake show --group {}`",
    "letters": "letters. To list them: `scr-intake letters show --group {}`",
    "stopped": "letters that are not written. To list them: `scr-intake letters`",
}


def id_or_group(id: int | None, group: str | None) -> int | None:
    """The number, None for a group; ends the command unless one of the two is given."""
    if (id is None) == (group is None):
        raise click.UsageError("Give either an ID or --group.")
    return id


def group_or_exit(app: Application, name: str, *sorts: GroupSort) -> NamedGroup:
    """What a digest told under this name, or would tell now; ends the command when there is
    nothing of that name, or it is of another sort."""
    written = normalise_group_name(name)
    now = (each for each in app.briefing.told_groups(app.now()) if each.name == written)
    found = find_told_group(app.database, name) or next(now, None)
    if found is None:
        exit_with_message(
            f'No digest told of a group "{name.strip()}", or it is long ago.'
            " To see what waits now: `scr-intake digest --preview`"
        )
    if found.what not in sorts:
        exit_with_message(f"The group {written} are {_SORTS[found.what].format(written)}")
    return found


def group_entries(app: Application, name: str) -> list[Entry]:
    group = group_or_exit(app, name, "entries")
    return app.register.entries.entries_among([int(id) for id in group.items])


def reject_group_entries(app: Application, name: str, why: DecisionReason, *, yes: bool) -> None:
    """Decide that nothing comes of those of the group that still wait. Of the versions of a return
    the latest is rejected, and one letter tells it."""
    documents = [each for each in group_entries(app, name) if each.agency_id and each.position]
    says = "Nothing comes of {}."
    if documents:
        if any(each.kind is None for each in documents):
            group = normalise_group_name(name)
            exit_with_message(
                f"These are documents that were not recognised. {_NOTHING}"
                f" To say what they are: `{commands_to_paste.group_kind_command(group)}`"
                " Or that they are no return:"
                f" `{commands_to_paste.group_kind_command(group, 'none')}`"
            )
        if any(each.return_id is None for each in documents):
            exit_with_message(
                f"These are documents of an agency's, and each has its own answer. {_NOTHING} To"
                f" list them: `{commands_to_paste.show_group_command(normalise_group_name(name))}`"
            )
        says = "Rejected: {}."
    _decide_all(app, name, reject_entry, why, says, yes=yes, tells=bool(documents))


def keep_group_entries(app: Application, name: str, why: DecisionReason, *, yes: bool) -> None:
    """Decide that those of the group that still wait are no return."""
    _decide_all(app, name, keep_entry, why, "Kept as no return: {}.", yes=yes)


def accept_group_entries(app: Application, name: str, why: DecisionReason, *, yes: bool) -> None:
    """Decide that those of the group that still wait are good; of the versions of one return the
    latest is."""
    _decide_all(app, name, accept_entry, why, "Accepted: {}.", yes=yes)


def _decide_all(
    app: Application,
    name: str,
    rule: EntryRule,
    why: DecisionReason,
    says: str,
    *,
    yes: bool,
    tells: bool = False,
) -> None:
    if why.tell and not tells:
        raise click.UsageError("--tell is for one entry.")
    ids = [entry.id for entry in group_entries(app, name)]
    rules = request_rules(app)

    def rulings() -> list[Decision | DecisionRefused]:
        return rules.rulings(ids, rule, why)

    def decide() -> list[Decision]:
        return [each for each in rulings() if isinstance(each, Decision)]

    found = rulings()
    refused = [each for each in found if isinstance(each, DecisionRefused)]
    about = [made.entry_id for made in decide() if made.entry_id is not None]
    settled = app.register.entries.entries_among(about)
    what = dict.fromkeys(describe_entry(entry, app.kinds.get(entry.kind)) for entry in settled)
    if not about:
        exit_with_message(
            f"{refused[0].why} {_NOTHING}"
            if refused
            else f"Of these {len(ids):,} nothing waits any more. {_NOTHING}"
        )
    left = [*changed_meanwhile_note(len(ids) - len(found)), *not_settled_note(len(refused))]
    lines = [says.format(entry_numbers_phrase(about)), *(f"Each: {one}." for one in what), *left]
    made = settle_decisions(app, decide, yes=yes, told=lines)
    click.echo(" ".join([f"{made:,} settled, and in the record.", *left]))


_NOTHING = "Nothing was decided."


def entry_numbers_phrase(ids: Sequence[int]) -> str:
    """ "entries 3, 4 and 5", "250 entries, from 3 to 260"."""
    if len(ids) > MAX_SHOWN_NUMBERS:
        return number_range_phrase("entries", ids)
    return f"{'entry' if len(ids) == 1 else 'entries'} {join_with_and([str(id) for id in ids])}"


def changed_meanwhile_note(number: int) -> list[str]:
    if not number:
        return []
    return [f"{number:,} had changed meanwhile and {'is' if number == 1 else 'are'} left."]


def not_settled_note(number: int) -> list[str]:
    """What waits and cannot be settled by the command."""
    if not number:
        return []
    return [f"{number:,} cannot be settled so and {'is' if number == 1 else 'are'} left."]
