"""The administrator attaches documents to an answer: they are taken where its line says whose they
are, and otherwise named as not taken, with the links that hand them in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import SERVICE, Desk

AUTHOR = "author@meadowlane.example"
MORNING, NINE, THEN, TEN = (
    "2010-04-07T08:05",
    "2010-04-07T09:00",
    "2010-04-07T09:10",
    "2010-04-07T10:00",
)
CHRONOLOGY = [("what came.docx", build.make_chronology(build.STORIES["GP"]))]
ASSIGN = "1 assign N12 GP chronology"
SEALED = "Author One has sent you a secure message. Read the message: https://egress.example/m/1"
ASKS = "Would you please ring me? There is something about the dates."


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    """The administrator's mail is known to be from inside, so that documents are believed."""
    return believed(begin(notice_of_another))


def notice_of_another(loaded: Board) -> None:
    loaded.mail(mail("notify@egress.example", SERVICE, "N12 secure message", SEALED, ()))
    loaded.once("2010-04-06T09:05")
    loaded.once(MORNING)


def believed(board: Board) -> Desk:
    settings = board.folder / "scr-intake.toml"
    inside = 'inside_mail = { header = "X-Inside", value = "yes" }\nanswers       ='
    settings.write_text(settings.read_text().replace("answers       =", inside, 1))
    return Desk(board)


def state(desk: Desk, kind: str = "chronology") -> object:
    return desk.board.returns("GP", at=TEN)[kind]["state"]


def test_it_is_taken_as_what_the_line_says_and_the_notice_waits_no_more(desk: Desk) -> None:
    desk.reply(f"{ASSIGN}\n\nThis is what came.", THEN, papers=CHRONOLOGY, X_Inside="yes")
    answer = desk.answer()
    assert "Done: hand in, for N12, GP. N12, GP: chronology accepted." in answer
    assert "not taken" not in answer
    assert state(desk) == "accepted"
    desk.board.once("2010-04-08T08:05")
    assert not any("secure message" in ask["says"] for ask in desk.asks("2010-04-08T09:00"))


def test_it_is_undone_as_any_other(desk: Desk) -> None:
    desk.reply(ASSIGN, THEN, papers=CHRONOLOGY, X_Inside="yes")
    desk.press(desk.undo_link(), "2010-04-07T09:12")
    assert 'Undone: "hand in" of 9:10am' in desk.answer()
    assert state(desk) == "awaited"
    desk.board.once("2010-04-08T08:05")
    assert any("secure message" in ask["says"] for ask in desk.asks("2010-04-08T09:00"))


def test_from_whom_nothing_proves_it_is_taken_by_the_link_of_the_answer(desk: Desk) -> None:
    desk.reply(ASSIGN, THEN, papers=CHRONOLOGY)
    assert "documents are handed in by the link below alone" in desk.answer()
    assert state(desk) == "awaited"
    link = desk.shown_link("hand in for N12 GP")
    desk.press(link, "2010-04-07T09:12", papers=CHRONOLOGY)
    assert "N12, GP: chronology accepted." in desk.answer()


def test_a_notice_is_no_return_and_the_link_that_hands_in_is_given(desk: Desk) -> None:
    desk.reply(ASSIGN, THEN)
    answer = desk.answer()
    assert "Nothing was done. There is no document in this message" in answer
    assert "so it cannot be the chronology." in answer
    desk.press(desk.shown_link("hand in for N12 GP"), "2010-04-07T09:12", papers=CHRONOLOGY)
    assert "N12, GP: chronology accepted." in desk.answer()


def test_what_no_line_says_whose_it_is_is_named_as_not_taken(desk: Desk) -> None:
    for at, line in (("2010-04-07T09:10", "1 details"), ("2010-04-07T09:20", "thank you all")):
        desk.reply(line, at, papers=CHRONOLOGY, X_Inside="yes")
        assert "What you attached: 1 document What you attached was not taken" in desk.answer()
        assert desk.links("hand in for N12 Meadow Lane Surgery")
    *_, last = desk.links("hand in for N12 Meadow Lane Surgery")  # the letter may show it twice
    desk.press(last, THEN, papers=CHRONOLOGY)
    assert "N12, GP: chronology accepted." in desk.answer()


def test_of_two_numbers_neither_takes_it(loaded: Board) -> None:
    for place in ("a", "b"):
        words = SEALED.replace("/m/1", f"/m/{place}")
        loaded.mail(mail(AUTHOR, SERVICE, f"N12 secure message {place}", words, ()))
        loaded.once("2010-04-06T09:05")
    loaded.mail(mail(AUTHOR, SERVICE, "N12", ASKS, ()))
    loaded.once("2010-04-06T09:15")
    loaded.once(MORNING)
    desk = believed(loaded)
    numbers = [ask["number"] for ask in desk.asks(NINE) if "secure" in ask["says"]]
    if len(numbers) > 1:
        lines = "\n".join(f"{number} file" for number in numbers)
        desk.reply(lines, THEN, papers=CHRONOLOGY, X_Inside="yes")
        assert "nobody can tell which are whose" in desk.answer()
        assert state(desk) == "awaited"
    asked = next(ask["number"] for ask in desk.asks(NINE) if "ring me" in ask["says"])
    desk.reply(
        f"{asked} answer: I have rung you.", "2010-04-07T09:20", papers=CHRONOLOGY, X_Inside="yes"
    )
    assert "Done: answer." in desk.answer() and "was not taken" in desk.answer()


def test_a_link_hands_in_as_often_as_it_is_pressed_and_each_has_its_undo(desk: Desk) -> None:
    desk.send("Help", "", NINE)
    link = desk.shown_link("hand in for N12 Meadow Lane Surgery")
    desk.press(link, THEN, papers=CHRONOLOGY)
    first = desk.undo_link()
    statement = [("statement.docx", build.make_statement(signed="Author One"))]
    desk.press(link, "2010-04-07T09:12", papers=statement)
    assert "Done: hand in, for N12, GP." in desk.answer()
    second = desk.undo_link()
    assert first != second
    desk.press(first, "2010-04-07T09:14")
    assert 'Undone: "hand in" of 9:10am' in desk.answer()
    assert state(desk) == "awaited" and state(desk, "evaluation_statement") != "awaited"
    desk.press(first, "2010-04-07T09:16")
    assert "or it was undone already" in desk.answer()
    desk.press(second, "2010-04-07T09:18")
    assert 'Undone: "hand in" of 9:12am' in desk.answer()
