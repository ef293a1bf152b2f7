"""Versions of one return that come together and differ: which is meant is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from handlers.document import Block, Cell, Paragraph, Row
from handlers.fields.versions import digest_blocks
from handlers.findings import Clues, Finding, Judgement
from handlers.register.agency_standing import AgencyStanding, check_against_standing
from handlers.register.decision import Decision, DecisionReason
from handlers.register.entry_decisions import accept_entry
from tests.registry import KINDS, Registry, judgement

PACK = frozenset(kind.id for kind in KINDS.pack_kinds)
STANDING = AgencyStanding(owed=PACK)
MAY = date(2010, 5, 3)


def imr(
    text: int, *, words: int = 100, dated: date | None = MAY, verdict: str = "accept"
) -> Judgement:
    clues = Clues(digests=(text,), letters=text, words=words, dated=dated)
    return replace(judgement("imr", verdict), clues=clues)


def chronology(*digests: int) -> Judgement:
    return replace(judgement("chronology"), clues=Clues(rows=len(digests), digests=digests))


def told(*documents: Judgement) -> list[list[Finding]]:
    held = check_against_standing(STANDING, [(each,) for each in documents], KINDS)
    return [[f for f in one.findings if f.rule == "two-versions"] for (one,) in held]


def test_two_reports_that_differ_are_a_question_on_both_that_says_how() -> None:
    said = told(imr(1, words=1204), imr(2, words=1310, dated=date(2010, 5, 5)))
    ((one,), (other,)) = said
    assert one == other
    assert one.severity == "question"
    assert one.message == (
        "Two different versions of the IMR came together. In the order in which they came:"
        " 1,204 and 1,310 words; dated Monday 3 May and Wednesday 5 May."
    )
    assert "which of them is meant to count" in one.fix


def test_which_of_them_is_signed_is_said() -> None:
    unsigned = imr(1, verdict="reject")
    unsigned = replace(
        unsigned, findings=(Finding("sign-off-missing", "fault", "Not signed.", "Sign it."),)
    )
    first, (second,) = told(unsigned, imr(2))
    assert first == []  # it has to be mended in any case
    assert second.message.endswith("not signed and signed.")


def test_versions_alike_in_all_that_is_counted_are_said_to_differ_in_their_words() -> None:
    ((one,), _) = told(imr(1), imr(2))
    assert one.message.endswith("They are of one length and differ in their words.")


def test_two_chronologies_that_differ_are_asked_about() -> None:
    ((one,), (other,)) = told(chronology(1, 2, 3), chronology(1, 2, 3, 4))
    assert "3 and 4 entries" in one.message and one == other


@pytest.mark.parametrize(
    "documents",
    [
        (imr(1), imr(1)),
        (imr(1), replace(imr(2), clues=Clues(digests=(9,), letters=1, words=101))),
        (chronology(1, 2, 3), chronology(3, 2, 1)),
        (imr(1), judgement("imr", "refer")),
        (imr(1), imr(2, verdict="hold")),
        (imr(1, verdict="reject"), imr(2, verdict="reject")),
        (imr(1), replace(judgement("chronology"), clues=Clues(digests=(2,), rows=1))),
        (
            imr(1),
            replace(
                imr(2), findings=(Finding("blank-template", "fault", "Blank.", "Fill it in."),)
            ),
        ),
        tuple(replace(imr(n), kind="debrief_slip") for n in (1, 2)),
        tuple(replace(imr(n), kind="scope_alert") for n in (1, 2)),
    ],
    ids=[
        "the same",
        "Word and its PDF",
        "sorted",
        "a scan of it",
        "one is held",
        "both to be mended",
        "another return",
        "the blank form beside it",
        "slips",
        "alerts",
    ],
)
def test_what_is_one_version_or_several_returns_is_not_asked_about(
    documents: Sequence[Judgement],
) -> None:
    assert told(*documents) == [[] for _ in documents]


def test_two_parts_of_one_document_are_no_two_versions() -> None:
    ((one, other),) = check_against_standing(STANDING, [(imr(1), imr(2))], KINDS)
    assert (one.verdict, other.verdict) == ("accept", "accept")


def cells(*texts: str) -> Row:
    return Row(1, 1, tuple(Cell((Paragraph(t),), n) for n, t in enumerate(texts)))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([cells("Recommendation", "May")], [cells("Recomme ndation", "May")], True),
        ([Paragraph("A day, and"), Paragraph("a night")], [Paragraph("a day and a night")], True),
        ([Paragraph("On 3 May")], [Paragraph("On 4 May")], False),
        ([Paragraph("She was seen")], [Paragraph("She was not seen")], False),
    ],
)
def test_letters_and_digits_are_alike_however_a_text_is_laid_out(
    one: list[Block], other: list[Block], same: bool
) -> None:
    assert (digest_blocks(one).letters == digest_blocks(other).letters) is same


@pytest.mark.parametrize("meant", [0, 1])
def test_once_a_person_accepts_one_of_them_the_other_waits_no_more(
    registry: Registry, meant: int
) -> None:
    registry.log(judgement("imr", "refer"), judgement("imr", "refer"), raw=b"two")
    entries = registry.register.entries.waiting_entries("refer")
    matter = registry.register.entry_to_decide(entries[meant].id, ZoneInfo("Europe/London"))
    assert matter is not None
    made = accept_entry(matter, KINDS, DecisionReason("It is the one they meant.", "clerk"))
    assert isinstance(made, Decision)
    registry.decided(made)
    assert registry.register.entries.waiting_entries("refer") == []
