"""The pieces that a document is made of, whatever program wrote it, and the stamp of an issued
template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a paragraph's text, from `start` up to `end`, that does not look plain.

    `look` is in words, such as "bold" or "highlight:yellow", parted by spaces.
    """

    start: int
    end: int
    struck: bool = False
    look: str = ""


def text_without_struck(text: str, stretches: Sequence[Stretch]) -> str:
    """A text without its stretches that are struck through."""
    out, at = [], 0
    for stretch in stretches:
        if stretch.struck:
            out.append(text[at : stretch.start])
            at = stretch.end
    return "".join((*out, text[at:])) if out else text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as a reader sees it: insertions in, deletions out, text boxes in place.

    `text` keeps tabs as "\\t" and line breaks as "\\n"; non-breaking spaces and hyphens become
    ordinary ones; soft hyphens and marks of direction are dropped. Word's automatic numbers are
    not in it.
    """

    text: str
    heading: int = 0  # 1 to 9 by style or outline level; 0 is body text
    bold: bool = False  # all of the visible text is bold: a heading by look
    numbered: bool = False  # an automatic number or bullet stands before it
    struck: bool = False  # all of the visible text is struck through
    ticks: tuple[bool, ...] = ()  # its check boxes in order, True where ticked
    picture: bool = False  # holds a picture, a drawing or ink
    placeholder: bool = False  # all its text is a content control's "Click here to enter text"
    title: bool = False  # the Title style, or a look-alike
    stretches: tuple[Stretch, ...] = ()  # of its text, in order, what does not look plain
    prompted: bool = False  # a content control that nobody filled in stands beside its text
    unseen: bool = False  # holds text, too, that the word processor does not show: not read

    @property
    def unstruck_text(self) -> str:
        """Its text without what is struck through."""
        return "" if self.struck else text_without_struck(self.text, self.stretches)

    @property
    def without_struck(self) -> Paragraph:
        """The paragraph as it reads with what is struck through taken out; as it is, mostly."""
        if not self.struck and not any(s.struck for s in self.stretches):
            return self
        return replace(self, text=self.unstruck_text, struck=False, stretches=())


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `column` counts grid columns from 0; `span` is how many it covers.

    A cell merged with the one above it is `continued` and has no paragraphs of its own.
    Tables inside it are in `tables`, each a tuple of its rows; `before` says of each how many of
    the cell's paragraphs stand over it, all of them where it says nothing.
    """

    paragraphs: tuple[Paragraph, ...]
    column: int
    span: int = 1
    continued: bool = False
    tables: tuple[tuple[Row, ...], ...] = ()
    look: str = ""  # how the cell itself is set off, in words: "shading:ffff00"
    before: tuple[int, ...] = ()

    @property
    def contents_in_order(self) -> Iterator[Paragraph | tuple[Row, ...]]:
        """Its paragraphs and its tables, as one reads them."""
        at = 0
        for n, table in enumerate(self.tables):
            end = self.before[n] if n < len(self.before) else len(self.paragraphs)
            yield from self.paragraphs[at:end]
            yield table
            at = max(at, end)
        yield from self.paragraphs[at:]

    @property
    def text(self) -> str:
        """Its own paragraphs' text, one a line, without surrounding white space."""
        if len(self.paragraphs) == 1:  # most cells, and this is asked ten times of each
            return self.paragraphs[0].text.strip()
        return "\n".join(p.text for p in self.paragraphs).strip()

    @property
    def without_struck(self) -> Cell:
        """The cell with what is struck through taken out, in its tables too."""
        kept = tuple(p.without_struck for p in self.paragraphs)
        inner = tuple(tuple(row.without_struck for row in rows) for rows in self.tables)
        same = all(map(is_, kept, self.paragraphs)) and not inner
        return self if same else replace(self, paragraphs=kept, tables=inner)

    @property
    def ticks(self) -> tuple[bool, ...]:
        return tuple(t for p in self.paragraphs for t in p.ticks)

    @property
    def picture(self) -> bool:
        return any(p.picture for p in self.paragraphs)

    @property
    def unseen(self) -> bool:
        return any(p.unseen for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. Tables and rows are counted from 1, as Word shows them, with the
    heading row as row 1; only tables that are not inside another are counted."""

    table: int
    number: int
    cells: tuple[Cell, ...]
    heading: bool = False  # marked to repeat at the top of each page

    @property
    def text(self) -> str:
        return "\t".join(cell.text for cell in self.cells)

    @property
    def without_struck(self) -> Row:
        kept = tuple(c.without_struck for c in self.cells)
        return self if all(map(is_, kept, self.cells)) else replace(self, cells=kept)

    @property
    def is_blank(self) -> bool:
        return not any(c.text or c.ticks or c.picture or c.tables for c in self.cells)


@dataclass(frozen=True, slots=True)
class TableEnd:
    """A table that is not inside another has no more rows."""

    table: int


Block = Paragraph | Row | TableEnd


@dataclass(slots=True)
class Traits:
    """What is true of the whole document. A reader fills it while it streams: complete only
    after the last block."""

    tracked_changes: int = 0  # insertions, deletions and moves not yet accepted
    board: str = ""  # in whose name comments are ours
    comments: int = 0  # of others than the board
    hidden_rows: int = 0  # rows with text in them that the word processor does not show: not read
    hidden_text: int = 0  # pieces of text elsewhere that it does not show: not read
    page_numbers: bool = False
    contents: bool = False  # a table of contents
    macros: bool = False
    digital_signature: bool = False
    # Why a signature does not count, a word of SIGNATURE_DOUBTS; "" when it does.
    signature_doubt: str = "unchecked"
    signers: tuple[str, ...] = ()  # who signed, where every signature counts
    on_paper: bool = False  # from a PDF or a picture: ink on it is not in the text
    all_typed: bool = False  # on paper, yet all that is on it was read: what is empty is empty
    made_out: bool = False  # its words were made out from a picture: any letter may be another
    footnotes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # what these comments say
    margins: list[str] = field(default_factory=list)  # paragraphs of headers and footers
    properties: dict[str, str] = field(default_factory=dict)  # custom document properties
    dangers: list[str] = field(default_factory=list)  # DANGER words below, never file content

    @property
    def is_signed_digitally(self) -> bool:
        """By somebody of whom an authority that the board believes says who it is."""
        return self.digital_signature and bool(self.signers)

    @property
    def is_signature_altered(self) -> bool:
        """What was signed digitally was changed afterwards."""
        return self.digital_signature and self.signature_doubt == "altered"

    @property
    def may_hold_ink(self) -> bool:
        """Ink may be on it that the text does not show."""
        return self.on_paper and not self.all_typed

    def comment(self, author: str) -> bool:
        """Count a comment. False for one of ours, which its author was asked to work by."""
        ours = bool(self.board) and _named(author) == _named(self.board)
        self.comments += not ours
        return not ours

    def add_danger(self, word: str) -> None:
        if word not in self.dangers:
            self.dangers.append(word)


def _named(name: str) -> str:
    return " ".join(name.split()).casefold()


# What a reader may find and only a person should open. The words are the whole vocabulary:
# nothing from inside the file is ever put here.
OBJECT_DANGERS = {
    "embedded-object": "another file or program is embedded in it",
    "packed-file": "a file of some other kind is packed into it, to be opened from there",
    "active-control": "it holds an ActiveX control, which is a program",
    "linked-object": "it holds an object that is kept somewhere else, and would fetch it",
}
# Where an object stands, as far as the parts of a document tell.
OBJECT_PLACES = {
    "text": "in its text",
    "margin": "in a header or footer",
    "note": "in a footnote or endnote",
    "comment": "in a comment",
    "chart": "behind a chart",
    "sheet": "on a sheet",
}
DANGERS = {
    **OBJECT_DANGERS,
    **{
        f"{word}:{place}": f"{says} ({where})"
        for word, says in OBJECT_DANGERS.items()
        for place, where in OBJECT_PLACES.items()
    },
    "packed-program": "what is packed is a program",
    "packed-script": "what is packed is a script or a shortcut",
    "packed-pdf": "what is packed is a PDF",
    "packed-picture": "what is packed is a picture",
    "packed-office": "what is packed is an Office document or a zip file",
    "program": "it is a program, or something that installs one",
    "script": "it is a script, which runs when it is opened",
    "shortcut": "it is a shortcut, which starts or fetches something when it is opened",
    "disk-image": "it is a disk image, which opens like a drive with programs on it",
    "page-makes-a-file": "it is a web page that makes a file of its own when it is opened",
    "starts-a-program": "it would start a program on the computer that opens it",
    "script-on-opening": "it runs a script as soon as it is opened",
    "remote-template": "its template lies on another computer, from where it would be fetched",
    "remote-part": "it would fetch something from the network when opened",
    "dde-field": "it holds a field that can start a program",
    "foreign-part": "it brings in another document in a foreign format",
    "doctype": "its XML holds a document type declaration",
    "package": "its parts are put together in a way no word processor does",
}


class DocumentReading(Protocol):
    """An opened document: iterate `iter_blocks()` once, then look at `traits`."""

    traits: Traits

    def iter_blocks(self) -> Iterator[Block]: ...


def describe_hidden(traits: Traits) -> str:
    """What is hidden, with its verb; "" where nothing is."""
    rows, text = traits.hidden_rows, traits.hidden_text
    if rows and text:
        return f"{rows:,} row{'s' if rows > 1 else ''} and some text are"
    if rows:
        return f"{rows:,} rows are" if rows > 1 else "1 row is"
    return "Some text is" if text else ""


STAMP_PROPERTY = "ScrIntakeStamp"  # the name of the custom document property
MAX_STAMP_LENGTH = 400

_FORM = re.compile(r"(?:[A-Za-z0-9_.~%-]{1,90}/){3}[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an issued template is for. `kind` is a kind id."""

    reference: str
    code: str
    kind: str

    def is_issued_for(self, reference: str, code: str) -> bool:
        mine, theirs = (self.reference, self.code), (reference, code)
        return [word.casefold() for word in mine] == [word.casefold() for word in theirs]


def kind_of_stamp(properties: Mapping[str, str]) -> str:
    """The kind that a document's stamp points at; "" where it has none."""
    stamp = properties.get(STAMP_PROPERTY, "")
    return stamp.split("/")[2] if is_stamp_text(stamp) else ""


def is_stamp_text(text: str) -> bool:
    """Whether it is written as a stamp is: all that may leave the worker of a property."""
    return len(text) <= MAX_STAMP_LENGTH and _FORM.fullmatch(text) is not None
