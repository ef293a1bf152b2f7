"""The administrator settles what the digest asks by mails alone, and nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import HER, OPERATOR, SERVICE, Desk

AUTHOR, STRANGER = "author@meadowlane.example", "somebody@else.example"
MORE_TIME, STATEMENT, UNKNOWN = 1, 2, 3  # the numbers of what is asked
NINE, TEN = "2010-04-06T09:00", "2010-04-06T10:00"


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(asked_desk))


def asked_desk(loaded: Board) -> Desk:
    """A digest has asked about a request for more time, a statement and a stranger's chronology."""
    loaded.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    words = "I won't get the IMR done by 28 May, could we have until 11 June? Our author is ill."
    loaded.mail(mail(AUTHOR, SERVICE, "N12", words, ()))
    chronology = build.make_chronology(build.STORIES["GP"])
    loaded.mail(mail(STRANGER, SERVICE, "N12", "Attached.", [("x.docx", chronology)]))
    loaded.once()
    loaded.once("2010-04-06T08:05")
    return Desk(loaded)


def state(desk: Desk, at: str = TEN) -> Any:
    """All that an order could change, letters to agencies with it."""
    returns = {k: (r["state"], r["due"]) for k, r in desk.board.returns("GP", at=at).items()}
    decided = [desk.entry(id, at)["decided"] for id in (1, 2, 3)]
    return returns, decided, len(desk.board.sent(AUTHOR))


def test_every_link_does_what_its_label_says(desk: Desk) -> None:
    """The contract: a mail made of a link's To, Subject and Body, sent from her address."""
    desk.press(desk.link(MORE_TIME, "more time until 11 June", NINE), "2010-04-06T09:10")
    assert "Done: more time until Friday 11 June 2010." in desk.answer()
    desk.press(desk.link(STATEMENT, "accept", NINE), "2010-04-06T09:12")
    assert "Done: accept." in desk.answer()
    assert "Letter (decision) to Author One, author." in desk.answer()
    assert "Letters leave at 9:22am at the earliest." in desk.answer()
    desk.press(desk.link(UNKNOWN, "file", NINE), "2010-04-06T09:13")
    assert "Done: file. No letter tells of this." in desk.answer()
    returns, decided, _ = state(desk)
    assert returns["imr"] == ("awaited", "2010-06-11")
    assert returns["evaluation_statement"][0] == "accepted"
    assert decided == [None, "accept", "reject"]
    assert desk.board.run("digest", "--preview", "--json", at=TEN).json["asks"] == []
    desk.board.once("2010-04-06T09:40")
    told = " ".join(letter_plain_text(desk.board.sent(AUTHOR)[-1]).split())
    assert "please send it by Friday 11 June 2010" in told and "accepted, thank you" in told


def test_a_reply_does_the_same_a_line_each_and_one_letter_answers_it(desk: Desk) -> None:
    before = len(desk.letters())
    desk.reply(
        "1 more time until 11 June\n2 send back: the signature is missing\n3 file\n\nThank you",
        "2010-04-06T09:10",
    )
    assert len(desk.letters()) == before + 1
    answer = desk.letters()[-1]
    assert str(answer["Subject"]).endswith("your answer: 3 done")
    assert str(answer["To"].addresses[0].addr_spec) == HER
    assert answer["In-Reply-To"] == "<desk.1@board.example>"
    assert desk.entry(2, TEN)["decided"] == "reject"
    desk.board.once("2010-04-06T09:40")
    told = " ".join(letter_plain_text(desk.board.sent(AUTHOR)[-1]).split())
    assert "the signature is missing" in told


def test_assigning_says_whose_and_what_it_is_and_it_is_judged_as_that(desk: Desk) -> None:
    desk.reply("3 assign N12 GP chronology", "2010-04-06T09:10")
    assert "Done: assign N12 GP chronology. N12, GP: chronology accepted." in desk.answer()
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "accepted"


def test_yes_to_more_time_is_the_day_that_was_asked_for(desk: Desk) -> None:
    desk.reply("2 yes\n1 yes", "2010-04-06T09:10")
    assert "Done: more time until Friday 11 June 2010." in desk.answer()
    assert '"yes" is no answer to this. Answer: accept' in desk.answer()
    assert desk.board.returns("GP", at=TEN)["imr"]["due"] == "2010-06-11"


