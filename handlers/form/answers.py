"""Which of the choices a row of the grid ticks.

Does: reads the answer cells of one row, whether there is a cell for each choice or one cell for
all of them, into the choices ticked: none, one, or more than one.
Trusts: nothing.
Never touches: anything but its arguments.
Known limits: where one cell lists all the choices, bold or a circle round one of them is not
seen; striking the others out, paragraph by paragraph, is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handlers.document.block import Cell
from handlers.form.marks import boxes_in, crossed, drawn, without_boxes
from handlers.typed.fold import fold

# Beside the marks of `marks.py`, these words in a choice's own cell tick it.
AFFIRMED = frozenset({"yes", "y", "ticked", "tick", "v"})

_WORD = re.compile(r"[A-Za-z]+")
_BETWEEN = re.compile(r"\s*(?:[/|]|\bor\b)\s*", re.I)
_NOT_APPLICABLE = re.compile(r"n\s*[/.\\]\s*a\b", re.I)
ALIKE = 4  # "partly", "partial" and "partially" share their first four letters


def named(word: str, choices: Sequence[str]) -> str | None:
    """The choice that `word` stands for: the word itself, a near form, or its initial."""
    said = fold(word)
    for choice in choices:
        known = fold(choice)
        near = len(known) > ALIKE and len(said) > ALIKE and known[:ALIKE] == said[:ALIKE]
        if said and (said in (known, known[0]) or near):
            return choice
    return None


def ticked_among(cells: Mapping[str, Cell], choices: Sequence[str]) -> tuple[str, ...]:
    """The choices ticked where each has a cell of its own, in the order of `choices`.

    A row with no tick at all, but another choice's word in one of its cells ("No" typed in the
    first answer column all the way down), says that choice.
    """
    ticked = tuple(c for c in choices if c in cells and _ticked(cells[c], c, choices))
    if ticked:
        return ticked
    said = {_first_named(standing(cell), choices) for cell in cells.values()}
    return tuple(c for c in choices if c in said)


def _ticked(cell: Cell, choice: str, choices: Sequence[str]) -> bool:
    text = without_boxes(drawn(standing(cell)))
    if any(cell.ticks) or any(boxes_in(drawn(standing(cell)))) or crossed(text):
        return True
    first = _WORD.match(text)
    affirmed = first is not None and first.group().casefold() in AFFIRMED
    return affirmed or _first_named(text, choices) == choice


def standing(cell: Cell) -> str:
    """The cell's text without what is struck out or only a prompt to enter something."""
    lines = (p.text for p in cell.paragraphs if not p.struck and not p.placeholder)
    return "\n".join(lines).strip()


def chosen_in(cell: Cell, choices: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The choices ticked in one cell that holds the whole answer, and the words after it."""
    text = drawn(standing(cell))
    marks = boxes_in(text)
    if len(cell.ticks) == len(choices) and len(marks) != len(cell.ticks):
        marks = cell.ticks
    if len(marks) > 1 or (marks and not _listed(without_boxes(text), choices)[0]):
        return _paired(text, marks, choices), ""
    listed, rest = _listed(without_boxes(text) if marks else text, choices)
    untouched = set(listed) == set(choices)  # "Yes / No / Partially", none of them deleted
    return (() if untouched else listed), rest


def _paired(text: str, marks: tuple[bool, ...], choices: Sequence[str]) -> tuple[str, ...]:
    """Boxes in the order of the choices' words beside them, else in the form's own order."""
    words = [c for w in _WORD.findall(text) if (c := named(w, choices)) and len(w) > 1]
    order = words if len(words) == len(marks) else list(choices)
    ticked = {choice for choice, mark in zip(order, marks, strict=False) if mark}
    return tuple(c for c in choices if c in ticked)


def _listed(text: str, choices: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The choices a text begins by naming, "Yes" or "Yes / No", and what follows them.

    Choices one to a line are a list too; "Yes, no changes were needed" names only the first.
    """
    alone = [c for line in text.split() if (c := named(line, choices))]
    if len(alone) == len(text.split()):
        return tuple(dict.fromkeys(alone)), ""
    found: list[str] = []
    rest = text.strip()
    while choice := _first_named(rest, choices):
        found.append(choice)
        rest = _WORD.sub("", rest, count=1)
        if not (between := _BETWEEN.match(rest)):
            break
        rest = rest[between.end() :]
    return tuple(dict.fromkeys(found)), rest.strip(" \t\n.,;:-–—")


def _first_named(text: str, choices: Sequence[str]) -> str | None:
    """The choice whose word or initial begins `text`; "N/A" and "n.a." are no choice."""
    word = _WORD.match(text)
    return None if word is None or _NOT_APPLICABLE.match(text) else named(word.group(), choices)
