"""Who leaves, and who takes over, as a mail says: offered on the digest, and done by nobody."""

from __future__ import annotations

import shlex

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail
from tests.pasted import commands_of, parsed
from tests.told import newest_lines

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
COMMISSIONER = "commissioner@meadowlane.example"
REMOVE = f'scr-intake contact remove N12 GP {AUTHOR} --reason "..."'
TEMPLATE = 'scr-intake contact add N12 GP ADDRESS --name "..." --role author --reason "..."'
SAM = (
    "scr-intake contact add N12 GP sam@meadowlane.example --name 'Sam Example' --role author"
    ' --reason "..."'
)
LEAVES = {
    "I am leaving the trust on Friday; from then Sam Example takes over, sam@meadowlane.example.": [
        SAM,
        REMOVE,
    ],
    "My last day is Friday. Please contact Sam Example (sam@meadowlane.example) from then on.": [
        SAM,
        REMOVE,
    ],
    "I\u2019m leaving the surgery at the end of the month.": [TEMPLATE, REMOVE],
    "I am retiring. Write to a@meadowlane.example or b@meadowlane.example.": [TEMPLATE, REMOVE],
    "Commissioner One takes over from me: commissioner@meadowlane.example.": [REMOVE],
    "Jo Bloggs has left. Sam Example is your new contact, sam@meadowlane.example.": [
        SAM,
        SAM.replace("author", "commissioner"),
        'scr-intake contact remove N12 GP ADDRESS --reason "..."',
    ],
    "I leave the surgery on Friday. From Monday my colleague Sam Example (sam@meadowlane.example)"
    " will do our returns.": [SAM, REMOVE],
    "I am leaving on Friday. From Tuesday Sam Example (sam@meadowlane.example) is there.": [
        SAM,
        REMOVE,
    ],
    "My successor is Mr Sam Example: sam@meadowlane.example.": [SAM, REMOVE],
    "After Easter Term my role passes to Sam Example, sam@meadowlane.example.": [SAM, REMOVE],
    "I am retiring. Next Week Old Surgery Team Sam Example (sam@meadowlane.example) is there.": [
        SAM.replace("'Sam Example'", '"..."'),
        REMOVE,
    ],
    "I am retiring. Write from Monday to sam@meadowlane.example.": [
        SAM.replace("'Sam Example'", '"..."'),
        REMOVE,
    ],
    "The chronology names the successor of the health visitor. Is that right?": [],
    "I am leaving for lunch now, and shall look at the chronology after it.": [],
    "The paragraph about the health visitor takes up a page. What do we do?": [],
}


def offered(board: Board, raw: bytes) -> list[str]:
    board.once(at="2010-04-06T09:00")
    board.mail(raw)
    board.once(at="2010-04-06T10:00")
    board.once(at="2010-04-07T09:00")
    digest = newest_lines(board)
    found = [line for line in commands_of(digest) if " contact " in line]
    for line in found:
        parsed(line)
    return found


def done(board: Board, *commands: str, on: int = 7) -> str:
    """The digest of the day after these were typed."""
    for command in commands:
        words = [word.replace("...", "told by mail") for word in shlex.split(command)[1:]]
        ended = board.run(*words, "--yes", at=f"2010-04-0{on}T10:00")
        assert ended.status == 0, ended.err
    board.once(at=f"2010-04-0{on + 1}T09:00")
    return board.run("digest", "--preview", "--all", at=f"2010-04-0{on + 1}T09:00").out


def test_the_ask_ends_once_who_leaves_is_taken_out(loaded: Board) -> None:
    words = "I am leaving the trust on Friday. Sam Example takes over, sam@meadowlane.example."
    commands = offered(loaded, mail(AUTHOR, SERVICE, "N12", words, ()))
    assert commands == [SAM, REMOVE]
    assert "a message without a document" not in done(loaded, *commands)
    assert loaded.run("referred", at="2010-04-08T10:00").out == "Nothing waits here.\n"


def test_a_message_that_asks_something_besides_is_put_away_by_a_person(loaded: Board) -> None:
    words = "I am leaving the trust on Friday. Which form is the chronology to be sent on?"
    commands = offered(loaded, mail(AUTHOR, SERVICE, "N12", words, ()))
    digest = done(loaded, SAM, commands[-1])
    (away,) = (line for line in commands_of(digest) if " reject 1 " in line)
    assert away not in commands_of(done(loaded, away, on=8))


def test_a_colleague_who_is_named_is_offered_to_be_taken_out(loaded: Board) -> None:
    words = (
        "Dear all, Author One left us on Friday. Sam Example (sam@meadowlane.example) has taken his"
        " work over, including your N12."
    )
    assert offered(loaded, mail(COMMISSIONER, SERVICE, "N12", words, ())) == [SAM, REMOVE]


@pytest.mark.parametrize(
    "words",
    [
        "Our author has left, Author One finished on Friday. Sam Example takes over"
        " (sam@meadowlane.example). Please write to Sam from now on.",
        "The author of our chronology has left. Sam Example, sam@meadowlane.example, takes over.",
        "Sam Example (sam@meadowlane.example) takes over from Author One.",
        "Author finished last Friday, and Sam Example is our new author: sam@meadowlane.example.",
    ],
)
def test_who_leaves_is_known_by_their_name_their_role_or_whose_place_is_taken(
    loaded: Board, words: str
) -> None:
    """The role is that of who leaves, not that of who writes."""
    assert offered(loaded, mail(COMMISSIONER, SERVICE, "N12", words, ())) == [SAM, REMOVE]


