"""A nil return is asked at the first letter all that is to be asked, each at its place, and nothing
else. Failure mode 94."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.rules import VALUE_REFUSALS
from handlers.checks.form.judge import judge_form
from handlers.context import AgencyFacts, CaseFacts, Context, Subject
from handlers.document import Paragraph, Row, Traits
from handlers.findings import PAGE_MARGIN, Judgement
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import CASE, TODAY, kind, table

AGENCY = AgencyFacts(
    "DAS", "Turning Tide Drug and Alcohol Service", ("DAS", "Turning Tide"), ("Author One",)
)
SCHOOL = AgencyFacts("SCH", "Priory Road Primary School", ("Priory Road School",), ())
CASE_L = CaseFacts("R22", "R22/A", CASE.period, (), (Subject("Child L"), Subject("Mother")))
HEAD = ("26 May 2010", "Dear Administrator", "R22 - Serious Case Review, Child L: nil return")
FOOT = ("Yours sincerely", "H. Abara", "Hakim Abara", "Director of Operations")
NOBODY = "No member of the family is or has been known to this agency."


def judged_lines(
    *lines: str, margins: tuple[str, ...] = (), agency: AgencyFacts = AGENCY
) -> Judgement:
    blocks = [Paragraph(line) for line in lines]
    context = Context(TODAY, CASE_L, agency)
    return judge_form(blocks, Traits(margins=list(margins)), kind("nil_return"), context)


def letter(*body: str, margins: tuple[str, ...] = (), agency: AgencyFacts = AGENCY) -> Judgement:
    name = agency.name
    return judged_lines(name, *HEAD, *body, *FOOT, margins=margins, agency=agency)


def asked(judgement: Judgement) -> list[tuple[str, str | None]]:
    heavy = (f for f in judgement.findings if f.severity != "advice")
    return sorted((f.rule.removeprefix("statement-"), f.where.section) for f in heavy)


CLEAR = (
    "Thank you for your letter about the above review. I confirm that no member of the family "
    "is or has been known to Turning Tide Drug and Alcohol Service in the period from 1 "
    "January 2007 to 14 February 2010, or before it. We searched the electronic case system "
    "and the prescribing system under every name and date of birth that you gave us. The "
    "paper files of the Mill Street clinic were searched as well. We have therefore nothing "
    "to put into a chronology or an Individual Management Review.",
    "No member of the family has ever been known to us, during the period of the review or at "
    "any other time. There is nothing to put in a chronology.",
    "You asked us for an Individual Management Review. No member of the family is or has been "
    "known to this agency. The search of all our records is finished.",
    "None of the members of the family is or ever has been known to Turning Tide. I make this "
    "report as your guidance asks of agencies that had no involvement.",
    "The client index and the drawers of closed files were looked through on 10, 11 and 12 "
    "May 2010. None of the family has ever been known to us.",
    "I write in reply to your letter of 8 March 2010. We have had no contact with any member "
    "of the family. All our paper and electronic records were searched for all members of the "
    "family, and nothing was found.",
    "Neither the child nor any brother, sister, carer or parent of Child L has ever been "
    "known to us. We have nothing to add to a chronology.",
    "Our case system was searched on 10 and 11 May. No member of the family is or has been "
    "known to Turning Tide, in the years from 2007 to 2010 or before. We make a nil return.",
    "We have been through the paper files at the Quay Street office and the electronic case "
    "system. The family is not known to us and never has been. Please contact me if you need "
    "anything else.",
)


@pytest.mark.parametrize("body", CLEAR)
def test_a_clear_letter_is_asked_nothing(body: str) -> None:
    assert asked(letter(body)) == []


def test_a_memo_of_a_school_that_had_nobody_on_its_roll_is_asked_nothing() -> None:
    body = (
        "Neither Child L nor any brother, sister, parent or carer of Child L has ever been on our "
        "roll, applied for a place or been in contact with the school. The admissions register, "
        "SIMS and the child protection cupboard were looked through on 10 and 11 May. The school "
        "therefore has no information to give to the review, and makes a nil return for the "
        "chronology and the management review."
    )
    assert asked(letter(body, agency=SCHOOL)) == []


SECOND = "paragraph 1 after the greeting (headings not counted), sentence 2"
ONE_DOUBT = (
    ("We may have missed somebody.", "doubt"),
    ("We saw the mother in June 2008.", "involved"),
    ("This is true of the period from 1 January 2007 to 14 February 2010.", "limited"),
    ("We have not yet finished going through the files of the Mill Street clinic.", "unfinished"),
    ("Our records were searched from 2001 until today.", "limited"),
    ("To the best of my knowledge this is complete.", "doubt"),
    ("The cellar flooded.", "unsure"),
    ("None of the maternal family is known to us.", "some"),
    ("The only exception is an uncle.", "exception"),
    ("We searched the paper files of XX offices.", "unfilled"),
)  # fmt: skip


@pytest.mark.parametrize(("sentence", "rule"), ONE_DOUBT)
def test_a_letter_with_one_doubt_is_asked_of_that_at_its_place(sentence: str, rule: str) -> None:
    found = asked(letter(f"{NOBODY} {sentence}"))
    assert found == [(rule, SECOND)]


@pytest.mark.parametrize(("sentence", "rule"), ONE_DOUBT)
def test_a_doubt_is_asked_beside_a_fault_too(sentence: str, rule: str) -> None:
    """Whoever has to send the return again would be asked of it at the second letter else."""
    lines = [line for line in FOOT if line != "Director of Operations"]
    found = asked(judged_lines(AGENCY.name, *HEAD, f"{NOBODY} {sentence}", *lines))
    assert {rule, "role-missing"} <= {name for name, _ in found}


MARKS = (
    (("Dear [Recipient]",), (), ("unfilled", "the greeting")),
    (("Re: DRAFT nil return for R22",), (), ("draft", "the line above the first full sentence")),
    (("Draft v2",), (), ("draft", "the line above the first full sentence")),
    (("Telephone: xx",), (), ("unfilled", "the line above the first full sentence")),
    ((), ("DRAFT",), ("draft", PAGE_MARGIN)),
    ((), ("DRAFT v0.3 - not for circulation",), ("draft", PAGE_MARGIN)),
    ((), ("[insert address]",), ("unfilled", PAGE_MARGIN)),
    ((), ("Father was seen once.",), ("noted", PAGE_MARGIN)),
)


@pytest.mark.parametrize(("head", "margins", "told"), MARKS)
def test_what_marks_a_draft_or_is_left_to_fill_in_is_asked_with_all_the_rest(
    head: tuple[str, ...], margins: tuple[str, ...], told: tuple[str, str]
) -> None:
    lines = (AGENCY.name, HEAD[0], *head, f"{NOBODY} The cellar flooded.", *FOOT)
    found = asked(judged_lines(*lines, margins=margins))
    assert [name for name, _ in found if name != "unsure"] == [told[0]]
    assert told in found and len(found) == 2


LETTERHEADS = (
    "TURNING TIDE\tdrug and alcohol service",
    "Harbour House, 3 Quay Street, Caldermouth CM2 9ZZ   01632 960440   team@turningtide.example",
    "Registered charity. Turning Tide is a made-up service of made-up people.",
    "Helping families since 1988",
)


@each_case("margin", LETTERHEADS)
def test_a_letterhead_in_the_margin_is_asked_nothing(margin: str) -> None:
    assert asked(letter(NOBODY, margins=(margin,))) == []


TELLING = (
    "Mother known since 2008",
    "Father: see overleaf",
    "Only the electronic records",
    "Nobody but the aunt",
)


@each_case("margin", TELLING)
def test_a_margin_that_may_tell_of_somebody_is_asked(margin: str) -> None:
    assert asked(letter(NOBODY, margins=(margin,))) == [("noted", PAGE_MARGIN)]


def test_the_words_to_look_for_are_said_where_they_are_the_boards_own() -> None:
    (found,) = (
        f for f in letter(f"{NOBODY} As far as we know.").findings if f.severity != "advice"
    )
    assert found.message.endswith('Look for the words "as far as".')


def test_the_sentence_to_put_in_is_told_once() -> None:
    """Two doubts, and nobody is to say the same twice over."""
    body = "As far as we know the family is unknown to us. Our records were kept badly, perhaps."
    fixes = [f.fix for f in letter(body).findings if f.severity == "question"]
    assert sum("No member of the family" in fix for fix in fixes) <= 1


def test_what_is_asked_for_in_place_of_an_unfinished_search_is_accepted() -> None:
    fix = kind("nil_return").rules["statement-unfinished"].fix.split('"')[1]
    assert asked(letter(f"{NOBODY} {fix}.")) == []
    assert (
        asked(letter(f"{NOBODY} {VALUE_REFUSALS['denial']['searched'].fix.split(chr(34))[1]}."))
        == []
    )


@pytest.mark.parametrize("label", ["Name", "Role", "Date"])
def test_who_cannot_be_found_is_asked_for_by_a_line_of_the_return(label: str) -> None:
    """A line in a reply is read by nobody but a person."""
    fix = kind("nil_return").rules[f"{label.lower()}-unclear"].fix
    assert f'add a line "{label}:"' in fix and "reply" not in fix


def test_no_signature_is_asked_for_where_the_board_asks_for_none() -> None:
    assert asked(judged_lines(AGENCY.name, *HEAD, NOBODY, "Yours sincerely", *FOOT[2:])) == []


def test_a_row_of_a_memo_is_told_by_its_label() -> None:
    rows = table(1, ("From", "Turning Tide, drug and alcohol charity"), ("Re", "See overleaf"))
    signed = [Paragraph(line) for line in (NOBODY, "26 May 2010", *FOOT)]
    context = Context(TODAY, CASE_L, AGENCY)
    found = asked(judge_form([*rows, *signed], Traits(), kind("nil_return"), context))
    assert found == [("unsure", 'the line "Re"')]


TEXT = "paragraph 1 of the text (headings not counted)"


def _with_signing_line(*lines: str) -> list[tuple[str, str | None]]:
    return asked(judged_lines(AGENCY.name, NOBODY, *lines))


@pytest.mark.parametrize("line", ["Signed:", "Signature: ...........", "Signed", "Signed by: ____"])
def test_a_line_for_a_signature_with_nothing_on_it_is_asked_about_at_its_place(line: str) -> None:
    """The form has the line itself, so a blank one is no return that needs none."""
    signing = (line, "Name: Hakim Abara", "Role: Director of Operations", "Date: 26 May 2010")
    assert _with_signing_line(*signing) == [("unsigned", f"the line below {TEXT}")]
    last = (*signing[1:], line)
    assert _with_signing_line(*last) == [
        ("unsigned", f"line 4 below {TEXT} (blank lines not counted)")
    ]


@pytest.mark.parametrize("below", ["H. Abara", "/s/ H Abara", "Hakim Abara"])
def test_what_stands_on_or_below_the_line_for_a_signature_may_be_one(below: str) -> None:
    signing = ("Name: Hakim Abara", "Role: Director of Operations", "Date: 26 May 2010")
    for lines in ((f"Signed: {below}", *signing), ("Signed:", below, *signing)):
        assert "unsigned" not in dict(_with_signing_line(*lines))


@pytest.mark.parametrize("picture", [True, False])
def test_a_picture_on_it_may_be_a_signature(picture: bool) -> None:
    (row,) = (one for one in table(1, ("Signed", "")) if isinstance(one, Row))
    cell = replace(row.cells[1], paragraphs=(Paragraph("", picture=picture),))
    blocks = [Paragraph(AGENCY.name), Paragraph(NOBODY), replace(row, cells=(row.cells[0], cell))]
    blocks += [Paragraph(x) for x in ("Name: Hakim Abara", "Role: Director", "Date: 26 May 2010")]
    context = Context(TODAY, CASE_L, AGENCY)
    found = dict(asked(judge_form(blocks, Traits(), kind("nil_return"), context)))
    assert ("unsigned" in found) is not picture
