"""A report that says of itself that it is not finished is a question that says where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.document import Paragraph, Traits
from tests.handlers.checks.report.conftest import HEADINGS, Draft, para

KEYS = ("introduction", "background", "summary", "post-incident", "analysis", "conclusions")
OPEN = (
    "This section will be completed once the midwifery notes have come back from storage.",
    "6.9 Section 6.4 to follow.",
    "[AP to expand when legal have replied]",
    "More here please, Alison.",
    "xxxx",
)


@pytest.mark.parametrize("key", [*KEYS, "recommendations"])
@pytest.mark.parametrize("text", OPEN)
def test_a_paragraph_that_says_so_is_a_question_that_names_its_place(draft, key, text):
    """Failure mode 93: a report that says of itself that it is unfinished is accepted."""
    draft.bodies[key] = [*draft.bodies[key], Paragraph(text)]
    (found,) = draft.found("not-final")
    assert (found.severity, found.where.section) == ("question", HEADINGS[key])
    assert "in paragraph " in found.message
    assert text not in found.message


@pytest.mark.parametrize("text", OPEN)
def test_text_numbered_in_a_table_of_two_columns_is_read_as_text(draft, rows, text):
    """Failure mode 93."""
    numbered = rows(
        9,
        ("6.1", "Appointments that were missed were not followed up in time."),
        ("6.2", "What was known of the father was not shared between the teams."),
        ("6.3", text),
    )
    draft.bodies["analysis"] = numbered
    (found,) = draft.found("not-final")
    assert (found.severity, found.where.section) == ("question", HEADINGS["analysis"])


def test_versions_numbered_in_a_table_of_two_columns_stay_a_table(draft, rows):
    draft.bodies["introduction"] += rows(9, ("0.1", "First draft"), ("1.0", "Issued"))
    assert draft.found("not-final") == []


def test_a_line_of_its_own_within_a_paragraph_is_read_too(draft):
    draft.bodies["analysis"] += [
        Paragraph("What was known was not shared.\nDRAFT - not yet agreed.")
    ]
    assert len(draft.found("not-final")) == 1


def test_a_section_of_nothing_else_is_told_once(draft):
    draft.bodies["analysis"] = [para("To follow.")]
    assert draft.found("section-empty")
    assert draft.found("not-final") == []


@pytest.mark.parametrize(
    "text", ["Signed subject to the comments of our solicitors.",
             "This sign-off is provisional until the Board meets on 27 May."],
)  # fmt: skip
def test_a_signing_that_is_taken_back_below_is_a_question(draft, text):
    draft.bodies["signing-off"] = [*draft.bodies["signing-off"], Paragraph(text)]
    (found,) = draft.found("not-final")
    assert found.where.section == HEADINGS["signing-off"]


@pytest.mark.parametrize(
    "text", ["Both signatories are happy to come to the panel.",
             "The signed paper copy is held at the surgery."],
)  # fmt: skip
def test_an_honest_line_below_the_signing_is_none(draft, text):
    draft.bodies["signing-off"] = [*draft.bodies["signing-off"], Paragraph(text)]
    assert draft.found("not-final") == []


def test_a_draft_by_its_front_sheet_or_header_is_a_question(draft):
    assert draft.found("not-final") == []
    marked = replace(draft, traits=Traits(margins=["DRAFT - not yet final"]))
    (found,) = marked.found("not-final")
    assert found.where.section == "Page header or footer"
    draft.front = [*draft.front, Paragraph("DRAFT v2 - not yet approved by the partners")]
    (found,) = draft.found("not-final")
    assert found.where.section == "Front sheet"


@pytest.mark.parametrize(
    "text", ["A referral was made on ........ for assessment.", "HV1 called on ??/09/2009.",
             "Mother attended and said [words].", "4.3 NN2 to complete."],
)  # fmt: skip
def test_a_gap_in_the_text_is_told_at_its_place_as_a_gap(draft, text):
    draft.bodies["summary"] = [*draft.bodies["summary"], Paragraph(text)]
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("not-final", "question")
    assert found.where.section == HEADINGS["summary"]
    assert "left out here, in paragraph 3 of this part, or" in found.message


def test_a_gap_beside_words_that_say_it_is_not_finished_is_told_with_them(draft):
    more = [Paragraph("HV1 called on ??/09/2009."), Paragraph("More here please, Alison.")]
    draft.bodies["summary"] = [*draft.bodies["summary"], *more]
    (found,) = draft.found("not-final")
    assert "not finished" in found.message


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Status: DRAFT", 'beside "Status"'),
        ("Document status: draft for comment", 'beside "Document status"'),
        ("Version: 0.9 draft", 'beside "Version"'),
        ("DRAFT", "in line 2 from its top"),
        ("First draft, not yet approved", "in line 2 from its top"),
    ],
)
def test_a_draft_s_mark_on_the_front_sheet_is_told_by_its_place_and_not_quoted(
    draft: Draft, line: str, place: str
) -> None:
    version = next(b for b in draft.front if isinstance(b, Paragraph) and "Version 2" in b.text)
    draft.front.remove(version)
    draft.front[1:1] = [Paragraph(""), Paragraph(line)]
    (told,) = [f for f in draft.judged().findings if f.rule == "not-final"]
    assert place in told.message and "draft" not in told.message.casefold()


@pytest.mark.parametrize("key", ["background", "post-incident"])
@pytest.mark.parametrize("text", ["To follow.", "TBC", "This section will follow."])
def test_a_section_that_may_be_empty_and_is_put_off_is_told_once(
    draft: Draft, key: str, text: str
) -> None:
    draft.bodies[key] = [para(text)]
    told = [
        (f.rule, f.severity) for f in draft.judged().findings if f.where.section == HEADINGS[key]
    ]
    assert told == [("not-final", "question")]
