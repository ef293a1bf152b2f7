"""What `doctor` says of the drop folder."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime

import pytest

from commands.doctor.check import DoctorContext, DoctorResult
from commands.doctor.sources import check_drop_folder
from config.settings import load_settings
from intake.drop.scan import SENTINEL_FILE
from intake.keys import make_missing_keys
from tests.board import Board
from tests.flow.test_two_drop_folders import second_drop_folder


def said(board: Board) -> list[DoctorResult]:
    settings = load_settings(board.folder / "scr-intake.toml")
    return list(check_drop_folder(DoctorContext(settings, datetime(2010, 4, 1, tzinfo=UTC))))


def test_a_folder_that_is_well_is_told_with_how_it_is_noticed(loaded: Board) -> None:
    first, second = said(loaded)
    assert (first.state, second.state) == ("well", "well")
    assert first.sentence.startswith("Drop folder: looked at every 30 seconds")
    assert second.sentence == "All 2 folders in it can be read and written."


def test_each_of_several_is_told_by_its_name(loaded: Board) -> None:
    second = second_drop_folder(loaded)
    (second / "GP").mkdir()
    assert [one.sentence[:24] for one in said(loaded)] == [
        *("Drop folder: looked at e", "All 2 folders in it can "),
        *("Drop folder education: l", "All 1 folders in it can "),
    ]
    (second / SENTINEL_FILE).unlink()
    *_, away = said(loaded)
    assert away.sentence.startswith("Drop folder education: The drop folder is not there")


def test_it_is_well_while_a_service_works_it_and_after(loaded: Board) -> None:
    loaded.once()
    assert [one.state for one in said(loaded)] == ["well", "well"]


def test_a_share_that_is_not_mounted_is_wrong_and_says_what_to_do(loaded: Board) -> None:
    """Failure mode 23."""
    (loaded.folder / "drop" / SENTINEL_FILE).unlink()
    (one,) = said(loaded)
    assert one.state == "wrong"
    assert "mounted" in one.fix


def test_a_folder_that_another_register_works_is_wrong(loaded: Board) -> None:
    loaded.once()
    sentinel = loaded.folder / "drop" / SENTINEL_FILE
    line = sentinel.read_text().splitlines()[-1]
    mark = next(word for word in line.split() if len(word) == 64)
    sentinel.write_text(sentinel.read_text().replace(mark, "0" * 64))
    (one,) = said(loaded)
    assert one.state == "wrong"
    assert "The drop folder is worked by another scr-intake: " in one.sentence
    assert f"{loaded.folder / 'register.db'} on " in one.sentence, "whose it is"


def test_what_lies_there_and_nobody_takes_is_counted_not_named(loaded: Board) -> None:
    (loaded.folder / "drop" / "GP" / "Zebedee").symlink_to("elsewhere")
    os.mkfifo(loaded.folder / "drop" / "GP" / "Quillfeather")
    *_, last = said(loaded)
    assert last.state == "soon"
    assert last.sentence.startswith("2 things lie in it that are not taken: links, ")
    assert not [one for one in said(loaded) if "Zebedee" in repr(one)]


def test_without_keys_it_is_looked_at_all_the_same(loaded: Board) -> None:
    (loaded.folder / "keys" / "marks.key").unlink()
    assert [one.state for one in said(loaded)] == ["well", "soon", "well"]


def test_an_agencys_folder_that_cannot_be_worked_is_wrong_and_counted_not_named(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: path.name != "GP")
    one = said(loaded)[-1]
    assert (one.state, one.sentence) == ("wrong", "1 of 2 folders in it cannot be worked.")


def test_a_board_without_a_drop_folder_hears_nothing_of_one(loaded: Board) -> None:
    settings = loaded.folder / "scr-intake.toml"
    head, _, rest = settings.read_text().partition("[drop]")
    settings.write_text(f"{head}[outbox]{rest.partition('[outbox]')[2]}")
    assert said(loaded) == []


@pytest.mark.parametrize("keys", ["none", "of another"])
def test_whose_a_claim_is_cannot_be_told_without_the_register_s_own_keys(
    loaded: Board, keys: str
) -> None:
    loaded.once()
    shutil.rmtree(loaded.folder / "keys")
    if keys == "of another":
        make_missing_keys(loaded.folder / "keys")
    ended = loaded.run("doctor")
    told = " ".join(ended.out.split())
    assert "whether it is worked by this register cannot be told without its keys" in told
    assert "Whether the drop folder is worked by this register cannot be told" in told
    assert "another scr-intake" not in told
    assert "delete" not in told


def test_a_claim_waits_for_a_register_that_is_lost(loaded: Board) -> None:
    loaded.once()
    for path in loaded.folder.glob("register.db*"):
        path.unlink()
    told = " ".join(loaded.run("doctor").out.split())
    assert "it waits for the register of these settings, which is not there" in told
    assert "it is worked by this register" not in told
