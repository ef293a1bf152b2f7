"""`scr-intake demo`: the whole job on a made-up board, in under a minute.

Does: makes a board in a folder of its own, loads a case, lets made-up documents arrive over two
days, and shows what the service does with them; ends with the case, three letters and where
everything was written.
Trusts: nothing.
Never touches: anything outside that folder; no server, no network.
Known limits: time is told to the service, not waited for.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import click
from rich.console import Console

from commands.asked import Asked
from commands.demo.acts import DAYS, Day
from commands.demo.post import deliver
from commands.demo.stage import Stage, picture
from commands.house import House, open_house
from commands.init import SETTINGS, make_board
from commands.letters import as_read
from commands.once import told
from commands.round import Report, one_round
from commands.told import drop_folders
from config.casefile import load_case
from config.kinds import load_kinds
from handlers.register.matrix import CaseRow
from outbox.files import name
from outbox.letter import Letter

SHOWN = ("acknowledgement", "rejection", "chaser")


@click.command
@click.option("--folder", type=click.Path(path_type=Path), help="Where to make the board.")
@click.pass_obj
def demo(asked: Asked, folder: Path | None) -> None:
    """See the whole job on a made-up board. Needs no server and changes nothing else.

    Example: scr-intake demo
    """
    board = (folder or Path(tempfile.mkdtemp(prefix="scr-intake-demo-"))) / "board"
    console = Console(highlight=False)
    perform(board, console)


def perform(board: Path, console: Console) -> None:
    """The whole demonstration, in `board`, which must not be there yet."""
    kinds = load_kinds()
    make_board(board)
    stage = Stage(console, kinds)
    console.print(f"A made-up board, in {board}\n", soft_wrap=True)
    _load(board, console)
    number = 0
    for day in DAYS:
        with (
            open_house(_asked(board, day), working=True) as house,
            stage.day(day.told, _case(house)),
        ):
            for arrival in day.arrivals:
                number += 1
                deliver(arrival, board, number)
                stage.say(f"> {arrival.told}", _case(house))
            one_round(house, _teller(house, stage))
    with open_house(_asked(board, DAYS[-1])) as house:
        _finish(house, board, console)


def _asked(board: Path, day: Day) -> Asked:
    return Asked(board / SETTINGS, day.at)


def _load(board: Path, console: Console) -> None:
    at = replace(DAYS[0], at=DAYS[0].at.replace(hour=9))
    with open_house(_asked(board, at), working=True) as house:
        case = load_case(Path(str(files(__package__) / "case.toml")), house.kinds)
        house.register.cases.load(case, house.now())
        drop_folders(house)
        console.print(picture(_case(house), house.kinds))


def _case(house: House) -> CaseRow:
    return house.register.matrix(house.now().date())[0]


def _teller(house: House, stage: Stage) -> Callable[[Report], None]:
    """Says what is new in the report since it was last asked."""
    said = 0

    def tell(report: Report) -> None:
        nonlocal said
        lines = [*told(report)[1:], *report.troubles] if not report.quiet else []
        for line in lines[said:]:
            stage.say(line, _case(house))
        said = len(lines)

    return tell


def _finish(house: House, board: Path, console: Console) -> None:
    console.rule("The case now")
    console.print(picture(_case(house), house.kinds))
    letters = house.queue.all()
    for kind in SHOWN:
        for letter in [x for x in letters if x.kind == kind][:1]:
            console.rule(f"One {kind}")
            console.print(as_read(letter), markup=False, soft_wrap=True)
    console.rule("Where to look")
    for line in _where(letters, board):
        console.print(line, soft_wrap=True)


def _where(letters: list[Letter], board: Path) -> list[str]:
    digests = [f"{board / 'sent' / name(x)}" for x in letters if x.kind == "digest"]
    return [
        f"All {len(letters)} letters:  {board / 'sent'}",
        f"The digest:     {', '.join(digests)}",
        f"Try it:         scr-intake --config {board / SETTINGS} status",
    ]
