"""The words of `front_table_words.toml`: tables that stand around a chronology or a report."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

CellForm = Literal["version", "short", "any"]


@dataclass(frozen=True, slots=True)
class FrontTableSort:
    """One sort of table, as the file gives it."""

    name: str
    cells: CellForm
    heads: tuple[str, ...]
    beside: tuple[str, ...] = ()


def _read_front_matter(
    path: Path,
) -> tuple[tuple[FrontTableSort, ...], tuple[str, ...], frozenset[str]]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    sorts = tuple(
        FrontTableSort(name, one["cells"], tuple(one["heads"]), tuple(one.get("beside", ())))
        for name, one in raw["sorts"].items()
    )
    return sorts, tuple(raw["days"]["heads"]), frozenset(raw["family"]["words"])


# In the order of the file; the headings of columns that tell days of a person; who is family.
FRONT_TABLE_SORTS, PERSON_DATE_HEADINGS, FAMILY_WORDS = _read_front_matter(
    Path(__file__).with_name("front_table_words.toml")
)
