"""The IMR Quality Assurance form, with check boxes that Word can tick.

Does: prints the seventeen criteria and ticks one of Yes, No and Partially beside each.
Trusts: nothing; an answer that is none of the three ticks no box.
Never touches: files, the clock.
Known limits: boxes are content controls, as Word 2010 makes them; the older form-field boxes are
made by `tests/builders.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import _Row

from tests.papers.paper import (
    add_centred_line,
    add_ruled_table,
    document_bytes,
    made_once,
    new_document,
    written_date,
)

CRITERIA: tuple[str, ...] = tuple(
    tomllib.loads((files(__package__) / "text" / "qa.toml").read_text("utf-8"))["criteria"]
)
ANSWERS = ("Yes", "No", "Partially")
ALL_YES: Mapping[int, str] = dict.fromkeys(range(1, len(CRITERIA) + 1), "Yes")

_PURPOSE = (
    "This Quality Assurance form is to assist in ensuring that all elements of a 'good' IMR have "
    "been considered. It should be used by the Commissioner of the IMR to check the content of "
    "the report, and any issues arising should be addressed before the IMR is submitted to SCB."
)
_SEND_TO = (
    "Please submit this completed form to The Administrator (SCB Administrator) on: "
    "administrator@board.example"
)


@made_once
def make_qa_form(
    *,
    agency: str = "Meadow Lane Surgery",
    answers: Mapping[int, str] = ALL_YES,
    comments: Mapping[int, str] | None = None,
    completed_by: str = "Commissioner One, commissioner@meadowlane.example",
    child_identifier: str = "N12/A",
    signed: str = "Commissioner One",
    role: str = "Director of Primary Care Commissioning",
    dated: date | str = date(2010, 5, 24),
) -> bytes:
    """The form. `answers` and `comments` go by the criterion's number, from 1; a criterion that
    is not in `answers` is left unticked."""
    word = new_document("IMR Quality Assurance Form", size=10)
    add_centred_line(word, "Individual Management Review\nQuality Assurance Form", 16)
    word.add_paragraph(_PURPOSE)
    word.add_paragraph(_SEND_TO)
    who = "Name and Contact Details of Person Completing this Form"
    blanks = [("Agency", agency), (who, completed_by), ("Child Identifier", child_identifier)]
    add_ruled_table(word, blanks, (6.2, 11.0), heading=False, labels=True)
    word.add_paragraph()
    _ask(word, answers, comments or {})
    word.add_paragraph()
    end = [("Signed:", signed), ("Role:", role), ("Date:", written_date(dated))]
    add_ruled_table(word, end, (4.0, 13.2), heading=False, labels=True)
    return document_bytes(word)


def _ask(word: Word, answers: Mapping[int, str], comments: Mapping[int, str]) -> None:
    rows = [("Criteria", *ANSWERS, "Comments")]
    rows += [(c, "", "", "", comments.get(n, "")) for n, c in enumerate(CRITERIA, 1)]
    table = add_ruled_table(word, rows, (8.4, 1.2, 1.2, 2.0, 4.4), size=9.5)
    for number, row in enumerate(list(table.rows)[1:], 1):
        _tick(row, answers.get(number, ""), first_id=number * 10)


def _tick(row: _Row, answer: str, first_id: int) -> None:
    for place, (cell, choice) in enumerate(zip(row.cells[1:4], ANSWERS, strict=True)):
        line = cell.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line._p.append(parse_xml(check_box_xml(ticked=answer == choice, id_=first_id + place)))


def check_box_xml(*, ticked: bool, id_: int) -> str:
    """The XML of one content-control check box, as Word 2010 writes it. `id_` is its own."""
    state, glyph = ("1", "☒") if ticked else ("0", "☐")
    fonts = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'  # noqa: E501
    return (
        f'<w:sdt {nsdecls("w", "w14")}><w:sdtPr><w:id w:val="{id_}"/><w14:checkbox>'
        f'<w14:checked w14:val="{state}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:rPr>{fonts}</w:rPr><w:t>{glyph}</w:t></w:r></w:sdtContent></w:sdt>"
    )
