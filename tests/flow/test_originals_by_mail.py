"""The administrator is handed the original of what she is asked about, by the board's way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import SERVICE, Desk

AUTHOR = "author@meadowlane.example"
MESSAGE, STATEMENT = 1, 2
NINE, AT = "2010-04-06T09:00", "2010-04-06T09:10"


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(asked_two_things))


def asked_two_things(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Whom do I ask about column 7 of the form?", ()))
    loaded.once()
    loaded.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    loaded.once("2010-04-01T11:00")
    loaded.once("2010-04-06T08:05")


def number(desk: Desk, words: str) -> int:
    return int(next(ask["number"] for ask in desk.asks(NINE) if words in ask["says"]))


def set_board(desk: Desk, *lines: str) -> None:
    settings = desk.board.folder / "scr-intake.toml"
    said = settings.read_text()
    for line in lines:
        name = line.partition(" ")[0]
        kept = [each for each in said.splitlines() if not each.startswith(f"{name} ")]
        said = "\n".join(kept).replace("[board]", f"[board]\n{line}", 1) + "\n"
    settings.write_text(said)


def handed_out(desk: Desk) -> list[str]:
    folder = desk.board.folder / "for-administrator"
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_each_ask_says_who_sent_it_and_when_and_details_the_way_and_where_it_lies(
    desk: Desk,
) -> None:
    says = {ask["number"]: ask["says"] for ask in desk.asks(NINE)}
    message, statement = number(desk, "column 7"), number(desk, "statement")
    assert says[message] == (
        'N12, Meadow Lane Surgery: "Whom do I ask about column 7 of the form?"'
        " (Author One, 1 April)."
    )
    assert says[statement] == (
        "N12, Meadow Lane Surgery: evaluation statement; the statement seems to be signed by an"
        " author of the report (drop folder, 1 April)."
    )
    desk.reply(f"{message} details\n{statement} details", AT)
    assert f"By mail from Author One ({AUTHOR}), 1 April 10:00am, in the mailbox." in desk.answer()
    assert "In drop folder GP, done/2010-04-01, since 1 April 11:00am." in desk.answer()


def test_it_lies_in_a_folder_with_what_was_found_and_goes_after_five_days(desk: Desk) -> None:
    set_board(desk, 'answers = "proven"')
    desk.press(desk.link(number(desk, "statement"), "send me", NINE), AT)
    assert "entry-2.docx lies in for-administrator/2010-04-06/entry-2" in desk.answer()
    place = "2010-04-06/entry-2"
    assert handed_out(desk) == [f"{place}/entry-2.docx", f"{place}/what-was-found.txt"]
    folder = desk.board.folder / "for-administrator" / place
    original = build.make_statement(signed="Author One", dated=date(2010, 3, 30))
    assert (folder / "entry-2.docx").read_bytes()[:2] == original[:2]
    assert "signed by an author" in (folder / "what-was-found.txt").read_text()
    assert "scr-intake" not in (folder / "what-was-found.txt").read_text()
    log = " ".join(desk.board.run("audit", "log", "N12", at=AT).out.split())
    assert "A copy of entry 2 was handed to The Administrator, who asked for it by mail." in log
    desk.board.once("2010-04-11T10:00")
    assert handed_out(desk)
    desk.board.once("2010-04-12T10:00")
    assert handed_out(desk) == []


def test_where_nothing_proves_who_asks_only_the_link_of_our_answer_hands_it_out(
    desk: Desk,
) -> None:
    desk.reply(f"{number(desk, 'column 7')} send me", AT)
    assert "handed out by the link below alone" in desk.answer() and handed_out(desk) == []
    desk.press(desk.shown_link("send me, as it says here"), "2010-04-06T09:12")
    assert [Path(name).name for name in handed_out(desk)] == ["entry-1.eml", "what-was-found.txt"]


def test_by_mail_it_leaves_only_over_a_server_that_proves_itself(desk: Desk) -> None:
    set_board(desk, 'answers = "proven"', 'originals = "mail"')
    desk.press(desk.link(number(desk, "statement"), "send me", NINE), AT)
    assert "It is not mailed: an original leaves only" in desk.answer()
    assert handed_out(desk) == [] and not list(desk.answers()[-1].iter_attachments())


def test_a_board_may_hand_out_nothing(desk: Desk) -> None:
    set_board(desk, 'answers = "proven"', 'originals = "never"')
    desk.reply(f"{number(desk, 'statement')} send me", AT)
    assert "hands out no originals by mail" in desk.answer() and handed_out(desk) == []
    desk.board.once("2010-04-07T08:05")
    assert all(
        link["label"] != "send me" for ask in desk.asks("2010-04-07T09:00") for link in ask["links"]
    )


def test_what_is_held_as_dangerous_is_only_described(desk: Desk) -> None:
    set_board(desk, 'answers = "proven"')
    other = build.make_chronology(build.STORIES["POL"])
    desk.board.drop("GP", other, "other.docx")
    desk.board.once("2010-04-06T10:00")
    desk.board.once("2010-04-07T08:05")
    at = "2010-04-07T09:00"
    asks = [ask for ask in desk.asks(at) if "chronology" in ask["says"]]
    assert all(link["label"] != "send me" for link in asks[0]["links"]), asks
    desk.reply(f"{asks[0]['number']} send me", "2010-04-07T09:10")
    assert "held as dangerous" in desk.answer() and handed_out(desk) == []


def test_details_say_where_it_lies_and_all_that_was_found(desk: Desk) -> None:
    desk.press(desk.link(number(desk, "statement"), "details", NINE), AT)
    said = letter_plain_text(desk.answers()[-1])
    assert "In drop folder GP, done/2010-04-01, since 1 April 11:00am." in " ".join(said.split())


def test_details_leave_out_a_name_that_a_line_end_breaks(desk: Desk) -> None:
    """Neither of the two lines names anybody; together they do, and no answer went."""
    body = "The form is not clear.\nMay we write about Child\nN in column 7?\nThank you."
    desk.board.mail(mail(AUTHOR, SERVICE, "N12", body, (), Message_ID="<broken@mail.example>"))
    desk.board.once("2010-04-06T10:00")
    desk.board.once("2010-04-07T08:05")
    found = [ask for ask in desk.asks("2010-04-07T09:00") if "6 April" in ask["says"]]
    desk.reply(f"{found[0]['number']} details", "2010-04-07T09:10")
    said = desk.answer()
    assert "| The form is not clear." in said
    assert "about Child" not in said
