"""The administrator hands in what came by another way, settles what the board has seen itself, and
says who may send for an agency: by mails alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests import builders_smime as smime
from tests.authority import Authority
from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import HER, LINK, SERVICE, Desk

AUTHOR, POLICE = "author@meadowlane.example", "author@shirepolice.example"
NINE, TEN = "2010-04-06T09:00", "2010-04-06T10:00"
CHRONOLOGY = [("chronology.docx", build.make_chronology(build.STORIES["GP"]))]


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(digest_of_nothing))


def digest_of_nothing(loaded: Board) -> None:
    loaded.once("2010-04-06T08:05")


def attached(desk: Desk, mailto: str, papers: list[tuple[str, bytes]], at: str) -> None:
    """Press a link, attach documents, send."""
    desk.press(mailto, at, papers=papers)


def help_link(desk: Desk, label: str) -> str:
    desk.send("Help", "", NINE)
    return desk.shown_link(label)


def test_documents_are_handed_in_for_an_agency_and_it_is_answered(desk: Desk) -> None:
    link = help_link(desk, "hand in for N12 Meadow Lane Surgery")
    attached(desk, link, CHRONOLOGY, "2010-04-06T09:10")
    answer = desk.answer()
    assert "Done: hand in, for N12, GP." in answer
    assert "N12, GP: chronology accepted." in answer
    assert "Letter (acknowledgement) to Author One, author." in answer
    assert "Letters leave at 9:20am at the earliest." in answer
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "accepted"
    assert desk.board.answers(AUTHOR) == []
    desk.board.once("2010-04-06T09:20")
    (told,) = desk.board.answers(AUTHOR)
    text = " ".join(letter_plain_text(told).split())
    assert "chronology for review N12, handed in by the board, reached us at 9:10am" in text
    assert told["In-Reply-To"] is None, "it answers no message of theirs"
    log = " ".join(desk.board.run("audit", "log", "N12", at=TEN).out.split())
    assert "was handed in by The Administrator." in log
    assert desk.board.run("audit", "verify", at=TEN).status == 0


def test_a_hand_in_is_undone_and_nobody_is_told(desk: Desk) -> None:
    link = help_link(desk, "hand in for N12 Meadow Lane Surgery")
    attached(desk, link, CHRONOLOGY, "2010-04-06T09:10")
    desk.press(desk.undo_link(), "2010-04-06T09:12")
    assert 'Undone: "hand in" of 9:10am' in desk.answer()
    assert "each return is as it was before, and nobody was written to." in desk.answer()
    row = desk.board.returns("GP", at=TEN)["chronology"]
    assert (row["state"], row["received"], row["accepted"]) == ("awaited", None, None)
    desk.board.once("2010-04-06T10:30")
    assert desk.board.answers(AUTHOR) == []
    assert desk.board.run("audit", "verify", at=TEN).status == 0
    attached(desk, link, CHRONOLOGY, "2010-04-06T10:40")
    assert "N12, GP: chronology accepted." in desk.answer()
    desk.board.once("2010-04-06T11:20")
    assert len(desk.board.answers(AUTHOR)) == 1


def test_a_hand_in_is_not_undone_once_its_letter_has_left(desk: Desk) -> None:
    link = help_link(desk, "hand in for N12 Meadow Lane Surgery")
    attached(desk, link, CHRONOLOGY, "2010-04-06T09:10")
    undo = desk.undo_link()
    desk.board.once("2010-04-06T09:40")
    desk.press(undo, "2010-04-06T09:45")
    assert "Nothing was undone: the letter about it has left." in desk.answer()
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "accepted"


def test_what_came_again_by_hand_is_not_told_of_once_that_is_undone(desk: Desk) -> None:
    link = help_link(desk, "hand in for N12 Meadow Lane Surgery")
    attached(desk, link, CHRONOLOGY, "2010-04-06T09:10")
    desk.board.once("2010-04-06T09:40")
    attached(desk, link, CHRONOLOGY, "2010-04-06T09:50")
    assert "the same document as one that came before" in desk.answer()
    desk.press(desk.undo_link(), "2010-04-06T09:52")
    assert 'Undone: "hand in" of 9:50am' in desk.answer()
    desk.board.once("2010-04-06T10:30")
    assert len(desk.board.answers(AUTHOR)) == 1
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "accepted"


def test_what_is_asked_for_in_her_own_words_is_offered_as_links(desk: Desk) -> None:
    words = "hand in for N12 Meadow Lane Surgery"
    desk.send(words, words, "2010-04-06T09:08", papers=CHRONOLOGY)
    assert "This was not understood, so nothing was done, and nothing" in desk.answer()
    attached(desk, desk.shown_link(words), CHRONOLOGY, "2010-04-06T09:10")
    assert "N12, GP: chronology accepted." in desk.answer()
    desk.send("RE: N12", "ask again N12 GP chronology: Who?", "2010-04-06T09:12")
    again = desk.shown_link("ask again about the chronology")
    desk.press(again.replace("your%20questions", "Who%20checked%20it?"), "2010-04-06T09:14")
    assert "Done: ask again." in desk.answer()


def test_without_a_document_nothing_is_handed_in(desk: Desk) -> None:
    link = help_link(desk, "hand in for N12 Meadow Lane Surgery")
    desk.press(link, "2010-04-06T09:10")
    assert "Nothing was handed in: no document is attached." in desk.answer()
    attached(desk, desk.shown_link("hand in what was in it"), CHRONOLOGY, "2010-04-06T09:12")
    assert "N12, GP: chronology accepted." in desk.answer()


def test_what_is_another_agency_s_is_held_and_nobody_is_told(desk: Desk) -> None:
    link = help_link(desk, "hand in for N12 Meadow Lane Surgery")
    theirs = [("chronology.docx", build.make_chronology(build.STORIES["POL"]))]
    attached(desk, link, theirs, "2010-04-06T09:10")
    assert "held" in desk.answer()
    assert desk.board.answers(AUTHOR) == desk.board.answers(POLICE) == []
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "awaited"


def test_nobody_else_hands_anything_in_by_that_link(desk: Desk) -> None:
    link = help_link(desk, "hand in for N12 Meadow Lane Surgery")
    desk.press(link, "2010-04-06T09:10", "colleague@board.example", papers=CHRONOLOGY)
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "awaited"
    assert desk.board.answers(AUTHOR) == []


def test_what_was_in_a_sealed_message_is_handed_in_and_settles_it(desk: Desk) -> None:
    words = (
        "Author One has sent you a secure message. Read the message: https://secure.example/m/1234"
    )
    desk.board.mail(mail(AUTHOR, SERVICE, "N12 secure message", words, ()))
    desk.board.once("2010-04-06T09:05")
    desk.board.once("2010-04-07T08:05")
    at = "2010-04-07T09:00"
    number = next(a["number"] for a in desk.asks(at) if "secure message" in a["says"])
    attached(desk, desk.link(number, "hand in what was in it", at), CHRONOLOGY, at)
    again = desk.shown_link("hand in, as it says here")
    assert "Nothing proves who writes to this mailbox" in desk.answer()
    settings = desk.board.folder / "scr-intake.toml"
    inside = 'inside_mail = { header = "X-Inside", value = "yes" }\nanswers       ='
    settings.write_text(settings.read_text().replace("answers       =", inside, 1))
    marked = {"X_Inside": "yes", "papers": CHRONOLOGY}
    desk.press(desk.link(number, "send me", at), at, **marked)
    assert "Done: send me." in desk.answer()
    attached(desk, again, CHRONOLOGY, "2010-04-07T09:10")
    assert "N12, GP: chronology accepted." in desk.answer()
    desk.board.once("2010-04-08T08:05")
    asks = desk.asks("2010-04-08T09:00")
    assert not any("secure message" in ask["says"] for ask in asks)


def test_what_the_board_has_seen_itself_is_settled_by_one_answer(desk: Desk) -> None:
    desk.send("Status N12 GP", "", NINE)
    link = desk.shown_link("chronology seen on paper 6 April")
    body = LINK.fullmatch(link)
    assert body is not None
    edited = link.replace("on%206%20April", "on%203%20April")
    desk.press(edited, "2010-04-06T09:10")
    assert "Done: seen outside on Saturday 3 April 2010." in desk.answer()
    row = desk.board.returns("GP", at=TEN)["chronology"]
    assert (row["state"], row["accepted"], row["received"]) == ("outside", "2010-04-03", None)
    assert "seen outside" in desk.board.run("case", "show", "N12", at=TEN).out
    log = " ".join(desk.board.run("audit", "log", "N12", at=TEN).out.split())
    assert "seen outside" in log and "on paper" in log
    desk.press(desk.undo_link(), "2010-04-06T09:12")
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "awaited"


def test_the_link_is_done_as_it_is_printed_too(desk: Desk) -> None:
    desk.send("Status N12 GP", "", NINE)
    desk.press(desk.shown_link("chronology seen on paper 6 April"), "2010-04-06T09:10")
    assert "Done: seen outside on Tuesday 6 April 2010." in desk.answer()


def test_a_day_to_come_is_asked_about(desk: Desk) -> None:
    desk.send("Status N12 GP", "", NINE)
    link = desk.shown_link("chronology seen on paper 6 April")
    desk.press(link.replace("on%206%20April", "on%209%20April%202010"), "2010-04-06T09:10")
    assert "that day is still to come" in desk.answer()
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "awaited"


def test_a_person_is_left_in_peace_brought_back_and_taken_out_by_two_mails_each(
    desk: Desk,
) -> None:
    desk.send("Status N12 GP", "", NINE)
    assert "Author One (author@meadowlane.example), author." in desk.answer()
    page = desk.answers()[-1].get_body(("html",))
    assert page is not None
    pause = next(x for x in desk.links("pause until") if "author%40" in x or "author@" in x)
    desk.press(pause, "2010-04-06T09:10")
    assert "Nothing is done yet. This is what it would do:" in desk.answer()
    assert "Author One is left in peace until" in desk.answer()
    desk.press(desk.shown_link("pause, as it says here"), "2010-04-06T09:12")
    assert "Done: pause author@meadowlane.example" in desk.answer()
    desk.send("Status N12 GP", "", "2010-04-06T09:14")
    desk.press(desk.shown_link("bring back"), "2010-04-06T09:15")
    desk.press(desk.shown_link("bring back, as it says here"), "2010-04-06T09:16")
    assert "Done: bring back" in desk.answer()
    remove = desk.links("remove", -3)[0]
    desk.press(remove, "2010-04-06T09:18")
    assert "is taken out of N12" in desk.answer()
    desk.press(desk.shown_link("remove, as it says here"), "2010-04-06T09:20")
    desk.send("Status N12 GP", "", "2010-04-06T09:22")
    assert "Author One" not in desk.answer()
    raw = b"".join(path.read_bytes() for path in desk.board.folder.glob("register.db*"))
    assert b"author@meadowlane" not in raw


def test_a_case_on_hold_is_reopened_by_two_mails(desk: Desk) -> None:
    done = desk.board.run("case", "hold", "N12", "--reason", "x", "--yes", at="2010-04-06T08:30")
    assert done.status == 0
    desk.send("Status N12", "", NINE)
    desk.press(desk.shown_link("reopen case"), "2010-04-06T09:10")
    assert "N12 is on hold, and becomes open." in desk.answer()
    desk.press(desk.shown_link("reopen case, as it says here"), "2010-04-06T09:12")
    assert "(on hold)" not in desk.board.run("case", "show", "N12", at=TEN).out


def test_whoever_is_unknown_is_registered_and_what_they_sent_is_taken_up(desk: Desk) -> None:
    raw = mail('"Jo Brown" <jo.brown@meadowlane.example>', SERVICE, "N12", "Attached.", CHRONOLOGY)
    desk.board.mail(raw)
    desk.board.once("2010-04-06T09:05")
    desk.board.once("2010-04-07T08:05")
    at = "2010-04-07T09:00"
    number = next(a["number"] for a in desk.asks(at) if "chronology" in a["says"])
    desk.press(desk.link(number, "register sender", at), "2010-04-07T09:10")
    assert "registers Jo Brown (jo.brown@meadowlane.example)" in desk.answer()
    assert "of Shire Police" not in desk.answer(), "nobody there has that domain"
    offered = desk.shown_link("register as author of Meadow Lane Surgery, N12")
    desk.press(desk.link(number, "details", at), "2010-04-07T09:11")
    desk.press(desk.shown_link("register as author of Shire Police, N12"), "2010-04-07T09:11")
    assert "One more step" in desk.answer() and "Done" not in desk.answer()
    desk.press(offered, "2010-04-07T09:12")
    assert "Jo Brown (jo.brown@meadowlane.example) is registered as author" in desk.answer()
    assert "N12, GP: chronology accepted." in desk.answer()
    assert desk.board.returns("GP", at=at)["chronology"]["state"] == "accepted"
    desk.board.once("2010-04-07T09:40")
    assert desk.board.sent("jo.brown@meadowlane.example"), "they are answered, and nobody else"
    assert desk.board.answers(AUTHOR) == []


def test_a_reply_hands_in_nothing_and_registers_nobody(desk: Desk) -> None:
    desk.board.drop("GP", build.make_statement(signed="Author One"))
    desk.board.once("2010-04-06T09:02")
    desk.board.once("2010-04-07T08:05")
    heavier = ("1 remove author@meadowlane.example", "1 seen outside IMR on 3 April: x")
    for line in ("1 hand in", *heavier):
        raw = mail(HER, SERVICE, "RE: digest", line, CHRONOLOGY,
                   In_Reply_To=str(desk.letters()[-1]["Message-ID"]).strip())  # fmt: skip
        desk.board.mail(raw)
        desk.board.once("2010-04-07T09:10")
        assert "Done" not in desk.answer()
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "awaited"


def test_a_commissioner_who_asks_what_is_owed_is_told_and_nobody_has_to_look(desk: Desk) -> None:
    commissioner = "commissioner@meadowlane.example"
    desk.board.mail(mail(commissioner, SERVICE, "N12", "What is still owed?", ()))
    desk.board.once("2010-04-06T09:10")
    (told,) = desk.board.answers(commissioner)
    assert str(told["Subject"]).endswith("where your returns stand")
    text = letter_plain_text(told)
    assert "Chronology             still to come   due Friday 16 April" in text
    assert "Shire Police" not in text
    desk.board.once("2010-04-07T08:05")
    assert desk.asks("2010-04-07T09:00") == []


def test_who_takes_over_is_registered_and_who_left_is_taken_out_by_links(desk: Desk) -> None:
    words = "Author One has left. Jo Brown (jo.brown@meadowlane.example) takes over."
    desk.board.mail(mail("commissioner@meadowlane.example", SERVICE, "N12", words, ()))
    desk.board.once("2010-04-06T09:10")
    desk.board.once("2010-04-07T08:05")
    at = "2010-04-07T09:00"
    for label, done in (("register author Jo Brown", "is registered as author of GP in N12"),
                        ("remove Author One", "is taken out of N12")):  # fmt: skip
        desk.press(desk.link(1, label, at), "2010-04-07T09:10")
        assert "Nothing is done yet." in desk.answer() and done in desk.answer()
        word = " ".join(label.split()[:2]) if label.startswith("register") else "remove"
        desk.press(desk.shown_link(f"{word}, as it says here"), "2010-04-07T09:12")
        assert f"Done: {word}" in desk.answer()
    desk.send("Status N12 GP", "", "2010-04-07T09:20")
    assert "Jo Brown" in desk.answer() and "Author One" not in desk.answer()


def test_a_message_that_came_encrypted_is_called_that_and_what_was_in_it_is_handed_in(
    desk: Desk,
) -> None:
    """Its line called it a document not recognised, and offered no way to hand in what it held."""
    holder = Authority().issue("Author One", AUTHOR, rsa_key=True)
    desk.board.mail(smime.encrypted_to(smime.inner(*CHRONOLOGY), holder, AUTHOR.encode()))
    desk.board.once("2010-04-06T09:05")
    desk.board.once("2010-04-07T08:05")
    at = "2010-04-07T09:00"
    ask = next(a for a in desk.asks(at) if "sealed message" in a["says"])
    assert "not recognised" not in ask["says"]
    attached(desk, desk.link(ask["number"], "hand in what was in it", at), CHRONOLOGY, at)
    attached(desk, desk.shown_link("hand in, as it says here"), CHRONOLOGY, "2010-04-07T09:10")
    assert "N12, GP: chronology accepted." in desk.answer()
    desk.board.once("2010-04-08T08:05")
    assert not any("sealed message" in ask["says"] for ask in desk.asks("2010-04-08T09:00"))
    told = [str(letter["Subject"]) for letter in desk.board.answers(AUTHOR)]
    assert len(told) == 2, "that it could not be opened, and that what was in it is accepted"
    assert "accepted, thank you" in told[1]
