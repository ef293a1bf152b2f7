"""Every rule of the QA form and of the Evaluation Statement, shown by one change to a sound one.

Does: lists the rows, in the order of the kinds' own files.
Trusts: `tests/builders.py` and `tests/handlers/readers/pdf/pdfs.py` for the documents.
Never touches: files.
Known limits: PDFs are typed by hand here, with the fields of the forms and little besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date

from handlers.register.agency_standing import KnownReport, SentBackForm
from tests.builders import (
    ALL_YES,
    CRITERIA,
    STATEMENTS,
    blank_qa_form,
    blank_statement,
    signed_with_picture,
    through_libreoffice,
    with_cell,
    with_comment,
    with_text,
)
from tests.builders_marks import with_hidden_words
from tests.builders_package import edited, rewrite
from tests.builders_signed import signed_docx
from tests.builders_tables import cell_of, rows_of, write
from tests.handlers.readers.pdf.pdfs import pdf, text, with_logo
from tests.handlers.rules.shown import COLLEAGUE, OFFICER, STANDING, STRANGER, Shown, Table, altered
from tests.papers.papers import DECLARATION
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement

QA_FORM, STATEMENT = make_qa_form(), make_statement()
GRID = 2  # the criteria's table, counted as Word does
BELIED = replace(STANDING, reports={"imr": KnownReport(late=True)})
REWORDED = SentBackForm(date(2010, 5, 24), date(2010, 5, 26), frozenset({"statement-missing"}))
SENT_BACK = replace(STANDING, sent_back={"evaluation_statement": REWORDED})
REPORT_AFTER = replace(STANDING, reports={"imr": KnownReport(dated=date(2010, 5, 28))})


def answered(number: int, answer: str, comment: str = "") -> bytes:
    return make_qa_form(answers={**ALL_YES, number: answer}, comments={number: comment})


def without_criterion(*numbers: int) -> bytes:
    def change(root: object) -> None:
        rows = rows_of(root, GRID)  # type: ignore[arg-type]
        for number in numbers:
            rows[number].getparent().remove(rows[number])  # type: ignore[union-attr]

    return edited(QA_FORM, change)


def with_own_criterion() -> bytes:
    """A row more, copied from another, with words and an answer of the agency's own."""

    def change(root: object) -> None:
        row = rows_of(root, GRID)[5]  # type: ignore[arg-type]
        row.addnext(deepcopy(row))
        write(cell_of(root, 7, 1, GRID), "The report was read aloud to the staff concerned")  # type: ignore[arg-type]

    return edited(QA_FORM, change)


def in_other_words() -> bytes:
    """On paper, where several wordings that are not ours may be a layout that was not read."""

    def change(root: object) -> None:
        for number in range(1, 6):
            cell = cell_of(root, number + 1, 1, GRID)  # type: ignore[arg-type]
            write(cell, f"Our standard {number} has been met throughout")

    return through_libreoffice(edited(QA_FORM, change), "pdf")


def ticked_twice() -> bytes:
    return edited(QA_FORM, lambda root: write(cell_of(root, 6, "No", GRID), "X"))


def qa_form_by_hand() -> bytes:
    """On paper, the role left blank in the type, and a picture where ink may hide."""
    return with_logo(through_libreoffice(make_qa_form(role=""), "pdf"))


def statement_by_hand() -> bytes:
    """A page of type whose name is blank, with words that are there and not to be seen."""
    lines = (
        "Evaluation Statement of behalf of agency",
        *STATEMENTS,
        "I have read this report and confirm that I have approved it as my agency's IMR report to",
        "the Serious Case Review Panel.",
        "Signed: Commissioner One",
        "Date: 24 May 2010",
        "Name:",
        "Title: Director",
    )
    typed = "\n".join(text(50, 800 - 16 * n, line, 8) for n, line in enumerate(lines))
    return pdf(f"{typed}\nBT /F 8 Tf 3 Tr 50 400 Td (Page one) Tj ET")


def _as_draft(xml: bytes) -> bytes:
    """The form with a paragraph at its end that calls it a draft."""
    line = b"<w:p><w:r><w:t>This form is a draft for comment.</w:t></w:r></w:p>"
    return (
        xml.replace(b"<w:sectPr", line + b"<w:sectPr")
        if b"<w:sectPr" in xml
        else (xml.replace(b"</w:body>", line + b"</w:body>"))
    )


