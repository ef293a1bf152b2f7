"""The fields open at one point of a story: is what comes now seen, or the field's own business?

Does: follows begin, separate and end across runs and paragraphs, and knows a table of contents.
Trusts: nothing. A field that never ends hides no more than the paragraph it begins in; a table of
contents that never ends is given up at the first real heading.
Never touches: what an instruction means otherwise; see `instructions.py`.
Known limits: text shown inside an instruction that runs over several paragraphs is taken as seen
from the second on.
"""

from __future__ import annotations

import re

from handlers.word.refusals import TooBig

DEEPEST = 100  # fields in fields; Word itself stops at 20
LONGEST = 4096  # characters of an instruction
_CONTENTS = re.compile(r"\s*TOC\b", re.I)
_OF_FIGURES = re.compile(r"\\[ac]\b", re.I)


class _Field:
    __slots__ = ("contents", "instruction", "shows")

    def __init__(self) -> None:
        self.instruction = ""
        self.shows = False
        self.contents = False


class Fields:
    """`hidden`: what comes now is not the document's own text. `contents`: it is in a TOC.
    `begun_here`: this paragraph holds the beginning of one."""

    __slots__ = ("_open", "begun_here", "contents", "found_contents", "hidden")

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.hidden = False
        self.contents = False
        self.begun_here = False
        self.found_contents = False  # a table of contents was met; never of figures or tables

    @property
    def any_open(self) -> bool:
        return bool(self._open)

    def character(self, kind: str | None) -> None:
        """A field character: "begin", "separate" or "end"."""
        if kind == "begin":
            if len(self._open) == DEEPEST:
                raise TooBig
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._separate(self._open[-1])
        elif self._open and kind == "end":
            self._separate(self._open.pop())
        self._weigh()

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1].shows:
            field = self._open[-1]
            field.instruction = (field.instruction + text)[:LONGEST]

    def paragraph_ended(self) -> None:
        """An instruction hides the text in its own paragraph only."""
        self.begun_here = False
        if self.hidden:
            for field in self._open:
                self._separate(field)
            self._weigh()

    def give_up_contents(self) -> None:
        self._open = [field for field in self._open if not field.contents]
        self._weigh()

    def clear(self) -> None:
        """A cell or text box is over, and no field reaches out of it."""
        if self._open:
            self._open.clear()
            self._weigh()

    def _separate(self, field: _Field) -> None:
        if not field.shows:
            field.shows = True
            field.contents = bool(_CONTENTS.match(field.instruction))
            self.begun_here |= field.contents
            if field.contents and not _OF_FIGURES.search(field.instruction):
                self.found_contents = True

    def _weigh(self) -> None:
        self.contents = any(field.contents for field in self._open)
        self.hidden = self.contents or any(not field.shows for field in self._open)
