"""Automatic numbers: sections 1, 2, 3 and paragraphs 1.1, 1.2, as the toolkit asks of an IMR.

Does: gives a document one two-level list, and ties its heading and paragraph styles to it.
Trusts: that the document came from `paper.sheet`.
Never touches: the text; Word works the numbers out and they are in no run.
Known limits: sub-headings carry no number.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

NUMBERED_STYLE = "Numbered Paragraph"
_LIST = 90  # clear of the nine lists that python-docx's own template brings


def number_sections(word: Word) -> None:
    """Number "Heading 1", and add the "Numbered Paragraph" style that counts below it."""
    style = word.styles.add_style(NUMBERED_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    style.paragraph_format.space_after = Pt(7)
    lists = word.part.numbering_part.element
    lists.insert(0, parse_xml(_abstract(style.style_id)))
    lists.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{_LIST}"><w:abstractNumId w:val="{_LIST}"/></w:num>'
        )
    )
    _tie(word.styles["Heading 1"].element.get_or_add_pPr(), level=0)
    _tie(style.element.get_or_add_pPr(), level=1)
    _untie(word.styles["TOC Heading"].element.get_or_add_pPr())  # it is based on "Heading 1"


def remove_numbering(heading: Paragraph) -> Paragraph:
    """Take one heading out of the count: an appendix has a letter, not a number."""
    _untie(heading._p.get_or_add_pPr())
    return heading


def _abstract(paragraph_style: str) -> str:
    levels = (("Heading1", "%1", 0), (paragraph_style, "%1.%2", 1))
    body = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr></w:lvl>'
        for style, text, level in levels
    )
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LIST}">'
        f'<w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
    )


def _tie(properties: Any, *, level: int) -> None:
    number = properties.get_or_add_numPr()
    number.get_or_add_ilvl().set(qn("w:val"), str(level))
    number.get_or_add_numId().val = _LIST


def _untie(properties: Any) -> None:
    properties.get_or_add_numPr().get_or_add_numId().val = 0
