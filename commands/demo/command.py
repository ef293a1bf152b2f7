"""`scr-intake demo`: the whole job on a made-up board, in under a minute.

Does: makes a board in a folder of its own, loads a case, lets made-up documents arrive over two
days, and shows what the service does with them; ends with the case, three letters and where
everything was written.
Trusts: nothing.
Never touches: anything outside that folder; no server, no network. The global options are taken
and change nothing: the demonstration has its own settings and its own days.
Known limits: time is told to the service, not waited for.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from commands.app import House, open_house
from commands.demo.acts import DAYS, Day
from commands.demo.news import News
from commands.demo.post import deliver
from commands.demo.stage import READ, Stage, picture
from commands.global_options import USAGE, Asked, stop
from commands.init import SETTINGS, make_board
from commands.letters import as_read
from commands.once import whole_round
from commands.round_report import Report
from commands.status import drop_folders
from config.case_file import load_case
from config.kind_loading import load_kinds
from handlers.register.matrix import CaseRow
from outbox.sending.transport import file_name
from outbox.writing.letter import Letter, LetterKind

SHOWN: dict[LetterKind, str] = {
    "acknowledgement": "One acknowledgement",
    "rejection": "One rejection",
    "chaser": "One chaser",
}

ABOUT = (
    "A made-up board is reviewing case N12. Five agencies each owe it four documents, by a date:"
    " a chronology of what they did, a report on it (IMR), a quality form (QA form) and a signed"
    " statement. This is what scr-intake does with what they send, over two days."
)


@click.command
@click.option("--folder", type=click.Path(path_type=Path), help="Where to make the board.")
def demo(folder: Path | None) -> None:
    """See the whole job on a made-up board.

    Takes under a minute, needs no server, and changes nothing outside a folder of its own.

    Example: scr-intake demo
    """
    try:
        board = (folder or Path(tempfile.mkdtemp(prefix="scr-intake-demo-"))) / "board"
        make_board(board)
    except FileExistsError:
        stop(f"{board} is already there. Name another folder, or none.", USAGE)
    except OSError as why:
        stop(f"The made-up board cannot be made in {folder}: {why.strerror}.", USAGE)
    perform(board, Console(highlight=False))


def perform(board: Path, console: Console) -> None:
    """The whole demonstration, on a board that `init` has just made."""
    stage = Stage(console, load_kinds())
    stage.explain(ABOUT)
    _load(board)
    posted = 0
    for day in DAYS:
        with open_house(_asked(board, day), working=True) as house:
            _live_through(day, house, stage, board, posted)
        posted += len(day.arrivals)
    with open_house(_asked(board, DAYS[-1])) as house:
        _finish(house, stage, board)


def _asked(board: Path, day: Day) -> Asked:
    return Asked(board / SETTINGS, day.at)


def _load(board: Path) -> None:
    morning = Asked(board / SETTINGS, DAYS[0].at.replace(hour=9))
    with open_house(morning, working=True) as house:
        case = load_case(Path(str(files(__package__) / "case.toml")), house.kinds)
        house.register.cases.load(case, house.now())
        drop_folders(house, first=True)


def _live_through(day: Day, house: House, stage: Stage, board: Path, posted: int) -> None:
    """One day: everything arrives, and then the service makes its round."""
    news = News(house.kinds, _case(house))
    with stage.day(day.told, day.about, _case(house)):
        for number, arrival in enumerate(day.arrivals, posted + 1):
            deliver(arrival, board, number)
            stage.say(f"> {arrival.told}", _case(house), "cyan")

        def watch(report: Report) -> None:
            for line in news.of(report):
                stage.say(line, _case(house))

        whole_round(house, watch)


def _case(house: House) -> CaseRow:
    return house.register.matrix(house.now().date())[0]


def _finish(house: House, stage: Stage, board: Path) -> None:
    stage.show("The case now", picture(_case(house), house.kinds))
    letters = house.queue.all()
    for kind, title in SHOWN.items():
        for letter in [x for x in letters if x.kind == kind][:1]:
            stage.show(title, Text(as_read(letter)), READ)
    stage.close("Where to look", _where(letters, board))


def _where(letters: list[Letter], board: Path) -> Iterator[str]:
    digest = next((file_name(x) for x in letters if x.kind == "digest"), "")
    program = sys.argv[0] if Path(sys.argv[0]).name == "scr-intake" else "scr-intake"
    at = f"{DAYS[-1].at:%Y-%m-%dT%H:%M}"
    yield f"All {len(letters)} letters:   {board / 'sent'}"
    yield f"The digest:       {board / 'sent' / digest}"
    yield f"Look around:      {program} --config {board / SETTINGS} --at {at} status"
