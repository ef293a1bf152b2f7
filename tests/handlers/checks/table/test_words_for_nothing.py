"""Words that say nothing is there, or not yet, and short ones that do say something."""

from __future__ import annotations

import pytest

from tests.chronologies import (
    entry,
    judge,
    only,
    table,
)
from tests.each_case import each_case


@each_case("column", ["agency", "source"])
@each_case(
    "text",
    [
        "TBC",
        "to follow",
        "N/K",
        "n/a",
        "Unknown",
        "None",
        "?",
        "Draft",
        "provisional",
        "Click or tap here to enter text.",
    ],
)
def test_words_for_not_yet_leave_a_cell_blank(column: str, text: str) -> None:
    """Failure mode 93."""
    said: dict[str, str] = {column: text}
    finding = only(judge(table(entry(), entry(**said))), f"{column}-missing")
    assert finding.where.row == 3


@each_case(
    "text",
    [
        "TBC",
        "To be completed",
        "to follow",
        "Click or tap here to enter text.",
        "N/A",
        "n.a.",
        "?",
        "??",
        "none",
        "None.",
        "nil",
        "n/k",
        "N/K",
        "Not known",
        "Unknown",
        "Not applicable",
        "Event",
        "EVENT:",
        "No event",
        "No events",
        "(none)",
        "x",
        "0",
        "Nothing to report",
        "Please see attached",
    ],
)
def test_an_event_still_to_be_told_is_none(text: str) -> None:
    """Failure mode 93."""
    only(judge(table(entry(), entry(event=text))), "event-missing")


@each_case(
    "text",
    [
        "Chased.",
        "Requested",
        "Text",
        "Awaiting appointment",
        "DNA",
        "No reply",
        "No contact made",
        "Not known to the agency",
        "None seen at home",
        "Event at school",
        "Home visit",
        "\u5bb6\u8bbf",
        "Email",
        "Unknown caller reported a fall",
        "No injuries",
        "N/A was told to the caller",
        "6/52 check",
    ],
)
def test_a_word_or_two_may_tell_an_event(text: str) -> None:
    assert judge(table(entry(), entry(event=text))).findings == ()


@pytest.mark.parametrize(
    "text", ["Text", "Image", "File", "On file", "Name book", "E-mail", "Draft letter"]
)
def test_a_word_or_two_may_name_a_source(text: str) -> None:
    assert judge(table(entry(), entry(source=text))).findings == ()


def test_an_instruction_of_the_template_leaves_a_cell_blank() -> None:
    judgement = judge(table(entry(), entry(event="[Insert event]", source="[insert source]")))
    assert {f.rule for f in judgement.findings} == {"event-missing", "source-missing"}
    assert all("template's own words" in f.message for f in judgement.findings)


@pytest.mark.parametrize("column", ["event", "source"])
@pytest.mark.parametrize("text", ["tbc - ask nursery", "to be confirmed with records", "xxx"])
def test_a_word_for_not_yet_with_a_note_behind_it_leaves_a_cell_blank(
    column: str, text: str
) -> None:
    """Failure mode 93."""
    said: dict[str, str] = {column: text}
    found = judge(table(entry(), entry(**said)))
    assert only(found, f"{column}-missing").where.row == 3
    assert "not-final" not in {finding.rule for finding in found.findings}


@pytest.mark.parametrize("column", ["event", "source", "comment"])
@pytest.mark.parametrize("text", ["need to ask PC4 about this", "NB delete before sending"])
def test_a_note_in_a_cell_is_asked_about_where_it_stands(column: str, text: str) -> None:
    """Failure mode 93."""
    said: dict[str, str] = {column: text}
    finding = only(judge(table(entry(), entry(**said))), "not-final")
    assert (finding.severity, finding.where.row) == ("question", 3)


def test_a_plan_of_the_time_is_no_note() -> None:
    planned = entry(
        event="Strategy meeting to be arranged", comment="Awaiting outcome of assessment"
    )
    assert "not-final" not in {f.rule for f in judge(table(entry(), planned)).findings}


@pytest.mark.parametrize(
    "text",
    [
        "DRAFT",
        "DRAFT - to be checked against the CAD log",
        "Draft entry, to be written up",
        "Crew attended. Need to add outcome.",
        "Letter about attendance (xx% - check with office). Mother agreed to TBC.",
    ],
)
@pytest.mark.parametrize("column", ["event", "comment"])
def test_an_entry_that_says_it_is_a_draft_is_a_question(column: str, text: str) -> None:
    """Failure mode 93: the letter vouched for such an entry."""
    said: dict[str, str] = {column: text}
    finding = only(judge(table(entry(), entry(**said))), "not-final")
    assert (finding.severity, finding.where.row) == ("question", 3)


@pytest.mark.parametrize(
    "text",
    ["Mother attended and said [words].", "HV called on ??/09/2009, no reply.", "NN2 to complete",
     "Referred to ........ for assessment."],
)  # fmt: skip
def test_a_gap_in_an_event_is_asked_about_as_a_gap(text: str) -> None:
    finding = only(judge(table(entry(), entry(event=text))), "not-final")
    assert "left out here" in finding.message
    assert finding.where.row == 3


@pytest.mark.parametrize(
    "text",
    ['Mother said "I was ... tired".', "Seen by [redacted].", "Plan: HV to complete CAF.", "? NAI",
     "Seen at XXXX hospital.", "Weight 3.2kg .... thriving"],
)  # fmt: skip
def test_an_honest_event_is_not_asked_about(text: str) -> None:
    found = judge(table(entry(), entry(event=text)))
    assert "not-final" not in {finding.rule for finding in found.findings}


@pytest.mark.parametrize(
    "text",
    ["Order ended. [check with OM1 whether a closing summary was sent]", "Home was XXXX. Seen.",
     "Weight was ??", "Seen. [insert weight]", "Seen. TBC.", "Details to follow from archive. OK."],
)  # fmt: skip
def test_a_place_left_open_in_an_event_is_asked_about_at_its_place(text: str) -> None:
    finding = only(judge(table(entry(), entry(event=text))), "not-final")
    assert (finding.severity, finding.where.row, finding.where.column) == ("question", 3, "Event")
