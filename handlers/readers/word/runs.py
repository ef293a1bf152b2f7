"""Reads the runs of a paragraph, and gathers what is seen of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from handlers.document import Paragraph, Stretch
from handlers.readers.word import appearance, drawings, fields, symbols, xml
from handlers.readers.word.appearance import RunLook
from handlers.readers.word.fields import ContentControl, OpenFields
from handlers.readers.word.styles import ParagraphProperties, ParagraphStyle, StyleSheet
from handlers.readers.word.xml import Element


class LinePosition(NamedTuple):
    """How far a line had come."""

    pieces: int
    spans: int
    ticks: int
    prompted: bool
    bold: bool
    struck: bool


class ParagraphLine:
    """Grows by `write`. `manner` is what its style makes of it; `boxes` are the text boxes
    anchored here, still to be read."""

    __slots__ = (
        "all_bold",
        "all_struck",
        "boxes",
        "manner",
        "picture",
        "pieces",
        "prompted",
        "spans",
        "ticks",
        "unseen",
    )

    def __init__(self, manner: ParagraphStyle) -> None:
        self.manner = manner
        self.pieces: list[str] = []
        self.spans: list[tuple[int, RunLook]] = []  # the pieces that do not look plain
        self.ticks: list[bool] = []
        self.boxes: list[Element] = []
        self.picture = False
        self.prompted = False  # a placeholder stood here
        self.unseen = False  # text stood here that is not shown
        self.all_bold = True
        self.all_struck = True

    def write(self, text: str, look: RunLook, *, count_ticks: bool = True) -> None:
        """Add visible text, already plain. Spaces are neither bold nor not."""
        if look.bold or look.struck or look.apart:
            self.spans.append((len(self.pieces), look))
        self.pieces.append(text)
        if not look.bold and self.all_bold:
            self.all_bold = text.isspace()
        if not look.struck and self.all_struck:
            self.all_struck = text.isspace()
        if count_ticks and not text.isascii():
            self.ticks.extend(symbols.find_ticks(text))

    @property
    def is_empty(self) -> bool:
        """It says and shows nothing."""
        shown = self.ticks or self.boxes or self.picture or self.prompted
        return not shown and not "".join(self.pieces).strip()

    def current_position(self) -> LinePosition:
        """How far it has come, for `rewind_to`."""
        counts = len(self.pieces), len(self.spans), len(self.ticks)
        return LinePosition(*counts, self.prompted, self.all_bold, self.all_struck)

    def text_since(self, mark: LinePosition) -> str:
        """What was written from there."""
        return "".join(self.pieces[mark.pieces :])

    def rewind_to(self, mark: LinePosition) -> None:
        """Take back what was written from there; text boxes and pictures stay."""
        del self.pieces[mark.pieces :], self.spans[mark.spans :], self.ticks[mark.ticks :]
        self.prompted, self.all_bold, self.all_struck = mark.prompted, mark.bold, mark.struck

    def build_paragraph(self, own: ParagraphProperties) -> Paragraph:
        """The finished paragraph, under its style and its own settings."""
        manner = self.manner
        text = "".join(self.pieces)
        written = bool(text) and not text.isspace()
        bold = written and self.all_bold
        heading, numbered, centred = _settled(manner, own)
        return Paragraph(
            text,
            heading,
            bold,
            numbered,
            written and self.all_struck,
            tuple(self.ticks),
            self.picture,
            self.prompted and not written,
            written and (manner.title or (bold and centred and not heading)),
            _stretches(self.pieces, self.spans) if self.spans else (),
            self.prompted and written,
            self.unseen,
        )


def _stretches(pieces: list[str], spans: list[tuple[int, RunLook]]) -> tuple[Stretch, ...]:
    """Neighbours that look alike are one."""
    starts = [0, *accumulate(map(len, pieces))]
    out: list[Stretch] = []
    for at, look in spans:
        one = Stretch(starts[at], starts[at + 1], look.struck, look.in_words)
        last = out[-1] if out else None
        if last and last.end == one.start and (last.struck, last.look) == (one.struck, one.look):
            out[-1] = replace(last, end=one.end)
        else:
            out.append(one)
    return tuple(out)


def _settled(manner: ParagraphStyle, own: ParagraphProperties) -> tuple[int, bool, bool]:
    """Heading, numbered and centred: the paragraph's own setting before its style's."""
    heading = manner.heading if own.outline is None else (own.outline + 1) % 10
    numbered = manner.numbered if own.numbered is None else own.numbered
    centred = manner.centred if own.centred is None else own.centred
    return heading, numbered, centred


TEXT_TAGS, _MARKS = xml.qualified_names("t"), xml.qualified_names("rPr")
_RUBY_BASE = xml.qualified_names("rubyBase")
_MATH_TEXT = tuple(f"{{{space}}}t" for space in xml.MATH)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = str.maketrans("\r\n", "  ")


class RunReader:
    """Writes for one story. `fields` are those open where it stands."""

    def __init__(self, styles: StyleSheet) -> None:
        self._styles = styles
        self._control = fields.NO_CONTROL
        self._look = RunLook()  # of the paragraph's style
        self.fields = OpenFields()
        self.hidden_text = 0  # pieces of it that were left out

    def read_runs(
        self, element: Element, line: ParagraphLine, now: RunLook, within: ContentControl
    ) -> None:
        """Write what the w:p holds, in a style that looks like `now`, inside `within`."""
        self._look = now
        self._control = within
        if within is not fields.NO_CONTROL:
            if within.tick is not None:
                self._tick(line, within.tick)
            line.prompted |= within.placeholder
        self._inside(element, line, now)

    def _inside(self, element: Element, line: ParagraphLine, now: RunLook) -> None:
        for part in element:
            piece = _PIECES.get(part.tag)
            if piece is not None:
                piece(self, part, line, now)

    def _run(self, run: Element, line: ParagraphLine, now: RunLook) -> None:
        for part in run:
            tag = part.tag
            if tag in TEXT_TAGS:
                self._write(line, shown_text(part, now.font), now)
            elif tag in _MARKS:
                now = self._looked(part)
            else:
                piece = _PIECES.get(tag)
                if piece is not None:
                    piece(self, part, line, now)

    def _looked(self, properties: Element) -> RunLook:
        """The paragraph's look, under the run's character style and its own marks."""
        said = appearance.read_run_properties(properties)
        if said is appearance.NO_RUN_PROPERTIES:
            return self._look
        base = self._look
        if said.style is not None:
            base = self._styles.character_style(said.style).toggle_over(base)
        return said.apply_to(base)

    def _write(self, line: ParagraphLine, text: str, now: RunLook) -> None:
        if not text or self.fields.hidden:
            return
        if now.hidden:
            self._leave_out(text, line)
            return
        if self._control.placeholder:
            line.prompted = True
        else:
            line.write(text, now, count_ticks=self._control.tick is None)

    def _leave_out(self, text: str, line: ParagraphLine) -> None:
        """Word does not show it, so it is not read, and that is told."""
        if text.strip():
            line.unseen = True
            self.hidden_text += 1

    def _tick(self, line: ParagraphLine, ticked: bool, drawn: RunLook | None = None) -> None:
        """A check box, drawn as one that looks like `drawn` where no text holds its character."""
        if not self.fields.contents:
            line.ticks.append(ticked)
            if drawn is not None:
                box = symbols.CROSSED_BOX if ticked else symbols.EMPTY_BOX
                line.write(box, drawn, count_ticks=False)

    def _control_in_line(self, element: Element, line: ParagraphLine, now: RunLook) -> None:
        inner = fields.read_control(element)
        if inner.tick is not None:
            self._tick(line, inner.tick)
        line.prompted |= inner.placeholder
        outer, self._control = self._control, self._control.enclose_control(inner)
        for content in xml.children_named(element, xml.SDT_CONTENT):
            self._inside(content, line, now)
        self._control = outer

    def _field_character(self, part: Element, line: ParagraphLine, now: RunLook) -> None:
        kind = xml.attribute_of(part, "fldCharType")
        if kind == "begin":
            form = fields.read_form_field(part)
            if form.tick is not None:
                self._tick(line, form.tick, now)
            self._write(line, symbols.plain_spaces(form.shown), now)
        self.fields.take_character(kind)

    def _instruction(self, part: Element, line: ParagraphLine, now: RunLook) -> None:
        self.fields.add_instruction(part.text or "")

    def _symbol(self, part: Element, line: ParagraphLine, now: RunLook) -> None:
        font, code = xml.attribute_of(part, "font") or "", xml.attribute_of(part, "char") or ""
        try:
            shown = symbols.symbol_character(font, int(code, 16))
        except ValueError:
            shown = symbols.UNKNOWN_SYMBOL
        self._write(line, shown, now)

    def _drawing(self, part: Element, line: ParagraphLine, now: RunLook) -> None:
        if now.hidden:
            return
        line.picture |= drawings.contains_picture(part)
        line.boxes.extend(drawings.find_text_boxes(part))

    def _alternate(self, part: Element, line: ParagraphLine, now: RunLook) -> None:
        branch = drawings.shown_branch(part)
        if branch is not None:
            self._run(branch, line, now)

    def _ruby(self, part: Element, line: ParagraphLine, now: RunLook) -> None:
        for base in xml.children_named(part, _RUBY_BASE):
            self._inside(base, line, now)

    def _formula(self, part: Element, line: ParagraphLine, now: RunLook) -> None:
        for text in part.iter(*_MATH_TEXT, *TEXT_TAGS):
            self._write(line, symbols.plain_spaces(text.text or ""), now)


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
        text = symbols.plain_spaces(symbols.replace_symbols(text, font))
    return text


def _fixed(text: str) -> Callable[[RunReader, Element, ParagraphLine, RunLook], None]:
    return lambda pen, part, line, now: pen._write(line, text, now)


_Piece = Callable[[RunReader, Element, ParagraphLine, RunLook], None]


def _pieces() -> Iterator[tuple[str, _Piece]]:
    """What stands in a paragraph or a run, and who reads it. What is not listed is not seen:
    deletions, instructions, bookmarks, comments' anchors."""
    by_name: Mapping[_Piece, tuple[str, ...]] = {
        RunReader._run: ("r",),
        RunReader._inside: ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple",
                         "dir", "bdo"),
        RunReader._control_in_line: ("sdt",),
        RunReader._field_character: ("fldChar",),
        RunReader._instruction: ("instrText",),
        RunReader._symbol: ("sym",),
        RunReader._drawing: ("drawing", "pict", "object"),
        RunReader._ruby: ("ruby",),
        _fixed("\t"): ("tab", "ptab"),
        _fixed("\n"): ("br", "cr"),
        _fixed("-"): ("noBreakHyphen",),
    }  # fmt: skip
    for piece, local_names in by_name.items():
        for tag in xml.qualified_names(*local_names):
            yield tag, piece
    yield xml.ALTERNATE, RunReader._alternate
    for space in xml.MATH:
        yield f"{{{space}}}oMath", RunReader._formula
        yield f"{{{space}}}oMathPara", RunReader._formula


_PIECES: Mapping[str, _Piece] = dict(_pieces())
RUN_TAGS = TEXT_TAGS | frozenset(_PIECES)
