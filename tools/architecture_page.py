"""Draws into docs/architecture.md which room imports from which, as the imports say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("config", "intake", "handlers", "outbox", "commands")
BEGINS, ENDS = "<!-- rooms: written by tools/write-docs -->", "<!-- until here -->"


def imported_modules(path: Path) -> Iterator[str]:
    """The dotted names that a module imports from, also inside its functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def imports_between(root: Path, rooms: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """The pairs of rooms, by their dotted names, of which the first imports from the second."""
    found: set[tuple[str, str]] = set()
    for room in rooms:
        for path in sorted(root.joinpath(*room.split(".")).rglob("*.py")):
            for module in imported_modules(path):
                other = next((r for r in rooms if f"{module}.".startswith(f"{r}.")), room)
                if other != room:
                    found.add((room, other))
    return frozenset(found)


def draw_rooms(root: Path, rooms: tuple[str, ...]) -> str:
    """A picture in Mermaid: an arrow for each pair of rooms."""
    lines = [f'    {room.replace(".", "_")}["{room.rpartition(".")[2]}"]' for room in rooms]
    for room, other in sorted(imports_between(root, rooms)):
        lines.append(f"    {room.replace('.', '_')} --> {other.replace('.', '_')}")
    return "\n".join(["```mermaid", "flowchart RL", *lines, "```"])


def rooms_within(root: Path, room: str) -> tuple[str, ...]:
    """The packages inside a room, by their dotted names."""
    inner = sorted(path.parent.name for path in (root / room).glob("*/__init__.py"))
    return tuple(f"{room}.{name}" for name in inner)


def draw_page(root: Path) -> str:
    """The page with its pictures drawn anew; the rest stays as it is."""
    told = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = "\n\n".join(
        [
            draw_rooms(root, ROOMS),
            "Within `handlers/`:",
            draw_rooms(root, rooms_within(root, "handlers")),
            "Within `outbox/`:",
            draw_rooms(root, rooms_within(root, "outbox")),
        ]
    )
    marked = re.compile(f"{re.escape(BEGINS)}.*?{re.escape(ENDS)}", re.S)
    return marked.sub(lambda _: f"{BEGINS}\n\n{drawn}\n\n{ENDS}", told, count=1)


def listed_stops(page: str) -> list[tuple[str, str]]:
    """The file and the name of each stop in the life of a delivery."""
    return re.findall(r"^\| \d+ \| `([\w/.]+)` `(\w+)` \|", page, re.M)
