"""What the fixes of the forms' and of the letters' rules give to be entered, entered.

Does: lists a row for each rule whose fix says what to enter and where.
Trusts: `tests/builders.py` for the documents.
Never touches: files.
Known limits: what is to be said in a reply is a line more of the letter here.
"""

from __future__ import annotations

from collections.abc import Iterator

from handlers.findings import Finding
from tests.builders import CRITERIA, STATEMENTS, with_cell, with_text
from tests.builders_package import Element, edited
from tests.builders_tables import cell_of, write
from tests.handlers.rules.forms import GRID, QA_FORM, STATEMENT, answered
from tests.handlers.rules.mended import Mend, Mended, named, quoted, with_lines
from tests.handlers.rules.small import NIL, SEARCHED, labelled, letter, nil, request
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement

CHOICES = ("Yes", "No", "Partially")
TICKS = ("X", "✓", "☑", "Yes")
DATES = {
    "not-a-day": "31/02/2010", "month-first": "05/24/2010", "month-only": "May 2010",
    "year-only": "2010", "no-year": "24/5", "year-odd": "24/5/210", "too-early": "24/5/2001",
    "week": "w/c 24/5/10", "range": "24-26/5/10", "approximate": "approx 24/5/10",
    "several": "24/5/10 and 26/5/10",
    "extra-words": "24/5/10 by the manager", "not-a-date": "the day before",
}  # fmt: skip


def marked(docx: bytes, choice: str, mark: str, *numbers: int) -> bytes:
    """One choice of some criteria marked, and their other cells empty."""

    def change(root: Element) -> None:
        for number in numbers:
            for other in CHOICES:
                write(cell_of(root, number + 1, other, GRID), mark if other == choice else "")

    return edited(docx, change)


COMMENTED = make_qa_form(comments={5: "Section 2."})


def each_choice(docx: bytes, finding: Finding) -> Iterator[bytes]:
    """Each answer, with the word itself and with a tick."""
    for choice, mark in zip(CHOICES, TICKS, strict=False):
        assert choice in finding.fix or "one answer only" in finding.fix
        yield marked(COMMENTED, choice, mark, 5)
        yield marked(COMMENTED, choice, choice, 5)


def all_ticked(docx: bytes, finding: Finding) -> Iterator[bytes]:
    for mark in TICKS:
        yield marked(docx, "Yes", mark, *range(1, 18))


def qa(rule: str, *mended: bytes) -> Mended:
    return Mended("qa_form", rule, lambda docx, finding: mended)


def qa_rows() -> Iterator[Mended]:
    for rule in ("answer-missing", "answer-double", "answer-unclear"):
        yield Mended("qa_form", rule, each_choice, still=frozenset({"answer-no"}))
    yield Mended("qa_form", "answers-missing", all_ticked)
    yield Mended("qa_form", "answers-unread", all_ticked)
    yield qa("criterion-missing", QA_FORM)
    yield qa("criterion-reworded", with_cell(QA_FORM, 6, 1, f'"{CRITERIA[4]}"', GRID))
    yield qa("comment-missing", answered(5, "Partially", "The tree is outstanding until 30 June."))
    yield qa("agency-missing", make_qa_form(agency="Meadow Lane Surgery"))
    yield qa("completed_by-missing", make_qa_form(completed_by="Jane Holt, 01234 567890"))
    yield qa("child-missing", make_qa_form(child_identifier="N12/A"))
    yield qa("child-unclear", make_qa_form(child_identifier="N12/A"))
    yield qa("signed-missing", *(make_qa_form(signed=by) for by in ("Jane Holt", "J Holt", "J.H.")))
    yield qa("role-missing", *(make_qa_form(role=r) for r in ("Named Nurse", "Commissioner")))
    yield Mended(
        "qa_form", "date-missing", lambda d, f: [make_qa_form(dated=t) for t in named(f.fix)]
    )


def statement(rule: str, *mended: bytes, faulty: bytes | None = None, of: str = "") -> Mended:
    return Mended("evaluation_statement", rule, lambda docx, finding: mended, faulty, of)


def beside(text: str, number: int = 1) -> bytes:
    said = STATEMENTS[number]
    return with_text(STATEMENT, said, f"{said} {text}")


def statement_rows() -> Iterator[Mended]:
    yield statement("statement-missing", STATEMENT)
    yield statement("declaration-reworded", STATEMENT)
    yes = [beside(said) for said in ("Yes", "- Yes", "(Yes)", "Yes.", ": Yes")]
    for told in ("No", "tbc", "not entirely"):
        yield statement("statement-missing", *yes, faulty=beside(told), of=told)
    unticked = with_all([f"☑ {s}" for s in STATEMENTS[:3]] + [f"☐ {STATEMENTS[3]}"])
    ticked = with_all([f"☑ {s}" for s in STATEMENTS])
    yield statement("statement-reworded", ticked, faulty=unticked, of="left unticked")
    yield statement("statement-reworded", STATEMENT)
    yield statement("signed-missing", make_statement(signed="J Holt"))
    yield statement("name-missing", make_statement(name="JANE HOLT"))
    yield Mended("evaluation_statement", "title-missing",
                 titled)  # fmt: skip
    for key, value in DATES.items():
        yield Mended("evaluation_statement", "date-invalid", dated,
                     make_statement(dated=value), key)  # fmt: skip
    yield Mended("evaluation_statement", "date-missing", dated)
    for key, label in (("date", "Date"), ("name", "Name"), ("title", "Title")):
        yield no_line(key, label)
    yield Mended("evaluation_statement", "title-missing", all_lines, UNSIGNED, "no lines")


