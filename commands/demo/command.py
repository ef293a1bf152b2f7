"""`scr-intake demo`: the whole job on a made-up board, in under a minute.

Nothing outside its folder is touched, and the global options change nothing. Time is told to the
service, not waited for.
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

from commands.composition.app import Application, open_application
from commands.decisions.agency_folders import make_agency_folders
from commands.demo.demo_post import deliver_arrival, reply_to_digest
from commands.demo.demo_screen import LETTER_SECONDS, DemoScreen, case_as_table
from commands.demo.demo_script import DEMO_DAYS, DemoDay
from commands.demo.news import RoundNews
from commands.global_options import EXIT_USAGE, GlobalOptions, exit_with_message
from commands.init import SETTINGS_NAME, make_board
from commands.letters import letter_as_read
from commands.once import run_rounds
from commands.rounds.round_report import RoundReport
from config.case_file import load_case_file
from config.kind_loading import load_kinds
from handlers.register.matrix import CaseRow
from outbox.sending.transport import letter_file_name
from outbox.writing.letter import Letter, LetterKind

SHOWN_LETTERS: dict[LetterKind, str] = {
    "acknowledgement": "One acknowledgement",
    "rejection": "One rejection",
    "chaser": "One chaser",
}
DIGEST_TITLE, ANSWER_TITLE = "What the administrator is told", "She replies, and is answered"
_TEMPORARY = "scr-intake-demo-"  # how the name of a folder begins that is made for it
REPLY = "1 assign N12 SCH chronology"
BEHIND_TABLES = "N12                "  # how the tables of a digest begin

INTRODUCTION = (
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
        board = (folder or Path(tempfile.mkdtemp(prefix=_TEMPORARY))) / "board"
        make_board(board)
    except FileExistsError:
        exit_with_message(f"{board} is already there. Name another folder, or none.", EXIT_USAGE)
    except OSError as why:
        exit_with_message(
            f"The made-up board cannot be made in {folder}: {why.strerror}.", EXIT_USAGE
        )
    perform_demo(board, Console(highlight=False))


def perform_demo(board: Path, console: Console) -> None:
    """The whole demonstration, on a board that `init` has just made."""
    stage = DemoScreen(console, load_kinds())
    stage.show_explanation(INTRODUCTION)
    _load(board)
    posted = 0
    for day in DEMO_DAYS:
        with open_application(_asked(board, day), working=True) as app:
            _live_through(day, app, stage, board, posted)
        posted += len(day.arrivals)
    with open_application(_asked(board, DEMO_DAYS[-1]), working=True) as app:
        _finish(app, stage, board)


def _asked(board: Path, day: DemoDay) -> GlobalOptions:
    return GlobalOptions(board / SETTINGS_NAME, day.at)


def _load(board: Path) -> None:
    morning = GlobalOptions(board / SETTINGS_NAME, DEMO_DAYS[0].at.replace(hour=9))
    with open_application(morning, working=True) as app:
        case = load_case_file(Path(str(files(__package__) / "case.toml")), app.kinds)
        app.register.cases.load_case(case, app.now())
        make_agency_folders(app, first=True)


def _live_through(
    day: DemoDay, app: Application, stage: DemoScreen, board: Path, posted: int
) -> None:
    """One day: everything arrives, and then the service makes its round."""
    news = RoundNews(app.kinds, _case(app))
    with stage.show_day(day.told, day.about, _case(app)):
        for number, arrival in enumerate(day.arrivals, posted + 1):
            deliver_arrival(arrival, board, number)
            stage.show_line(f"> {arrival.told}", _case(app), "cyan")

        def watch(report: RoundReport) -> None:
            for line in news.new_lines(report):
                stage.show_line(line, _case(app))

        run_rounds(app, watch)


def _case(app: Application) -> CaseRow:
    return app.register.case_matrix(app.now().date())[0]


def _finish(app: Application, stage: DemoScreen, board: Path) -> None:
    stage.show_section("The case now", case_as_table(_case(app), app.kinds))
    letters = app.queue.list_letters()
    for kind, title in SHOWN_LETTERS.items():
        for letter in [x for x in letters if x.kind == kind][:1]:
            stage.show_section(title, Text(letter_as_read(letter)), LETTER_SECONDS)
    _answer_digest(app, stage, board)
    letters = app.queue.list_letters()
    stage.close("Where to look", _where(letters, board))


def _answer_digest(app: Application, stage: DemoScreen, board: Path) -> None:
    """What the administrator is asked, as far as its tables; her reply, and what is said to it."""
    digest = next(x for x in app.queue.list_letters() if x.kind == "digest")
    asks, _, _ = letter_as_read(digest).partition(f"\n{BEHIND_TABLES}")
    stage.show_section(DIGEST_TITLE, Text(asks.rstrip()), LETTER_SECONDS)
    reply_to_digest(digest.message_id, REPLY, board)
    run_rounds(app, lambda report: None)
    answer = next(x for x in app.queue.list_letters() if x.kind == "confirmation")
    said = Text.assemble((f"> {REPLY}\n\n", "cyan"), letter_as_read(answer).rstrip())
    stage.show_section(ANSWER_TITLE, said, LETTER_SECONDS)


def _where(letters: list[Letter], board: Path) -> Iterator[str]:
    digest = next((letter_file_name(x) for x in letters if x.kind == "digest"), "")
    answer = next((letter_file_name(x) for x in letters if x.kind == "confirmation"), "")
    program = sys.argv[0] if Path(sys.argv[0]).name == "scr-intake" else "scr-intake"
    at = f"{DEMO_DAYS[-1].at:%Y-%m-%dT%H:%M}"
    yield f"All {len(letters)} letters:   {board / 'sent'}"
    yield f"The digest:       {board / 'sent' / digest}"
    yield f"Her answer:       {board / 'sent' / answer}"
    yield "To open one:      double-click it; Outlook and any other mail program shows an .eml file"
    yield f"Look around:      {program} --config {board / SETTINGS_NAME} --at {at} status"
    ours = board.parent.name.startswith(_TEMPORARY)
    yield f"To delete it all: rm -r {board.parent if ours else board}"
