"""Two people's signing off side by side, in every geometry and under every wording of a role."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from handlers.checks.report.report import read_report
from handlers.checks.report.sign_off import check_sign_off
from handlers.document import Block, Paragraph
from handlers.findings import Finding, Findings
from tests import combinations
from tests.handlers.checks.report.side_by_side import GEOMETRIES, HEADS, LABELS, UNKNOWN
from tests.handlers.checks.report.sign_off_layouts import ROLES, lines

PARTS = ("name", "job designation", "signature", "date")
PEOPLE = (
    ("Dr Ann Green", "Named GP", "A. Green", "20/05/2010"),
    ("Helen Marsh", "Medical Director", "H. Marsh", "24 May 2010"),
)
NOTHING = frozenset[tuple[int, int]]()
Open = frozenset[tuple[int, int]]


def laid(geometry, heads, labels, swapped, left: str, blank: Open, without: int = -1):
    """The blocks, the answers in `blank` left open with `left` in their place, and one label of
    each person's not there at all."""
    called, order = labels
    order = [n for n in order if n != without]
    filled = [[left if (who, n) in blank else PEOPLE[who][n] for n in order] for who in (0, 1)]
    both = (heads[1], heads[0]) if swapped else heads
    answers = filled[::-1] if swapped else filled
    return GEOMETRIES[geometry](both, [called[n] for n in order], tuple(answers))


def told(draft, blocks: list[Block]) -> list[Finding]:
    """What the one check says, without the others, since there are many."""
    sections = [b for h in draft.headings.values() for b in (h, Paragraph("Said."))][:-1]
    findings = Findings(draft.kind)
    report = read_report(
        [*draft.front, *sections, *blocks], draft.traits, draft.kind, draft.context
    )
    check_sign_off(report, findings)
    return [f for f in findings.collect_findings() if f.rule.startswith("sign-off")]


def faults_of(found: list[Finding]) -> Iterator[tuple[int, int]]:
    """Whom and what the faults name."""
    for one in found:
        if one.severity == "fault":
            (who,) = [n for n in (0, 1) if f"{ROLES[n].lower()}'s" in one.message]
            said = one.message.partition("'s ")[2].partition(".")[0]
            yield from ((who, n) for n, part in enumerate(PARTS) if part in said)


EACH = [frozenset({(who, n)}) for who in (0, 1) for n in range(4)]
ALL_OF = [frozenset((who, n) for n in range(4)) for who in (0, 1)]


@pytest.mark.parametrize(
    ("geometry", "heads", "labels", "swapped"),
    combinations.of(GEOMETRIES, HEADS, LABELS, [False, True]),
)
def test_a_blank_is_told_of_its_own_person_or_asked_about_and_never_passed_over(
    draft, geometry, heads, labels, swapped
):
    """Failure mode 91: one person's line is the other's, so that what is blank is accepted."""
    whole = told(draft, laid(geometry, heads, labels, swapped, "", NOTHING))
    assert not list(faults_of(whole))
    for blank in (*EACH, *ALL_OF):
        for left in ("", "TBC"):
            found = told(draft, laid(geometry, heads, labels, swapped, left, blank))
            assert found, (blank, left)
            assert set(faults_of(found)) <= blank, (blank, left, found)


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_what_nobody_can_tell_is_a_question_in_whatever_order_they_stand(draft, geometry):
    for heads in UNKNOWN:
        found = told(draft, laid(geometry, heads, LABELS[0], True, "", EACH[0]))
        assert {f.severity for f in found} == {"question"}, heads


TOLD = ("a tab", "one under another", "labelled cells", "merged headings", "a label column",
        "a row each", "a table each", "a line over a table", "labels by tabs")  # fmt: skip


@pytest.mark.parametrize("heads", HEADS[:3])
@pytest.mark.parametrize("geometry", TOLD)
def test_where_it_is_said_whose_a_blank_is_it_is_a_fault_and_not_a_question(draft, geometry, heads):
    for blank in EACH:
        found = told(draft, laid(geometry, heads, LABELS[0], True, "", blank))
        assert set(faults_of(found)) == blank, blank


def mended(draft, geometry, heads, without) -> list[Finding]:
    """What is told once each line that the letter asks for was added as it says."""
    made = laid(geometry, heads, LABELS[0], False, "", NOTHING, without)
    answers = {
        f"{role}'s {PARTS[without]}".lower(): one[without]
        for role, one in zip(ROLES, PEOPLE, strict=True)
    }
    asked = [label for one in told(draft, made) for label in re.findall(r'"([^"]+):"', one.fix)]
    added = [f"{label}: {answers[label.lower()]}" for label in asked if label.lower() in answers]
    return told(draft, [*made, *lines(*added)])


@pytest.mark.parametrize("without", range(4))
@pytest.mark.parametrize("heads", HEADS[:3])
def test_a_line_that_is_not_there_is_added_as_the_letter_says_and_accepted(draft, heads, without):
    """Failure mode 91: whoever did what the letter asks was told the same again."""
    for geometry in ("a tab", "one under another", "labelled cells", "a label column"):
        assert mended(draft, geometry, heads, without) == [], geometry


CLEAR = [heads for heads in HEADS if heads not in UNKNOWN and "block" not in heads[0]]


@pytest.mark.parametrize(
    ("geometry", "heads", "without"), combinations.of(GEOMETRIES, CLEAR, range(4))
)
def test_whoever_added_the_line_is_not_rejected_again(draft, geometry, heads, without):
    assert not list(faults_of(mended(draft, geometry, heads, without)))


HEADED = f"\t{ROLES[0]}\t{ROLES[1]}"
CALLED = ("Name", "Job designation", "Signature", "Date")


def columns(blank: Open, *, one_after_another: bool = False) -> list[Block]:
    """The lines below both headings, in columns of tabs or one person's after the other's."""
    shown = [["" if (who, n) in blank else PEOPLE[who][n] for n in range(4)] for who in (0, 1)]
    if one_after_another:
        return lines(*(f"{CALLED[n]}: {one[n]}" for one in shown for n in range(4)))
    return lines(*(f"{CALLED[n]}\t{shown[0][n]}\t{shown[1][n]}" for n in range(4)))


@pytest.mark.parametrize("note", ["", "Please sign below."])
@pytest.mark.parametrize("blank", EACH)
def test_a_line_right_under_both_headings_may_be_of_either_so_it_is_a_question(draft, blank, note):
    """Failure mode 91: whoever added the line was told that the other's lines are missing."""
    ((who, n),) = blank
    added = lines(f"{CALLED[n]}: {PEOPLE[who][n]}", note)
    found = told(draft, [*lines(HEADED), *added, *columns(blank)])
    assert {f.severity for f in found} == {"question"}
    for more in EACH:
        assert told(draft, [*lines(HEADED), *added, *columns(blank | more)]), more


@pytest.mark.parametrize("in_turn", [False, True])
@pytest.mark.parametrize("blank", EACH)
def test_under_both_headings_what_is_blank_and_not_added_is_a_fault_still(draft, blank, in_turn):
    below = columns(blank, one_after_another=in_turn)
    assert set(faults_of(told(draft, [*lines(HEADED), *below]))) == blank
    whole = columns(NOTHING, one_after_another=in_turn)
    assert told(draft, [*lines(HEADED), *whole]) == []
