"""The colours of letters, read from `config/colours.toml`: which words of a table are set in which.

The first line whose words begin a cell decides.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class ColourPair:
    """`ink` on `ground`, as "#rrggbb"; `begins` are the beginnings of cells set so, `in_the_dark`
    are both for a mail program that is dark."""

    ink: str
    ground: str
    strong: bool = False
    begins: tuple[str, ...] = ()
    in_the_dark: tuple[str, str] = ("", "")
    look: str = ""  # its name on the page


@dataclass(frozen=True, slots=True)
class LetterColours:
    """`page` is the text itself and what it stands on, `quiet` what is said in a low voice,
    `rule` the lines of tables; of it and of links, the second is the one in the dark."""

    page: ColourPair
    quiet: ColourPair
    rule: str
    states: tuple[ColourPair, ...]
    dark_rule: str
    link: tuple[str, str]

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
    states = tuple(_shade(given, f"state-{n}") for n, given in enumerate(raw["states"], 1))
    rule, link = raw["rule"], raw["link"]
    return LetterColours(
        page=_shade(raw["page"], "page"),
        quiet=_shade(raw["quiet"], "quiet"),
        rule=rule["light"],
        states=states,
        dark_rule=rule["dark"],
        link=(link["light"], link["dark"]),
    )


def _shade(given: Mapping[str, Any], look: str) -> ColourPair:
    dark = given["in_the_dark"]
    return ColourPair(
        str(given["ink"]),
        str(given["ground"]),
        bool(given.get("strong", False)),
        tuple(word.casefold() for word in given.get("begins", [])),
        (str(dark["ink"]), str(dark["ground"])),
        look,
    )
