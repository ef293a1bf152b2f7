"""A journal that cannot be written keeps letters in, and that is told at once: after a loss of the
register it alone knows what left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.journal import OutsideJournal
from tests.board import CASE, Board, Ended
from tests.other_user import OTHER_UID, as_other_user, folder_of_other_user, give_to_other_user

LATER = "2010-04-09T09:00"
PAUSE = ("contact", "pause", "N12", "POL", "author@shirepolice.example")
PAUSE += ("--until", "2010-04-26", "--reason", "on leave", "--yes")
SAYS = "The journal of what left cannot be written. No letter leaves until it can be"


@pytest.fixture
def theirs() -> Iterator[Board]:
    """The board of a user whom permissions stop, with some letters sent."""
    with folder_of_other_user() as folder:
        board = Board(folder / "board")
        settings = board.folder / "scr-intake.toml"
        settings.write_text(settings.read_text() + '\n[alerts]\nfile = "alerts.log"\n')
        board.load(CASE)
        board.once("2010-03-02T09:30")
        for words in (("status", "--health"), ("doctor",), ("backup", folder / "warm"), PAUSE):
            board.run(*words)  # so that nothing is still to be imported
        give_to_other_user(folder)
        yield board


def run(board: Board, *words: object, at: str = LATER) -> Ended:
    return as_other_user(lambda: board.run(*words, at=at))


def test_no_letter_leaves_while_the_journal_is_of_root_and_the_operator_hears(
    theirs: Board,
) -> None:
    journal = theirs.folder / "vault" / "journal"
    os.chown(journal, 0, 0)
    sent = len(theirs.sent())
    ended = run(theirs, "once")
    told = " ".join(ended.err.split())
    assert ended.status == 1
    assert SAYS in told
    assert f"chown nobody: {journal}" in told
    assert "A place that the service keeps things in" not in told, "it is told once, as what it is"
    new = theirs.sent()[sent:]
    assert [str(x["To"]) for x in new] == ["it@board.example"], "the alert alone has left"
    alert = " ".join((theirs.folder / "alerts.log").read_text().split())
    assert "journal of what left cannot be written" in alert
    health = run(theirs, "status", "--health")
    assert health.status == 1
    assert "DEGRADED  kept" in health.out
    assert "journal of what left" in " ".join(health.out.split())
    copied = run(theirs, "backup", theirs.folder.parent / "copy")
    assert copied.status == 1
    assert "whole" not in copied.out
    assert f"chown nobody: {journal}" in " ".join(copied.err.split())
    os.chown(journal, OTHER_UID, OTHER_UID)
    assert run(theirs, "once").status == 0
    assert len(theirs.sent()) > sent + 1
    assert "DEGRADED  kept" not in run(theirs, "status", "--health").out


def test_what_a_person_did_and_could_not_be_noted_is_told_by_that_command(theirs: Board) -> None:
    journal = theirs.folder / "vault" / "journal"
    journal.chmod(0o400)
    ended = run(theirs, *PAUSE)
    told = " ".join(ended.err.split())
    assert ended.status == 1
    assert "It is done, and stands in the register." in told
    assert f"chmod u+rw {journal}" in told


def test_a_letter_whose_line_found_no_room_is_noted_before_any_other_leaves(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its line comes first once there is room, and it does not go twice."""

    def no_room(self: OutsideJournal, *_: object, **__: object) -> None:
        raise OSError(28, "made up", str(self.file))

    with monkeypatch.context() as patch:
        patch.setattr(OutsideJournal, "append_all", no_room)
        ended = loaded.once("2010-04-09T09:00")
    assert ended.status == 1
    assert "The disk is full." in ended.err
    assert len(loaded.sent()) == 1


@pytest.mark.parametrize("name", ["vault/head", "register.db.working", "register.db.full"])
def test_no_file_beside_the_register_is_given_up_in_silence(theirs: Board, name: str) -> None:
    file = theirs.folder / Path(name)
    file.chmod(0o400)
    told = " ".join(run(theirs, "once").err.split())
    assert f"chmod u+rw {file}" in told
    assert "DEGRADED  kept" in run(theirs, "status", "--health").out
