"""What stands around a chronology may say that it is another agency's, another review's, or not
finished (failure modes 90 and 95)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.document import Block, Paragraph, TableEnd, Traits
from handlers.findings import PAGE_MARGIN, Judgement
from tests.chronologies import CASE, CONTEXT, entry, judge, row, rules, table
from tests.each_case import each_case

Lines = list[Block]
# The rows name the sender in two ways: neither is a clue of the whole.
BODY = table(entry(), entry("02/02/2009", agency="MLS"))


def around(*lines: str) -> list[Lines]:
    """The lines above the table, in a table of details above it, and below it."""
    pairs = [line.partition(": ")[::2] for line in lines]
    details: Lines = [row(n, [t for t in pair if t], 9) for n, pair in enumerate(pairs, 1)]
    paragraphs: Lines = [Paragraph(line) for line in lines]
    body = BODY
    return [
        [*paragraphs, *body],
        [*details, TableEnd(9), *body],
        [*body, Paragraph(""), *paragraphs],
    ]


def judged(*lines: str) -> list[Judgement]:
    return [judge(blocks) for blocks in around(*lines)]


@each_case(
    "label", ["Agency", "Name of agency", "Organisation", "AGENCY NAME", "Submitting agency"]
)
@each_case("name", ["Shire Police", "City Hospital", "Borough Housing"])
def test_a_label_names_another_agency_wherever_it_stands(label: str, name: str) -> None:
    for judgement in judged(f"{label}: {name}"):
        assert rules(judgement) == ["front-agency-other"]
        assert judgement.clues.agency == name


@pytest.mark.parametrize("between", ["        ", "\t", "  ", "; "])
def test_a_label_may_stand_before_another_on_one_line(between: str) -> None:
    line = f"Agency: Shire Police{between}Period: 1 January 2007 to 14 February 2010"
    assert judge([Paragraph(line), *BODY]).clues.agency == "Shire Police"


@pytest.mark.parametrize(
    "title",
    [
        "Shire Police: Internal Chronology",
        "Internal Chronology - Shire Police",
        "Chronology of Shire Police",
        "Shire Police Chronology N12",
        "CHRONOLOGY (Shire Police)",
        "Shire Police",
    ],
)
def test_a_title_names_another_agency(title: str) -> None:
    judgement = judge([Paragraph(title, title=True), *BODY])
    assert rules(judgement) == ["front-agency-other"]
    assert (judgement.clues.agency or "").casefold() == "shire police"


@each_case(
    "line",
    [
        "Agency: Meadow Lane Surgery",
        "Agency: GP",
        "Meadow Lane Surgery: Internal Chronology",
        "Internal Chronology",
        "Agency: TBC",
        "Agency:",
        "Chronology of significant events: Serious Case Review N12",
        "Chronology: Child N",
        "We worked with Shire Police and City Hospital, as this chronology shows.",
        "HV = Health visitor",
        "SW: Social worker",
        "Agency: Meadow Lane Practice",
        "Health Chronology",
        "The police chronology was read as well; see the minutes of the panel.",
    ],
)
def test_the_senders_name_no_name_and_prose_say_nothing(line: str) -> None:
    for judgement in judged(line):
        assert rules(judgement) == []


def test_where_the_sender_is_named_too_nothing_is_said_of_another() -> None:
    for judgement in judged("Agency: Meadow Lane Surgery", "Agency: Shire Police"):
        assert rules(judgement) == []
        assert judgement.clues.agency is None


def test_the_boards_own_information_about_the_columns_names_nobody() -> None:
    told = [
        ("Date", "Mandatory"),
        ("Agency", "Enter the name"),
        ("Event", "A summary"),
        ("Age", "Under 18"),
    ]
    info = [row(n, pair, 9) for n, pair in enumerate(told, 1)]
    assert rules(judge([*info, TableEnd(9), *BODY])) == []


@pytest.mark.parametrize(
    "line",
    [
        "Serious Case Review K07",
        "Case: K07",
        "Case reference: K07",
        "SCR: K07/A",
        "Internal Chronology: Serious Case Review K07",
        "Review: SAR26-2",
        "In respect of: K07",
    ],
)
def test_another_reviews_reference_is_a_clue(line: str) -> None:
    for judgement in judged(line):
        assert judgement.clues.child_identifier is not None
        assert judgement.clues.identifier_place in (
            "The lines above the table",
            "The table of details",
        )


@pytest.mark.parametrize(
    "line",
    [
        "Serious Case Review N12",
        "Case: N12/A",
        "SCR N12",
        "Case: Child N",
        "Review of 2010",
        "Serious Case Review",
        "Period of review: May 2009 to June 2009",
        "Chronology version V2",
        "Re: your letter of 1 March 2010",
    ],
)
def test_this_reviews_and_none_are_no_clue(line: str) -> None:
    for judgement in judged(line):
        assert judgement.clues.child_identifier is None


def test_a_review_of_the_boards_that_is_named_in_any_words_is_a_clue() -> None:
    context = replace(CONTEXT, case=replace(CASE, elsewhere=("SAR-Oak-1",)))
    judgement = judge([Paragraph("Written for SAR-Oak-1."), *BODY], context)
    assert judgement.clues.child_identifier == "SAR-Oak-1"


@each_case(
    "line",
    [
        "DRAFT - not yet complete, further entries to follow",
        "DRAFT",
        "Draft only",
        "Status: Draft",
        "Work in progress",
        "2010 entries to follow next week.",
        "Entries for 2009 to follow",
        "More to follow.",
        "This chronology is incomplete",
        "(Draft version)",
        "Awaiting records from the paper file.",
        "Entries still to be added for 2009",
        "Agency Chronology - DRAFT v0.2",
        "Draft chronology for Meadow Lane Surgery",
        "DRAFT 2, 9 April 2010",
        "DRAFT - first tenancy",
        "Second tenancy (draft)",
    ],
)
def test_a_draft_is_a_question_to_its_author_too(line: str) -> None:
    for judgement in judged(line):
        assert rules(judgement) == ["draft"]
        assert judgement.verdict == "refer"


@pytest.mark.parametrize(
    "line",
    [
        "No further entries to follow.",
        "Version: 2",
        "Status: Final",
        "Entries must not be incomplete; if more to come, say so",
        "Final version",
        "IMR to follow",
        "The chronology is complete.",
        "This is not a draft",
        "Please send the draft chronology to us",
        "Draft/final: final",
        "The draft was read by the practice",
        "The draft care plan was shared with the mother",
    ],
)
def test_a_finished_one_is_not(line: str) -> None:
    for judgement in judged(line):
        assert rules(judgement) == []


def test_a_page_header_may_say_that_it_is_a_draft() -> None:
    for header, told in (
        ("DRAFT", [PAGE_MARGIN]),
        ("DRAFT v0.3 - not for circulation", [PAGE_MARGIN]),
        ("Working draft - still to be checked by legal", [PAGE_MARGIN]),
        ("CONFIDENTIAL", []),
        ("Page 1 of 9", []),
    ):
        judgement = judge(BODY, traits=Traits(margins=[header]))
        assert [f.where.section for f in judgement.findings if f.rule == "draft"] == told


def test_rows_that_all_name_the_sender_leave_it_a_question() -> None:
    """Clues that disagree are a question: nothing is known of whose it is."""
    judgement = judge([Paragraph("Agency: Shire Police"), *table(entry(), entry("02/02/2009"))])
    assert rules(judgement) == ["front-agency-other"]
    assert judgement.clues.agency is None


def test_a_blank_before_another_label_names_nobody() -> None:
    line = "Agency:         Period: 1 January 2007 to 14 February 2010"
    assert rules(judge([Paragraph(line), *BODY])) == []


def test_a_team_behind_a_dash_is_part_of_the_name() -> None:
    judgement = judge([Paragraph("Agency: Shire Police - Public Protection"), *BODY])
    assert rules(judgement) == ["front-agency-other"]


@pytest.mark.parametrize("line", ["Agency: [Insert agency name]", "Author: INSERT NAME"])
def test_template_text_left_above_the_table_is_asked_about(line: str) -> None:
    judgement = judge([Paragraph(line), *BODY])
    assert rules(judgement) == ["placeholder-left"]
    assert judgement.findings[0].severity == "question"