def test_no_says_so_to_who_asked_and_the_due_date_stays(desk: Desk) -> None:
    desk.press(desk.link(MORE_TIME, "no", NINE), "2010-04-06T09:10")
    assert "Done: no." in desk.answer()
    assert desk.board.returns("GP", at=TEN)["imr"]["due"] == "2010-05-28"
    desk.board.once("2010-04-06T09:40")
    assert "more time is not agreed" in " ".join(desk.board.sent(AUTHOR)[-1]["Subject"].split())


def test_details_says_all_that_was_found_and_changes_nothing(desk: Desk) -> None:
    before = state(desk)
    desk.press(desk.link(STATEMENT, "details", NINE), "2010-04-06T09:10")
    answer = desk.answer()
    assert "The statement seems to be signed by an author of the report." in answer
    assert "scr-intake " not in answer.replace("automatically by scr-intake,", "")
    assert state(desk) == before


def test_a_second_same_order_is_done_already_and_another_is_told_how_it_was_settled(
    desk: Desk,
) -> None:
    link = desk.link(STATEMENT, "accept", NINE)
    desk.press(link, "2010-04-06T09:10")
    settled = state(desk)
    desk.press(link, "2010-04-06T09:12")
    assert "This is done already, since 9:10am on Tuesday 6 April 2010." in desk.answer()
    desk.reply("2 send back: the signature is missing", "2010-04-06T09:14")
    assert 'It was settled with "accept" at 9:10am on Tuesday 6 April 2010.' in desk.answer()
    assert state(desk) == settled


def test_what_somebody_settled_by_command_is_not_settled_again(desk: Desk) -> None:
    why = ("--reason", "She rang", "--by", "Sam Example", "--yes")
    assert desk.board.run("reject", 2, *why, at="2010-04-06T09:05").status == 0
    settled = state(desk)
    desk.press(desk.link(STATEMENT, "accept", NINE), "2010-04-06T09:10")
    assert "It was sent back, or put away by Sam Example at 9:05am" in desk.answer()
    assert state(desk)[:2] == settled[:2]


def test_an_order_about_what_has_a_newer_version_by_now_is_not_done(desk: Desk) -> None:
    newer = build.make_statement(signed="Author One", dated=date(2010, 3, 31))
    desk.board.drop("GP", newer, "newer.docx")
    desk.board.once("2010-04-06T09:05")
    desk.press(desk.link(STATEMENT, "accept", NINE), "2010-04-06T09:10")
    assert "A newer version has come since, which" in desk.answer()
    assert "in drop folder GP, done/2010-04-06, since 6 April 9:05am" in desk.answer()
    assert "it waits for you, and the next digest asks about it" in desk.answer()
    assert desk.entry(2, TEN)["decided"] is None


def test_an_order_about_a_request_that_was_made_anew_since_is_not_done(desk: Desk) -> None:
    words = "Could we have until 18 June for the IMR instead? Our author is still ill."
    desk.board.mail(mail(AUTHOR, SERVICE, "N12", words, ()))
    desk.board.once("2010-04-06T09:05")
    desk.press(desk.link(MORE_TIME, "more time until 11 June", NINE), "2010-04-06T09:10")
    assert "A newer request has come since, which" in desk.answer()
    assert desk.board.returns("GP", at=TEN)["imr"]["due"] == "2010-05-28"


def test_a_digest_is_answered_for_eleven_working_days_and_no_longer(desk: Desk) -> None:
    link = desk.link(UNKNOWN, "file", NINE)
    desk.press(link, "2010-04-22T09:10")
    assert "That digest is too old." in desk.answer()
    assert desk.entry(3, TEN)["decided"] is None
    again = desk.link(UNKNOWN, "file", "2010-04-22T09:20")
    desk.press(again, "2010-04-22T09:20")
    assert "Done: file." in desk.answer()


