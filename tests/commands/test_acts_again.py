"""What people did after the backup is listed as it is typed again."""

from __future__ import annotations

import shlex
from pathlib import Path

from tests import builders as build
from tests.board import Board

SAME_DAY, NEXT_DAY = "2010-04-06T12:00", "2010-04-07T10:00"
WHY = ("--reason", "They rang", "--yes")
AUTHOR, NEW = "author@meadowlane.example", "new@meadowlane.example"
DONE = (
    ("contact", "pause", "N12", "GP", AUTHOR, "--until", "2010-04-20", *WHY),
    ("contact", "back", "N12", "GP", AUTHOR, *WHY),
    ("contact", "add", "N12", "GP", NEW, "--name", "Author Six", "--role", "author", *WHY),
    ("extend", "N12", "GP", "imr", "--until", "2010-06-11", "--agreed-by", "The Chair", *WHY),
    ("waive", "N12", "POL", "chronology", *WHY),
    ("case", "hold", "N12", *WHY),
    ("case", "reopen", "N12", *WHY),
    ("outbox", "pause"),
    ("outbox", "resume"),
    ("open", "1"),
)
PRINTED = [
    f'scr-intake contact pause N12 GP {AUTHOR} --until 2010-04-20 --reason "..."',
    f'scr-intake contact back N12 GP {AUTHOR} --reason "..."',
    'scr-intake contact add N12 GP ADDRESS --name "..." --role ROLE --reason "..."',
    'scr-intake extend N12 GP imr --until 2010-06-11 --agreed-by "..." --reason "..."',
    'scr-intake waive N12 POL chronology --reason "..."',
    'scr-intake case hold N12 --reason "..."',
    'scr-intake case reopen N12 --reason "..."',
    "scr-intake outbox pause",
    "scr-intake outbox resume",
]


def test_each_ends_with_its_command_which_does_it(loaded: Board, tmp_path: Path) -> None:
    """What was only opened is not to be done again."""
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once()
    assert loaded.run("backup", tmp_path / "copy", at=SAME_DAY).status == 0
    for words in DONE:
        ended = loaded.run(*words, at=SAME_DAY)
        assert ended.status == 0, (words, ended.err)
    settings = loaded.folder / "scr-intake.toml"
    assert loaded.run("restore", tmp_path / "copy", loaded.folder / "new").status == 0
    text = settings.read_text()
    for name in ("register.db", "vault"):
        text = text.replace(f'"{name}"', f'"new/{name}"')
    settings.write_text(text)
    said = loaded.run("recover", "--vault", loaded.folder / "vault", at=NEXT_DAY).out
    printed = [x.strip() for x in said.splitlines() if x.strip().startswith("scr-intake ")]
    resume = f"scr-intake recover --resume-chasing --config {settings}"
    assert printed == [*PRINTED, resume]
    for line in PRINTED:
        typed = line.replace("ADDRESS", NEW).replace("ROLE", "author")
        _, *words = shlex.split(typed.replace("...", "They rang"))
        asks = [] if "outbox" in line else ["--yes"]
        ended = loaded.run(*words, *asks, at=NEXT_DAY)
        assert ended.status == 0, (line, ended.err)


def test_a_number_that_is_another_s_here_is_not_typed(loaded: Board, tmp_path: Path) -> None:
    """Whoever pastes it would decide about something else."""
    assert loaded.run("backup", tmp_path / "copy", at="2010-04-01T09:00").status == 0
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once()
    assert loaded.run("reject", 1, *WHY, "--tell", "Please add 2009.", at=SAME_DAY).status == 0
    for lost in (loaded.folder / "vault").glob("??/*"):
        lost.unlink()
    done = next((loaded.folder / "drop" / "GP" / "done").rglob("*.docx"))
    done.unlink()
    assert loaded.run("restore", tmp_path / "copy", loaded.folder / "new").status == 0
    settings = loaded.folder / "scr-intake.toml"
    text = settings.read_text().replace('"register.db"', '"new/register.db"')
    settings.write_text(text.replace('"vault"', '"new/vault"'))
    said = loaded.run("recover", "--vault", loaded.folder / "vault", at=NEXT_DAY).out
    assert "reject, N12, GP, chronology, entry 1:" in said
    assert 'scr-intake reject ID --reason "..." --tell "..."' in said
