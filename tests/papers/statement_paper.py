"""The Evaluation Statement an agency's chief officer signs.

Does: prints the four statements, the declaration and the four blanks, filled in or left as dots.
Trusts: nothing; what is passed in is printed.
Never touches: files, the clock.
Known limits: the signature is a typed name. `tests/builders.py` makes one with a picture.
"""

from __future__ import annotations

from datetime import date

from docx.shared import Pt

from tests.papers.paper import (
    add_centred_line,
    document_bytes,
    made_once,
    new_document,
    written_date,
)

STATEMENTS = (
    "The IMR conforms to the SCB IMR report template",
    "The IMR follows the specific Terms of Reference for the SCR",
    "The IMR has been checked against Ofsted grade descriptors",
    "The IMR has sound and SMART recommendations",
)
DECLARATION = (
    "I have read this report and confirm that I have approved it as my agency's IMR report to "
    "the Serious Case Review Panel."
)
TITLE = "Evaluation Statement of behalf of agency"  # so in the toolkit, and so agencies send it
SIGNATORIES = (
    "Chief Officer/Chief Executive/Director/Commissioner responsible for quality assurance and "
    "sign off of the IMR."
)
_DOTS = "." * 60


@made_once
def make_statement(
    *,
    signed: str = "Commissioner One",
    dated: date | str = date(2010, 5, 24),
    name: str = "Commissioner One",
    title: str = "Director of Primary Care Commissioning",
    agency: str = "Meadow Lane Surgery",
    reference: str = "N12",
) -> bytes:
    """The statement on one page. A blank field keeps its row of dots."""
    word = new_document(f"Evaluation Statement {reference}")
    add_centred_line(word, TITLE, 18, before=36)
    add_centred_line(
        word, f"{agency}: Serious Case Review {reference}".lstrip(": "), 12, bold=False
    )
    for statement in STATEMENTS:
        word.add_paragraph(statement, style="List Bullet").paragraph_format.space_after = Pt(8)
    word.add_paragraph(DECLARATION).paragraph_format.space_before = Pt(18)
    blanks = {"Signed": signed, "Date": written_date(dated), "Name": name, "Title": title}
    for label, filled in blanks.items():
        line = word.add_paragraph(f"{label}: {filled}" if filled else f"{label}{_DOTS}")
        line.paragraph_format.space_before = Pt(14)
    word.add_paragraph(SIGNATORIES).paragraph_format.space_before = Pt(28)
    return document_bytes(word)
