"""A contents sheet as Word keeps one: a field that Word can bring up to date, already filled in.

Does: prints a line a section, with its number, a dotted line and the page, each a link.
Trusts: its caller to bookmark each section with `add_bookmark()`.
Never touches: files, the clock.
Known limits: the page numbers shown before Word brings them up to date are the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from tests.papers.paper import add_field, add_field_mark


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents; `anchor` is the bookmark it leads to."""

    number: str
    heading: str
    page: int
    anchor: str


def add_contents(word: Word, entries: Sequence[ContentsEntry]) -> None:
    """Add the sheet. The field opens in the first line and closes in the last, as Word has it."""
    style = word.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    tabs = style.paragraph_format.tab_stops
    tabs.add_tab_stop(Cm(1.2))
    tabs.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    style.paragraph_format.left_indent, style.paragraph_format.right_indent = Cm(1.2), Cm(1.2)
    style.paragraph_format.first_line_indent = Cm(-1.2)
    lines = [word.add_paragraph(style=style) for _ in entries]
    _open(lines[0])
    for line, entry in zip(lines, entries, strict=True):
        line.add_run(f"{entry.number}\t{entry.heading}\t")
        add_field(line, f"PAGEREF {entry.anchor} \\h", str(entry.page))
        _link(line, entry.anchor, opening=line is lines[0])
    add_field_mark(lines[-1], "end")


def _open(line: Paragraph) -> None:
    add_field_mark(line, "begin")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = ' TOC \\o "1-1" \\h \\z \\u '
    line.add_run()._r.append(instruction)
    add_field_mark(line, "separate")


def _link(line: Paragraph, anchor: str, *, opening: bool) -> None:
    runs = list(line._p.iterchildren(qn("w:r")))[3 if opening else 0 :]
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    for run in runs:
        link.append(run)
    line._p.append(link)


def add_bookmark(paragraph: Paragraph, name: str, id_: int) -> None:
    """Mark the whole of a paragraph so that `add_contents` can point to it."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for edge in (start, end):
        edge.set(qn("w:id"), str(id_))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1, start)
    paragraph._p.append(end)
