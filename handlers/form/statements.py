"""Whether the statements that a form makes still stand.

Does: looks for each statement's wording in the running text and says whether it stands, is in
other words, is struck out, or is not there.
Trusts: the kind's TOML for the statements.
Never touches: ticks: the statements are bullets, and none is asked for.
Known limits: a line is struck out when all of it is; one word struck out of a line that stands
is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.form.marks import without_boxes
from handlers.form.passage import Passage
from handlers.form.wording import same_wording
from handlers.typed.fold import fold, likeness, squash, without_number

State = Literal["stands", "reworded", "struck out", "missing"]

REWORDED = 0.75  # likeness from which a line is the statement in other words
PIECES = 4  # lines that one statement may be broken over
MOST_LINES = 2000  # a form with more is no form; the rest is not searched


@dataclass(frozen=True, slots=True)
class Standing:
    """One statement and how it stands. `name` is what people call it ("statement 2")."""

    name: str
    state: State


def standings_in(
    passages: Sequence[Passage], statements: Sequence[str], names: Sequence[str] = ()
) -> tuple[Standing, ...]:
    """How each statement stands, in their order; one without a name is called by its number."""
    kept = [_plain(p.text) for p in passages[:MOST_LINES] if not p.struck]
    struck = [_plain(p.text) for p in passages[:MOST_LINES] if p.struck]
    return tuple(
        Standing(
            names[i] if i < len(names) else f"statement {i + 1}", _state(statement, kept, struck)
        )
        for i, statement in enumerate(statements)
    )


def first_of(passages: Sequence[Passage], statements: Sequence[str]) -> int:
    """The index of the block where the first statement stands, struck out or not, else 0."""
    for passage in passages[:MOST_LINES]:
        plain = _plain(passage.text)
        if any(_begins(statement, plain) for statement in statements):
            return passage.position
    return 0


def _begins(statement: str, line: str) -> bool:
    """A line that is the statement, or the first of the lines it was broken over."""
    said, whole = fold(line), fold(statement)
    return said == whole or (len(said) > len(whole) / 3 and whole.startswith(said))


def _plain(line: str) -> str:
    return without_number(without_boxes(line))


def _state(statement: str, kept: Sequence[str], struck: Sequence[str]) -> State:
    if _said(statement, kept):
        return "stands"
    if _said(statement, struck):
        return "struck out"
    nearest = max((likeness(statement, line) for line in _joined(statement, kept)), default=0.0)
    return "reworded" if nearest >= REWORDED else "missing"


def _said(statement: str, lines: Sequence[str]) -> bool:
    if any(same_wording(statement, text) for text in _joined(statement, lines)):
        return True
    return squash(statement) in squash(" ".join(lines))


def _joined(statement: str, lines: Sequence[str]) -> Iterator[str]:
    """Lines and neighbours joined, of about the statement's length: nothing else can be it."""
    length = len(fold(statement))
    for start in range(len(lines)):
        text = ""
        for line in lines[start : start + PIECES]:
            text = f"{text} {line}".strip()
            if len(text) > 2 * length:
                break
            if len(text) > length / 2:
                yield text
