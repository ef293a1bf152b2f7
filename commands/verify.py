"""`scr-intake audit verify`: whether the audit log is whole, and the register as it tells."""

from __future__ import annotations

from collections.abc import Iterator

import click

from commands.composition.app import Application, open_application
from commands.composition.found_faults import FoundFaults, next_steps
from commands.composition.runtime import SCHEMAS
from commands.global_options import EXIT_ATTENTION, GlobalOptions, print_json, print_lines
from config.english import count_noun
from handlers.register.audit_log import group_seal_digits
from handlers.register.fault import Fault, FaultKind, found_faults
from handlers.register.fault_words import FaultWords
from handlers.register.integrity import count_originals, find_record_faults, look_at_originals
from handlers.register.last_backup import noted_backup, recorded_backup
from handlers.register.row_names import RowNames


@click.command
@click.option(
    "--head", metavar="SEAL", help="A check number from a digest, such as 7f3a-92c1-04be-11d0."
)
@click.option(
    "--originals", is_flag=True, help="Open every original too: it takes as long as the disk takes."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def verify(asked: GlobalOptions, head: str | None, originals: bool, as_json: bool) -> None:
    """Check that the record is whole and that the register agrees with it.

    Of each original it is seen that it is there, that it is the one and not another, and, where the
    register knows, how long it is; with --originals that it opens, and is what came. Exit status 1
    when the record is not whole, or something does not agree.

    Example: scr-intake audit verify --head 7f3a-92c1-04be-11d0
    """
    with open_application(asked) as app:
        zone, cut_off = app.settings.board.zone_info, list(_head_faults(app, head))
        faults = (*cut_off, *_faults(app, originals=originals))
        found = FoundFaults.worded(faults, app.database, app.kinds, zone)
        last = noted_backup(app.vault.folder, app.keys) or recorded_backup(app.database)
        register = app.settings.storage.register_file
        steps = list(next_steps(found, last, register, app.vault, app.keys))
        each = FaultWords(RowNames(app.database, app.kinds, zone)).tell_each(faults)
        entries, seal = app.register.record.chain_head()
        proven = app.register.record.rows
        columns = {
            "covered": proven.covered_columns(),
            "uncovered": proven.uncovered_columns(),
        }
        there = count_originals(app.database, app.vault)
    if as_json:
        looked = {"originals": "opened" if originals else "not opened"}
        print_json({"entries": entries, "seal": seal, "faults": each, **looked, **columns})
    else:
        whole = f"The record is whole: {entries:,} entries, seal {group_seal_digits(seal)}."
        opened = _opened(there, len(found.marks)) if originals else _NOT_OPENED
        print_lines(*(found.lines or [whole]), opened, *steps)
    if found:
        raise click.exceptions.Exit(EXIT_ATTENTION)


def _opened(there: int, bad: int) -> str:
    if not bad:
        return "Every original was opened."
    return f"Of {count_noun(there, 'original')} {there - bad:,} opened and are what came."


_NOT_OPENED = (
    "The originals were not opened: only that each is there and is the one was looked at. To open"
    " them all: `scr-intake audit verify --originals`"
)


def _head_faults(app: Application, head: str | None) -> Iterator[Fault]:
    record = app.register.record
    if head is not None and not record.contains_seal(head):
        entries, _ = record.chain_head()
        yield Fault(
            FaultKind.HEAD,
            f"Entry {entries + 1} of the record is missing: it ends before the seal you give,"
            " so its end was cut off, or all of it was written anew.",
        )


def _faults(app: Application, *, originals: bool) -> Iterator[Fault]:
    """What is wrong with the record and the originals; `originals` are opened, or only seen to be
    there."""
    yield from find_record_faults(app.database, app.vault, app.register, SCHEMAS)
    yield from found_faults(look_at_originals(app.database, app.vault, opened=originals))
    yield from app.journal_upkeep.find_gaps().faults()
