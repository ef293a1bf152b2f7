"""`scr-intake accept ID`, `reject ID`: a person's decision about one entry or a group."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from commands.app import open_application
from commands.decision_prompt import decision_options, decision_reason, settle_decision
from commands.entries import matter_or_exit
from commands.global_options import GlobalOptions
from commands.grouped import (
    GROUP_OPTION,
    ID_ARGUMENT,
    accept_group_entries,
    id_or_group,
    reject_group_entries,
)
from config.kind import Kinds
from handlers.register import entry_decisions
from handlers.register.agency_standing import DATE_RULE
from handlers.register.decision import Decision, DecisionReason, DecisionRefused
from handlers.register.entry_decisions import EntryToDecide
from handlers.register.submissions import Entry
from outbox.writing.commands_to_paste import is_bare_message

_Decide = Callable[[EntryToDecide, Kinds, DecisionReason], Decision | DecisionRefused]
_TELL = click.option("--tell", default="", help="Words for the agency, put into the letter.")


@click.command
@ID_ARGUMENT
@GROUP_OPTION
@_TELL
@decision_options
@click.pass_obj
def accept(
    asked: GlobalOptions, id: int | None, group: str | None, tell: str, reason: str, yes: bool
) -> None:
    """Decide that an entry is good; its return is settled.

    With --group it is decided of all that a line of a digest told, and of nothing that came since.
    What was settled meanwhile is left as it is.

    Example: scr-intake accept 41 --reason "The picture is her signature; she confirmed it"
    """
    why = decision_reason(reason, tell=tell)
    if id_or_group(id, group) is None:
        with open_application(asked) as app:
            accept_group_entries(app, group or "", why, yes=yes)
    else:
        _decide(asked, id or 0, entry_decisions.accept_entry, why, yes)


@click.command
@ID_ARGUMENT
@GROUP_OPTION
@_TELL
@decision_options
@click.pass_obj
def reject(
    asked: GlobalOptions, id: int | None, group: str | None, tell: str, reason: str, yes: bool
) -> None:
    """Decide that an entry has to be mended, or that nothing comes of it.

    Its sender is asked to mend what was found, and what --tell says. Of an entry that belongs to
    no case nobody is told.

    With --group it is decided of all that a line of a digest told, and of nothing that came since,
    that nothing comes of them. What was settled meanwhile is left as it is.

    Example: scr-intake reject 41 --reason "Not signed" --tell "Please sign it by hand."
    """
    why = decision_reason(reason, tell=tell)
    if id_or_group(id, group) is None:
        with open_application(asked) as app:
            reject_group_entries(app, group or "", why, yes=yes)
    else:
        _decide(asked, id or 0, entry_decisions.reject_entry, why, yes)


def _decide(asked: GlobalOptions, id: int, decide: _Decide, why: DecisionReason, yes: bool) -> None:
    with open_application(asked) as app:
        told = (
            _to_know_first(matter_or_exit(app, id).entry)
            if decide is entry_decisions.accept_entry
            else ()
        )
        settle_decision(
            app, lambda: decide(matter_or_exit(app, id), app.kinds, why), yes=yes, told=told
        )


def _to_know_first(entry: Entry) -> Iterator[str]:
    """What whoever accepts an entry should know before."""
    if entry.is_waiting:
        for finding in entry.told.findings:
            if finding.rule == DATE_RULE:
                yield f"Take care. {finding.message}"
    yield from _gives_no_time(entry)


def _gives_no_time(entry: Entry) -> Iterator[str]:
    """That to accept a message agrees to nothing that it asks for."""
    if entry.is_waiting and is_bare_message(entry) and (entry.told.names or entry.told.clues.asks):
        yield (
            f"To accept entry {entry.id} puts the message away. It gives no more time, and no"
            " letter says that it does. To see the `extend` that would:"
            f" `scr-intake show {entry.id}`"
        )
