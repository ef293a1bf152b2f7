"""Writes into docs/failure-modes.md which test files hold each failure mode and each promise.

A test holds one by naming its number in a docstring: "Failure mode 23", "Promises 1 and 2".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

_ITEM = re.compile(r"^- \*\*(Promise \d+|\d+b?)\.\*\* ")
_HELD_BY = "  Held by "
NOT_HELD = "  No test holds it yet."
_NUMBERS = r"((?:\d+b?)(?:(?:, | and | or | to |-)\d+b?)*)"
_NAMED = {
    "": re.compile(rf"\b[Ff]ailure modes? {_NUMBERS}"),
    "Promise ": re.compile(rf"\b[Pp]romises? {_NUMBERS}"),
}


def numbers_named_in(text: str) -> set[str]:
    """The failure modes ("23", "80b") and promises ("Promise 1") that a text names."""
    return {
        prefix + number
        for prefix, pattern in _NAMED.items()
        for said in pattern.findall(text)
        for number in _spelt_out(said)
    }


def _spelt_out(said: str) -> Iterator[str]:
    """Each number of "1, 2 and 5 to 7"."""
    for first, last in re.findall(r"(\d+)(?: to |-)(\d+)", said):
        yield from map(str, range(int(first), int(last) + 1))
    yield from re.findall(r"\d+b?", said)


def tests_by_number(root: Path) -> dict[str, list[str]]:
    """The test files that name each, by its number. `test_docs.py` names some, to try how they are
    read."""
    found: dict[str, list[str]] = defaultdict(list)
    files = set((root / "tests").rglob("*.py")) - {root / "tests" / "test_docs.py"}
    for file in sorted(files):
        for number in numbers_named_in(file.read_text(encoding="utf-8")):
            found[number].append(str(file.relative_to(root / "tests")))
    return found


def numbers_listed(page: str) -> list[str]:
    """Every number that the page lists, in its order."""
    return [hit[1] for line in page.splitlines() if (hit := _ITEM.match(line))]


def failure_modes_text(root: Path) -> str:
    """The page as it should be: what each is stays, who holds it is written anew."""
    held, lines = tests_by_number(root), []
    for line in (root / "docs" / "failure-modes.md").read_text(encoding="utf-8").splitlines():
        if line.startswith(_HELD_BY) or line == NOT_HELD:
            continue
        lines.append(line)
        if hit := _ITEM.match(line):
            files = held.get(hit[1], [])
            named = ", ".join(f"`{file}`" for file in files)
            lines.append(f"{_HELD_BY}{named}." if files else NOT_HELD)
    return "\n".join(lines) + "\n"
