"""The blank templates that the board issues, and several documents in one file.

Does: makes each kind of document with nothing filled in, and joins finished ones.
Trusts: `tests/papers/papers.py`, which makes them.
Never touches: files.
Known limits: `combined` keeps the styles of the first document, which all of them share.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from tests.builders_package import DOCUMENT, Element, body, edited, parts, w, xml
from tests.builders_reports import style_of
from tests.builders_tables import cells_of, rows_of, tables_of, text_of, write
from tests.papers.chronology_paper import make_chronology
from tests.papers.imr_paper import make_imr
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement
from tests.papers.stories import StoryEvent

GUIDANCE = "[Insert the text of this section. See the guidance for authors.]"


def combined(*documents: bytes) -> bytes:
    """Several documents in one file, each on a page of its own."""
    first, *others = documents

    def change(root: Element) -> None:
        end = body(root)[-1]
        for other in others:
            end.addprevious(xml('<w:p><w:r><w:br w:type="page"/></w:r></w:p>'))
            for block in list(body(etree.fromstring(parts(other)[DOCUMENT])))[:-1]:
                end.addprevious(block)

    return edited(first, change)


def blank_chronology(rows: int = 10) -> bytes:
    """The chronology as it is issued: headings and empty rows."""
    return make_chronology([StoryEvent("", "", "", "", "", "", "", "", "")] * rows, agency="")


def blank_qa_form() -> bytes:
    """The QA form as it is issued: nothing ticked, nothing filled in."""
    return make_qa_form(
        agency="", answers={}, completed_by="", child_identifier="", signed="", role="", dated=""
    )


def blank_statement() -> bytes:
    """The Evaluation Statement as it is issued: dots after each label."""
    return make_statement(signed="", dated="", name="", title="", agency="")


def blank_imr() -> bytes:
    """The IMR template as it is issued: front sheet blank, a line of guidance in each section."""
    docx = make_imr(
        agency="[Insert Name Of Agency]",
        author="",
        commissioner="",
        dated="",
        author_post="",
        commissioner_post="",
        in_respect_of="",
        name="",
        ethnic_origin="",
    )
    return edited(docx, _strip)


def _strip(root: Element) -> None:
    for block in list(body(root)):
        words = style_of(block) in ("NumberedParagraph", "ListBullet", "Heading2")
        if words or next(block.iter(w("drawing")), None) is not None:
            if block.find(f"{w('pPr')}/{w('sectPr')}") is None:
                body(root).remove(block)
        elif style_of(block) == "Heading1" and "Appendix" not in text_of(block):
            block.addnext(xml(f"<w:p><w:r><w:t>{GUIDANCE}</w:t></w:r></w:p>"))
    _blank_table(root, "Version")
    _blank_table(root, "Outcome")
    _blank_table(root, "Identifier")


def _blank_table(root: Element, first_heading: str) -> None:
    for number, table in enumerate(tables_of(root), 1):
        if text_of(table).startswith(first_heading):
            for row in rows_of(root, number)[1:]:
                for cell in cells_of(row):
                    write(cell, "")


def blanks() -> Mapping[str, bytes]:
    """The blank template of each kind, by the kind's id."""
    return {
        "chronology": blank_chronology(),
        "imr": blank_imr(),
        "qa_form": blank_qa_form(),
        "evaluation_statement": blank_statement(),
    }