def qa_rows() -> Iterator[Shown]:
    yield Shown("blank-template", blank_qa_form())
    left = with_cell(QA_FORM, 6, "Comments", "[Insert text]", GRID)
    yield Shown("placeholder-left", left)
    yield Shown("handwriting", qa_form_by_hand, frozenset({"signed-scan"}))
    yield Shown("criterion-missing", without_criterion(5))
    yield Shown("criterion-reworded", with_cell(QA_FORM, 6, 1, f"{CRITERIA[4]} or is not", GRID))
    yield Shown("criterion-added", with_own_criterion())
    yield Shown("hidden-text", with_hidden_words(QA_FORM))
    drafted = rewrite(QA_FORM, "word/document.xml", _as_draft)
    yield Shown("not-final", drafted)
    yield Shown("comments-left", with_comment(QA_FORM))
    yield Shown("answer-missing", answered(5, ""))
    yield Shown("answer-double", ticked_twice())
    yield Shown("answer-unclear", with_cell(answered(5, ""), 6, "No", "as agreed", GRID))
    yield Shown("answer-not-applicable", with_cell(answered(5, "", "Why"), 6, "No", "N/A", GRID))
    yield Shown("answers-missing", make_qa_form(answers={}))
    yield Shown("answers-unread", make_qa_form(answers={}, comments=dict.fromkeys(ALL_YES, "Met")))
    yield Shown("criteria-unread", in_other_words, frozenset({"signed-scan"}))
    yield Shown("answer-no", answered(5, "No", "The section was left out."))
    yield Shown("answer-partially", answered(5, "Partially", "In part."))
    yield Shown("comment-missing", answered(5, "Partially"), frozenset({"answer-partially"}))
    yield Shown("comment-beside", answered(5, "Yes", "Drawn by my secretary."))
    yield Shown("answer-contradicts", QA_FORM, standing=BELIED)
    yield Shown("agency-missing", make_qa_form(agency=""))
    yield Shown("agency-unclear", make_qa_form(agency="The practice"))
    yield Shown("completed_by-missing", make_qa_form(completed_by=""))
    yield Shown("child-missing", make_qa_form(child_identifier=""))
    yield Shown("child-other", make_qa_form(child_identifier="N13/B"))
    yield Shown("child-unclear", make_qa_form(child_identifier="The child"))
    yield Shown("signed-missing", make_qa_form(signed=""))
    yield Shown("signed-scan", lambda: through_libreoffice(QA_FORM, "pdf"))
    yield Shown("signed-unproven", lambda: signed_docx(QA_FORM, STRANGER))
    yield Shown("signature-altered", lambda: altered(signed_docx(QA_FORM, OFFICER)))
    yield Shown("role-missing", make_qa_form(role=""))
    yield Shown("date-missing", make_qa_form(dated=""))
    yield Shown("date-invalid", make_qa_form(dated="31/02/2010"))
    yield Shown("date-future", make_qa_form(dated="24 May 2011"))


def statement_rows() -> Iterator[Shown]:
    typed = frozenset({"signed-typed"})
    yield Shown("blank-template", blank_statement())
    yield Shown("placeholder-left", make_statement(agency="[Insert agency]"), typed)
    yield Shown("handwriting", statement_by_hand(), frozenset({"signed-image", "made-out"}))
    yield Shown("statement-missing", with_text(STATEMENT, STATEMENTS[1], ""), typed)
    yield Shown(
        "statement-reworded",
        with_text(
            STATEMENT,
            STATEMENTS[1],
            "The IMR follows some of the specific Terms of Reference for the SCR",
        ),
        typed,
    )
    declared = with_text(STATEMENT, DECLARATION, "I have read this report and approved it.")
    yield Shown("declaration-reworded", declared, typed)
    yield Shown("hidden-text", with_hidden_words(STATEMENT), typed)
    yield Shown("not-final", make_statement(agency="Not yet approved"), typed)
    yield Shown("comments-left", with_comment(STATEMENT), typed)
    yield Shown("signed-missing", make_statement(signed=""))
    yield Shown("signed-typed", STATEMENT)
    yield Shown("signed-image", signed_with_picture(STATEMENT))
    unsigned = make_statement(signed="")
    yield Shown("signed-digitally", lambda: signed_docx(unsigned, OFFICER))
    yield Shown("signed-unproven", lambda: signed_docx(unsigned, STRANGER))
    yield Shown(
        "signed-by-another",
        lambda: signed_docx(unsigned, COLLEAGUE),
        frozenset({"signed-digitally"}),
    )
    yield Shown("signature-altered", lambda: altered(signed_docx(unsigned, OFFICER)))
    yield Shown("signatory-is-author", make_statement(name="Author One"), typed)
    yield Shown("date-missing", make_statement(dated=""), typed)
    yield Shown("date-invalid", make_statement(dated="31/02/2010"), typed)
    yield Shown("date-future", make_statement(dated="24 May 2011"), typed)
    yield Shown("date-early", make_statement(dated="2 January 2007"), typed)
    own_day = f"{DECLARATION}\nOur IMR is dated 28 May 2010."
    yield Shown("date-before-report", with_text(STATEMENT, DECLARATION, own_day), typed)
    yield Shown("date-before-report", STATEMENT, typed, REPORT_AFTER)
    yield Shown("changed-since-signed", STATEMENT, typed, SENT_BACK)
    yield Shown("name-missing", make_statement(name=""), typed)
    yield Shown("title-missing", make_statement(title=""), typed)
    yield Shown("title-junior", make_statement(title="Team Secretary"), typed)


TABLES = (
    Table("qa_form", QA_FORM, tuple(qa_rows())),
    Table(
        "evaluation_statement", STATEMENT, tuple(statement_rows()), told=frozenset({"signed-typed"})
    ),
)
