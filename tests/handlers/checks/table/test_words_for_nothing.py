"""Words that say nothing is there, or not yet, and short ones that do say something."""

from __future__ import annotations

import pytest

from tests.chronologies import (
    entry,
    judge,
    only,
    table,
)


@pytest.mark.parametrize("column", ["agency", "source"])
@pytest.mark.parametrize(
    "text",
    ["TBC", "to follow", "N/K", "n/a", "Unknown", "None", "?", "Click or tap here to enter text."],
)
def test_words_for_not_yet_leave_a_cell_blank(column: str, text: str) -> None:
    """Failure mode 93."""
    said: dict[str, str] = {column: text}
    finding = only(judge(table(entry(), entry(**said))), f"{column}-missing")
    assert finding.where.row == 3


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    "text",
    [
        "Chased.",
        "Requested",
        "Draft",
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
