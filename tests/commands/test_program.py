"""The command line itself: its table, its options in both places, how each command may end."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import click
import pytest

from commands import program as command_line
from commands.program import COMMANDS, program
from tests.board import CASE, Board, Ended, scr_intake
from tests.each_case import each_case

ROOT = Path(__file__).parents[2]
AT = "2010-04-01T10:00"


def tree(command: click.Command, *words: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command there is, with the words that start it."""
    yield words, command
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for word in command.list_commands(context):
                inner = command.get_command(context, word)
                assert inner is not None
                yield from tree(inner, *words, word)


ALL = list(tree(program))
LEAVES = [words for words, command in ALL if not isinstance(command, click.Group)]
IDS = [" ".join(words) or "scr-intake" for words, _ in ALL]


def as_process(*words: object, cwd: Path | None = None) -> Ended:
    """The console script in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "intake", *map(str, words)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


# The table


def test_the_table_names_every_command_of_the_contract() -> None:
    words = [offer.word for offer in COMMANDS]
    first = [
        "init",
        "case",
        "once",
        "run",
        "template",
        "check",
        "status",
        "doctor",
        "due",
        "digest",
        "answers",
    ]
    entries = ["held", "referred", "show", "open", "accept", "reject", "assign"]
    others = [
        "entry",
        "extend",
        "waive",
        "contact",
        "audit",
        "backup",
        "restore",
        "recover",
        "keys",
    ]
    assert words == [*first, *entries, *others, "letters", "outbox", "alerts", "clock", "demo"]
    below = {words for words, _ in ALL if len(words) == 2}
    assert below == {
        *(("case", word) for word in ("hold", "reopen", "close", "extend", "milestone")),
        *(("case", word) for word in ("load", "list", "show")),
        *(("contact", word) for word in ("add", "remove", "pause", "back")),
        ("answers", "read"),
        ("entry", "withdraw"),
        ("keys", "rotate"),
        *(("audit", word) for word in ("verify", "accept", "log")),
        *(("letters", word) for word in ("show", "retry", "release", "cancel", "drop", "preview")),
        *(("outbox", word) for word in ("pause", "resume")),
        ("alerts", "test"),
        ("clock", "accept"),
    }


@each_case("offer", COMMANDS, ids=lambda offer: offer.word)
def test_what_the_table_says_is_what_the_command_says(offer) -> None:  # type: ignore[no-untyped-def]
    command = getattr(import_module(offer.module), offer.word)
    assert (command.help or "").partition("\n\n")[0].replace("\n", " ").strip() == offer.does


@each_case("words", [words for words, _ in ALL], ids=IDS)
def test_every_command_has_help_with_an_example(words: tuple[str, ...]) -> None:
    ended = scr_intake(*words, "--help")
    assert ended.status == 0
    assert f"Example:\n    {' '.join(['scr-intake', *words[:1]])}" in ended.out or (
        words == ("run",) and "Example:\n    scr-intake --config" in ended.out
    )
    assert "--config" in ended.out
    assert "--at" in ended.out
    assert ended.out == scr_intake(*words, "-h").out


def test_help_loads_no_room_and_so_is_quick() -> None:
    code = (
        "import sys; sys.argv = ['scr-intake', '--help']\n"
        "from intake.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pydantic', 'cryptography', 'sqlite_utils', 'jinja2', 'rich', 'lxml', 'outbox'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
    assert "Commands:" in done.stdout


# The global options


@each_case("words", [words for words, _ in ALL], ids=IDS)
def test_both_global_options_may_stand_after_any_command(words: tuple[str, ...]) -> None:
    ended = scr_intake(*words, "--at", AT, "--config", "x.toml", "--help")
    assert ended.status == 0, ended.err


@pytest.mark.parametrize("place", range(4))
def test_the_options_mean_the_same_wherever_they_stand(loaded: Board, place: int) -> None:
    words = ["case", "show", "N12", "--json"]
    asked = ["--config", loaded.folder / "scr-intake.toml", "--at", "2010-04-20T10:00"]
    at = (0, 1, 2, 4)[place]
    ended = scr_intake(*words[:at], *asked, *words[at:])
    assert ended.json["agencies"][0]["returns"][0]["overdue"] is True


def test_an_option_in_both_places_is_taken_from_the_later_one(loaded: Board) -> None:
    ended = loaded.run("case", "show", "N12", "--json", "--at", "2010-04-20T10:00")
    assert ended.json["agencies"][0]["returns"][0]["overdue"] is True
    assert loaded.run("status", "--config", "nowhere.toml").status == 2


def test_a_round_at_a_time_as_the_issue_writes_it(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(loaded.folder)
    assert scr_intake("once", "--at", AT).status == 0


@pytest.mark.parametrize("time", ["2010-04-01", "2010-04-01T10:00+05:00", "2010-04-01T10:00Z"])
def test_a_day_or_a_zone_will_do(loaded: Board, time: str) -> None:
    assert loaded.run("status", at=time).status == 0


@pytest.mark.parametrize(
    "time", ["rubbish", "", "10:00", "01/04/2010", "2010-13-01", "0001-01-01", "9999-12-31T23:59"]
)
def test_a_time_that_is_none_is_a_slip_in_the_asking(board: Board, time: str) -> None:
    for ended in (board.run("status", at=time), board.run("status", "--at", time)):
        assert ended.status == 2
        assert "--at" in ended.err
        assert "Traceback" not in ended.err


# How it may end


@each_case(
    "words",
    [
        ("bogus",),
        ("once", "extra"),
        ("once", "--bogus"),
        ("init",),
        ("case",),
        ("case", "bogus"),
        ("case", "load"),
        ("case", "load", "/"),
        ("case", "load", "/nowhere.toml"),
        ("case", "show"),
        ("check",),
        ("letters", "show"),
        ("letters", "show", "x"),
        ("letters", "show", "0"),
        ("letters", "show", "9" * 30),
        ("letters", "preview", "bogus"),
        ("status", "--config", "/"),
        (),
    ],
    ids=" ".join,
)
def test_what_cannot_be_run_as_asked_says_so_with_status_2(words: tuple[str, ...]) -> None:
    ended = scr_intake(*words)
    assert ended.status == 2
    assert ended.err.startswith("Usage: scr-intake")
    assert not ended.out


NEED_A_BOARD = [words for words in LEAVES if words[0] not in ("init", "check", "answers", "demo")]
# What is missing is for `doctor` to tell, in its own way; others need the settings alone.
WITHOUT = (("doctor",), ("letters", "preview"), ("alerts", "test"))
NEED_ITS_KEYS = [words for words in NEED_A_BOARD if words not in WITHOUT]
# A lost register is what `restore` is for.
NEED_IT_WHOLE = [words for words in NEED_ITS_KEYS if words != ("restore",)]


def arguments(words: tuple[str, ...], board: Board) -> list[object]:
    """What the command cannot do without."""
    case = board.folder / "case.toml"
    case.write_text(CASE)
    why = ["--reason", "x", "--yes"]
    person = ["N12", "GP", "someone@meadowlane.example", *why]
    given: dict[str, list[object]] = {
        "case load": [case],
        "case show": ["N12"],
        "case extend": ["N12", "--to", "2010-12-01", "--agreed-by", "x", *why],
        "case milestone": ["N12", "--done", "2010-05-03"],
        **{f"case {word}": ["N12", *why] for word in ("hold", "reopen", "close")},
        **{f"letters {word}": ["1"] for word in ("show", "retry", "release", "cancel")},
        "letters preview": ["rejection"],
        "letters drop": ["reminder/1"],
        **{word: ["1"] for word in ("show", "open")},
        **{word: ["1", *why] for word in ("accept", "reject", "assign", "entry withdraw")},
        "extend": ["N12", "GP", "imr", "--until", "2010-06-11", "--agreed-by", "x", *why],
        "waive": ["N12", "GP", "imr", *why],
        "contact add": ["--name", "Someone", "--role", "author", *person],
        "contact remove": person,
        "contact pause": ["--until", "2010-06-11", *person],
        "contact back": person,
        "audit log": ["N12"],
        "digest": ["--preview", "--all"],
        "template": [
            *("--case", "N12", "--agency", "GP", "--kind", "chronology"),
            *("--output", board.folder / "stamped.docx", case),
        ],
        "backup": [board.folder / "copy"],
        "restore": [board.folder / "copy", board.folder / "back"],
        "audit accept": why,
        "clock accept": why[:2],
    }
    return [*words, *given.get(" ".join(words), [])]


@pytest.mark.parametrize("words", NEED_A_BOARD, ids=" ".join)
class TestWithoutItsSettings:
    """Each command that works on a board, on a board whose settings cannot be used."""

    def test_no_settings(self, board: Board, words: tuple[str, ...]) -> None:
        (board.folder / "scr-intake.toml").unlink()
        ended = board.run(*arguments(words, board))
        assert ended.status == 2
        assert "there is no such file" in ended.err

    def test_several_slips_in_the_settings_are_told_at_once(
        self, board: Board, words: tuple[str, ...]
    ) -> None:
        settings = board.folder / "scr-intake.toml"
        text = settings.read_text().replace('"ENG"', '"XX"').replace('"auto"', '"never"')
        settings.write_text(text)
        ended = board.run(*arguments(words, board))
        assert ended.status == 2
        assert "board, holidays: should be" in ended.err
        assert "drop, mode: should be" in ended.err


@pytest.mark.parametrize("words", NEED_ITS_KEYS, ids=" ".join)
class TestWithoutItsKeys:
    """Each command that opens what is sealed, on a board whose keys cannot be used."""

    def test_no_keys(self, board: Board, words: tuple[str, ...]) -> None:
        (board.folder / "keys").rename(board.folder / "away")
        ended = board.run(*arguments(words, board))
        assert ended.status == 1
        assert ended.err.startswith("A key is not there, ")

    def test_keys_that_others_can_read(self, board: Board, words: tuple[str, ...]) -> None:
        (board.folder / "keys" / "vault-1.key").chmod(0o644)
        ended = board.run(*arguments(words, board))
        assert ended.status == 1
        assert ended.err.startswith("Others can read the keys.")

    def test_a_key_that_is_none(self, board: Board, words: tuple[str, ...]) -> None:
        (board.folder / "keys" / "marks.key").write_text("not a key")
        ended = board.run(*arguments(words, board))
        assert ended.status == 1
        assert "does not hold a key" in ended.err
        assert "not a key" not in ended.err


@pytest.mark.parametrize("words", NEED_IT_WHOLE, ids=" ".join)
class TestWithoutItsRegister:
    """Each command that opens the register, on a board whose register cannot be opened."""

    def test_a_register_that_is_not_one(self, board: Board, words: tuple[str, ...]) -> None:
        (board.folder / "register.db").write_text("This is not SQLite at all. " * 9)
        ended = board.run(*arguments(words, board))
        assert ended.status == 1
        assert ended.err.startswith("The register file cannot be opened")

    def test_nowhere_to_keep_the_register(self, board: Board, words: tuple[str, ...]) -> None:
        settings = board.folder / "scr-intake.toml"
        settings.write_text(settings.read_text().replace('"register.db"', '"away/register.db"'))
        ended = board.run(*arguments(words, board))
        assert ended.status == 1
        assert ended.err.startswith("The folder that should hold the register is not there")


def test_a_bug_of_ours_is_told_by_its_place_and_never_by_what_it_was_reading(
    board: Board,
) -> None:
    """Failure mode 89: an exception's message may hold cell text."""
    with patch("commands.status.open_application", side_effect=KeyError("Quillfeather")):
        ended = board.run("status")
    assert ended.status == 1
    assert "KeyError at" in ended.err
    assert "Quillfeather" not in ended.err + ended.out


