"""The gate, on a board whose letters are counted."""

from __future__ import annotations

from outbox.wording import text_of
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail

GP = "author@meadowlane.example"
US = "scr-returns@board.example"


def capped(board: Board, **caps: int) -> None:
    settings = board.folder / "scr-intake.toml"
    text = settings.read_text()
    for key, most in caps.items():
        (old,) = [line for line in text.splitlines() if line.startswith(key)]
        text = text.replace(old, f"{key} = {most}")
    settings.write_text(text)


def send_in(board: Board, many: int) -> None:
    """So many different chronologies, each with a fault of its own."""
    for n in range(many):
        faulty = build.with_cell(build.chronology(build.STORIES["GP"]), 5, "Date", f"20{n}")
        board.mail(mail(GP, US, "N12", attachments=[("chronology.docx", faulty)]))


def states(board: Board) -> list[str]:
    return [x["state"] for x in board.run("letters", "--json").json if x["kind"] != "digest"]


def test_more_than_a_person_gets_in_a_day_is_held_back_and_told(loaded: Board) -> None:
    """Failure modes 65 and 70, promise 4: not lost, and a person decides."""
    capped(loaded, letters_a_person_a_day=2)
    send_in(loaded, 3)
    assert "Letter 3 is held back." in loaded.once().err
    assert states(loaded) == ["sent", "sent", "held back"]
    loaded.once(at="2010-04-06T09:00")
    digest = text_of(loaded.sent("administrator@board.example")[-1])
    assert "`scr-intake letters retry 3` sends it" in " ".join(digest.split())


def test_a_day_later_the_same_person_is_written_to_again(loaded: Board) -> None:
    capped(loaded, letters_a_person_a_day=1)
    send_in(loaded, 1)
    loaded.once()
    loaded.drop("GP", build.chronology(build.STORIES["GP"]))
    loaded.once(at="2010-04-02T10:00")
    assert states(loaded) == ["sent", "sent"]


def test_a_person_may_let_it_go_all_the_same(loaded: Board) -> None:
    capped(loaded, letters_a_person_a_day=1)
    send_in(loaded, 2)
    loaded.once()
    assert loaded.run("letters", "retry", 2).status == 0
    loaded.once()
    assert states(loaded) == ["sent", "sent"]


def test_more_than_an_hour_takes_waits_for_the_next(loaded: Board) -> None:
    capped(loaded, letters_an_hour=2)
    send_in(loaded, 3)
    loaded.once()
    assert states(loaded) == ["sent", "sent", "queued"]
    loaded.once(at="2010-04-01T10:59")
    assert states(loaded) == ["sent", "sent", "queued"]
    loaded.once(at="2010-04-01T11:05")
    assert states(loaded) == ["sent", "sent", "sent"]


def test_a_digest_is_never_held_back(loaded: Board) -> None:
    capped(loaded, letters_an_hour=1)
    send_in(loaded, 2)
    loaded.once(at="2010-04-06T09:00")
    assert len(loaded.sent("administrator@board.example")) == 1


def test_two_programs_that_answer_each_other_stop_at_once(loaded: Board) -> None:
    """Failure mode 65: one that does not say it is a program gets one letter, as a person would,
    and its answers to that get none; a person sees them."""
    for n, at in enumerate(("10:00", "10:01", "10:02", "15:00")):
        loaded.mail(mail(GP, US, "N12", f"Thank you for your message number {n}.\n"))
        loaded.once(at=f"2010-04-01T{at}")
    assert states(loaded) == ["sent"]
    assert loaded.status()["deliveries"]["judged"] == 4
    loaded.once(at="2010-04-06T09:00")
    digest = text_of(loaded.sent("administrator@board.example")[-1])
    assert digest.count("a message without a document") == 4


def test_somebody_who_sends_a_document_is_answered_however_soon(loaded: Board) -> None:
    loaded.mail(mail(GP, US, "N12", "Where do I send it?\n"))
    loaded.once(at="2010-04-01T10:00")
    send_in(loaded, 1)
    loaded.once(at="2010-04-01T10:01")
    assert states(loaded) == ["sent", "sent"]
