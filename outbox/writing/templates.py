"""Finds the template of a letter, a board's own before those that ship.

A board's own run in Jinja2's sandbox and see nothing but the facts of a letter. A file of the same
name hides ours whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from config.settings import Board
from outbox.writing.words import possessive

SHIPPED_FOLDER = Path(__file__).parent.parent.parent / "config" / "letters"


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """What every template may say of the board. `marking` is "OFFICIAL-SENSITIVE: ", or "";
    `secure_way` is how agencies send securely, in the board's own words, or ""."""

    name: str
    administrator: str
    marking: str
    secure_way: str


def board_facts(board: Board) -> BoardFacts:
    marking = f"{board.marking}: " if board.marking else ""
    return BoardFacts(board.name, board.administrator.name, marking, board.secure_way)


def template_environment(board: Board) -> Environment:
    """Where the board's letters are rendered. A file that has changed is read anew."""
    folders = [board.letters, SHIPPED_FOLDER] if board.letters else [SHIPPED_FOLDER]
    made = ImmutableSandboxedEnvironment(
        # Notepad may put a mark before the first letter.
        loader=ChoiceLoader([FileSystemLoader(folder, "utf-8-sig") for folder in folders]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        autoescape=select_autoescape(("html", "html.j2")),
    )
    made.filters["possessive"] = possessive
    made.globals["board"] = board_facts(board)
    return made


def template_files(folder: Path) -> Iterator[Path]:
    """The files in a folder of templates, but for those that editors and systems leave there."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith("~"):
            yield path


def shipped_template_names() -> list[str]:
    """The names that a template may have, such as "parts/closing.txt.j2"."""
    return [path.relative_to(SHIPPED_FOLDER).as_posix() for path in template_files(SHIPPED_FOLDER)]