@pytest.mark.parametrize(
    "words",
    [
        "The mother has left the area, and Author One will look at her records.",
        "Sam Example takes over from Jo Bloggs, sam@meadowlane.example.",
        "One of the two has left us.",
    ],
)
def test_nobody_is_offered_to_be_taken_out_whom_a_colleague_does_not_name(
    loaded: Board, words: str
) -> None:
    offers = offered(loaded, mail(COMMISSIONER, SERVICE, "N12", words, ()))
    assert REMOVE not in offers


@pytest.mark.parametrize(
    ("sender", "subject", "words"),
    [
        (AUTHOR, "Automatic reply: N12", "Author One no longer works for the surgery."),
        (COMMISSIONER, "N12", "Author One has left us. Sam Example has taken over his work."),
    ],
)
def test_who_stands_in_is_reminded_in_the_place_of_who_left(
    loaded: Board, sender: str, subject: str, words: str
) -> None:
    """The reminder of the day it was due went to an address that nobody reads."""
    loaded.once(at="2010-04-06T09:00")
    loaded.mail(mail(sender, SERVICE, subject, words, ()))
    loaded.once(at="2010-04-06T10:00")
    before = len(loaded.sent(AUTHOR))
    loaded.once(at="2010-04-16T09:00")
    assert len(loaded.sent(AUTHOR)) == before
    says = "Author One has left, as we were told, and Commissioner One is written to instead."
    assert says in " ".join(
        letter_plain_text(loaded.sent("administrator@board.example")[-1]).split()
    )
    said = letter_plain_text(loaded.sent(COMMISSIONER)[-1])
    assert "Author One, who has left, as we were told" in " ".join(said.split())


def reminded(board: Board, reader: str) -> str:
    """The newest letter to them, as one line."""
    return " ".join(letter_plain_text(board.sent(reader)[-1]).split())


def told_of(board: Board, words: str) -> None:
    board.once(at="2010-04-06T09:00")
    board.mail(mail(COMMISSIONER, SERVICE, "N12", words, ()))
    board.once(at="2010-04-06T10:00")


def test_to_put_the_message_away_leaves_the_commissioner_written_to_and_says_so(
    loaded: Board,
) -> None:
    told_of(loaded, "Author One has left us. Sam Example has taken his work over.")
    said = loaded.run("accept", 1, "--reason", "Seen", "--yes", at="2010-04-07T10:00").out
    assert (
        "Until another author is, Commissioner One is told of what is owed in their place." in said
    )
    loaded.once(at="2010-04-16T09:00")
    assert "Author One, who has left, as we were told" in reminded(loaded, COMMISSIONER)
    new = ("new@meadowlane.example", "--name", "Author Six", "--role", "author")
    loaded.run("contact", "add", "N12", "GP", *new, "--reason", "x", "--yes", at="2010-04-16T10:00")
    before = len(loaded.sent(COMMISSIONER))
    loaded.once(at="2010-04-19T10:00")
    assert "chaser" in str([x["X-SCR-Intake"] for x in loaded.sent(new[0])])
    assert not any(
        "who has left" in letter_plain_text(x) for x in loaded.sent(COMMISSIONER)[before:]
    )


def test_nobody_is_said_to_have_left_before_the_day(loaded: Board) -> None:
    told_of(loaded, "Author One is leaving us on Wednesday 14 April, and Sam takes over.")
    loaded.once(at="2010-04-13T10:00")
    says = "Author One, who leaves on Wednesday 14 April, as we were told"
    assert says in reminded(loaded, COMMISSIONER)
    loaded.once(at="2010-04-16T10:00")
    assert "Author One, who has left, as we were told" in reminded(loaded, COMMISSIONER)


def test_who_writes_themselves_after_such_a_notice_is_there(loaded: Board) -> None:
    """The counter-example."""
    loaded.once(at="2010-04-06T09:00")
    says = "Author One no longer works for the surgery."
    loaded.mail(mail(AUTHOR, SERVICE, "Automatic reply: N12", says, ()))
    loaded.once(at="2010-04-06T10:00")
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "I am back after all. Is a PDF of the form fine?", ()))
    loaded.once(at="2010-04-06T11:00")
    before = len(loaded.sent(COMMISSIONER))
    loaded.once(at="2010-04-16T09:00")
    after = loaded.sent(COMMISSIONER)[before:]
    assert not any("has left" in letter_plain_text(x) for x in after)


@pytest.mark.parametrize("words", LEAVES)
def test_what_fits_stands_below_the_line_of_the_mail(loaded: Board, words: str) -> None:
    assert offered(loaded, mail(AUTHOR, SERVICE, "N12", words, ())) == LEAVES[words]
    audit = loaded.run("audit", "log", "N12", at="2010-04-07T10:00").out
    assert "sam@" not in audit and "removed" not in audit


def test_an_automatic_answer_that_says_so_offers_the_same(loaded: Board) -> None:
    says = "I have left the surgery. Please contact Sam Example, sam@meadowlane.example."
    assert offered(loaded, mail(AUTHOR, SERVICE, "Automatic reply: N12", says, ())) == [SAM, REMOVE]


def test_nothing_is_offered_by_who_is_not_proven_or_not_registered(loaded: Board) -> None:
    says = next(iter(LEAVES))
    assert (
        offered(loaded, mail("author@meadowlane.example.evil.example", SERVICE, "N12", says, ()))
        == []
    )


def test_a_name_that_may_not_be_told_is_left_for_a_person(loaded: Board) -> None:
    """Failure mode 89: a child's name is not offered as somebody's to register."""
    says = "I am leaving the surgery. Child N takes over, sam@meadowlane.example."
    found = offered(loaded, mail(AUTHOR, SERVICE, "N12", says, ()))
    assert "Child" not in "".join(found) and found[-1] == REMOVE
