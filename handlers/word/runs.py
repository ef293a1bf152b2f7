"""The pen: reads the runs of a paragraph and writes what is seen of them on a `Line`.

Does: takes insertions in and leaves deletions out, follows fields, content controls, character
styles, symbols, check boxes, formulas and drawings.
Trusts: libxml2's bound on depth for its recursion.
Never touches: paragraphs; text boxes are left on the line for `flow.py` to read.
Known limits: phonetic guides (ruby) are read without their small print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from handlers.word import control, drawing, look, names, symbols
from handlers.word.control import Control
from handlers.word.fields import Fields
from handlers.word.line import Line
from handlers.word.look import Look
from handlers.word.styles import Styles
from handlers.word.xml import Element

TEXT, _MARKS = names.tags("t"), names.tags("rPr")
_RUBY_BASE = names.tags("rubyBase")
_MATH_TEXT = tuple(f"{{{space}}}t" for space in names.MATH)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = str.maketrans("\r\n", "  ")


class Pen:
    """Writes for one story. `fields` are those open where it stands."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._control = control.NONE
        self._look = Look()  # of the paragraph's style
        self.fields = Fields()
        self.hidden_text = 0  # pieces of it that were left out

    def tell(self, element: Element, line: Line, now: Look, within: Control) -> None:
        """Write what the w:p holds, in a style that looks like `now`, inside `within`."""
        self._look = now
        self._control = within
        if within is not control.NONE:
            if within.tick is not None:
                self._tick(line, within.tick)
            line.prompted |= within.placeholder
        self._inside(element, line, now)

    def _inside(self, element: Element, line: Line, now: Look) -> None:
        for part in element:
            piece = _PIECES.get(part.tag)
            if piece is not None:
                piece(self, part, line, now)

    def _run(self, run: Element, line: Line, now: Look) -> None:
        for part in run:
            tag = part.tag
            if tag in TEXT:
                self._write(line, shown_text(part, now.font), now)
            elif tag in _MARKS:
                now = self._looked(part)
            else:
                piece = _PIECES.get(tag)
                if piece is not None:
                    piece(self, part, line, now)

    def _looked(self, properties: Element) -> Look:
        """The paragraph's look, under the run's character style and its own marks."""
        said = look.marks(properties)
        if said is look.UNMARKED:
            return self._look
        base = self._look
        if said.style is not None:
            base = self._styles.character(said.style).over(base)
        return said.upon(base)

    def _write(self, line: Line, text: str, now: Look) -> None:
        if not text or self.fields.hidden:
            return
        if now.hidden:
            self._leave_out(text, line)
            return
        if self._control.placeholder:
            line.prompted = True
        else:
            line.write(text, now, count_ticks=self._control.tick is None)

    def _leave_out(self, text: str, line: Line) -> None:
        """Word does not show it, so it is not read, and that is told."""
        if text.strip():
            line.unseen = True
            self.hidden_text += 1

    def _tick(self, line: Line, ticked: bool, drawn: Look | None = None) -> None:
        """A check box, drawn as one that looks like `drawn` where no text holds its character."""
        if not self.fields.contents:
            line.ticks.append(ticked)
            if drawn is not None:
                box = symbols.CROSSED if ticked else symbols.EMPTY
                line.write(box, drawn, count_ticks=False)

    def _control_in_line(self, element: Element, line: Line, now: Look) -> None:
        inner = control.control(element)
        if inner.tick is not None:
            self._tick(line, inner.tick)
        line.prompted |= inner.placeholder
        outer, self._control = self._control, self._control.around(inner)
        for content in names.children(element, names.SDT_CONTENT):
            self._inside(content, line, now)
        self._control = outer

    def _field_character(self, part: Element, line: Line, now: Look) -> None:
        kind = names.attribute(part, "fldCharType")
        if kind == "begin":
            form = control.form_field(part)
            if form.tick is not None:
                self._tick(line, form.tick, now)
            self._write(line, symbols.plain(form.shown), now)
        self.fields.character(kind)

    def _instruction(self, part: Element, line: Line, now: Look) -> None:
        self.fields.instruct(part.text or "")

    def _symbol(self, part: Element, line: Line, now: Look) -> None:
        font, code = names.attribute(part, "font") or "", names.attribute(part, "char") or ""
        try:
            shown = symbols.symbol(font, int(code, 16))
        except ValueError:
            shown = symbols.UNKNOWN
        self._write(line, shown, now)

    def _drawing(self, part: Element, line: Line, now: Look) -> None:
        if now.hidden:
            return
        line.picture |= drawing.is_picture(part)
        line.boxes.extend(drawing.boxes(part))

    def _alternate(self, part: Element, line: Line, now: Look) -> None:
        branch = drawing.chosen(part)
        if branch is not None:
            self._run(branch, line, now)

    def _ruby(self, part: Element, line: Line, now: Look) -> None:
        for base in names.children(part, _RUBY_BASE):
            self._inside(base, line, now)

    def _formula(self, part: Element, line: Line, now: Look) -> None:
        for text in part.iter(*_MATH_TEXT, *TEXT):
            self._write(line, symbols.plain(text.text or ""), now)


def shown_text(part: Element, font: str) -> str:
    """The text of a w:t as it is seen. White space at its ends counts only if it is kept."""
    text = part.text
    if not text:
        return ""
    if not text[0].strip() or not text[-1].strip():
        text = text if part.get(_XML_SPACE) == "preserve" else text.strip(" \t\r\n")
    if "\n" in text or "\r" in text:
        text = text.translate(_BREAKS)
    if font or not text.isascii():
        text = symbols.plain(symbols.typed(text, font))
    return text


def _fixed(text: str) -> Callable[[Pen, Element, Line, Look], None]:
    return lambda pen, part, line, now: pen._write(line, text, now)


_Piece = Callable[[Pen, Element, Line, Look], None]


def _pieces() -> Iterator[tuple[str, _Piece]]:
    """What stands in a paragraph or a run, and who reads it. What is not listed is not seen:
    deletions, instructions, bookmarks, comments' anchors."""
    by_name: Mapping[_Piece, tuple[str, ...]] = {
        Pen._run: ("r",),
        Pen._inside: ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple",
                         "dir", "bdo"),
        Pen._control_in_line: ("sdt",),
        Pen._field_character: ("fldChar",),
        Pen._instruction: ("instrText",),
        Pen._symbol: ("sym",),
        Pen._drawing: ("drawing", "pict", "object"),
        Pen._ruby: ("ruby",),
        _fixed("\t"): ("tab", "ptab"),
        _fixed("\n"): ("br", "cr"),
        _fixed("-"): ("noBreakHyphen",),
    }  # fmt: skip
    for piece, local_names in by_name.items():
        for tag in names.tags(*local_names):
            yield tag, piece
    yield names.ALTERNATE, Pen._alternate
    for space in names.MATH:
        yield f"{{{space}}}oMath", Pen._formula
        yield f"{{{space}}}oMathPara", Pen._formula


_PIECES: Mapping[str, _Piece] = dict(_pieces())
LOOKED_AT = TEXT | frozenset(_PIECES)
