"""Writes the page of every rule: those of the kinds that ship, those about files, and the words for
a day or a time that is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.kind_loading import load_kinds
from config.rules import ARRIVAL_RULES, VALUE_REFUSALS, Rule, readers_of_finding

HEADING = """# Every rule

Written by `tools/write-docs` from `config/kinds/`, `config/default_rules.toml`,
`config/arrivals.toml` and `config/value_refusals.toml`.

A *fault* sends the document back, a *question* is for a person to look at, an *advice* changes
nothing, and of a *danger* nobody outside the board hears. A question is told to whom the rule says.
Some rules are a question or an advice in one place and heavier in another: what is read from paper
or so in every row is softened.
"""
ARRIVALS = "\n## What a file is\n\nTold of the file itself, before or beside what is in it.\n\n"
REFUSALS = """
## Why a day or a time is refused

Each is told under the rule of its cell or blank: `date-invalid`, `time-invalid`, `sign-off-date`.

"""
HEAD = "| rule | | told to | it says |\n|---|---|---|---|\n"


def rules_page_text() -> str:
    """The whole page."""
    parts = [HEADING]
    for kind in load_kinds().all:
        parts += [f"\n## {kind.title} (`{kind.id}`)\n\n", HEAD, *_rows(kind.rules)]
    parts += [ARRIVALS, HEAD, *_rows(ARRIVAL_RULES), REFUSALS, "| why | it says |\n|---|---|\n"]
    for group in ("date", "time"):
        parts += [f"| `{w}` | {_cell(said.says)} |\n" for w, said in VALUE_REFUSALS[group].items()]
    return "".join(parts)


def _rows(rules: Mapping[str, Rule]) -> Iterator[str]:
    for id, rule in rules.items():
        told = " and ".join(readers_of_finding(rule, rule.severity)) or "nobody"
        yield f"| `{id}` | {rule.severity} | {told} | {_cell(rule.says)} |\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
