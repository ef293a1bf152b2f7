"""What an author is told when a date, a time or a Y/N cannot be taken as it stands.

Does: reads `config/refusals.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: documents, pydantic. The confined worker imports this before it is confined.
Known limits: a board that wants other words edits the file; there is no second folder for it,
as there is for the kinds of return.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a value is not taken, and how to put it right.

    `says` may carry `{value}`, which the reader fills through `handlers/typed/quoting.py`,
    `{count}`, `{look}` or `{choices}`.
    """

    says: str
    fix: str
    fix_in_table: str = ""

    def fix_for(self, *, in_table: bool) -> str:
        """The fix for an entry of a chronology, or for any other place."""
        return (in_table and self.fix_in_table) or self.fix


def _read(path: Path) -> Mapping[str, Mapping[str, Refusal]]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        what: {key: Refusal(**words) for key, words in refusals.items()}
        for what, refusals in raw.items()
    }


# REFUSALS["date"]["week"]
REFUSALS = _read(Path(__file__).with_suffix(".toml"))
