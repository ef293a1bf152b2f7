"""What stands on a nil return beside its statement, and letters that deny something else.

Nothing that stands in a document goes unjudged in silence.
"""

from __future__ import annotations

import pytest

from config.kind_loading import load_kinds
from handlers.checks.recognition.recognition import recognise_returns
from handlers.document import Block, Paragraph
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import judged, table

KINDS = load_kinds()
SAID = "No member of the family is or has been known to us."
GOOD = (
    ("Agency", "Meadow Lane Surgery"), ("Statement", SAID), ("Name", "Jane Holt"),
    ("Role", "Practice Manager"), ("Date", "22/03/2010"),
)  # fmt: skip
SIGNED = ("Yours sincerely", "Jane Holt", "Practice Manager", "Meadow Lane Surgery")


def questions(blocks: list[Block]) -> set[str]:
    found = judged("nil_return", blocks).findings
    assert all(f.severity in ("advice", "question") for f in found), found
    return {f.rule for f in found if f.severity == "question"}


def entered(label: str, value: str) -> set[str]:
    rows = table(1, *GOOD, (label, value))
    lines = [Paragraph("Nil return"), *(Paragraph(f"{a}: {b}") for a, b in (*GOOD, (label, value)))]
    in_table, in_lines = questions([Paragraph("Nil return"), *rows]), questions([*lines])
    assert bool(in_table) == bool(in_lines), (in_table, in_lines)
    return in_table | in_lines


CONTRADICTED = (
    ("First contact", "14/06/2008"), ("Number of contacts", "3"),
    ("Date of last contact", "14/06/2008"), ("Date last seen", "2 May 2008"),
    ("Notes", "See letter from hospital, 03/02/2009"), ("Records searched", "to follow"),
    ("Records searched", "Patient index, child's name only"), ("Status", "Draft"),
    ("Records searched", "Electronic only; paper outstanding"), ("Searches", "Index, in part"),
    ("Family members searched for", "Child N only"), ("Period searched", "2008 to 2010"),
    ("Allocated worker", "A duty worker in 2007"), ("Outcome", "Case closed 2006"),
)  # fmt: skip


@pytest.mark.parametrize(("label", "value"), CONTRADICTED)
def test_an_entry_that_may_say_otherwise_is_a_question(label: str, value: str) -> None:
    assert entered(label, value)


HARMLESS = (
    ("Review", "N12"), ("Telephone", "01632 960123"), ("E-mail", "j.holt@meadowlane.example"),
    ("Comments", "None"), ("Number of contacts", "0"), ("Date of first contact", "n/a"),
    ("Address", "12 Lane End, Shireton"), ("Records searched", "Patient index and paper archive"),
    ("Notes", ""), ("Approved by", "Ann Dean, Head of Care"), ("Contact", "01632 960123"),
)  # fmt: skip


@pytest.mark.parametrize(("label", "value"), HARMLESS)
def test_an_entry_that_says_nothing_of_the_family_is_none(label: str, value: str) -> None:
    assert entered(label, value) == set()


@pytest.mark.parametrize("line", ["DRAFT", "Draft v2", "Draft for comment"])
def test_a_draft_is_a_question(line: str) -> None:
    rows = table(1, *GOOD)
    assert questions([Paragraph(line), Paragraph("Nil return"), *rows]) == {"statement-draft"}


ASKED = (
    "Has any member of the family been known to your agency?",
    "Any involvement with any member of the family at any time (Y/N)",
    "Have any of the family ever been seen by your service?",
)


@each_case("question", ASKED)
@each_case("answer", ["No", "N", "None", "Yes", "Y", "Unsure", "No, bar one visit"])
def test_a_question_that_is_answered_no_is_a_denial(question: str, answer: str) -> None:
    rows = table(1, (question, answer), GOOD[0], *GOOD[2:])
    asked = questions([Paragraph("Nil return"), *rows])
    assert (not asked) == (answer in ("No", "N", "None"))


def kinds_of(*lines: str) -> list[str]:
    letter = ("22 March 2010", "Dear Administrator", "N12", *lines, *SIGNED)
    return [p.kind.id for p in recognise_returns([Paragraph(x) for x in letter], KINDS.all).parts]


OF_SOMETHING_ELSE = (
    "We have no record of your letter of 2 March. Could you send it again?",
    "There is no record of the appointment you mention.",
    "No record of the assessment exists here.",
    "We can find no trace of the hospital letter.",
    "There is no record of the referral in our files.",
    "We have no record of the form. Please let us have another.",
    "We hold no records of training for that year.",
    "We have had no contact from your office since 2 March.",
    "Our author, Dr Dean, has had no involvement with any member of the family.",
    "We have not shared the chronology with any member of the family.",
    "Nobody else can get into the old notes until she is back.",
)


@pytest.mark.parametrize("sentence", OF_SOMETHING_ELSE)
def test_a_letter_that_denies_something_else_is_no_nil_return(sentence: str) -> None:
    """An ordinary letter once settled a whole pack."""
    assert "nil_return" not in kinds_of(sentence)


@pytest.mark.parametrize("sentence", OF_SOMETHING_ELSE)
def test_nor_is_it_accepted_where_its_title_says_that_it_is_one(sentence: str) -> None:
    lines = ("Nil return", "22 March 2010", "Dear Administrator", sentence, *SIGNED)
    assert judged("nil_return", [Paragraph(line) for line in lines]).verdict != "accept"


LIMITED = (
    "There is no record of the family in the index you sent us.",
    "The agency has no records of the family in electronic form.",
    "The family were never known to our safeguarding team.",
)


@pytest.mark.parametrize("sentence", LIMITED)
def test_a_denial_of_less_than_all_is_a_question(sentence: str) -> None:
    lines = ("Nil return", "22 March 2010", "Dear Administrator", sentence, *SIGNED)
    assert "statement-limited" in questions([Paragraph(line) for line in lines])
