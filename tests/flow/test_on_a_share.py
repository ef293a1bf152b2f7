"""The drop folder on a real share: changes come without events, and it goes away and comes back.

The head of the test run says which kind of share these ran on (tests/intake/drop/shares.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.deliveries.process_delivery import DeliveryProcessor
from intake.drop.scan import SENTINEL_FILE
from intake.drop.shared_folder import make_drop_folder
from tests import builders as build
from tests.board import Board
from tests.intake.drop.shares import Share, mounted

GOOD = build.make_chronology(build.STORIES["GP"])
LATER, LATEST = "2010-04-01T10:20", "2010-04-01T11:00"
OPERATOR = "it@board.example"


@pytest.fixture
def share(tmp_path: Path) -> Iterator[Share]:
    with mounted(tmp_path / "share") as share:
        make_drop_folder(share.mount)
        yield share


def on(share: Share, folder: Path) -> Board:
    """A board whose drop folder is the share."""
    board = Board(folder)
    settings = folder / "scr-intake.toml"
    text = settings.read_text().replace('path = "drop"', f'path = "{share.mount}"')
    settings.write_text(text)
    return board


@pytest.fixture
def shared(share: Share, tmp_path: Path) -> Board:
    board = on(share, tmp_path / "board")
    assert board.load().status == 0
    return board


def alerts(board: Board) -> list[str]:
    return [str(letter["Subject"]).partition("scr-intake: ")[2] for letter in board.sent(OPERATOR)]


def test_what_another_machine_puts_there_is_taken_answered_and_kept_aside(
    share: Share, shared: Board
) -> None:
    """Failure mode 16: no event tells of it."""
    (share.behind / "GP" / "chronology.docx").write_bytes(GOOD)
    assert "Delivery 1: N12, GP: chronology accepted." in shared.once().out
    assert (share.behind / "GP/done/2010-04-01/chronology.docx").read_bytes() == GOOD
    assert (share.behind / "GP/returned/chronology.docx.receipt.txt").exists()
    assert "(it is on fuse, where files can come without an event)" in shared.run("status").out


def test_an_unmounted_share_is_one_alert_and_is_told_once_when_it_is_back(
    share: Share, shared: Board
) -> None:
    """Failure modes 23 and 80b: what is left is an empty folder, and that is not nothing to do."""
    (share.behind / "GP" / "chronology.docx").write_bytes(GOOD)
    share.go()
    ended = shared.once()
    assert ended.status == 1
    assert "The drop folder is not there, or the file .scr-intake is not in it." in ended.err
    assert alerts(shared) == [], "it may be back in a minute"
    for at in (LATER, "2010-04-01T10:30"):
        shared.once(at=at)
    assert alerts(shared) == ["action needed - the drop folder cannot be reached"]
    share.come()
    assert "Delivery 1: N12, GP: chronology accepted." in shared.once(at=LATEST).out
    shared.once(at="2010-04-01T11:05")
    assert alerts(shared) == [
        "action needed - the drop folder cannot be reached",
        "the drop folder is there again, no action needed",
    ]


def test_a_share_whose_server_died_is_not_nothing_to_do_either(share: Share, shared: Board) -> None:
    """Failure mode 23: every call to it is refused."""
    (share.behind / "GP" / "chronology.docx").write_bytes(GOOD)
    share.die()
    assert "The drop folder is not there" in shared.once().err
    share.go()
    share.come()
    assert "Taken in: 1." in shared.once().out


def test_an_emptied_share_is_away_until_its_file_is_there_again(
    share: Share, shared: Board
) -> None:
    """Failure mode 23."""
    (share.behind / SENTINEL_FILE).rename(share.behind / "elsewhere")
    shared.once()
    shared.once(at=LATER)
    assert alerts(shared) == ["action needed - the drop folder cannot be reached"]
    (share.behind / SENTINEL_FILE).write_bytes(b"")
    (share.behind / "elsewhere").unlink()
    assert shared.once(at=LATEST).err == ""


def test_a_case_loaded_while_the_share_is_away_makes_no_folders_in_its_place(
    share: Share, shared: Board
) -> None:
    share.go()
    assert "is not there" in shared.load().err
    assert list(share.mount.iterdir()) == []


def test_what_was_taken_and_not_yet_let_go_is_let_go_when_the_share_is_back(
    share: Share, shared: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promises 1 and 2: the share went away in the middle of a round."""
    (share.behind / "GP" / "chronology.docx").write_bytes(GOOD)
    settle = DeliveryProcessor.settle_delivery

    def goes(self: DeliveryProcessor, *values: object) -> object:
        share.go()
        return settle(self, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(DeliveryProcessor, "settle_delivery", goes)
    assert "Delivery 1: N12, GP: chronology accepted." in shared.once().out
    monkeypatch.undo()
    assert (share.behind / "GP" / "chronology.docx").exists()
    share.come()
    shared.once(at=LATER)
    assert (share.behind / "GP/done/2010-04-01/chronology.docx").read_bytes() == GOOD
    assert (share.behind / "GP/returned/chronology.docx.receipt.txt").exists()
    assert shared.status()["deliveries"]["judged"] == 1
    assert len(shared.answers()) == 1


def test_a_second_board_on_the_same_share_does_not_start(
    share: Share, shared: Board, tmp_path: Path
) -> None:
    """Two services on one share would each do half the work; no lock of ours reaches through this
    share, as through some others."""
    shared.once()
    other = on(share, tmp_path / "other")
    assert "worked by another scr-intake" in other.load().err
    ended = other.once()
    assert ended.status == 1
    assert ended.err.startswith("The drop folder is worked by another scr-intake: ")
    assert ended.out == ""
    assert shared.once(at=LATER).err == ""


def test_a_name_the_share_folds_together_is_not_overwritten(share: Share, shared: Board) -> None:
    """Failure mode 25."""
    for name, at in (("Form.docx", "2010-04-01T10:00"), ("form.DOCX", LATER)):
        (share.behind / "GP" / name).write_bytes(build.with_cell(GOOD, 5, "Time", at[-5:]))
        shared.once(at=at)
    done = [path.name for path in (share.behind / "GP/done/2010-04-01").iterdir()]
    assert sorted(done) == ["Form.docx", "form (2).DOCX"]
