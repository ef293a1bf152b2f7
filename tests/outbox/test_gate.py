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
    why = "its reader has had as many letters as a person gets in a day"
    assert f"Letter 3 is held back: {why}." in loaded.once().err
    assert states(loaded) == ["sent", "sent", "held back"]
    loaded.once(at="2010-04-06T09:00")
    digest = " ".join(text_of(loaded.sent("administrator@board.example")[-1]).split())
    ways = "To keep it in: scr-intake letters cancel 3 To send it: scr-intake letters retry 3"
    assert ways in digest


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


def test_who_is_no_longer_registered_gets_no_letter_that_waited(loaded: Board) -> None:
    """Promise 5: the guard looks again at the moment of sending, also when a person asks for it."""
    loaded.run("outbox", "pause")
    send_in(loaded, 1)
    loaded.once()
    assert states(loaded) == ["queued"]
    loaded.run(
        "contact", "remove", "N12", "GP", GP, "--reason", "has left the surgery", "--yes"
    )  # fmt: skip
    loaded.run("outbox", "resume")
    for _ in range(2):
        assert "Letter 1 is held back: its reader is not registered any more" in loaded.once().err
        assert states(loaded) == ["held back"]
        loaded.run("letters", "retry", 1)
    assert not [x for x in loaded.sent(GP) if x["X-SCR-Intake"] != "digest"]
    loaded.once()
    loaded.once()
    (alert,) = loaded.sent("it@board.example")
    assert "action needed - a letter is not written (rejection)" in alert["Subject"]


def test_a_chaser_leaves_in_office_hours_and_an_answer_at_any(loaded: Board) -> None:
    """Never at night or at weekends, though it was written in time."""
    loaded.run("outbox", "pause", at="2010-04-16T09:00")
    loaded.drop("GP", build.with_cell(build.chronology(build.STORIES["GP"]), 5, "Date", "2009"))
    loaded.once(at="2010-04-16T17:00")
    loaded.run("outbox", "resume", at="2010-04-16T18:30")
    loaded.once(at="2010-04-16T18:30")
    kinds = {letter["X-SCR-Intake"] for letter in loaded.sent()}
    assert kinds == {"rejection", "digest"}
    loaded.once(at="2010-04-17T10:00")  # a Saturday
    assert {letter["X-SCR-Intake"] for letter in loaded.sent()} == kinds


def test_thanks_never_hold_back_what_must_be_acted_on(loaded: Board) -> None:
    """However often the same comes again in a day, there is room for the letter that asks for
    something; what thanks too often is not sent, and told."""
    capped(loaded, letters_a_person_a_day=4)
    good = build.chronology(build.STORIES["GP"])
    for n in range(6):
        loaded.mail(mail(GP, US, f"N12 again {n}", attachments=[("chronology.docx", good)]))
    ended = loaded.once()
    spared = "its reader has had as many thanks as a person gets in a day, and it says nothing new"
    assert f"Letter 3 is not sent: {spared}." in ended.out
    send_in(loaded, 2)
    loaded.once(at="2010-04-01T11:00")
    listed = loaded.run("letters", "--json").json
    told = [(x["kind"], x["state"]) for x in listed if x["kind"] != "digest"]
    assert told[:2] == [("acknowledgement", "sent"), ("duplicate", "sent")]
    assert told[2:6] == [("duplicate", "called back")] * 4
    assert told[6:] == [("rejection", "sent")] * 2


def test_what_must_be_acted_on_leaves_first_and_thanks_last(loaded: Board) -> None:
    capped(loaded, letters_an_hour=1)
    loaded.run("outbox", "pause")
    good = build.chronology(build.STORIES["GP"])
    loaded.mail(mail(GP, US, "N12", attachments=[("chronology.docx", good)]))
    send_in(loaded, 1)
    loaded.once()
    loaded.run("outbox", "resume")
    ended = loaded.once()
    assert "Letter 2: rejection sent." in ended.out
    waits = "as many letters went out as may in an hour"
    assert f"Letter 1 waits: {waits}; next at 11:00am on Thursday 1 April 2010." in ended.out
    shown = loaded.run("outbox", at="2010-04-01T10:30").out
    at = "It goes at 11:00am on Thursday 1 April 2010."
    assert f"Letter 1 (an acknowledgement): A{waits[1:]}. {at}" in shown


def test_of_a_day_s_acknowledgements_the_last_goes_on_the_next(loaded: Board) -> None:
    """What waits under a cap is listed with why and when it goes."""
    capped(loaded, letters_a_person_a_day=2)
    for n in range(4):
        good = build.with_cell(
            build.chronology(build.STORIES["GP"]), 5, "Event", f"Seen {n} times."
        )
        loaded.mail(mail(GP, US, f"N12 {n}", attachments=[("chronology.docx", good)]))
    loaded.once()
    assert states(loaded) == ["sent", "called back", "called back", "queued"]
    listed = " ".join(loaded.run("letters", at="2010-04-01T18:00").out.split())
    assert (
        "Its reader has had as many thanks as a person gets in a day."
        " It goes at 12:00am on Friday 2 April 2010." in listed
    )
    loaded.once(at="2010-04-02T10:00")
    assert states(loaded)[-1] == "sent"
