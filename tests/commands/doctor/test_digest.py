"""What `doctor` says of the daily digest."""

from __future__ import annotations

from tests.board import Board
from tests.commands.doctor.test_storage import told
from tests.outbox.test_digest_late import letters_go_nowhere

WELL = "Nothing keeps the daily digest from its reader."


def test_a_digest_that_has_gone_is_well(loaded: Board) -> None:
    loaded.once(at="2010-03-03T08:00")
    assert told(loaded)[WELL] == "well"


def test_one_that_could_not_be_sent_is_wrong_until_one_has_gone(loaded: Board) -> None:
    letters_go_nowhere(loaded)
    for at in ("2010-03-03T08:00", "2010-03-03T11:00"):
        loaded.once(at=at)
    said = told(loaded, at="2010-03-03T11:05")
    assert WELL not in said
    (sentence,) = [s for s in said if s.startswith("The digest could not be sent yet")]
    assert said[sentence] == "wrong"


def test_a_register_that_is_none_is_told_once_and_not_here(board: Board) -> None:
    (board.folder / "register.db").write_text("This is not SQLite at all. " * 9)
    assert not any("digest" in sentence for sentence in told(board))
