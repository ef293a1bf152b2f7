"""The words of tables that are part of neither a chronology nor a report: versions, keys, lists.

Does: reads `config/front_matter.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: documents, pydantic. The confined worker imports this before it is confined.
Known limits: a board that wants other words edits the file, as with `config/beside.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Cells = Literal["version", "short", "any"]


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of table, as the file gives it."""

    name: str
    cells: Cells
    heads: tuple[str, ...]
    beside: tuple[str, ...] = ()


def _read(path: Path) -> tuple[tuple[Sort, ...], tuple[str, ...], frozenset[str]]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    sorts = tuple(
        Sort(name, one["cells"], tuple(one["heads"]), tuple(one.get("beside", ())))
        for name, one in raw["sorts"].items()
    )
    return sorts, tuple(raw["days"]["heads"]), frozenset(raw["family"]["words"])


# In the order of the file; the headings of columns that tell days of a person; who is family.
SORTS, DAYS, KIN = _read(Path(__file__).with_suffix(".toml"))
