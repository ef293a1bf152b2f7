"""What came at once, or was decided at once, is one letter to its reader."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import docx

from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from commands.once import run_round
from commands.rounds.round_judging import judge_new
from commands.rounds.round_report import RoundReport
from commands.rounds.take_in import take_in_sources
from outbox.writing.document_numbers import number_documents
from outbox.writing.facts import DocumentFacts
from outbox.writing.letter_text import letter_plain_text
from outbox.writing.places import Change
from tests import builders as build
from tests.board import CASE, Board
from tests.builders_mail import mail

GP, US = "author@meadowlane.example", "scr-returns@board.example"
WHY = ("--reason", "Looked at", "--yes")


def note(n: int) -> bytes:
    """A document that is no return."""
    made, into = docx.Document(), io.BytesIO()
    made.add_paragraph(f"Notes of visit {n}, at some length.")
    made.save(into)
    return into.getvalue()


def options(board: Board) -> GlobalOptions:
    return GlobalOptions(board.folder / "scr-intake.toml", datetime(2010, 4, 1, 10, 0))


def short_rounds(board: Board) -> None:
    """All that was sent is taken in, and one thing of it is judged in a round."""
    with open_application(options(board)) as app:
        for _ in take_in_sources(app, RoundReport()):
            pass
        for _ in range(8):
            run_round(app, step_seconds=0)


def said(board: Board) -> list[str]:
    return [" ".join(letter_plain_text(x).split()) for x in board.answers()]


def test_what_is_dropped_in_a_round_is_one_letter(loaded: Board) -> None:
    for n in range(7):
        loaded.drop("GP", note(n), f"{n}.docx")
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once()
    (letter,) = said(loaded)
    assert "Surgery's chronology and 7 documents for review N12" in letter
    assert letter.count("received; a person will look at it") == 1
    assert "Chronology: accepted, thank you" in letter
    assert ".docx" not in letter
    loaded.once(at="2010-04-01T11:00")
    assert len(said(loaded)) == 1, "each is answered once"


def test_what_is_dropped_at_once_is_one_letter_however_many_rounds_it_takes(
    loaded: Board,
) -> None:
    """A letter listed as still to come what the next one, of the same minute, sent back."""
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]), "a.docx")
    loaded.drop("GP", build.make_imr(dated=date(2010, 3, 20)), "b.docx")
    loaded.drop("GP", build.make_qa_form(dated=date(2010, 3, 20)), "c.docx")
    short_rounds(loaded)
    (letter,) = said(loaded)
    for title in ("chronology", "IMR and QA form"):
        assert title in letter
    assert letter.count("still to come") == 1, "the evaluation statement alone"


def test_what_comes_by_mail_waits_for_what_else_its_sender_sent(loaded: Board) -> None:
    chronology = build.make_chronology(build.STORIES["GP"])
    imr = build.make_imr(dated=date(2010, 3, 20))
    loaded.mail(mail(GP, US, "N12 chronology", "Attached.", [("a.docx", chronology)]))
    loaded.mail(mail(GP, US, "N12 report", "Attached.", [("b.docx", imr)]))
    short_rounds(loaded)
    assert all(letter.count("still to come") == 2 for letter in said(loaded))


def test_nobody_waits_long_for_what_is_not_judged(loaded: Board) -> None:
    for name in ("a.docx", "b.docx"):
        loaded.drop("GP", note(ord(name[0])), name)
    with open_application(options(loaded)) as app:
        for _ in take_in_sources(app, RoundReport()):
            pass
        next(judge_new(app, RoundReport()))
        waits = (timedelta(0), timedelta(minutes=9), timedelta(minutes=11))
        due = [len([*app.unanswered.unanswered_deliveries(app.now() + w)]) for w in waits]
    assert due == [0, 0, 1]


def test_what_is_dropped_again_in_a_round_is_one_letter(loaded: Board) -> None:
    """Three files that each came before had three letters in a minute."""
    for at in ("2010-04-01T10:00", "2010-04-01T15:00"):
        for n in range(3):
            loaded.drop("GP", note(n), f"{n}.docx")
        loaded.once(at)
    assert len(said(loaded)) == 2


def test_many_messages_of_one_sender_in_a_round_are_one_letter(loaded: Board) -> None:
    """Fifteen notes that a person will look are one."""
    for n in range(15):
        loaded.mail(mail(GP, US, f"N12 {n}", "Attached.", [(f"{n}.docx", note(n))]))
    loaded.once()
    (letter,) = said(loaded)
    assert "Each of the 15 documents: received; a person will look at it" in letter


def test_a_few_messages_have_each_their_own_reply(loaded: Board) -> None:
    for n in range(2):
        loaded.mail(mail(GP, US, f"N12 {n}", "Attached.", [(f"{n}.docx", note(n))]))
    loaded.once()
    assert len(said(loaded)) == 2


def test_what_is_decided_of_one_message_in_a_round_is_one_letter(loaded: Board) -> None:
    loaded.mail(mail(GP, US, "N12", "Attached.", [(f"{n}.docx", note(n)) for n in range(15)]))
    loaded.once()
    for entry in range(1, 16):
        ended = loaded.run("reject", entry, *WHY, at="2010-04-01T11:00")
        assert (ended.status, "Letter (decision) to Author One" in ended.out) == (0, True)
    loaded.once(at="2010-04-01T11:00")
    _, decision = said(loaded)
    assert "The Administrator has looked at Meadow Lane Surgery's 15 documents" in decision
    assert "Each of the 15 documents: needs changes before we can accept it" in decision
    assert "are numbered in the order" not in decision, "none has a number"
    loaded.once(at="2010-04-01T12:00")
    assert len(said(loaded)) == 2, "each is told once"


def test_one_that_the_guard_stops_stops_none_that_came_with_it(loaded: Board) -> None:
    """Promise 6: the rest is answered, in a letter each."""
    loaded.load(CASE.replace('name         = "Child N"', 'name         = "This gives"'))
    year = build.with_cell(build.make_chronology(build.STORIES["GP"]), 5, "Date", "2009")
    loaded.drop("GP", year)
    loaded.drop("GP", note(1), "1.docx")
    loaded.once()
    (letter,) = said(loaded)
    assert "received; a person will look at it" in letter
    listed = loaded.run("letters").out
    assert "stopped" in listed


def test_documents_of_one_name_are_told_apart_by_where_they_stand() -> None:
    looked, accepted = "received; a person will look at it", "accepted, thank you"
    change = Change("Row 5", "It has no year.", "Write the year.")
    told = number_documents(
        [
            DocumentFacts("Chronology", accepted),
            DocumentFacts("Your document", looked),
            DocumentFacts("Your document", looked),
            DocumentFacts("IMR", "needs changes", changes=(change,)),
            DocumentFacts("IMR", "needs changes", changes=(change,)),
        ],
        "abcde",
    )
    assert [document.title for document in told] == [
        "Document 1 of 5, Chronology",
        "Documents 2 to 3 of 5, each",
        "Documents 4 to 5 of 5, IMR, each",
    ]


def test_documents_whose_names_tell_them_apart_have_no_number() -> None:
    documents = (DocumentFacts("Chronology", "accepted"), DocumentFacts("IMR", "accepted"))
    assert number_documents(documents, "ab") == documents
