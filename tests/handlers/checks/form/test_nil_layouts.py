"""The sentences that a letter dictates are taken in every layout of a nil return, and no heading or
address above them is asked about. Failure mode 94."""

from __future__ import annotations

import pytest

from config.rules import VALUE_REFUSALS
from handlers.document import Block, Paragraph
from handlers.findings import Finding
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import judged, table
from tests.handlers.checks.form.test_nil_places import DENIED

SEARCHED = (
    "All our paper and electronic records were searched for all members of the family, and "
    "nothing was found."
)
DICTATED = ((DENIED,), (f"{SEARCHED} {DENIED}",), (SEARCHED, DENIED))
TOP = ("Meadow Lane Surgery", "20 May 2010")
TO = "To the Administrator, Anytown and Shire Safeguarding Children Board"
CLOSE = ("Yours faithfully", "Jane Holt", "Practice Manager")
SIGNED = ("Name: Jane Holt", "Role: Practice Manager")
ROWS = table(1, ("Name", "Jane Holt"), ("Role", "Practice Manager"), ("Date", "20 May 2010"))

# By what stands above the sentences and below them.
LAYOUTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a letter": ((*TOP, "Dear Administrator"), CLOSE),
    "under a subject line": ((*TOP, "Dear Administrator", "Review N12: nil return"), CLOSE),
    "under an address": ((*TOP, TO), CLOSE),
    "under an address and a title": (
        (*TOP, TO, "Serious Case Review N12: report of no involvement"),
        CLOSE,
    ),
    "under a long title": (
        (*TOP, "Serious Case Review N12: report of no involvement by Meadow Lane Surgery"),
        CLOSE,
    ),
    "a memo": ((*TOP, "To", "The Administrator", "From", "Meadow Lane Surgery"), SIGNED),
    "in numbered parts": ((*TOP, "Report to confirm no involvement", "1. Searches"), SIGNED),
    "above parts left bare": ((*TOP,), ("2. Result", "3. Sign off", *SIGNED)),
    "under a statement's title": ((*TOP, "Statement of no involvement"), SIGNED),
    "over a table": (("Meadow Lane Surgery", "Part A: Our searches and results"), ()),
}


def asked(layout: str, said: tuple[str, ...]) -> list[Finding]:
    above, below = LAYOUTS[layout]
    blocks: list[Block] = [Paragraph(line) for line in (*above, *said, *below)]
    judgement = judged("nil_return", blocks + ([] if below else ROWS))
    return [f for f in judgement.findings if f.severity != "advice"]


@each_case("layout", list(LAYOUTS))
def test_what_a_letter_dictates_is_taken_wherever_it_stands(layout: str) -> None:
    assert {said: asked(layout, said) for said in DICTATED} == {said: [] for said in DICTATED}


def test_these_are_the_words_that_letters_dictate() -> None:
    told = " ".join(words.fix for words in VALUE_REFUSALS["denial"].values())
    assert f'"{SEARCHED} {DENIED[:-1]}"' in told and f'"{DENIED[:-1]}"' in told


@each_case("layout", ["under an address", "under an address and a title", "under a long title"])
def test_a_question_is_at_its_own_sentence_below_an_address_or_a_title(layout: str) -> None:
    (found,) = asked(layout, (f"{DENIED} The cellar flooded.",))
    place = found.where.section or ""
    assert place.startswith("paragraph 1 of the text") and place.endswith("sentence 2")


@pytest.mark.parametrize("more", ["for Mother only", "since 2008", "so far", "but one visit"])
def test_a_title_that_says_more_is_a_question(more: str) -> None:
    lines = (*TOP, f"Report of no involvement {more}", DENIED, *SIGNED)
    assert judged("nil_return", [Paragraph(line) for line in lines]).verdict == "refer"


def test_the_confirmation_itself_is_never_to_be_taken_out() -> None:
    said = "No member of the family, whom a colleague recalled, is or has been known to us."
    for body in ((said,), (SEARCHED, said), (DENIED, said)):
        found = asked("a letter", body)
        assert found and all("tak" not in f.fix for f in found), found


def test_a_line_that_says_draft_has_one_order() -> None:
    found = asked("in numbered parts", ("DRAFT - not yet cleared by JH", SEARCHED, DENIED))
    assert [f.rule for f in found] == ["statement-draft"]
