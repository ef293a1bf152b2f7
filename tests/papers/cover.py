"""The front of a report: the cover and the table of its versions.

Does: prints what the toolkit's front sheet asks for, and how the report came to be final.
Trusts: nothing; what is passed in is printed, blanks and all.
Never touches: files, the clock.
Known limits: no agency has a logo. The drafts' dates are those of case N12.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as Word
from docx.shared import Cm, Pt

from tests.papers.paper import add_centred_line, add_ruled_table


@dataclass(frozen=True, slots=True)
class ReportCover:
    """What the front sheet and the signing off say."""

    agency: str
    author: str
    author_post: str
    commissioner: str
    commissioner_post: str
    dated: str
    reference: str
    in_respect_of: str
    name: str
    ethnic_origin: str


def add_front_sheet(word: Word, cover: ReportCover) -> None:
    add_centred_line(word, "Strictly Confidential", 16, before=60)
    add_centred_line(word, cover.agency, 20, before=60)
    add_centred_line(word, "Individual Management Review", 24, before=60)
    add_centred_line(word, "In accordance with Chapter 8, Working Together 2010", 13, bold=False)
    blanks = {
        "In Respect of": cover.in_respect_of,
        "Name": cover.name,
        "Ethnic Origin": cover.ethnic_origin,
        "Author": cover.author,
        "Date": cover.dated,
    }
    for number, (label, filled) in enumerate(blanks.items()):
        line = word.add_paragraph()
        line.paragraph_format.tab_stops.add_tab_stop(Cm(7))
        line.paragraph_format.left_indent = Cm(3)
        line.paragraph_format.space_before = Pt(12 if number else 90)
        line.add_run(f"{label}:\t").bold = True
        line.add_run(filled)


def add_version_table(word: Word, cover: ReportCover) -> None:
    word.add_paragraph("Version Control", style="TOC Heading")
    rows = [
        ("Version", "Date", "Author", "Changes"),
        ("0.1", "26 April 2010", cover.author, "First draft, for checking by those interviewed"),
        ("0.2", "10 May 2010", cover.author, "Comments included; action plan added"),
        ("1.0", cover.dated, cover.author, "Final, agreed with the commissioner"),
    ]
    add_ruled_table(word, rows, (2.0, 3.4, 4.0, 7.8))
