"""What a letter about a nil return gives to be said, put in its place word for word, is enough."""

from __future__ import annotations

import re

from handlers.document import Paragraph
from handlers.findings import Finding, Judgement
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import judged

DENIED = "No member of the family is or has been known to this agency."
DOUBTED = (
    "We may have missed somebody.",
    "We saw the mother in June 2008.",
    "This is true of the period from 1 January 2007 to 14 February 2010.",
    "We were asked for a chronology for the period 1 June 2008 to 20 January 2010.",
    "We have not yet finished going through the files of the Mill Street clinic.",
    "Our records were searched from 2001 until today.",
    "Our records were searched for Child N and Mother in the following systems: the EMIS system.",
    "We looked for Child N, under all addresses that you gave us, in the Wobble cupboard.",
    "We checked everything that we could get at.",
    "To the best of my knowledge this is complete.",
    "None of the maternal family is known to us.",
    "The only exception is an uncle.",
    "The family is known to us.",
    "The family was not a client of our main site.",
)
_GIVEN = re.compile(r'put (?:in place of these words )?"([^"]+)"')


def returned(*said: str) -> Judgement:
    head = ("Meadow Lane Surgery", "20 May 2010", "Dear Administrator", "Nil return")
    foot = ("Yours sincerely", "Jane Holt", "Practice Manager")
    return judged("nil_return", [Paragraph(line) for line in (*head, *said, *foot)])


def asked(judgement: Judgement) -> list[Finding]:
    return [f for f in judgement.findings if f.severity in ("question", "fault")]


def given(judgement: Judgement) -> set[str]:
    return {words for f in asked(judgement) for words in _GIVEN.findall(f.fix)}


@each_case("doubt", DOUBTED)
def test_a_sentence_that_the_letter_gives_clears_its_question(doubt: str) -> None:
    """In place of the doubt, alone or beside a sentence that denies already."""
    for others in ((), (DENIED,)):
        before = returned(*others, doubt)
        assert asked(before)
        for words in given(before):
            denied = others or ((DENIED,) if "searched" in words else ())
            assert not asked(returned(*denied, f"{words}.")), (doubt, words)


def test_letters_give_both_sentences() -> None:
    told = {words for doubt in DOUBTED for words in given(returned(doubt))}
    told |= {words for doubt in DOUBTED for words in given(returned(DENIED, doubt))}
    assert {words.split()[0] for words in told} == {"No", "All"}


@each_case("systems", ("the Orchard tenancy system and the repairs database", "EMIS"))
def test_the_line_that_names_the_records_is_asked_nothing(systems: str) -> None:
    searched = returned(DENIED, DOUBTED[6])
    (words,) = given(searched)
    assert any('"Records searched:"' in f.fix for f in asked(searched))
    assert not asked(returned(DENIED, f"{words}.", f"Records searched: {systems}"))


def test_a_heading_that_names_the_review_is_no_search() -> None:
    found = asked(returned("Serious Case Review papers of mine", DENIED))
    assert found
    assert not any("records were searched" in f.fix for f in found)
