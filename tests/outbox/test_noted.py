"""What the digest tells of who is away, and of who has written again."""

from __future__ import annotations

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board
from tests.told import newest

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
AWAY = "N12, Meadow Lane Surgery: Author One is away until Thursday 22 April"
BACK = "Author One, who was away, has written to us, and is written to again."


def told(board: Board, at: str) -> str:
    """The digest of that morning, as one line."""
    board.once(at=at)
    return newest(board)


def away(board: Board, body: str = "I am away until Thursday 22 April.") -> None:
    board.once(at="2010-04-06T09:00")
    board.mail(build.mail(AUTHOR, SERVICE, "Automatic reply: N12", body, ()))
    board.once(at="2010-04-06T10:00")


def test_who_is_away_is_told_once(loaded: Board) -> None:
    away(loaded)
    assert f"{AWAY}." in told(loaded, "2010-04-07T09:00")
    assert AWAY not in told(loaded, "2010-04-08T09:00")


def test_what_waits_for_a_person_is_not_noted_as_well(loaded: Board) -> None:
    """An address that nobody uses any more is no document, and stands where it is to be settled."""
    loaded.once(at="2010-04-06T09:00")
    left = "This mailbox is no longer monitored, I have left the surgery."
    loaded.mail(build.mail(AUTHOR, SERVICE, "Automatic reply: N12", left, ()))
    says = told(loaded, "2010-04-07T09:00")
    assert "says that nobody uses it any more; waits for you to look" in says
    assert "in a message that a machine sent" not in says


def test_who_has_written_again_is_told_once(loaded: Board) -> None:
    """Issue 7, point 6."""
    away(loaded)
    told(loaded, "2010-04-07T09:00")
    loaded.mail(build.mail(AUTHOR, SERVICE, "N12", "Thank you, I shall see to it.", ()))
    loaded.once(at="2010-04-07T11:00")
    assert BACK in told(loaded, "2010-04-08T09:00")
    assert BACK not in told(loaded, "2010-04-09T09:00")


def test_who_was_away_for_an_hour_is_not_told_to_be_away(loaded: Board) -> None:
    away(loaded)
    loaded.mail(build.mail(AUTHOR, SERVICE, "N12", "Thank you, I shall see to it.", ()))
    loaded.once(at="2010-04-06T11:00")
    digest = told(loaded, "2010-04-07T09:00")
    assert BACK in digest
    assert AWAY not in digest


def test_who_writes_for_several_reviews_is_told_in_one_line(loaded: Board) -> None:
    other = CASE.replace('"N12"', '"N14"').replace('"N12/A"', '"N14/A"')
    assert loaded.load(other).status == 0
    away(loaded)
    digest = told(loaded, "2010-04-07T09:00")
    assert digest.count("Author One is away until Thursday 22 April") == 1
    places = "N12, Meadow Lane Surgery; N14, Meadow Lane Surgery"
    assert f"{places}: Author One is away until Thursday 22 April." in digest
    loaded.mail(build.mail(AUTHOR, SERVICE, "N12", "Thank you, I shall see to it.", ()))
    loaded.once(at="2010-04-07T11:00")
    assert f"{places}: {BACK}" in told(loaded, "2010-04-08T09:00")


def test_whose_letter_is_not_written_for_it_is_told_there_alone(loaded: Board) -> None:
    loaded.once(at="2010-04-16T08:00")
    loaded.mail(
        build.mail(AUTHOR, SERVICE, "Automatic reply", "I am away until Thursday 22 April.", ())
    )
    digest = told(loaded, "2010-04-19T09:00")
    assert "Author One is away until Thursday 22 April" in digest
    assert digest.count("Author One is away") == 1


@pytest.mark.parametrize(
    ("deputy", "says"),
    [
        ("deputy@meadowlane.example", "the note names deputy@meadowlane.example instead."),
        (
            "deputy@meadow-lane.example",
            "the note names deputy@meadow-lane.example instead, at another domain than theirs.",
        ),
    ],
)
def test_a_deputy_at_another_domain_is_said_to_be(loaded: Board, deputy: str, says: str) -> None:
    """Failure modes 43 and 71: a look-alike is read out as what it is, and believed by nobody."""
    away(loaded, f"I am away until Thursday 22 April. Please contact {deputy}.")
    assert f"{AWAY}; {says}" in told(loaded, "2010-04-07T09:00")