def test_undo_takes_it_back_before_anybody_was_told(desk: Desk) -> None:
    before = state(desk)
    for number, word in ((MORE_TIME, "more time"), (STATEMENT, "accept"), (UNKNOWN, "file")):
        desk.press(desk.link(number, word, NINE), "2010-04-06T09:10")
        desk.press(desk.undo_link(), "2010-04-06T09:12")
        assert f'Undone: "{word}" of 9:10am' in desk.answer()
    assert state(desk) == before
    desk.board.once("2010-04-06T11:00")
    assert state(desk) == before, "nobody is told of what was undone"
    asks = desk.board.run("digest", "--preview", "--json", at="2010-04-06T11:00").json["asks"]
    assert [len(ask["links"]) > 0 for ask in asks[:3]] == [True] * 3, "all of it waits again"
    assert desk.board.run("audit", "verify", at=TEN).status == 0


def test_undo_after_the_letter_left_is_refused_with_what_can_be_done(desk: Desk) -> None:
    desk.press(desk.link(STATEMENT, "accept", NINE), "2010-04-06T09:10")
    undo = desk.undo_link()
    desk.board.once("2010-04-06T09:40")
    settled = state(desk)
    desk.press(undo, "2010-04-06T09:45")
    assert "Nothing was undone: the letter about it has left." in desk.answer()
    assert state(desk) == settled


def test_who_decided_and_that_it_was_by_mail_are_kept_and_the_words_are_sealed(desk: Desk) -> None:
    desk.reply("2 accept\n\nShe confirmed it on the telephone.", "2010-04-06T09:10")
    log = desk.board.run("audit", "log", "N12", at=TEN).out
    assert "by The Administrator (by mail): 2 accept" in " ".join(log.split())
    assert (
        "Decided (accept) at 9:10am on Tuesday 6 April 2010 by mail"
        in desk.board.run("show", 2).out
    )
    raw = b"".join(path.read_bytes() for path in desk.board.folder.glob("register.db*"))
    assert b"telephone" not in raw and b"desk.1@" not in raw


REFUSED = [
    pytest.param({"sender": "colleague@board.example"}, "another", id="a colleague's"),
    pytest.param({"Sender": "colleague@board.example"}, "another", id="on behalf"),
    pytest.param({"Resent_From": "colleague@board.example"}, "another", id="sent on"),
    pytest.param({"Auto_Submitted": "auto-replied"}, "", id="an automatic answer"),
    pytest.param({"X_Autoreply": "yes"}, "", id="an absence"),
]


@pytest.mark.parametrize(("how", "why"), REFUSED)
def test_what_is_not_hers_or_not_written_by_her_changes_nothing_and_is_not_answered(
    desk: Desk, how: dict[str, str], why: str
) -> None:
    """Failure modes 66 and 72: no loop, and no backscatter."""
    before, letters = state(desk), len(desk.board.sent())
    desk.press(desk.link(STATEMENT, "accept", NINE), "2010-04-06T09:10", **how)
    desk.reply("1 more time until 11 June\n3 file", "2010-04-06T09:12", **how)
    assert state(desk) == before
    told = [x for x in desk.board.sent() if x["To"].addresses[0].addr_spec != OPERATOR]
    assert len(told) == letters
    assert bool(desk.board.sent(OPERATOR)) == bool(why)


def test_a_mail_in_her_name_without_the_key_does_nothing_and_she_is_told_once(desk: Desk) -> None:
    before = state(desk)
    forged = "accept, N12 GP aaaabbbbccccdddd"
    for n, subject in enumerate((forged, "2 accept", "RE: your digest")):
        desk.send(subject, "2 accept", f"2010-04-06T09:1{n}")
    unknown = "<scr.0.a46c9ef8f81955c15e89c706.e86fe46a647a89210a015a2b@board.example>"
    desk.send("RE: x", "2 accept", "2010-04-06T09:15", In_Reply_To=unknown)
    assert state(desk) == before
    assert len(desk.letters()) == 2, "two digests, and no answer"
    (alert,) = desk.board.sent(OPERATOR)
    assert "name was not taken" in " ".join(str(alert["Subject"]).split())
    desk.board.once("2010-04-07T08:05")
    said = desk.digest()
    assert (
        "4 answers in your name were not taken, the last at 9:15am on Tuesday 6 April 2010" in said
    )
    desk.board.once("2010-04-08T08:05")
    assert "in your name" not in desk.digest()


def test_the_code_of_one_ask_opens_no_other(desk: Desk) -> None:
    before = state(desk)
    link = desk.link(MORE_TIME, "details", NINE)
    head, _, _ = link.partition("&body=")
    desk.press(f"{head}&body=2%20accept", "2010-04-06T09:10")
    assert "This link is for another number. Nothing was done." in desk.answer()
    assert state(desk) == before


