"""A request for changes stands for some days, and whoever is chased reads who has the list."""

from __future__ import annotations

from datetime import date

import pytest

from outbox.chasing.change_requests import ChangeRequest
from outbox.writing.facts import ChaserFacts
from outbox.writing.letter import Draft, LetterRung
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.outbox.climbing import AUTHOR, COMMISSIONER, climb, row
from tests.outbox.conftest import BOARD, NOW
from tests.papers.imr_paper import make_imr
from tests.papers.statement_paper import make_statement

BROKEN = build.with_cell(build.make_chronology(build.STORIES["GP"]), 5, "Date", "2009")
SERVICE = "scr-returns@board.example"
# Due on Friday 16 April; what came had to be mended, and that was written on that day.
BACK = [row(1, "chronology", state="rejected")]


def asked(day: int, to: dict[int, str]) -> dict[int, ChangeRequest]:
    return {1: ChangeRequest(9, date(2010, 4, day), to)}


def facts(draft: Draft) -> ChaserFacts:
    assert isinstance(draft.facts, ChaserFacts)
    return draft.facts


@pytest.mark.parametrize("day", [19, 20])
def test_nobody_asks_for_the_new_version_right_after_the_changes_were_asked_for(day: int) -> None:
    assert climb(BACK, day, changes=asked(16, {1: "Author One"})).drafts == ()
    assert climb(BACK, day).drafts != ()


def test_then_the_ladder_goes_on_and_leaves_out_no_step() -> None:
    """It would be at its escalation by the day."""
    drafts = climb(BACK, 21, changes=asked(16, {1: "Author One"})).drafts
    assert [(d.kind, d.recipient) for d in drafts] == [
        ("chaser", AUTHOR),
        ("chaser", COMMISSIONER),
    ]


def test_another_return_is_asked_for_meanwhile() -> None:
    rows = [*BACK, row(2, "imr")]
    drafts = climb(rows, 19, changes=asked(16, {1: "Author One"})).drafts
    assert [facts(d).nouns for d in drafts] == ["IMR", "IMR"]


def test_each_reader_is_told_who_was_told_what_to_mend() -> None:
    first, second = climb(BACK, 21, changes=asked(16, {2: "Commissioner One"})).drafts
    said = "What needs to be mended in the chronology we wrote to {} on Friday 16 April."
    assert facts(first).lists == (said.format("Commissioner One"),)
    assert facts(second).lists == (said.format("you"),)
    assert facts(climb([row(1, "chronology")], 21).drafts[0]).lists == ()


def test_a_reminder_comes_all_the_same_and_says_so_too() -> None:
    (reminder,) = climb(BACK, 16, changes=asked(15, {2: "Commissioner One"})).drafts
    assert reminder.kind == "reminder"
    assert "to Commissioner One on Thursday 15 April" in facts(reminder).lists[0]


def test_what_never_came_is_no_new_version() -> None:
    rows = [row(1, "imr", state="rejected"), row(2, "evaluation_statement")]
    said = facts(climb(rows, 19).drafts[0]).sentence
    assert said == (
        "the evaluation statement and the new version of the IMR, which were due on Friday 16 April"
    )
    both = [row(1, "imr", state="rejected"), row(2, "qa_form", state="rejected")]
    assert facts(climb(both, 19).drafts[0]).sentence.startswith(
        "the new versions of the IMR and QA form, which were due on"
    )


def test_the_commissioner_has_the_list_and_the_author_reads_so_days_later(loaded: Board) -> None:
    attached = [("a.docx", BROKEN)]
    sender = "commissioner@meadowlane.example"
    loaded.mail(mail(sender, SERVICE, "N12", "Our chronology is attached.", attached))
    loaded.once("2010-04-16T10:00")
    assert any("needs changes" in str(m["Subject"]) for m in loaded.sent(sender))
    for day in (19, 20):
        loaded.once(f"2010-04-{day}T10:00")
    assert not [m for m in loaded.sent("author@meadowlane.example") if " late" in m["Subject"]]
    loaded.once("2010-04-21T10:00")
    (chaser,) = [m for m in loaded.sent("author@meadowlane.example") if " late" in m["Subject"]]
    text = " ".join(str(chaser.get_body(("plain",)).get_content()).split())
    assert "needs to be mended in the chronology we wrote to Commissioner One on Friday" in text


def test_a_decision_that_asks_for_changes_tells_the_day_on_which_they_are_asked_after(
    loaded: Board,
) -> None:
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once("2010-04-12T10:00")
    words = ("reject", 1, "--tell", "Please add the day in row 5.", "--reason", "x", "--yes")
    out = loaded.run(*words, at="2010-04-19T09:30").out
    assert "Thursday 22 April" in out, out
    for day in (19, 20, 21):
        loaded.once(f"2010-04-{day}T10:00")
    assert not [m for m in loaded.sent("author@meadowlane.example") if " late" in m["Subject"]]
    loaded.once("2010-04-22T10:00")
    assert [m for m in loaded.sent("author@meadowlane.example") if " late" in m["Subject"]]


def test_whoever_stands_in_for_the_author_who_is_away_reads_what_is_to_be_mended(
    loaded: Board,
) -> None:
    author = "author@meadowlane.example"
    loaded.mail(mail(author, SERVICE, "N12", "Our chronology.", [("a.docx", BROKEN)]))
    loaded.once("2010-04-12T10:00")
    words = "I am away until Thursday 22 April."
    loaded.mail(mail(author, SERVICE, "Automatic reply: N12", words, ()))
    loaded.once("2010-04-12T11:00")
    for day in (15, 16, 19, 20):
        loaded.once(f"2010-04-{day}T10:00")
    asked_for, *_ = [
        " ".join(letter_plain_text(m).split())
        for m in loaded.sent("commissioner@meadowlane.example")
        if " late" in str(m["Subject"])
    ]
    said = "What needs to be mended Chronology: needs changes before we can accept it 1."
    assert said in asked_for
    assert "you may like to know" not in asked_for


def test_the_chairs_office_reads_who_has_the_list_too() -> None:
    told = {(LetterRung(1, 1, 1), 1), (LetterRung(1, 1, 3), 2)}
    drafts = climb(BACK, 23, told=told, changes=asked(9, {1: "Author One"})).drafts
    (chair,) = [draft for draft in drafts if draft.kind == "to-chair"]
    said = "What needs to be mended in the chronology we wrote to Author One on Friday 9 April."
    assert facts(chair).lists == (said,)
    letter = LetterWriter(BOARD, SERVICE).write(chair, "<1@board.example>", NOW)
    assert said in " ".join(letter_plain_text(parse_letter(letter)).split())


def test_a_report_newer_than_its_statement_asks_for_one_and_says_so_at_the_top(
    loaded: Board,
) -> None:
    """Its letter began with "no action needed now", and asked for a statement further down."""
    loaded.drop("GP", make_imr())
    loaded.drop("GP", make_statement())
    loaded.once(at="2010-05-25T10:00")
    loaded.drop("GP", make_imr(dated=date(2010, 5, 27)))
    loaded.once(at="2010-05-28T10:00")
    letter = loaded.answers("author@meadowlane.example")[-1]
    said = " ".join(letter_plain_text(letter).split())
    assert "have the evaluation statement signed by somebody who has read this version" in said
    assert "action needed - please answer what we ask about your IMR" in letter["Subject"]
    assert "You do not need to do anything" not in said
