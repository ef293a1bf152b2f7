"""The colours of letters, as data: which words of a table are set in which.

Does: reads `config/colours.toml`, beside this file.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: letters.
Known limits: the first line whose words begin a cell decides.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shade:
    """`ink` on `ground`, as "#rrggbb"; `begins` are the beginnings of cells set so."""

    ink: str
    ground: str
    strong: bool = False
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Colours:
    """`page` is the text itself and what it stands on, `quiet` what is said in a low voice,
    `rule` the lines of tables."""

    page: Shade
    quiet: Shade
    rule: str
    states: tuple[Shade, ...]

    def of(self, words: str) -> Shade:
        """How a cell with these words is set; in the page's own colours when it says no state."""
        said = words.casefold()
        return next(
            (shade for shade in self.states if said.startswith(shade.begins)),
            Shade(self.page.ink, self.page.ground),
        )


def load_colours() -> Colours:
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    states = tuple(_shade(given) for given in raw["states"])
    return Colours(_shade(raw["page"]), _shade(raw["quiet"]), raw["rule"], states)


def _shade(given: Mapping[str, str | bool | list[str]]) -> Shade:
    begins = given.get("begins", [])
    assert isinstance(begins, list)
    return Shade(
        str(given["ink"]),
        str(given["ground"]),
        bool(given.get("strong", False)),
        tuple(word.casefold() for word in begins),
    )