def test_a_reader_that_goes_away_is_no_bug(loaded: Board) -> None:
    """`scr-intake ... | head -1`"""
    settings = loaded.folder / "scr-intake.toml"
    pipe, write = os.pipe()
    os.close(pipe)
    with os.fdopen(write, "wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "intake", "case", "list", "--config", str(settings)],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.stderr == ""
    assert done.returncode == 1


def test_the_console_script_ends_with_the_same_status(loaded: Board) -> None:
    settings = loaded.folder / "scr-intake.toml"
    told = as_process("status", "--json", "--config", settings, "--at", AT)
    assert told.status == 0, told.err
    assert json.loads(told.out) == loaded.status(AT)
    assert as_process("status", "--config", settings, "--at", "2010-04-20").status == 1
    assert as_process("status", "--config", "nowhere.toml").status == 2


def test_the_version_is_told() -> None:
    assert "0.1.0" in scr_intake("--version").out


def test_a_command_loads_without_looking_for_garbage_and_then_looks_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collecting = []

    def load(name: str) -> object:
        collecting.append(gc.isenabled())
        return import_module(name)

    monkeypatch.setattr(command_line, "import_module", load)
    with click.Context(program) as context:
        assert program.get_command(context, "status")
    assert (collecting, gc.isenabled()) == ([False], True)
