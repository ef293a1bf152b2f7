"""Commands in what a person is told: each on a line of its own, after what it is for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.command_line import is_command_line, separate_commands

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "intake", "handlers", "outbox", "commands")
BEGINS = re.compile(r"`(?=scr-intake |systemctl |\{\w*\})")
# Before a command stands what it does, and a colon, or another command; after it nothing that
# would be left over on a line of its own.
BEFORE, AFTER = re.compile(r"(?:\A|[:`] )\Z"), re.compile(r"`(?: |\Z)")


def test_a_command_stands_on_a_line_of_its_own_between_its_words() -> None:
    said = "To see it: `scr-intake show 1` To say no: `scr-intake reject 1` Else wait."
    assert separate_commands(said).split("\n") == [
        "To see it:",
        "scr-intake show 1",
        "To say no:",
        "scr-intake reject 1",
        "Else wait.",
    ]


@pytest.mark.parametrize("item", ["  - ", " 12. ", "     ", ""])
def test_it_stays_under_the_item_it_belongs_to(item: str) -> None:
    margin = " " * len(item)
    assert separate_commands(f"{item}To see it: `scr-intake show 1` Or wait.").split("\n") == [
        f"{item}To see it:",
        f"{margin}scr-intake show 1",
        f"{margin}Or wait.",
    ]


def test_what_it_is_for_begins_a_line_however_the_command_was_given() -> None:
    for named in ("To see it: `scr-intake show 1`", "To see it:\n     scr-intake show 1"):
        laid_out = "  1. It waits.\n     To see it:\n     scr-intake show 1"
        assert separate_commands(f"  1. It waits. {named}") == laid_out
    assert separate_commands("It is so. They are:\nthe two") == "It is so. They are:\nthe two"


def test_what_is_no_command_keeps_its_place() -> None:
    said = "Put it into the case file as `on`, and tell whoever looks after scr-intake."
    assert separate_commands(said) == said
    assert not is_command_line(said)
    assert is_command_line("   systemctl start scr-intake")


def sentences() -> Iterator[tuple[str, str]]:
    """Every string of the program's, but for what only a reader of the code sees."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            inside = {
                id(part)
                for node in ast.walk(tree)
                if isinstance(node, ast.JoinedStr)
                for part in ast.walk(node)
                if part is not node
            }
            unsaid = set(map(id, docstrings(tree)))
            for node in ast.walk(tree):
                if id(node) not in inside | unsaid and (said := text_of(node)):
                    yield path.relative_to(ROOT).as_posix(), said


def docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    """An exception's is what it says."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            raised = isinstance(node, ast.ClassDef) and any(
                isinstance(base, ast.Name) and base.id.endswith("Exception") for base in node.bases
            )
            if ast.get_docstring(node) and not raised:
                yield node.body[0].value  # type: ignore[attr-defined]


def text_of(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "{}" for part in node.values)
    return ""


def misplaced(said: str) -> list[str]:
    """The commands of a sentence that nothing calls, or after which something is left over."""
    said, found = " ".join(said.split()), []
    for begin in (match.start() for match in BEGINS.finditer(said)):
        end = said.find("`", begin + 1)
        if not (BEFORE.search(said[:begin]) and end > 0 and AFTER.match(said[end:])):
            found.append(said[max(0, begin - 30) :])
    return found


def test_every_sentence_that_names_a_command_ends_with_it() -> None:
    """A command inside a sentence is wrapped with it, and cannot be pasted."""
    found = {(path, each) for path, said in sentences() for each in misplaced(said)}
    letters = {
        (path.name, each)
        for path in (ROOT / "config/letters").rglob("*.j2")
        for line in path.read_text(encoding="utf-8").splitlines()
        for each in misplaced(line)
    }
    assert not found | letters


@pytest.mark.parametrize(
    "said", ["`scr-intake show 1` shows it.", "Look (`scr-intake show 1`).", "See `scr-intake x`."]
)
def test_one_that_stands_inside_its_sentence_is_found(said: str) -> None:
    assert misplaced(
        said.replace("`scr-intake show 1` shows", "It is so. `scr-intake show 1` shows")
    )
