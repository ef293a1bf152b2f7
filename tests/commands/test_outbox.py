"""`outbox pause|resume` and `letters retry|cancel`: a person's hand on what leaves."""

from __future__ import annotations

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board

GOOD = build.make_chronology(build.STORIES["GP"])


def test_paused_letters_are_written_and_wait_and_the_digest_says_so(loaded: Board) -> None:
    paused = loaded.run("outbox", "pause")
    assert paused.out.startswith("Paused since 10:00am on Thursday 1 April 2010:")
    assert loaded.run("outbox", "pause", at="2010-04-01T10:05").out == paused.out
    loaded.drop("GP", GOOD)
    loaded.once()
    assert loaded.answers() == []
    (digest,) = loaded.sent("administrator@board.example")
    assert "No letter has left since 10:00am on Thursday 1 April" in letter_plain_text(digest)
    listed = " ".join(loaded.run("digest", "--preview", "--all").out.split())
    assert "To let them go: scr-intake outbox resume" in listed
    assert loaded.run("outbox", "--json").json["letters"]["queued"] == 1
    told = loaded.run("outbox", "resume").out.splitlines()
    assert told[0] == "No way that letters leave by was away when it was last tried."
    assert told[1].startswith("The last letter left at ")
    assert told[2:] == ["Waiting: 1."]
    loaded.once()
    assert len(loaded.answers()) == 1


def test_what_keeps_every_letter_in_is_told_and_not_that_they_leave(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.outbox.has_disk_room", lambda folder: False)
    assert loaded.run("outbox").out.startswith("No letter leaves. The disk is full.")
    monkeypatch.undo()
    sent = loaded.folder / "sent"
    sent.rename(loaded.folder / "away")
    sent.write_text("in the way")
    loaded.drop("GP", GOOD)
    loaded.once()
    told = loaded.run("outbox").out
    assert told.startswith("Letters cannot leave by outbox since ")
    assert "the folder for letters cannot be written" in told


def test_resuming_what_was_not_paused_changes_nothing(loaded: Board) -> None:
    assert loaded.run("outbox", "resume").out == loaded.run("outbox").out


def test_a_cancelled_letter_is_neither_sent_nor_written_again(loaded: Board) -> None:
    loaded.run("outbox", "pause")
    loaded.drop("GP", GOOD)
    loaded.once()
    assert loaded.run("letters", "cancel", 1).out == "Letter 1 will not be sent.\n"
    loaded.run("outbox", "resume")
    loaded.once()
    assert loaded.answers() == []
    assert loaded.run("letters", "retry", 1).err == (
        "Letter 1 was cancelled already. Nothing was changed.\n"
    )


def test_what_has_gone_cannot_be_called_back(loaded: Board) -> None:
    loaded.drop("GP", GOOD)
    loaded.once()
    for word in ("retry", "cancel"):
        refused = loaded.run("letters", word, 1)
        assert (refused.status, refused.err) == (
            1,
            "Letter 1 has been sent. Nothing was changed.\n",
        )


def test_there_is_no_letter_of_that_number(loaded: Board) -> None:
    assert "There is no letter 99." in loaded.run("letters", "retry", 99).err