@pytest.mark.parametrize(
    "deputy",
    [
        "<script>alert(1)</script>@meadowlane.example",
        "deputy@meadowlane.example\x00@evil.example",
        "dep\x1b[2Juty@meadowlane.example",
        "deputy\u202e@meadowlane.example",
        '"><img src=x>"@meadowlane.example',
        "deputy@meadowlane.example<img>",
    ],
)
def test_a_deputy_that_is_no_plain_address_is_not_told(loaded: Board, deputy: str) -> None:
    """Failure mode 71."""
    away(loaded, f"I am away until Thursday 22 April. Please contact {deputy}")
    digest = told(loaded, "2010-04-07T09:00")
    assert AWAY in digest
    assert not {"<", "\x00", "\x1b", "\u202e"} & set(digest.split("Record")[0])


def test_small_talk_is_told_once_and_asks_nothing(loaded: Board) -> None:
    """Issue 12: a signature and a disclaimer under "Lunch?" make it no matter for a decision."""
    loaded.once(at="2010-04-06T09:00")
    block = "\n\nAuthor\n\nDr Author One\nNamed GP\nTel: 01234 567890\nThis e-mail is confidential."
    for n, words in enumerate(("Thanks for the reminder.", "Lunch?")):
        loaded.mail(build.mail(AUTHOR, SERVICE, f"Re: N12 {n}", words + block, ()))
    loaded.once(at="2010-04-06T10:00")
    says = told(loaded, "2010-04-07T09:00")
    assert (
        "N12, Meadow Lane Surgery: thanks or small talk, which asks nothing of you"
        " (2 entries, from 1 to 2)." in says
    )
    assert "waits for you" not in says
    assert "small talk" not in told(loaded, "2010-04-08T09:00")
    assert loaded.run("referred").out == "Nothing waits here.\n"


def test_a_newer_version_says_which_one_it_replaces_and_all_lists_agree(loaded: Board) -> None:
    """An accepted return was replaced, and nobody was told; the list had the first one's day."""
    rows = build.STORIES["GP"]
    first, newer = build.make_chronology(rows[:-1]), build.make_chronology(rows)
    for day, document in (("2010-04-06", first), ("2010-04-08", newer)):
        attached = (("chronology.docx", document),)
        loaded.once(at=f"{day}T09:00")
        loaded.mail(build.mail(AUTHOR, SERVICE, "N12 chronology", "Attached.", attached))
        loaded.once(at=f"{day}T10:00")
    letter = letter_plain_text(loaded.answers()[-1])
    assert "accepted 8 April" in letter
    assert "We hold version 2 of your chronology, received 8 April." in letter
    says = told(loaded, "2010-04-09T09:00")
    assert (
        "N12, Meadow Lane Surgery: a newer chronology (entry 2) replaces the accepted version that"
        " came on Tuesday 6 April. To see it: scr-intake show 2"
    ) in says.replace("`", "")
    assert "replaces the accepted" not in told(loaded, "2010-04-12T09:00")


def test_many_newer_versions_of_one_return_are_one_line(loaded: Board) -> None:
    """Nineteen lines of them cut off the digest what the administrator had to see to."""
    rows = build.STORIES["GP"]
    for n, last in enumerate((-6, -5, -4, -3, -2, -1, None)):
        attached = (("chronology.docx", build.make_chronology(rows[:last])),)
        loaded.mail(build.mail(AUTHOR, SERVICE, "N12 chronology", "Attached.", attached))
        loaded.once(at=f"2010-04-08T1{n}:00")
    says = told(loaded, "2010-04-09T09:00").replace("`", "")
    assert says.count("newer version") == 1
    assert (
        "N12, Meadow Lane Surgery: newer versions of the chronology came, 6 times (6 entries, from"
        " 2 to 7); the last accepted, entry 7, is the one that counts. To see it: scr-intake show 7"
    ) in says


def test_the_version_replaced_bears_the_boards_own_day(loaded: Board) -> None:
    """Half past midnight in summer is the day before in UTC."""
    rows = build.STORIES["GP"]
    for digest, moment, last in (
        ("2010-04-07T00:10", "2010-04-07T00:30", -1),
        ("2010-04-08T09:00", "2010-04-08T10:00", None),
    ):
        loaded.once(at=digest)
        attached = (("chronology.docx", build.make_chronology(rows[:last])),)
        loaded.mail(build.mail(AUTHOR, SERVICE, "N12 chronology", "Attached.", attached))
        loaded.once(at=moment)
    assert "replaces the accepted version that came on Wednesday 7 April" in told(
        loaded, "2010-04-09T09:00"
    )
