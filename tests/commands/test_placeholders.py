"""Printed commands with something left to fill in: none does anything as it was printed.

Does: reads every command that any of our code or pages prints, out of the sources.
"""

from __future__ import annotations

import ast
import inspect
import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from config.command_line import PLACEHOLDER_WORDS, unfilled_placeholder
from outbox.writing import commands_to_paste
from tests import builders as build
from tests.board import Board, scr_intake
from tests.each_case import each_case

ROOT = Path(__file__).parents[2]
CODE = [
    file
    for room in ("config", "intake", "handlers", "outbox", "commands")
    for file in sorted((ROOT / room).rglob("*.py"))
]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMAND = re.compile(r"(?<![\w/.@-])scr-intake [^`\n|]*")
CAPITALS = re.compile(r"(?<![\w-])[A-Z]{2,}(?![\w-])|\.\.\.")
DUMMIES = {"str": "1", "int": 1, "date": date(2010, 6, 11), "date | None": None}


def said(node: ast.AST) -> str:
    """A sentence of the code, a 1 for whatever is put into it."""
    if isinstance(node, ast.JoinedStr):
        return "".join(said(part) for part in node.values).replace('"1', '"')
    return str(node.value) if isinstance(node, ast.Constant) else "1"


def of_code() -> Iterator[str]:
    for file in CODE:
        text = file.read_text()
        if "scr-intake" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.JoinedStr | ast.Constant):
                yield from (c for c in COMMAND.findall(said(node).split("Example: ")[0]))


def of_the_digest() -> Iterator[str]:
    """Each that commands_to_paste makes, as little of it filled in as it allows."""
    for name, make in inspect.getmembers(commands_to_paste, inspect.isfunction):
        if make.__module__ != commands_to_paste.__name__ or name.startswith("_"):
            continue
        needed = [
            p for p in inspect.signature(make).parameters.values() if p.default is inspect._empty
        ]
        if all(p.annotation in (*DUMMIES, "Sequence[str]") for p in needed):
            made = make(*(DUMMIES.get(p.annotation, ["imr"]) for p in needed))
            yield from ([made] if isinstance(made, str) and made.startswith("scr-intake") else [])


def of_pages() -> Iterator[str]:
    for page in PAGES:
        yield from re.findall(r"`(scr-intake [^`\n]*)`", page.read_text())


PRINTED = sorted(
    {
        command.split(" -> ")[0].strip()
        for command in (*of_code(), *of_the_digest(), *of_pages())
        if CAPITALS.search(command)
    }
)


def test_commands_with_something_to_fill_in_are_found_where_they_are_printed() -> None:
    assert len(PRINTED) > 40
    assert any("--agreed-by" in one for one in PRINTED)
    assert any("letters preview" in one for one in PRINTED)


@each_case("command", PRINTED)
def test_a_printed_command_is_refused_until_it_is_filled_in(command: str) -> None:
    done = scr_intake(*shlex.split(command)[1:])
    assert done.status == 2, command
    assert "still to be filled in" in done.err


@pytest.mark.parametrize("word", ["...", "…", "“...”", "....", " ... "])
def test_words_that_were_left_as_printed_are_refused_however_mail_spells_them(word: str) -> None:
    for words in (("--tell", word), (f"--tell={word}",)):
        said = unfilled_placeholder(("reject", "1", "--reason", "Not signed", *words))
        assert said.startswith("--tell is still to be filled in: put words of your own")


def test_nothing_is_decided_with_words_that_were_left_as_printed(loaded: Board) -> None:
    """The author was once asked for "..."."""
    loaded.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    loaded.once()
    done = loaded.run("reject", 1, "--reason", "Not signed", "--tell", "...", "--yes")
    assert (done.status, done.out) == (2, "")
    assert loaded.returns("GP")["evaluation_statement"]["state"] == "referred"


@pytest.mark.parametrize(
    "words",
    [
        ("--reason", "Not signed ... yet"),
        ("check", "."),
        ("backup", ".."),
        ("init", "./DIR"),
        ("extend", "N12", "GP", "imr"),
        ("--reason", "The DATE is missing"),
    ],
)
def test_what_only_looks_like_one_is_taken(words: tuple[str, ...]) -> None:
    assert unfilled_placeholder(words) == ""


def test_each_says_what_is_to_stand_there() -> None:
    for placeholder, stands in PLACEHOLDER_WORDS.items():
        assert stands in unfilled_placeholder(("show", placeholder))
