"""What a report says of itself that is not finished, and all that it tells of others' unfinished
things."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.word_lists import UNFINISHED
from handlers.values.draft_marks import is_line_marked, is_marked_draft, is_still_draft
from handlers.values.unfinished import may_say_unfinished, says_unfinished
from tests.each_case import each_case

HERE = Path(__file__).parent


def listed(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


@each_case("number", ["", "6.12 "])
@each_case("text", listed("unfinished.txt"))
def test_a_report_that_speaks_of_its_own_unfinished_parts_says_so(text, number):
    assert says_unfinished(number + text)


@pytest.mark.parametrize("text", listed("unfinished_plans.txt"))
def test_recommendations_that_are_not_complete_say_so(text):
    assert says_unfinished(text, planning=True)


@each_case("number", ["", "6.8 "])
@each_case("text", listed("draft_lines.txt"))
def test_a_line_that_says_that_it_is_a_draft_says_so_also_among_recommendations(text, number):
    """Failure mode 93: only "DRAFT" by itself on the front sheet was told."""
    assert says_unfinished(number + text)
    assert says_unfinished(number + text, planning=True)


@each_case("text", listed("finished.txt"))
def test_what_others_left_unfinished_is_the_reports_own_matter(text):
    assert not says_unfinished(text)
    assert not says_unfinished(text, planning=True)


@each_case("text", listed("finished_plans.txt"))
def test_what_a_plan_has_still_to_bring_is_no_unfinished_report(text):
    assert not says_unfinished(text, planning=True)


def test_what_is_quoted_is_another_persons():
    for opening, closing in ("\u201c\u201d", '""', "\u2018\u2019", "''"):
        for text in ("This section is to follow.", "??? ask the school", "More here please"):
            assert not says_unfinished(f"The note read {opening}{text}{closing} and no more.")
            assert says_unfinished(f"The note read {opening}No reply{closing}. {text}")


@each_case(
    "line",
    [
        "DRAFT",
        "DRAFT \u2013 not yet final",
        "Individual Management Review \u2013 DRAFT",
        "Version: Draft 2   Status: awaiting approval by the Board",
        "DRAFT v2 \u2013 not yet approved by the partners",
        "Draft for comment",
        "Status: awaiting sign-off",
        "v0.3 (draft)",
        "Not yet agreed by the Trust Board",
        "Work in progress",
        "Draft 1 - 3 April; Draft 2 - 1 May",
        "Provisional version",
        "Final draft, 3 May 2010",
        "For comment only",
        "Subject to approval by the Board",
    ],
)
def test_a_draft_is_told_by_its_mark(line):
    assert is_marked_draft(line)
    assert is_still_draft(["Strictly Confidential", line, "Version 3.0 Case N12"])


@pytest.mark.parametrize(
    "line",
    [
        "Version 3.0 Case N12",
        "Draft 1 - 3 April; Final - 17 May 2010",
        "Author: Jane Day, Interim Director of Nursing",
        "Version 1.0 Final",
        "Approved by the Board on 3 May 2010",
        "Strictly Confidential",
        "Not for publication",
        "In accordance with Chapter 8, Working Together 2010",
        "This version replaces all earlier drafts",
        "Final version, approved 17 May 2010",
        "Restricted: not to be copied",
    ],
)
def test_a_version_that_is_no_draft_has_no_mark(line):
    assert not is_marked_draft(line)


def test_a_history_of_versions_is_told_by_its_last():
    drafts = ["0.1 3 April 2010 Draft", "0.2 4 May 2010 Draft"]
    assert is_still_draft(drafts)
    assert not is_still_draft([*drafts, "1.0 17 May 2010 Final"])
    assert not is_still_draft([*drafts, "1.0 17 May 2010 Approved by the Board"])
    assert is_still_draft(["Individual Management Review - DRAFT", "Version 1.0 final"])
    heads = ["Version\tDate\tChange", "1.0\t9 April 2010\tFinal"]
    assert is_still_draft(["Version:\t0.9 draft", *heads])
    assert not is_still_draft(["Version: 0.1 draft", "Version: 1.0 final"])


@each_case(
    "line",
    [
        "DRAFT v0.3 - first tenancy",
        "Working draft - still to be checked",
        "Second tenancy (draft)",
        "Draft: second period",
        "First tenancy DRAFT",
        "Provisional - March 2010",
    ],
)
def test_a_line_that_opens_or_ends_with_a_mark_is_a_draft(line):
    assert is_line_marked(line)


@each_case(
    "line",
    [
        "Draft care plan shared with mother",
        "The draft report was read by PC4",
        "Draft tenancy agreement, 2008",
        "Draft/final: final",
        "Chronology drafted by the records officer",
        "Draft minutes: see annex",
        "DRAFT CARE PLAN",
    ],
)
def test_a_draft_in_prose_marks_no_line(line):
    assert not is_line_marked(line)


@pytest.mark.parametrize("drafted", ["0.1 PR First draft", "v0.1 Initial draft", "0.1 1 May Draft"])
def test_a_first_whole_version_made_after_a_draft_is_none(drafted: str) -> None:
    assert not is_still_draft([drafted, "1.0 PR Following Executive review"])
    assert not is_still_draft(
        [drafted, "0.2 Second draft", "v1.1 17/05/2010 Amended after comments"]
    )
    for last in (
        "0.2 Following Executive review",
        "1.0",
        "1.0 With the Chief Executive",
        "1.0 Following review, sent to the Board",
        "1.0 Following review, for approval",
        "1.0 Draft following comments",
        "1.0 Sent after review, awaiting sign-off",
        "2.1 Background",
    ):
        assert is_still_draft([drafted, last]), last
    assert is_still_draft(["1.0 First draft", "1.1 Following comments"])
    assert is_still_draft(["DRAFT", "1.0 Following Executive review"])


@each_case("phrase", UNFINISHED["openings"])
def test_what_opens_an_instruction_is_looked_for_by_one_of_its_words(phrase: str) -> None:
    """A list had phrases with none of the words by which a paragraph is looked at at all."""
    words = [either.split("/")[0].rstrip("-").replace("#", "1") for either in phrase.split()]
    every = {one for either in phrase.split() for one in either.split("/")}
    assert may_say_unfinished(" ".join(words)) or every & set(UNFINISHED["hints"]), phrase
