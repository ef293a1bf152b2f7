"""The gate, on a board whose letters are counted."""

from __future__ import annotations

import re

from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.told import newest

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
    """So many returns of different kinds, each with a fault of its own."""
    unsigned = {"signed": ""}
    faulty = (
        build.with_cell(build.make_chronology(build.STORIES["GP"]), 5, "Date", "2009"),
        build.make_qa_form(**unsigned),
        build.make_statement(**unsigned),
        build.make_imr(agency="Meadow Lane Surgery", author=""),
    )
    for paper in faulty[:many]:
        board.mail(mail(GP, US, "N12", attachments=[("return.docx", paper)]))


def states(board: Board) -> list[str]:
    return [x["state"] for x in board.run("letters", "--json").json if x["kind"] != "digest"]


def the_digest(board: Board) -> str:
    return newest(board)


def test_more_than_a_person_gets_in_a_day_goes_on_the_next_and_is_told(loaded: Board) -> None:
    """Failure mode 70, promise 4: not lost, not a block each, and nobody has to act."""
    capped(loaded, letters_a_person_a_day=2)
    send_in(loaded, 4)
    why = "its reader has had as many letters as a person gets in a day"
    assert f"2 letters, from 3 to 4, wait: {why};" in loaded.once().out
    assert states(loaded) == ["sent", "sent", "queued", "queued"]
    told = " ".join(loaded.run("digest", "--preview", "--all").out.split())
    assert (
        "N12, Meadow Lane Surgery, to Author One (author, author@meadowlane.example): 2 letters"
        " (each a request for changes) go by themselves after 10:00am, on the first working days"
        f" with room: {why}."
    ) in told
    assert "letters cancel --group" in told
    loaded.once(at="2010-04-01T23:00")
    assert states(loaded) == ["sent", "sent", "queued", "queued"]
    for early in ("2010-04-02T10:30", "2010-04-06T00:10", "2010-04-06T08:05"):
        loaded.once(at=early)
        assert states(loaded) == ["sent", "sent", "queued", "queued"], early
    told = the_digest(loaded)
    (name,) = re.findall(r"scr-intake letters cancel --group ([0-9a-f-]+)", told)
    assert loaded.run("letters", "cancel", "--group", name, at="2010-04-06T09:20").status == 0
    loaded.once(at="2010-04-06T10:05")
    assert states(loaded) == ["sent", "sent", "cancelled", "cancelled"]


def test_what_waits_for_a_day_goes_by_itself_once_the_digest_was_there_to_be_read(
    loaded: Board,
) -> None:
    capped(loaded, letters_a_person_a_day=1)
    send_in(loaded, 2)
    loaded.once()
    loaded.once(at="2010-04-06T08:05")
    told = the_digest(loaded)
    assert "1 letter (a request for changes) goes by itself after 10:00am" in told
    (name,) = re.findall(r"scr-intake letters cancel --group ([0-9a-f-]+)", told)
    loaded.once(at="2010-04-06T10:05")
    assert states(loaded) == ["sent", "sent"]
    late = loaded.run("letters", "cancel", "--group", name, at="2010-04-06T10:10")
    assert late.err.startswith("That letter does not wait any more.")


def test_what_waits_for_a_day_goes_now_by_one_command(loaded: Board) -> None:
    capped(loaded, letters_a_person_a_day=1)
    send_in(loaded, 3)
    loaded.once()
    told = " ".join(loaded.run("digest", "--preview", "--all").out.split())
    (name,) = re.findall(r"scr-intake letters retry --group ([0-9a-f-]+)", told)
    assert loaded.run("letters", "retry", "--group", name).out.startswith("2 letters go")
    loaded.once()
    assert states(loaded) == ["sent"] * 3


def ask(board: Board, number: int, at: str) -> None:
    """A message with no document, and more than minutes after any letter of ours."""
    words = f"I withdraw our chronology. Our ticket is {number}."
    board.mail(mail(GP, US, f"N12 ticket {number}", words))
    board.once(at=at)


def test_a_conversation_without_documents_is_stopped_on_a_full_day_until_a_person_acts(
    loaded: Board,
) -> None:
    """Failure mode 65: what a program may write is not answered ten times a day for ever."""
    capped(loaded, letters_a_person_a_day=2)
    good = build.make_chronology(build.STORIES["GP"])
    loaded.mail(mail(GP, US, "N12", attachments=[("chronology.docx", good)]))
    loaded.once(at="2010-03-31T10:00")
    for hour in range(10, 15):
        ask(loaded, hour, f"2010-04-01T{hour}:00")
    assert states(loaded) == ["sent"] * 3 + ["held back"] * 3
    ask(loaded, 20, "2010-04-06T10:00")
    assert states(loaded)[3:] == ["held back"] * 4, "nor on a day that has room"
    send_in(loaded, 1)
    loaded.once(at="2010-04-06T12:00")
    assert states(loaded)[-1] == "sent", "a document is answered all the same"
    told = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-06T13:00").out.split())
    assert told.count("are held back") == 1
    (name,) = re.findall(r"scr-intake letters cancel --group ([0-9a-f-]+)", told)
    loaded.run("letters", "cancel", "--group", name, at="2010-04-06T13:00")
    ask(loaded, 30, "2010-04-06T14:00")
    assert states(loaded)[-1] == "sent"


def test_a_day_later_the_same_person_is_written_to_again(loaded: Board) -> None:
    capped(loaded, letters_a_person_a_day=1)
    send_in(loaded, 1)
    loaded.once()
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
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
    loaded.drop(
        "GP", build.with_cell(build.make_chronology(build.STORIES["GP"]), 5, "Date", "2009")
    )
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
    good = build.make_chronology(build.STORIES["GP"])
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
    good = build.make_chronology(build.STORIES["GP"])
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
            build.make_chronology(build.STORIES["GP"]), 5, "Event", f"Seen {n} times."
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