def test_a_link_of_a_preview_does_nothing(desk: Desk) -> None:
    asks = desk.board.run("digest", "--preview", "--json", at="2010-04-06T09:05").json["asks"]
    link = next(x["mailto"] for x in asks[1]["links"] if x["label"] == "accept")
    before = state(desk)
    desk.press(link, "2010-04-06T09:10")
    assert state(desk) == before


def test_what_nearly_is_an_order_is_asked_about_with_the_links(desk: Desk) -> None:
    before = state(desk)
    desk.reply("2 acept\n1 more time until 31 June", "2010-04-06T09:10")
    answer = desk.answer()
    assert "a line begins as an answer and is none" in answer
    assert "there is no such day" in answer
    assert "Answer: accept, send back: as found, send me, details" in answer
    assert state(desk) == before


def test_with_proof_asked_for_a_folder_that_proves_everybody_counts(desk: Desk) -> None:
    settings = desk.board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace('= "keyed"', '= "proven"'))
    desk.press(desk.link(UNKNOWN, "file", NINE), "2010-04-06T09:10")
    assert "Done: file." in desk.answer()


def test_switched_off_nothing_is_done(desk: Desk) -> None:
    link = desk.link(STATEMENT, "accept", NINE)
    settings = desk.board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace('"keyed"', '"off"'))
    before = state(desk)
    desk.press(link, "2010-04-06T09:10")
    assert state(desk) == before


def test_her_other_address_counts_and_the_answer_goes_to_the_registered_one(desk: Desk) -> None:
    settings = desk.board.folder / "scr-intake.toml"
    also = 'administrator_also = ["phone@mobile.example"]\nanswers       ='
    settings.write_text(settings.read_text().replace("answers       =", also, 1))
    link = desk.link(STATEMENT, "accept", NINE)
    desk.press(link, "2010-04-06T09:10", "phone@mobile.example", Reply_To="evil@else.example")
    assert "Done: accept." in desk.answer()
    assert desk.board.sent("phone@mobile.example") == desk.board.sent("evil@else.example") == []


def test_help_digest_and_status_are_answered_at_once(desk: Desk) -> None:
    before = state(desk)
    desk.send("Help", "", "2010-04-06T09:10")
    assert "send back, with a colon and your words" in desk.answer()
    desk.send("Status N12", "", "2010-04-06T09:11")
    assert "Meadow Lane Surgery" in desk.answer() and "due 28 May" in desk.answer()
    desk.send("anything", "Digest", "2010-04-06T09:12")
    assert "asks for more time: IMR, 28 May to 11 June" in desk.answer(), "as the digest says it"
    assert state(desk) == before


def test_attachments_of_a_refused_mail_are_nobodys_return(desk: Desk) -> None:
    chronology = build.make_chronology(build.STORIES["GP"])
    papers = [("c.docx", chronology)]
    desk.board.mail(mail(HER, SERVICE, "2 accept", "2 accept", papers))
    desk.board.once("2010-04-06T09:10")
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "awaited"
    assert desk.board.run("show", 4).status == 1, "there is no entry of it"


def test_the_answer_can_be_looked_at(desk: Desk, tmp_path: Path) -> None:
    desk.press(desk.link(STATEMENT, "accept", NINE), "2010-04-06T09:10")
    page = desk.letters()[-1].get_body(("html",))
    assert page is not None and "undo</a>" in page.get_content()


def test_what_is_heavier_first_says_what_it_would_do_and_then_does_it(desk: Desk) -> None:
    before = state(desk)
    desk.press(desk.link(MORE_TIME, "waive the IMR", NINE), "2010-04-06T09:10")
    answer = desk.answer()
    assert "Nothing is done yet. This is what it would do:" in answer
    assert "One more step: waive, as it says here" in answer
    assert str(desk.letters()[-1]["Subject"]).endswith("your answer: one more step")
    assert "IMR was still to come, and is not needed." in answer
    assert state(desk) == before
    link = desk.shown_link("waive, as it says here")
    desk.reply("1 waive", "2010-04-06T09:11")
    assert state(desk) == before, "no reply asks for it"
    desk.press(link, "2010-04-06T09:12")
    assert "Done: waive." in desk.answer()
    assert desk.board.returns("GP", at=TEN)["imr"]["state"] == "waived"
    desk.press(desk.undo_link(), "2010-04-06T09:14")
    assert desk.board.returns("GP", at=TEN)["imr"]["state"] == "awaited"


