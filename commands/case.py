"""`scr-intake case load|list|show`: the register's cases.

Does: loads a case file and says what changed; shows cases as matrices, agency by return.
Trusts: nothing in a case file.
Never touches: what has come in.
Known limits: none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.asked import ATTENTION, Asked, print_json, say, stop
from commands.case_state import close, extend, hold, milestone, reopen
from commands.deciding import because
from commands.house import House, open_house
from commands.pruning import kept, prune
from commands.told import case_json, case_lines, drop_folders
from config.casefile import load_case
from config.problem import Refused
from outbox.own_words import called_like_our_words


@click.group
def case() -> None:
    """Load and show cases.

    Example: scr-intake case load case-n12.toml
    """


for _command in (hold, reopen, close, extend, milestone):
    case.add_command(_command)


@case.command("load")
@click.argument(
    "file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--prune", "pruned", is_flag=True, help="Take out what the file leaves out.")
@click.option("--reason", default="", help="Why it is taken out (with --prune).")
@click.option("--yes", is_flag=True, help="Do not ask about it (with --prune).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def load(asked: Asked, file: Path, pruned: bool, reason: str, yes: bool, as_json: bool) -> None:
    """Load or update a case from a TOML file, and say what changed.

    Says as well where a subject is called like a word of the board's own letters, which would be
    stopped.

    What the file leaves out is kept, and told. With --prune its people are removed and what is
    still owed is waived, each asked about first. The service may be running; it goes by the new
    case from its next round on.

    Example: scr-intake case load case-n12.toml
    """
    given = because(reason) if pruned else None
    if pruned and as_json:
        raise click.UsageError("--prune asks about each thing, so it prints no JSON.")
    # One transaction of its own: it needs no lock against the service, whose turn comes after.
    with open_house(asked) as house:
        try:
            checked = load_case(file, house.kinds)
        except Refused as why:
            stop(why, ATTENTION)
        first = not house.register.cases.references()
        changes = house.register.cases.load(checked, house.now())
        trouble = drop_folders(house, first=first)
        left = kept(house, checked)
        like_ours = list(called_like_our_words(checked, house.kinds, house.settings.board))
        if as_json:
            told = {"reference": checked.reference, "changes": changes, "kept": left}
            print_json(told | ({"warnings": like_ours} if like_ours else {}))
        else:
            click.echo("\n".join(changes) or f"{checked.reference}: nothing has changed.")
            for warning in like_ours:
                click.echo(f"Take care. {warning}")
            if given is not None:
                prune(house, checked, given, yes=yes)
            elif left:
                click.echo("\n".join([*left, "`--prune` takes out what the file leaves out."]))
    if trouble:
        stop(trouble)


@case.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_(asked: Asked, as_json: bool) -> None:
    """Show every case as a matrix, agency by return.

    Example: scr-intake case list
    """
    with open_house(asked) as house:
        _show(house, None, as_json)


@case.command("show")
@click.argument("reference", metavar="REF")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(asked: Asked, reference: str, as_json: bool) -> None:
    """Show one case as a matrix, agency by return.

    Example: scr-intake case show N12
    """
    with open_house(asked) as house:
        _show(house, reference, as_json)


def _show(house: House, reference: str | None, as_json: bool) -> None:
    today = house.now().date()
    rows = house.register.dated(today, reference)
    if reference is not None and not rows:
        stop(f"There is no case {reference}. To list those there are: `scr-intake case list`")
    if as_json:
        told: list[dict[str, Any]] = [case_json(row) for row in rows]
        print_json(told[0] if reference is not None else told)
        return
    if not rows:
        say("No case is loaded yet. To load one: `scr-intake case load FILE`")
    for row in rows:
        for line in case_lines(row, house.kinds, today):
            click.echo(line)
        click.echo()
