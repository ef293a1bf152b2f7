"""Who leaves, and who takes over, as a mail says: offered on the digest, and done by nobody."""

from __future__ import annotations

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail
from tests.pasted import commands_of, parsed

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
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
    digest = letter_plain_text(board.sent("administrator@board.example")[-1])
    found = [line for line in commands_of(digest) if " contact " in line]
    for line in found:
        parsed(line)
    return found


def test_what_ends_the_line_stands_below_it_too(loaded: Board) -> None:
    """Adding who takes over and taking out who leaves does not put the message away."""
    words = "I am leaving the surgery at the end of the month."
    offered(loaded, mail(AUTHOR, SERVICE, "N12", words, ()))
    digest = loaded.run("digest", "--preview", at="2010-04-07T09:00").out
    (away,) = (line for line in commands_of(digest) if " reject 1 " in line)
    loaded.run("reject", 1, "--reason", "done", "--yes", at="2010-04-07T10:00")
    loaded.once(at="2010-04-08T09:00")
    digest = loaded.run("digest", "--preview", at="2010-04-08T09:00").out
    assert away not in commands_of(digest)


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
