"""Writes paragraphs down: the one place where a w:p becomes a `Paragraph`.

Does: settles style and own settings, has the pen read the runs, joins paragraphs whose mark was
deleted, and leaves out the lines of a table of contents.
Trusts: libxml2's bound on depth, as the pen does.
Never touches: tables; text boxes are handed back for `flow.py` to read.
Known limits: when a tracked deletion joins two paragraphs, the style is the second one's.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.document.block import Paragraph
from handlers.word import control, names
from handlers.word.control import Control
from handlers.word.fields import Fields
from handlers.word.line import Line
from handlers.word.runs import Pen
from handlers.word.setting import UNSET, setting
from handlers.word.styles import Manner, Styles
from handlers.word.xml import Element

_PROPERTIES = names.tags("pPr")


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph and the text boxes anchored in it."""

    paragraph: Paragraph
    boxes: tuple[Element, ...] = ()


class Scribe:
    """Reads the paragraphs of one story in order; remembers what runs over from one to the next.

    `contents` becomes True once a table of contents is met. Its own lines are left out.
    """

    def __init__(self, styles: Styles) -> None:
        self.contents = False
        self.styles = styles
        self._pen = Pen(styles)
        self._carried: Line | None = None

    @property
    def between(self) -> bool:
        """Nothing runs over into the next paragraph: no open field, no joined line."""
        return self._carried is None and not self._pen.fields.any_open

    def paragraph(self, element: Element, within: Control = control.NONE) -> Written | None:
        """What the w:p says; None if it says nothing of its own: a line of a table of contents,
        or one that a tracked deletion joins to the next."""
        first = element[0] if len(element) else None
        own = UNSET if first is None or first.tag not in _PROPERTIES else setting(first)
        manner = self.styles.paragraph(own.style)
        line, self._carried = self._carried or Line(manner), None
        line.manner = manner
        fields = self._pen.fields
        started = fields.any_open and self._in_contents(manner)
        self._pen.tell(element, line, manner.look, within)
        if within.contents or manner.contents:
            self.contents = True
            return None
        if started or fields.any_open or fields.begun_here:
            inside = started or fields.begun_here
            fields.paragraph_ended()
            if inside and not "".join(line.pieces).strip():
                return None
        if own.joined:
            self._carried = line
            return None
        return Written(line.paragraph(own), tuple(line.boxes))

    def rest(self) -> Written | None:
        """What was carried towards a next paragraph that never came. Ends the open fields too."""
        if self.between:
            return None
        self._pen.fields.clear()
        line, self._carried = self._carried, None
        if line is None or line.empty:
            return None
        return Written(line.paragraph(UNSET), tuple(line.boxes))

    def step_in(self) -> Fields:
        """Enter a cell or a text box, where no field reaches in. Returns what `step_out` takes."""
        outer = self._pen.fields
        if outer.any_open:
            self._pen.fields = Fields()
        return outer

    def step_out(self, outer: Fields) -> None:
        """Leave it again. The fields around go on."""
        self.contents |= self._pen.fields.found_contents
        self._pen.fields = outer

    def finish(self) -> None:
        """The story is over."""
        self.contents |= self._pen.fields.found_contents

    def _in_contents(self, manner: Manner) -> bool:
        """Inside a table of contents. A real heading shows that one was never ended."""
        if manner.heading and self._pen.fields.contents:
            self._pen.fields.give_up_contents()
        return self._pen.fields.contents
