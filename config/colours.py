"""The colours of letters, read from `config/colours.toml`: which words of a table are set in which.

The first line whose words begin a cell decides.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ColourPair:
    """`ink` on `ground`, as "#rrggbb"; `begins` are the beginnings of cells set so."""

    ink: str
    ground: str
    strong: bool = False
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterColours:
    """`page` is the text itself and what it stands on, `quiet` what is said in a low voice,
    `rule` the lines of tables."""

    page: ColourPair
    quiet: ColourPair
    rule: str
    states: tuple[ColourPair, ...]

    def colours_for_cell(self, words: str) -> ColourPair:
        """How a cell with these words is set; in the page's own colours when it says no state."""
        said = words.casefold()
        return next(
            (shade for shade in self.states if said.startswith(shade.begins)),
            ColourPair(self.page.ink, self.page.ground),
        )


@cache
def load_colours() -> LetterColours:
    """Ours, which no board has of its own."""
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    states = tuple(_shade(given) for given in raw["states"])
    return LetterColours(_shade(raw["page"]), _shade(raw["quiet"]), raw["rule"], states)


def _shade(given: Mapping[str, str | bool | list[str]]) -> ColourPair:
    begins = given.get("begins", [])
    assert isinstance(begins, list)
    return ColourPair(
        str(given["ink"]),
        str(given["ground"]),
        bool(given.get("strong", False)),
        tuple(word.casefold() for word in begins),
    )
