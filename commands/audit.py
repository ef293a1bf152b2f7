"""`scr-intake audit verify|log`: whether the record is whole, and what it tells of a case.

Does: checks the chain, holds the register against it, and reads a case's history in plain English.
Trusts: the keys. A head written down elsewhere, such as on a digest, shows whether the end of the
record was cut off.
Never touches: anything; it only reads.
Known limits: rows cut off since the last head that somebody kept cannot be missed.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from commands.asked import ATTENTION, Asked, print_json, stop
from commands.events import sentence
from commands.house import open_house
from config.calendar import moment
from handlers.register.record import in_groups
from handlers.register.register import Register


@click.group
def audit() -> None:
    """Check the record, and read it.

    Example: scr-intake audit verify
    """


@audit.command
@click.option("--head", metavar="SEAL", help="A seal from a digest, such as 7f3a-92c1-04be-11d0.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def verify(asked: Asked, head: str | None, as_json: bool) -> None:
    """Check that the record is whole and that the register agrees with it.

    Exit status 1 when it is not, or does not.

    Example: scr-intake audit verify --head 7f3a-92c1-04be-11d0
    """
    with open_house(asked) as house:
        faults = list(faults_of(house.register, head))
        entries, seal = house.register.record.head()
    if as_json:
        print_json({"entries": entries, "seal": seal, "faults": faults})
    else:
        whole = f"The record is whole: {entries:,} entries, seal {in_groups(seal)}."
        click.echo("\n".join(faults) or whole)
    if faults:
        raise click.exceptions.Exit(ATTENTION)


def faults_of(register: Register, head: str | None = None) -> Iterator[str]:
    """What is wrong with the record, a sentence each. Of a chain that is broken nothing more is
    said than where, since what follows proves nothing."""
    broken = register.record.first_broken()
    if broken is not None:
        yield (
            f"Entry {broken} of the record is missing or was changed: the chain breaks there."
            " All before it stands."
        )
        return
    entries, _ = register.record.head()
    if head is not None and not register.record.has(head):
        yield (
            f"Entry {entries + 1} of the record is missing: it ends before the seal you give,"
            " so its end was cut off, or all of it was written anew."
        )
    yield from register.unrecorded()


@audit.command
@click.argument("reference", metavar="REF")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def log(asked: Asked, reference: str, as_json: bool) -> None:
    """Tell all that was ever done in a case, from the record.

    Example: scr-intake audit log N12
    """
    with open_house(asked) as house:
        events = house.register.history(reference)
        if not events:
            stop(f"There is no case {reference}. To list those there are: `scr-intake case list`")
        zone = house.settings.board.zone
        told = [(e.at.astimezone(zone), sentence(house, e)) for e in events]
    if as_json:
        print_json([{"at": at.isoformat(), "what": what} for at, what in told])
    else:
        for at, what in told:
            click.echo(f"{moment(at)}: {what}")
