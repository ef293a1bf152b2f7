"""A form about a report waits for it where the report was given more time."""

from __future__ import annotations

import re
from datetime import date

import pytest

from handlers.register.dependent_returns import DueDay, due_days
from handlers.register.matrix import ReturnRow
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board
from tests.outbox.climbing import KINDS, days_of, row

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


def test_more_time_for_a_report_alone_says_which_forms_are_due_with_it(loaded: Board) -> None:
    said = extend(loaded, "imr")
    assert (
        "The QA form and evaluation statement cannot be filled in without the IMR, and are due with"
        " it."
    ) in said
    for form in ("QA form", "evaluation statement"):
        moved = f"N12, Meadow Lane Surgery: {form} is due Friday 18 June; it was Friday 28 May."
        assert moved in said


def test_a_form_that_is_settled_stays_due_when_it_was() -> None:
    first = DueDay(date(2010, 5, 28), 1)
    given = {"imr": DueDay(date(2010, 6, 18), 2), "qa_form": first, "evaluation_statement": first}
    days = due_days(given, KINDS, settled={"qa_form"})
    assert (days["qa_form"], days["evaluation_statement"].day) == (first, date(2010, 6, 18))


def test_more_time_for_a_report_moves_no_form_that_was_waived(loaded: Board) -> None:
    loaded.run("waive", "N12", "GP", "qa_form", *WHY[2:], at="2010-05-20T09:00")
    said = extend(loaded, "imr")
    assert "QA form is due" not in said
    assert "evaluation statement is due Friday 18 June" in said
    assert loaded.returns("GP")["qa_form"]["due"] == "2010-05-28"


def test_a_form_may_be_given_longer_than_its_report_and_not_less(loaded: Board) -> None:
    extend(loaded, "imr")
    until = ("--until", "2010-06-10", *WHY)
    less = loaded.run("extend", "N12", "GP", "qa_form", *until, at="2010-05-20T11:00")
    assert "It is due on Friday 18 June 2010" in less.out + less.err
    extend(loaded, "qa_form", until="2010-06-25")
    extend(loaded, "imr", until="2010-06-23")
    assert {kind: row["due"] for kind, row in loaded.returns("GP").items()} == {
        "chronology": "2010-04-16",
        "imr": "2010-06-23",
        "qa_form": "2010-06-25",
        "evaluation_statement": "2010-06-23",
    }


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
    assert "Meadow Lane Surgery: evaluation statement" not in digest
    assert "Next due: 3 returns on Friday 18 June." in digest


def test_every_view_names_the_same_day_for_a_form_whose_report_has_more_time(loaded: Board) -> None:
    """The digest called late what the letter said was to wait, and a subject asked for it before
    the report could be there."""
    extend(loaded, "imr")
    loaded.run("waive", "N12", "GP", "chronology", *WHY[2:], at="2010-05-20T10:01")
    loaded.once(at="2010-05-20T10:05")
    loaded.drop("GP", build.make_qa_form(signed=""), "form.docx")
    loaded.once(at="2010-05-25T11:00")
    loaded.once(at="2010-05-25T11:00:05")
    letter = loaded.answers()[-1]
    assert "action needed by 18 June" in letter["Subject"]
    assert "needs changes   due Friday 18 June" in letter_plain_text(letter)
    at = "2010-06-15T10:00"
    assert {row["due"] for row in loaded.returns("GP", at).values()} == {"2010-04-16", "2010-06-18"}
    assert not any(row["overdue"] for row in loaded.returns("GP", at).values())
    listed = loaded.run("case", "list", at=at).out
    assert "LATE" not in listed.split("Shire Police")[0]
    digest = told(loaded, "administrator@board.example", at)
    late, _, coming = digest.partition("Due ")
    assert "Meadow Lane Surgery: QA form, " not in late
    assert "Meadow Lane Surgery: QA form, Friday 18 June." in coming
    (calendar,) = [
        part
        for part in loaded.sent("administrator@board.example")[-1].walk()
        if part.get_content_type() == "text/calendar"
    ]
    events = calendar.get_content().split("BEGIN:VEVENT")
    theirs = [event for event in events if "Meadow Lane Surgery" in event]
    days = {re.search(r"DTSTART;VALUE=DATE:(\d+)", event)[1] for event in theirs}  # type: ignore[index]
    assert days == {"20100618"}


def test_once_the_report_is_late_its_forms_are_chased_too(loaded: Board) -> None:
    extend(loaded, "imr")
    loaded.run("waive", "N12", "GP", "chronology", *WHY[2:], at="2010-05-20T10:01")
    loaded.once(at="2010-05-20T10:05")
    before = len(loaded.sent(AUTHOR))
    loaded.once(at="2010-06-21T10:00")
    subjects = [x["Subject"] for x in loaded.sent(AUTHOR)[before:]]
    assert any("3 returns" in subject for subject in subjects), subjects


def rows_of(**given: DueDay) -> list[ReturnRow]:
    days = due_days(given, KINDS)
    return [row(n, kind, d.day, version=d.version) for n, (kind, d) in enumerate(days.items(), 1)]


def test_the_ladder_of_its_forms_begins_on_the_reports_new_day() -> None:
    """A chaser, an escalation and a chair's draft that said "without result" left in one round."""
    rows = rows_of(
        imr=DueDay(date(2010, 6, 7), 2),
        qa_form=DueDay(date(2010, 5, 24), 1),
        evaluation_statement=DueDay(date(2010, 5, 24), 1),
    )
    found = days_of(rows, date(2010, 6, 7), date(2010, 6, 14))
    days = sorted({(day, kind) for letters in found.values() for day, kind, _ in letters})
    assert days == [
        (date(2010, 6, 7), "reminder"),
        (date(2010, 6, 8), "chaser"),
        (date(2010, 6, 10), "escalation"),
        (date(2010, 6, 14), "to-chair"),
    ]
    assert all(
        "QA form" in nouns or "3 returns" in nouns
        for letters in found.values()
        for _, _, nouns in letters
    )


def test_what_was_told_for_the_day_before_is_not_told_for_the_reports_day() -> None:
    day, given = date(2010, 5, 24), DueDay(date(2010, 6, 7), 2)
    before = rows_of(imr=DueDay(day, 1), qa_form=DueDay(day, 1))
    after = rows_of(imr=given, qa_form=DueDay(day, 1))
    assert before[1].due_version != after[1].due_version
    longer = rows_of(imr=given, qa_form=DueDay(date(2010, 6, 9), 2))
    assert longer[1].due_version not in (before[1].due_version, after[1].due_version)
    assert longer[1].due == date(2010, 6, 9)


def test_the_ladder_of_a_form_is_its_own_where_its_report_was_given_no_more_time() -> None:
    rows = rows_of(imr=DueDay(date(2010, 6, 7), 1), qa_form=DueDay(date(2010, 5, 24), 1))
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
