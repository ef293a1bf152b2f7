"""A form about a report waits for it where the report was given more time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests.board import CASE, Board
from tests.outbox.climbing import days_of, row

AUTHOR = "author@meadowlane.example"
WHY = ("--agreed-by", "The chair", "--reason", "Leave", "--yes")
FORMS = ("qa_form", "evaluation_statement")


def extend(board: Board, *kinds: str, until: str = "2010-06-18") -> str:
    ended = board.run("extend", "N12", "GP", *kinds, "--until", until, *WHY, at="2010-05-20T10:00")
    assert ended.status == 0, ended.err
    return " ".join(ended.out.split())


def told(board: Board, to: str, at: str) -> str:
    board.once(at=at)
    return " ".join(letter_plain_text(board.sent(to)[-1]).split())


def test_more_time_for_a_report_alone_says_which_forms_are_due_before(loaded: Board) -> None:
    said = extend(loaded, "imr")
    assert (
        "The QA form and evaluation statement are due on Friday 28 May, before the IMR, and cannot"
        " be filled in without."
    ) in said
    assert (
        "scr-intake extend N12 GP imr qa_form evaluation_statement --until 2010-06-18"
        ' --agreed-by "..." --reason "..."'
    ) in said


@pytest.mark.parametrize("kinds", [("imr", *FORMS), ("chronology",), FORMS])
def test_more_time_that_leaves_no_form_behind_says_nothing_of_it(
    loaded: Board, kinds: tuple[str, ...]
) -> None:
    assert "cannot be filled in" not in extend(loaded, *kinds)


def test_forms_are_not_chased_while_their_report_has_more_time(loaded: Board) -> None:
    """Somebody was chased for a statement about a report that we gave them a month for."""
    extend(loaded, "imr")
    loaded.run("waive", "N12", "GP", "chronology", *WHY[2:], at="2010-05-20T10:01")
    loaded.once(at="2010-05-20T10:05")
    before = len(loaded.sent(AUTHOR))
    for day in ("2010-05-28", "2010-06-01", "2010-06-03"):
        loaded.once(at=f"{day}T10:00")
    late = [x["Subject"] for x in loaded.sent(AUTHOR)[before:]]
    assert not [s for s in late if "QA form" in s or "statement" in s], late
    digest = told(loaded, "administrator@board.example", "2010-06-04T10:00")
    assert ("The IMR, which it is about, has been given until Friday 18 June.") in digest


def test_the_list_says_what_a_form_waits_for(loaded: Board) -> None:
    extend(loaded, "imr")
    loaded.run("waive", "N12", "GP", "chronology", *WHY[2:], at="2010-06-02T10:01")
    letter = told(loaded, AUTHOR, "2010-06-02T10:05")
    assert "QA form waits for the IMR" in letter
    assert "something else is late" not in letter
    assert "Please still send" not in letter


def test_once_the_report_is_late_its_forms_are_chased_too(loaded: Board) -> None:
    extend(loaded, "imr")
    loaded.run("waive", "N12", "GP", "chronology", *WHY[2:], at="2010-05-20T10:01")
    loaded.once(at="2010-05-20T10:05")
    before = len(loaded.sent(AUTHOR))
    loaded.once(at="2010-06-21T10:00")
    subjects = [x["Subject"] for x in loaded.sent(AUTHOR)[before:]]
    assert any("3 returns" in subject for subject in subjects), subjects


def test_the_ladder_of_its_forms_begins_on_the_reports_new_day() -> None:
    """A chaser, an escalation and a chair's draft that said "without result" left in one round."""
    rows = [
        row(1, "imr", date(2010, 6, 7), version=2),
        row(2, "qa_form", date(2010, 5, 24)),
        row(3, "evaluation_statement", date(2010, 5, 24)),
    ]
    found = days_of(rows, date(2010, 6, 8), date(2010, 6, 14))
    days = sorted({(day, kind) for letters in found.values() for day, kind, _ in letters})
    assert days == [
        (date(2010, 6, 8), "chaser"),
        (date(2010, 6, 10), "escalation"),
        (date(2010, 6, 14), "to-chair"),
    ]
    assert all("QA form" in nouns for letters in found.values() for _, _, nouns in letters)


def test_the_ladder_of_a_form_begins_when_its_report_is_accepted_before_its_day() -> None:
    report = row(1, "imr", date(2010, 6, 7), state="accepted", version=2)
    rows = [replace(report, accepted=date(2010, 6, 2)), row(2, "qa_form", date(2010, 5, 24))]
    found = days_of(rows, date(2010, 6, 3), date(2010, 6, 9))
    days = sorted({(day, kind) for letters in found.values() for day, kind, _ in letters})
    assert days == [
        (date(2010, 6, 3), "chaser"),
        (date(2010, 6, 7), "escalation"),
        (date(2010, 6, 9), "to-chair"),
    ]


def test_the_ladder_of_a_form_is_its_own_where_its_report_was_given_no_more_time() -> None:
    rows = [row(1, "imr", date(2010, 6, 7)), row(2, "qa_form", date(2010, 5, 24))]
    found = days_of(rows, date(2010, 5, 25), date(2010, 5, 25))
    assert {letters[0][1] for letters in found.values()} == {"chaser"}


def test_a_later_day_of_the_case_file_alone_lets_nobody_off(board: Board) -> None:
    later = CASE.replace("imr                  = 2010-05-28", "imr                  = 2010-06-18")
    assert later != CASE
    assert board.load(later).status == 0
    board.run("waive", "N12", "GP", "chronology", *WHY[2:], at="2010-05-20T10:01")
    before = len(board.sent(AUTHOR))
    board.once(at="2010-06-01T10:00")
    assert any("late" in x["Subject"] for x in board.sent(AUTHOR)[before:])


MILESTONES = """
milestones = [{{ what = "{what}", on = {on} }}]

[due]
"""


@pytest.mark.parametrize(
    ("what", "on", "begun"),
    [
        ("the first panel meeting", "2010-05-05", True),
        ("the first panel meeting", "2010-06-30", False),
        ("the draft overview report", "2010-05-05", False),
    ],
)
def test_nobody_says_the_panel_cannot_begin_once_it_has_met(
    loaded: Board, what: str, on: str, begun: bool
) -> None:
    text = CASE.replace("\n[due]\n", MILESTONES.format(what=what, on=on), 1)
    assert loaded.load(text).status == 0
    for day in ("2010-06-01", "2010-06-02", "2010-06-03", "2010-06-04", "2010-06-07"):
        loaded.once(at=f"{day}T10:00")
    letters = [
        letter_plain_text(x)
        for x in loaded.sent()
        if "is late" in x["Subject"] or "are late" in x["Subject"]
    ]
    said = " ".join(" ".join(letters).split())
    assert ("because the panel needs" in said) is begun
    assert ("cannot begin its work" in said) is not begun
