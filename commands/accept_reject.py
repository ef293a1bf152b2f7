"""`scr-intake accept ID`, `reject ID`: a person's decision about one entry or a group."""

from __future__ import annotations

from collections.abc import Iterator

import click

from commands.composition.app import open_application
from commands.decisions.decision_prompt import decision_options, decision_reason, settle_request
from commands.decisions.grouped import (
    GROUP_OPTION,
    ID_ARGUMENT,
    accept_group_entries,
    id_or_group,
    reject_group_entries,
)
from commands.entries import matter_or_exit
from commands.global_options import GlobalOptions
from handlers.checks.form.report_day import DATE_RULE
from handlers.register.requests import Request
from handlers.register.submissions import Entry
from outbox.writing.commands_to_paste import is_bare_message

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
        _decide(asked, Request("accept", why, (id or 0,)), yes)


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
        _decide(asked, Request("reject", why, (id or 0,)), yes)


def _decide(asked: GlobalOptions, request: Request, yes: bool) -> None:
    with open_application(asked) as app:
        matter = matter_or_exit(app, request.entries[0])
        told = to_know_first(matter.entry) if request.what == "accept" else ()
        settle_request(app, request, yes=yes, told=told)


def to_know_first(entry: Entry) -> Iterator[str]:
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