def test_a_late_review_is_put_on_hold_by_two_mails(desk: Desk) -> None:
    at = "2010-09-02T08:05"
    desk.board.once(at)
    number = next(a["number"] for a in desk.asks(at) if "the review" in a["says"])
    desk.press(desk.link(number, "put on hold", at), "2010-09-02T09:10")
    assert "N12 is open, and becomes on hold." in desk.answer()
    assert "(on hold)" not in desk.board.run("case", "show", "N12", at=at).out
    desk.press(desk.shown_link("put on hold, as it says here"), "2010-09-02T09:12")
    assert "Done: put on hold." in desk.answer()
    assert "(on hold)" in desk.board.run("case", "show", "N12", at=at).out


def test_what_was_accepted_may_be_asked_about_again(desk: Desk) -> None:
    desk.press(desk.link(STATEMENT, "accept", NINE), "2010-04-06T09:10")
    desk.board.once("2010-04-06T09:40")
    desk.reply("2 ask again: who checked the dates?", "2010-04-06T10:10")
    assert "Done: ask again." in desk.answer()
    assert desk.board.returns("GP", at=TEN)["evaluation_statement"]["state"] == "rejected"
    desk.board.once("2010-04-06T10:40")
    assert "who checked the dates?" in letter_plain_text(desk.board.sent(AUTHOR)[-1])


def test_what_waits_is_not_asked_about_again_but_sent_back(desk: Desk) -> None:
    desk.reply("2 ask again: who checked the dates?", "2010-04-06T10:10")
    assert "Only what was accepted is asked about again." in desk.answer()
    assert desk.entry(2, TEN)["decided"] is None


def test_words_that_name_a_subject_are_not_sent_and_not_repeated(desk: Desk) -> None:
    before = state(desk)
    desk.reply("2 send back: Child N is misspelt", "2010-04-06T10:10")
    answer = desk.answer()
    assert "would name a person the review is about" in answer and "Child N" not in answer
    assert state(desk) == before


def test_a_late_review_has_more_time_by_a_reply(desk: Desk) -> None:
    at = "2010-09-02T08:05"
    desk.board.once(at)
    number = next(a["number"] for a in desk.asks(at) if "the review" in a["says"])
    desk.reply(f"{number} more time until 1 December", "2010-09-02T09:10")
    assert "N12 is to be complete by Wednesday 1 December 2010" in desk.answer()


def test_a_colleague_s_reply_with_a_document_is_nobodys_return(desk: Desk) -> None:
    """She passed the digest on, and the colleague answers the service with a file."""
    digest = str(desk.letters()[-1]["Message-ID"]).strip()
    papers = [("c.docx", build.make_chronology(build.STORIES["GP"]))]
    raw = mail("pa@board.example", SERVICE, "RE: x", "2 accept", papers, In_Reply_To=digest)
    before = state(desk)
    desk.board.mail(raw)
    desk.board.once("2010-04-06T09:10")
    assert state(desk) == before
    assert desk.board.run("show", 4).status == 1, "there is no entry of it"
    assert len(desk.board.sent(OPERATOR)) == 1


TO_OTHERS = {"Cc": SERVICE, "to": STRANGER, "subject": "Room for N12", "words": "It is room 4."}
ABSENT = {"Auto_Submitted": "auto-replied", "subject": "Automatic reply: N12", "words": "Away."}
# Without the key; the mark is what the board's server writes on mail from inside.
BY_HAND = [
    pytest.param(False, TO_OTHERS, None, id="to others, with the service in copy"),
    pytest.param(False, ABSENT, None, id="an absence note"),
    pytest.param(False, {"words": "Is the N12 GP statement in?"}, "Status N12 GP", id="words"),
    pytest.param(False, {"words": ""}, "Status N12, Digest, Help", id="nothing"),
    pytest.param(True, {"words": "ask again N12 GP: Why?"}, None, id="not from inside"),
    pytest.param(True, {"X_Inside": "yes", "words": "2 accept"}, "Answer: accept", id="inside"),
]


