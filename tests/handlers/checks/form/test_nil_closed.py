"""A nil return is accepted only where all that stands in it is understood. Failure mode 94.

Strangers wrote letters of agencies that did know the family, and many were accepted: each said so
in a word, a line or a place that nobody had thought of. So what is not known is a question.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.checks.form.judge import judge_form
from handlers.document import Paragraph, Stretch, Traits
from handlers.findings import Judgement
from tests.handlers.checks.form.specimen import CONTEXT, kind, rules

SAID = "No member of the family is or has been known to us."
PLAIN = (
    SAID,
    "I confirm that no members of the family are or have been known to the agency.",
    "The family is not known to this practice and never has been.",
    "None of the family has ever been a patient here.",
    "Neither the child nor any other member of the family is or has been known to us.",
    "We have had no involvement with any member of the family.",
    "We hold no records of any member of the family. EMIS and the paper notes were searched.",
    "There is no trace of the family in our records.",
    "Nil return: the family is not known to us.",
)


def judged(*lines: Paragraph | str, traits: Traits | None = None) -> Judgement:
    head = ("Meadow Lane Surgery", "4 Mill Road", "20 May 2010", "Dear Administrator", "Re: N12")
    foot = ("Yours sincerely", "Jane Holt", "Practice Manager")
    blocks = [
        line if isinstance(line, Paragraph) else Paragraph(line) for line in (*head, *lines, *foot)
    ]
    return judge_form(blocks, traits or Traits(), kind("nil_return"), CONTEXT)


def examples() -> dict[str, list[str]]:
    text = Path(__file__).with_name("nil_not_all.txt").read_text(encoding="utf-8")
    return {
        kind: lines
        for part in text.split("\n# ")[1:]
        for kind, *lines in [part.strip().split("\n")]
    }


def test_what_is_plainly_said_is_accepted() -> None:
    assert [said for said in PLAIN if judged(said).verdict != "accept"] == []


def test_what_is_not_wholly_understood_is_a_question_and_no_fault() -> None:
    found = examples()
    lines = found.pop("lines")
    said = [(text, judged(text).verdict) for texts in found.values() for text in texts]
    said += [(text, judged(SAID, text).verdict) for text in lines]
    assert [one for one in said if one[1] != "refer"] == []
    assert len(said) > 150


BESIDE = {
    "a footnote": Traits(footnotes=["2 Father was seen here."]),
    "a comment": Traits(comments=1),
    "a header": Traits(margins=["Father is a registered patient of ours."]),
    "a header in capitals": Traits(margins=["Enc: Closed File, Father, 2007"]),
    "hidden words": Traits(hidden_text=1),
    "a hidden row": Traits(hidden_rows=1),
    "a change": Traits(tracked_changes=1),
}


@pytest.mark.parametrize("place", BESIDE)
def test_words_beside_the_text_are_a_question(place: str) -> None:
    assert rules(judged(SAID, traits=BESIDE[place])) == ["records-missing", "statement-noted"]


def test_struck_words_are_a_question() -> None:
    struck = Paragraph(SAID, stretches=(Stretch(0, 2, struck=True),))
    assert "statement-noted" in rules(judged(SAID, struck)) or judged(struck).verdict == "refer"
    assert judged(SAID, Paragraph("We saw Mother once.", struck=True)).verdict == "refer"


def test_a_letterhead_and_a_page_number_in_the_margin_are_none() -> None:
    traits = Traits(margins=["Meadow Lane Surgery", "Page 1 of 1", "Strictly confidential"])
    assert judged(SAID, "EMIS was searched.", traits=traits).verdict == "accept"
