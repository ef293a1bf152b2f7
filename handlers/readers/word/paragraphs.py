"""Makes a `Paragraph` of each w:p, joining those whose mark was deleted.

Lines of a table of contents are left out, and nothing else that stands among them. When a tracked
deletion joins two paragraphs, the style is the second one's.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.document import Paragraph
from handlers.readers.word import fields as control
from handlers.readers.word import xml
from handlers.readers.word.fields import ContentControl, OpenFields
from handlers.readers.word.runs import LinePosition, ParagraphLine, RunReader
from handlers.readers.word.styles import (
    NO_PARAGRAPH_PROPERTIES,
    ParagraphStyle,
    StyleSheet,
    read_paragraph_properties,
)
from handlers.readers.word.xml import Element

_PROPERTIES = xml.qualified_names("pPr")
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
class ReadParagraph:
    """A paragraph and the text boxes anchored in it."""

    paragraph: Paragraph
    boxes: tuple[Element, ...] = ()


class ParagraphReader:
    """Reads the paragraphs of one story in order; remembers what runs over from one to the next.

    `contents` becomes True once a table of contents is met. Its own lines are left out.
    `hidden_rows` counts the rows with text in them that were left out because Word hides them.
    """

    def __init__(self, styles: StyleSheet) -> None:
        self.contents = False
        self.hidden_rows = 0
        self.styles = styles
        self._pen = RunReader(styles)
        self._carried: ParagraphLine | None = None
        self._below = False  # below the table of contents, in a gallery that holds one

    @property
    def is_between_paragraphs(self) -> bool:
        """Nothing runs over into the next paragraph: no open field, no joined line."""
        return self._carried is None and not self._pen.fields.has_open_field

    @property
    def hidden_text(self) -> int:
        """Pieces of text that were left out because Word hides them."""
        return self._pen.hidden_text

    def read_paragraph(
        self, element: Element, within: ContentControl = control.NO_CONTROL
    ) -> ReadParagraph | None:
        """What the w:p says; None if it says nothing of its own: a line of a table of contents,
        or one that a tracked deletion joins to the next."""
        first = element[0] if len(element) else None
        own = (
            NO_PARAGRAPH_PROPERTIES
            if first is None or first.tag not in _PROPERTIES
            else read_paragraph_properties(first)
        )
        manner = self.styles.paragraph_style(own.style)
        line, self._carried = self._carried or ParagraphLine(manner), None
        line.manner, before = manner, line.current_position()
        around = self._in_contents(element, line, within)
        if not around and self._is_listed(line, before, within):
            self.contents = around = True
            line.rewind_to(before)
        if around and line.is_empty:
            return None
        if own.joined:
            self._carried = line
            return None
        return ReadParagraph(line.build_paragraph(own), tuple(line.boxes))

    def take_carried_line(self) -> ReadParagraph | None:
        """What was carried towards a next paragraph that never came. Ends the open fields too."""
        if self.is_between_paragraphs:
            return None
        self._pen.fields.close_all_fields()
        line, self._carried = self._carried, None
        if line is None or line.is_empty:
            return None
        return ReadParagraph(line.build_paragraph(NO_PARAGRAPH_PROPERTIES), tuple(line.boxes))

    def enter_container(self) -> OpenFields:
        """Enter a cell or a text box, where no field reaches in. Returns what `leave_container`
        takes."""
        outer = self._pen.fields
        if outer.has_open_field:
            self._pen.fields = OpenFields()
        return outer

    def leave_container(self, outer: OpenFields) -> None:
        """Leave it again. The fields around go on."""
        self.contents |= self._pen.fields.found_contents
        self._pen.fields = outer

    def finish_story(self) -> None:
        """Add what is only known once a story is over."""
        self.contents |= self._pen.fields.found_contents

    def _in_contents(self, element: Element, line: ParagraphLine, within: ContentControl) -> bool:
        """Read the paragraph. True if a field that is a table of contents reaches into it: what
        that shows is not written, and what is written is not its."""
        fields = self._pen.fields
        self._below &= within.contents
        inside = fields.has_open_field and self._still_contents(line.manner, within)
        self._pen.read_runs(element, line, line.manner.look, within)
        if not (inside or fields.has_open_field or fields.begun_here):
            return False
        inside |= fields.begun_here
        fields.end_paragraph()
        self._below |= inside and within.contents and not fields.contents
        return inside

    def _still_contents(self, manner: ParagraphStyle, within: ContentControl) -> bool:
        """Inside a table of contents. A real heading shows that one was never ended."""
        if manner.heading and self._pen.fields.contents:
            self._pen.fields.drop_contents_fields()
            self._below = within.contents
        return self._pen.fields.contents

    def _is_listed(self, line: ParagraphLine, before: LinePosition, within: ContentControl) -> bool:
        """Without a field: whether its style, or the gallery it stands in, says that what was now
        written is a line of a table of contents, or its title."""
        if line.manner.contents or (within.contents and not self._below):
            return True
        return (
            line.manner.contents_title and line.text_since(before).strip(" :").casefold() in _TITLES
        )