def unsigned() -> bytes:
    """A statement whose bullets are ticked, and nothing below them to sign on."""
    made = with_all([f"☑ {s}" for s in STATEMENTS])
    for text in SIGNED:
        made = with_text(made, text, "")
    return made


def all_lines(docx: bytes, finding: Finding) -> Iterator[bytes]:
    """The lines that the letter shows, each on its own, where the form was signed."""
    lines = quoted(finding.fix)
    assert [line.split(":")[0] for line in lines] == ["Signed", "Date", "Name", "Title"]
    yield with_lines(docx, f"☑ {STATEMENTS[-1]}", *lines)
    yield with_lines(docx, "Chief Officer/", *lines)


def dated(docx: bytes, finding: Finding) -> Iterator[bytes]:
    for text in named(finding.fix):
        yield make_statement(dated=text)


def titled(docx: bytes, finding: Finding) -> Iterator[bytes]:
    for text in named(finding.fix):
        yield make_statement(title=text)


def with_all(lines: list[str]) -> bytes:
    made = STATEMENT
    for old, new in zip(STATEMENTS, lines, strict=True):
        made = with_text(made, old, new)
    return made


SIGNED = ("Signed: Commissioner One", "Date: 24 May 2010", "Name: Commissioner One",
          "Title: Director of Primary Care Commissioning")  # fmt: skip
UNSIGNED = unsigned()


def no_line(key: str, label: str) -> Mended:
    """The form has no line for it: the line that the letter shows is added."""
    value = {"date": "24 May 2010", "name": "Commissioner One", "title": "Director of Nursing"}[key]
    old = {"date": "Date: 24 May 2010", "name": "Name: Commissioner One",
           "title": "Title: Director of Primary Care Commissioning"}[key]  # fmt: skip
    return Mended("evaluation_statement", f"{key}-missing",
                  lambda d, f: [with_lines(d, "Signed", f"{label}: {value}"),
                                with_lines(d, "Chief Officer/", f"{label}: {value}")],
                  with_text(STATEMENT, old, ""), "no line")  # fmt: skip


def beside_label(label: str, *values: str) -> Mend:
    """The value beside the label, where the fix says it goes, and on a line of its own."""

    def mend(docx: bytes, finding: Finding) -> Iterator[bytes]:
        assert f'"{label}:"' in finding.fix
        for value in values:
            yield nil(**{label: value})
            yield with_lines(nil_without(label), SEARCHED, f"{label}: {value}")

    return mend


def nil_without(*labels: str) -> bytes:
    lines = labelled({k: v for k, v in NIL.items() if k not in labels})
    return letter("Nil Return", lines[0], SAID, SEARCHED, *lines[1:])


SAID = "No members of the family are or have been known to the agency."


def sentence(docx: bytes, finding: Finding) -> Iterator[bytes]:
    """The sentence that the fix gives, with a full stop and without, in place of what was said."""
    for text in quoted(finding.fix):
        if not text.endswith(":"):
            yield nil(unknown=f"{text}.")
            yield nil(unknown=text)


def no_more_than(docx: bytes, finding: Finding) -> Iterator[bytes]:
    """A letter that says no more than the fix wants."""
    said = f"{quoted(finding.fix)[0]}."
    signed = ("Meadow Lane Surgery", "Jane Holt", "Practice Manager", "20 May 2010")
    yield letter("", said, SEARCHED, *signed)
    yield letter("Nil Return", SEARCHED, said, *signed)
    yield nil(unknown=said)


def nil_rows() -> Iterator[Mended]:
    def row(rule: str, mend: Mend, faulty: bytes | None = None) -> Mended:
        return Mended("nil_return", rule, mend, faulty)

    yield row("agency-missing", beside_label("Agency", "Meadow Lane Surgery", "GP"))
    yield row("name-missing", beside_label("Name", "Jane Holt"))
    yield row("role-missing", beside_label("Role", "Practice Manager", "Named Nurse"))
    yield row("date-missing", beside_label("Date", "28/05/2010"))
    yield row("name-unclear", beside_label("Name", "Jane Holt"))
    yield row("role-unclear", beside_label("Role", "Practice Manager"))
    yield row("date-unclear", beside_label("Date", "28/05/2010"))
    doubted = ("doubt", "unclear", "limited", "some", "exception")
    yield row("statement-involved", sentence, nil(unknown="The father was treated here."))
    for rule in ("statement-missing", *(f"statement-{why}" for why in doubted)):
        yield row(rule, sentence)
    yield row("statement-beside", lambda d, f: [nil()] if "take this out" in f.fix else [])
    unfinished = nil(searched="We have not yet searched the archive.")
    yield row(
        "statement-unfinished", lambda d, f: [nil(searched=f"{quoted(f.fix)[0]}.")], unfinished
    )
    unsure = nil(unknown="We could not match the family anywhere.")
    yield row("statement-unsure", no_more_than, unsure)
    yield row("records-missing", lambda d, f: [nil(searched="We searched SystmOne.")])


def request_rows() -> Iterator[Mended]:
    for rule in ("new_date-missing", "new_date-unclear", "new_date-invalid"):
        yield Mended(
            "extension_request", rule, lambda d, f: [request(New_date=t) for t in named(f.fix)],
            still=frozenset({"extension-requested"}),
        )  # fmt: skip


ROWS = (*qa_rows(), *statement_rows(), *nil_rows(), *request_rows())
