"""A place on a nil return can be counted on paper, and what a letter says to do there clears it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.document import Paragraph
from handlers.findings import Finding
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import judged, kind

HEAD = ("Meadow Lane Surgery", "20 May 2010", "Dear Administrator", "N12: nil return")
FOOT = ("Yours sincerely", "Jane Holt", "Practice Manager")
DENIED = "No member of the family is or has been known to this agency."
THANKS = "Thank you for your letter."

# By its rule, what makes each question arise that asks something of a sentence or a line.
DOUBTS = {
    "statement-exception": ("The only exception is an uncle.", "Nobody but an aunt is known."),
    "statement-doubt": ("We may have missed somebody.", "As far as we know Child N is unknown."),
    "statement-unfinished": (
        "The search of the archive is not yet finished.",
        "No member of the family is known to us so far.",
    ),
    "statement-limited": (
        "We have not known any of the family since 2004.",
        "Our records were searched from 2001 until today.",
        "No member of the family - the child or a parent - is known now; we looked back to 2004.",
    ),
    "statement-some": (
        "None of the maternal family is known to us.",
        "Our records were searched for Child N and Mother.",
    ),
    "statement-involved": ("We saw the mother in June 2008.", "The father was a patient."),
    "statement-unclear": (
        "The family was not a client of our sister firm.",
        "Nobody in the family has been among those whom we wrote to.",
    ),
    "statement-unsure": ("The cellar flooded.", "We took over the old surgery in Mill Lane."),
    "statement-beside": ("Last seen at the clinic: 3 May 2009, by telephone.",),
    "statement-draft": ("This is a draft.",),
    "statement-unfilled": ("We searched the files of XX offices.",),
}  # fmt: skip
# What stands elsewhere than in a sentence: the tests of the first letter have these.
ELSEWHERE = {"statement-noted", "statement-unsigned"}
MISSING = "statement-missing"  # "add a sentence such as"
_PUT = re.compile(r'put "([^"]+)" in its place')
_COUNTED = re.compile(r"paragraph (\d+) after the greeting[^,]*(?:, sentence (\d+))?")


def asked(body: Sequence[str]) -> list[Finding]:
    lines = [Paragraph(line) for line in (*HEAD, *body, *FOOT)]
    judgement = judged("nil_return", lines)
    return [f for f in judgement.findings if f.severity != "advice"]


def mended(body: Sequence[str], findings: Sequence[Finding]) -> list[str]:
    """The paragraphs with each place mended by the first thing that is said of it. It is counted
    as on paper: by full stops."""
    said = [re.split(r"(?<=\.) ", paragraph) for paragraph in body]
    first = {f.where.section: f.fix for f in reversed(findings) if f.rule != MISSING}
    added = [DENIED] if any(f.rule == MISSING for f in findings) else []
    for place, fix in first.items():
        counted = _COUNTED.fullmatch(place or "")
        assert counted, place
        put = _PUT.search(fix)
        paragraph = said[int(counted[1]) - 1]
        assert counted[2] or len(paragraph) == 1
        paragraph[int(counted[2] or 1) - 1] = f"{put[1]}." if put else ""
    return [*(" ".join(filter(None, one)) for one in said if any(one)), *added]


def bodies(doubt: str) -> tuple[tuple[str, ...], ...]:
    """It alone, in every place beside a sentence that denies, and last but for another doubt."""
    return (
        (doubt,),
        (f"{doubt} {DENIED}",),
        (f"{THANKS} {DENIED}", f"{THANKS} {doubt}"),
        (DENIED, f"{doubt} The cellar flooded.", THANKS),
    )


@each_case("doubt", [(rule, one) for rule, each in DOUBTS.items() for one in each])
def test_what_is_said_of_a_place_clears_it_word_for_word(doubt: tuple[str, str]) -> None:
    rule, sentence = doubt
    for body in bodies(sentence):
        found = asked(body)
        assert rule in {f.rule for f in found}, (body, found)
        assert asked(mended(body, found)) == [], body


def test_every_question_of_a_nil_return_is_among_them() -> None:
    told = {rule for rule in kind("nil_return").rules if rule.startswith("statement-")}
    assert told - {MISSING} == {*DOUBTS, *ELSEWHERE}
