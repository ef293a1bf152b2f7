"""Writes paragraphs down: the one place where a w:p becomes a `Paragraph`.

Does: settles style and own settings, has the pen read the runs, joins paragraphs whose mark was
deleted, and leaves out the lines of a table of contents, but nothing else that stands among them:
text after its end, a text box, a picture, what was typed into its gallery below it.
Trusts: libxml2's bound on depth, as the pen does.
Never touches: tables; text boxes are handed back for `flow.py` to read.
Known limits: when a tracked deletion joins two paragraphs, the style is the second one's. A line in
the style of a table of contents that stands in none is taken for one of its lines.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.document import Paragraph
from handlers.readers.word import fields as control
from handlers.readers.word import xml
from handlers.readers.word.fields import Control, Fields
from handlers.readers.word.runs import Line, Mark, Pen
from handlers.readers.word.styles import UNSET, Manner, Styles, setting
from handlers.readers.word.xml import Element

_PROPERTIES = xml.tags("pPr")
# What a table of contents is called. Another line in the style of its title is the report's own.
_TITLES = frozenset(
    {
        "contents",
        "contents page",
        "contents sheet",
        "table of contents",
        "list of contents",
        "index",
    }
)


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph and the text boxes anchored in it."""

    paragraph: Paragraph
    boxes: tuple[Element, ...] = ()


class Scribe:
    """Reads the paragraphs of one story in order; remembers what runs over from one to the next.

    `contents` becomes True once a table of contents is met. Its own lines are left out.
    `hidden_rows` counts the rows with text in them that were left out because Word hides them.
    """

    def __init__(self, styles: Styles) -> None:
        self.contents = False
        self.hidden_rows = 0
        self.styles = styles
        self._pen = Pen(styles)
        self._carried: Line | None = None
        self._below = False  # below the table of contents, in a gallery that holds one

    @property
    def between(self) -> bool:
        """Nothing runs over into the next paragraph: no open field, no joined line."""
        return self._carried is None and not self._pen.fields.any_open

    @property
    def hidden_text(self) -> int:
        """Pieces of text that were left out because Word hides them."""
        return self._pen.hidden_text

    def paragraph(self, element: Element, within: Control = control.NONE) -> Written | None:
        """What the w:p says; None if it says nothing of its own: a line of a table of contents,
        or one that a tracked deletion joins to the next."""
        first = element[0] if len(element) else None
        own = UNSET if first is None or first.tag not in _PROPERTIES else setting(first)
        manner = self.styles.paragraph(own.style)
        line, self._carried = self._carried or Line(manner), None
        line.manner, before = manner, line.mark()
        around = self._in_contents(element, line, within)
        if not around and self._is_listed(line, before, within):
            self.contents = around = True
            line.back_to(before)
        if around and line.empty:
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

    def _in_contents(self, element: Element, line: Line, within: Control) -> bool:
        """Read the paragraph. True if a field that is a table of contents reaches into it: what
        that shows is not written, and what is written is not its."""
        fields = self._pen.fields
        self._below &= within.contents
        inside = fields.any_open and self._still_contents(line.manner, within)
        self._pen.tell(element, line, line.manner.look, within)
        if not (inside or fields.any_open or fields.begun_here):
            return False
        inside |= fields.begun_here
        fields.paragraph_ended()
        self._below |= inside and within.contents and not fields.contents
        return inside

    def _still_contents(self, manner: Manner, within: Control) -> bool:
        """Inside a table of contents. A real heading shows that one was never ended."""
        if manner.heading and self._pen.fields.contents:
            self._pen.fields.give_up_contents()
            self._below = within.contents
        return self._pen.fields.contents

    def _is_listed(self, line: Line, before: Mark, within: Control) -> bool:
        """Without a field: whether its style, or the gallery it stands in, says that what was now
        written is a line of a table of contents, or its title."""
        if line.manner.contents or (within.contents and not self._below):
            return True
        return line.manner.contents_title and line.since(before).strip(" :").casefold() in _TITLES