@pytest.mark.parametrize(("marked", "how", "answer"), BY_HAND)
def test_what_she_writes_by_hand_is_never_a_strangers(
    desk: Desk, marked: bool, how: dict[str, str], answer: str | None
) -> None:
    """It has one answer, with what does it as links; what is written to others, or by a program,
    is left where it is (failure mode 113: people read this mailbox too)."""
    if marked:
        settings = desk.board.folder / "scr-intake.toml"
        inside = 'inside_mail = { header = "X-Inside", value = "yes" }\nanswers       ='
        settings.write_text(settings.read_text().replace("answers       =", inside, 1))
    given = {"to": SERVICE, "subject": "RE: hand in", **how}
    to, subject, words = given.pop("to"), given.pop("subject"), given.pop("words")
    before = state(desk)
    desk.board.mail(mail(HER, to, subject, words, (), **given))
    ended = desk.board.once("2010-04-06T09:10")
    assert ("left as they were: 1." in ended.out) == (answer is None and not marked)
    assert len(desk.answers()) == bool(answer)
    assert answer is None or answer in desk.answer()
    assert state(desk) == before
    desk.board.once("2010-04-07T08:05")
    assert "By mail from administrator@" not in desk.digest()
    assert "not registered was left" not in desk.digest()
    assert ("An answer in your name was not taken" in desk.digest()) == (marked and not answer)


def test_an_answer_is_dealt_with_however_many_strangers_write(desk: Desk) -> None:
    """Failure mode 105."""
    for n in range(60):
        raw = mail(f"s{n}@shop.example", SERVICE, f"N12 {n}", "Here.", [("x.docx", b"PK nothing")])
        desk.board.mail(raw)
    desk.press(desk.link(STATEMENT, "accept", NINE), "2010-04-06T09:10")
    assert "Done: accept." in desk.answer()


def test_what_an_agency_takes_back_is_taken_back_by_a_yes(desk: Desk) -> None:
    chronology = build.make_chronology(build.STORIES["POL"])
    desk.board.drop("POL", chronology, "chronology.docx")
    desk.board.once("2010-04-06T09:10")
    police = "author@shirepolice.example"
    words = "Please ignore the chronology that we sent, it is the wrong version. A new one follows."
    desk.board.mail(mail(police, SERVICE, "N12", words, ()))
    desk.board.once("2010-04-06T09:12")
    desk.board.once("2010-04-07T08:05")
    at = "2010-04-07T09:00"
    number = next(a["number"] for a in desk.asks(at) if "take back" in a["says"])
    desk.press(desk.link(number, "yes", at), "2010-04-07T09:10")
    assert "Done: yes." in desk.answer()
    assert "chronology was accepted, and is to be mended" in desk.answer()
    desk.press(desk.undo_link(), "2010-04-07T09:12")
    assert desk.board.returns("POL", at=at)["chronology"]["state"] == "accepted"


def test_what_came_in_the_place_of_what_an_agency_takes_back_is_not_taken_back(desk: Desk) -> None:
    """The digest asks about the old one; by the time of the yes the new one is accepted."""
    rows = build.STORIES["POL"]
    desk.board.drop("POL", build.make_chronology(rows[:-1]), "chronology.docx")
    desk.board.once("2010-04-06T09:10")
    words = "Please ignore the chronology that we sent, it is the wrong version. A new one follows."
    desk.board.mail(mail("author@shirepolice.example", SERVICE, "N12", words, ()))
    desk.board.once("2010-04-06T09:12")
    desk.board.once("2010-04-07T08:05")
    at = "2010-04-07T09:00"
    number = next(a["number"] for a in desk.asks(at) if "take back" in a["says"])
    desk.board.drop("POL", build.make_chronology(rows), "again.docx")
    desk.board.once("2010-04-07T09:05")
    desk.press(desk.link(number, "yes", at), "2010-04-07T09:10")
    assert "Nothing was done. A newer version has come since" in desk.answer()
    assert desk.board.returns("POL", at=at)["chronology"]["state"] == "accepted"
    desk.board.once("2010-04-08T08:05")
    (ask,) = (each for each in desk.asks("2010-04-08T09:00") if "take back" in each["says"])
    assert "yes: it takes that back" not in [link["label"] for link in ask["links"]]
