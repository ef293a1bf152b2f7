"""`backup` and `restore`: proved by restoring, and told when it is not whole."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from commands import backup as command
from commands.composition.found_faults import FoundFaults
from handlers.register.fault import Fault, FaultKind
from tests import builders as build
from tests.board import Board, Ended

GP = build.make_chronology(build.STORIES["GP"])


@pytest.fixture
def used(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(chronology_taken)


def chronology_taken(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()


NOT_WHOLE = FoundFaults((Fault(FaultKind.ORIGINAL, "It is not whole."),), ("It is not whole.",))


def back_up(board: Board, *words: object) -> Ended:
    return board.run("backup", board.folder.parent / "copy", *words)


def restore(board: Board) -> Ended:
    return board.run("restore", board.folder.parent / "copy", board.folder.parent / "back")


def test_what_was_backed_up_comes_back_whole_and_private(used: Board) -> None:
    assert back_up(used).status == 0
    ended = restore(used)
    assert (ended.status, ended.err) == (0, "")
    back = used.folder.parent / "back"
    modes = {stat.S_IMODE(p.stat().st_mode) for p in back.rglob("*") if p.is_file()}
    assert modes == {0o600}
    for name in ("register.db", "register.db-wal", "register.db-shm"):
        (used.folder / name).unlink(missing_ok=True)
    shutil.rmtree(used.folder / "vault")
    (back / "register.db").rename(used.folder / "register.db")
    (back / "vault").rename(used.folder / "vault")
    assert used.returns("GP")["chronology"]["state"] == "accepted"
    assert used.run("audit", "verify").status == 0


def test_a_backup_is_brought_up_to_date_and_leaves_nothing_beside_it(used: Board) -> None:
    back_up(used)
    used.drop("POL", build.make_chronology(build.STORIES["POL"]))
    used.once(at="2010-04-06T10:00")
    assert back_up(used).status == 0
    beside = {path.name for path in used.folder.parent.iterdir()}
    assert beside == {"board", "copy"}
    held = {p.name for p in (used.folder.parent / "copy").iterdir()}
    assert held == {"register.db", "register.db.sha256", "vault", "earlier", "scr-intake.toml"}


def test_a_backup_after_a_rotation_opens_with_the_new_key(used: Board) -> None:
    back_up(used)
    used.run("keys", "rotate")
    (used.folder / "keys" / "vault-1.key").unlink()
    assert back_up(used).status == 0


def test_a_backup_that_is_not_whole_is_not_said_to_be_one(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An original is spoiled on its way there."""
    whole = command.write_backup

    def spoiled(*words: object) -> list[str]:
        told = whole(*words)  # type: ignore[arg-type]
        next((used.folder.parent / "copy" / "vault").glob("??/*")).write_bytes(b"spoiled")
        return told

    monkeypatch.setattr(command, "write_backup", spoiled)
    ended = back_up(used)
    assert ended.status == 1
    assert "its original cannot be opened." in ended.err
    assert "cannot be relied on" in ended.err


def test_a_forged_row_is_told_with_the_line_that_restores_the_last_whole_backup(
    used: Board,
) -> None:
    """Later nights found the register forged, and kept the one that was whole."""
    back_up(used, "--keep", 3)
    with closing(sqlite3.connect(used.folder / "register.db")) as raw, raw:
        raw.execute("UPDATE returns SET state = 'waived' WHERE kind = 'imr'")
    (line,) = (x for x in used.once().err.splitlines() if x.startswith("scr-intake restore"))
    assert "--earlier" not in line
    assert back_up(used).status == 1
    (line,) = (x for x in used.once().err.splitlines() if x.startswith("scr-intake restore"))
    assert "--earlier" in line
    assert used.run(*shlex.split(line)[1:]).status == 0
    asked = used.run("doctor", at="2010-04-10T10:00").out
    copy = used.folder.parent / "copy"
    assert f"scr-intake backup {copy} --keep 3 --config {used.folder}/scr-intake.toml\n" in asked


def originals(folder: Path) -> list[Path]:
    return sorted(folder.glob("vault/??/*"))


def test_what_has_rotted_in_a_backup_is_copied_again(used: Board) -> None:
    """Failure mode 108: the same size, another content."""
    back_up(used)
    copied = originals(used.folder.parent / "copy")[0]
    whole = copied.read_bytes()
    copied.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert back_up(used).status == 0
    assert copied.read_bytes() == whole


@pytest.mark.parametrize("rot", ["a bit", "cut"])
def test_what_has_rotted_in_the_vault_is_not_written_over_its_copy(used: Board, rot: str) -> None:
    """It was: the last copy that opened was gone, in every earlier backup too."""
    back_up(used)
    live, copied = originals(used.folder)[0], originals(used.folder.parent / "copy")[0]
    whole = copied.read_bytes()
    live.write_bytes(b"" if rot == "cut" else whole[:-1] + bytes([whole[-1] ^ 1]))
    ended = back_up(used)
    assert copied.read_bytes() == whole
    assert ended.status == 1
    assert "In the vault 1 original cannot be opened any more." in ended.err
    assert restore(used).status == 0
    type_as_printed(ended)
    assert live.read_bytes() == whole
    assert back_up(used).status == 0


def type_as_printed(ended: Ended) -> None:
    for line in (ended.out + ended.err).splitlines():
        if line.startswith(("  install ", "  rm ")):
            subprocess.run(shlex.split(line), check=True)


def test_an_original_that_is_missing_is_told_with_how_to_put_back_the_copy(used: Board) -> None:
    back_up(used)
    live = originals(used.folder)[0]
    whole = live.read_bytes()
    live.unlink()
    ended = back_up(used)
    assert ended.status == 1
    assert "In the vault 1 original is missing." in ended.err
    assert "The backup has a good copy of 1." in ended.err
    type_as_printed(ended)
    assert live.read_bytes() == whole
    assert back_up(used).status == 0


def test_what_no_backup_has_is_not_said_to_be_there(used: Board) -> None:
    back_up(used)
    for folder in (used.folder, used.folder.parent / "copy"):
        originals(folder)[0].unlink()
    ended = back_up(used)
    assert ended.status == 1
    assert "copy has no good copy of 1. Look for one in each other backup" in ended.err
    assert "cannot be relied on" in ended.err


def places_of_board(board: Board) -> dict[str, Path]:
    folder, beside = board.folder, board.folder.parent
    (beside / "link").symlink_to(folder)
    (beside / "sly").mkdir()
    (beside / "sly" / "vault").symlink_to(folder / "vault")
    return {
        "the board": folder,
        "a link to it": beside / "link",
        "what holds it": beside,
        "its vault": folder / "vault",
        "in its vault": folder / "vault" / "new" / "copy",
        "a link to its vault": beside / "sly",
        "its drop folder": folder / "drop" / "GP",
        "its mailbox": folder / "mail",
        "its letters": folder / "sent",
        "its keys": folder / "keys" / "copy",
    }


def test_no_backup_is_made_where_the_board_works(used: Board) -> None:
    """Its copy took the place of the register in use."""
    lies = {
        "the board": "holds its register,",
        "a link to it": "holds its register,",
        "what holds it": "holds its register,",
        "its vault": "is its vault,",
        "in its vault": "lies in its vault,",
        "a link to its vault": "has vault in it, which leads into its vault,",
        "its drop folder": "lies in a drop folder,",
        "its mailbox": "is a mailbox,",
        "its letters": "is a folder for letters,",
        "its keys": "lies in its keys,",
    }
    for name, place in places_of_board(used).items():
        before = sorted(used.folder.parent.rglob("*"))
        ended = used.run("backup", place, "--keep", 1)
        assert ended.status == 1, name
        said = " ".join(ended.err.split())
        assert "Nothing was written. Name another folder" in said, name
        assert lies[name] in said, name
        assert sorted(used.folder.parent.rglob("*")) == before, name
    assert used.run("backup", used.folder / "copies").status == 0, "beside them it may lie"


def test_nothing_is_restored_into_a_folder_that_returns_are_taken_from(used: Board) -> None:
    back_up(used)
    target = used.folder / "drop" / "GP" / "back"
    ended = used.run("restore", used.folder.parent / "copy", target)
    assert ended.status == 1
    assert "lies in a drop folder" in " ".join(ended.err.split())
    assert not target.exists()


def test_no_earlier_register_goes_unless_it_is_said_how_many_to_keep(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor where the newest turns out not to be whole."""
    copy = used.folder.parent / "copy"
    for n in (1, 2, 3):
        assert back_up(used).status == 0
        os.utime(copy / "register.db", (n, n))
    assert len(list(copy.glob("earlier/*"))) == 2
    monkeypatch.setattr(command, "_find_faults_by_trial", lambda *words: NOT_WHOLE)
    assert used.run("backup", copy, "--keep", 1).status == 1
    assert len(list(copy.glob("earlier/*"))) == 3
    monkeypatch.undo()
    assert used.run("backup", copy, "--keep", 2).status == 0
    assert len(list(copy.glob("earlier/*"))) == 1


def test_a_backup_is_tried_where_it_may_be_written(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 108: the parent of a mount point is root's."""
    copy = used.folder.parent / "mounted" / "copy"
    copy.mkdir(parents=True)
    made: list[Path] = []
    tried = command.put_back

    def noted(backup: Path, target: Path, *rest: object, **how: object) -> None:
        made.append(target)
        tried(backup, target, *rest, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "put_back", noted)
    assert used.run("backup", copy).status == 0
    assert [copy in target.parents for target in made] == [True]
    assert {path.name for path in copy.parent.iterdir()} == {"copy"}


def test_what_a_killed_trial_left_is_taken_away(used: Board) -> None:
    left = used.folder.parent / "copy" / ".trial-left"
    (left / "restored").mkdir(parents=True)
    assert back_up(used).status == 0
    assert not left.exists()


def test_a_backup_that_stops_says_at_which_step_and_path(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    (used.folder.parent / "copy").mkdir()
    (used.folder.parent / "copy" / "vault").write_text("in the way")
    ended = back_up(used)
    assert ended.status == 1
    assert "It stopped while copying the originals at " in ended.err
    assert str(used.folder.parent / "copy" / "vault") in ended.err.replace("\n", "")


def test_earlier_registers_are_kept_and_share_the_originals(used: Board) -> None:
    copy = used.folder.parent / "copy"
    kept = []
    for day, agency in enumerate(("POL", "GP", "POL"), 6):
        paper = build.make_chronology({**build.STORIES, "n": day}[agency])
        used.drop(agency, paper + b" " * day, f"again-{day}.docx")
        used.once(at=f"2010-04-{day:02d}T10:00")
        (copy / "register.db").exists() and os.utime(copy / "register.db", (day, day))
        assert used.run("backup", copy, "--keep", 2, at=f"2010-04-{day:02d}T11:00").status == 0
        kept.append(sorted(path.name for path in copy.glob("earlier/*")))
    assert [len(names) for names in kept] == [0, 1, 1]
    assert kept[1] != kept[2], "the oldest is forgotten"
    (name,) = kept[2]
    back = used.folder.parent / "earlier"
    assert used.run("restore", copy, back, "--earlier", name).status == 0
    refused = used.run("restore", copy, used.folder.parent / "none", "--earlier", "yesterday")
    assert refused.status == 2
    assert f"{name}, up to 11:00am on Wednesday 7 April 2010" in refused.err


def kept_on_three_days(board: Board) -> Path:
    """A backup with the registers of 6 and 7 April, and the newest of 8 April."""
    copy = board.folder.parent / "copy"
    for day in (6, 7, 8):
        board.once(at=f"2010-04-{day:02d}T10:00")
        (copy / "register.db").exists() and os.utime(copy / "register.db", (day, day * 86400))
        assert board.run("backup", copy, "--keep", 3, at=f"2010-04-{day:02d}T11:00").status == 0
    return copy


def test_an_earlier_register_is_found_by_its_day_or_how_its_name_begins(used: Board) -> None:
    copy = kept_on_three_days(used)
    several = used.run("restore", copy, used.folder.parent / "none", "--earlier", "2010-04")
    assert several.status == 2
    assert several.err.count("up to 11:00am on") == 2
    for n, asked in enumerate(("2010-04-06", "1970-01-09")):
        back = used.folder.parent / f"back-{n}"
        ended = used.run("restore", copy, back, "--earlier", asked)
        assert ended.status == 0, ended.err
        day = "Tuesday 6 April" if n == 0 else "Wednesday 7 April"
        assert f"It reaches up to 11:00am on {day} 2010" in ended.out


def test_a_rotted_earlier_register_is_told_and_counts_for_none(used: Board) -> None:
    copy = kept_on_three_days(used)
    rotted = sorted(copy.glob("earlier/*/register.db"))[-1]
    whole = rotted.read_bytes()
    rotted.write_bytes(whole[:5000] + b"?" * 64 + whole[5064:])
    os.utime(copy / "register.db", (9, 9 * 86400))
    ended = used.run("backup", copy, "--keep", 3)
    assert ended.status == 1
    assert "It keeps 2 earlier registers." in ended.out
    assert "1 earlier register in the backup is not as it was written" in ended.err
    back = used.folder.parent / "back"
    refused = used.run("restore", copy, back, "--earlier", rotted.parent.name)
    assert "the disk has spoiled it" in " ".join(refused.err.split())
    assert not back.exists()
    listed = used.run("restore", copy, back, "--earlier", "none").err
    assert f"{rotted.parent.name}, which the disk has spoiled" in listed
    type_as_printed(ended)
    assert used.run("backup", copy, "--keep", 4).status == 0


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text("correct horse battery\n")
    return file


def test_a_backup_with_its_keys_is_all_that_is_needed(used: Board, passphrase: Path) -> None:
    copy, back = used.folder.parent / "copy", used.folder.parent / "back"
    words = ("--with-keys", "--passphrase-file", passphrase)
    assert used.run("backup", copy, *words).status == 0
    marks = (used.folder / "keys" / "marks.key").read_bytes()
    sealed = (copy / "keys.sealed").read_bytes()
    assert marks.strip() not in sealed
    shutil.rmtree(used.folder / "keys")
    shutil.rmtree(used.folder / "vault")
    ended = used.run("restore", copy, back, *words)
    assert (ended.status, ended.err) == (0, "")
    assert (back / "keys" / "marks.key").read_bytes() == marks
    assert stat.S_IMODE((back / "keys").stat().st_mode) == 0o700


def test_another_passphrase_opens_no_keys(used: Board, passphrase: Path) -> None:
    copy = used.folder.parent / "copy"
    words = ("--with-keys", "--passphrase-file", passphrase)
    used.run("backup", copy, *words)
    passphrase.write_text("incorrect horse battery")
    ended = used.run("restore", copy, used.folder.parent / "back", *words)
    assert ended.err.startswith("The keys do not open with that passphrase")
    passphrase.write_text("short")
    assert used.run("backup", copy, *words).err.startswith("A passphrase for keys has 12")


def test_it_is_said_truly_which_keys_are_in_a_backup(used: Board, passphrase: Path) -> None:
    copy = used.folder.parent / "copy"
    assert "The keys are not in it." in back_up(used).out
    used.run("backup", copy, "--with-keys", "--passphrase-file", passphrase)
    later = " ".join(back_up(used).out.split())
    assert "The keys are in it from an earlier backup" in later
    assert "are the ones that open it" in later
    used.run("keys", "rotate")
    rotated = back_up(used)
    assert rotated.status == 1, "for whoever has it done each night"
    assert "from before they were changed, and do not open this one" in " ".join(
        rotated.err.split()
    )
    (line,) = (each for each in rotated.err.split(": ") if each.startswith("rm "))
    subprocess.run(shlex.split(line), check=True)
    assert back_up(used).status == 0


def test_keys_that_do_not_open_a_backup_are_told_before_anything_is_made(
    used: Board, passphrase: Path
) -> None:
    copy, back = used.folder.parent / "copy", used.folder.parent / "back"
    words = ("--with-keys", "--passphrase-file", passphrase)
    assert used.run("restore", copy, back, *words).err.startswith("The keys are not in")
    used.run("backup", copy, *words)
    used.run("keys", "rotate")
    back_up(used)
    ended = used.run("restore", copy, back, *words)
    assert ended.status == 1
    assert "sealed under vault-2.key, which is not among those in the backup" in " ".join(
        ended.err.split()
    )
    assert not back.exists()
    assert restore(used).status == 0, "as it says, with the keys of the settings"
    shutil.rmtree(back)
    (used.folder / "keys" / "vault-2.key").rename(used.folder / "aside.key")
    lacking = used.run("restore", copy, back)
    assert "vault-2.key, which is not among those of the settings" in " ".join(lacking.err.split())
    assert not back.exists()


def test_restoring_says_up_to_when_the_backup_reaches(used: Board) -> None:
    used.once(at="2010-04-06T10:00")
    assert used.run("backup", used.folder.parent / "copy", at="2010-04-06T11:00").status == 0
    assert "It reaches up to 11:00am on Tuesday 6 April 2010:" in restore(used).out


def test_restoring_never_writes_over_anything(used: Board) -> None:
    back_up(used)
    (used.folder.parent / "back").mkdir()
    (used.folder.parent / "back" / "mine").touch()
    assert "is not empty" in restore(used).err


def test_a_folder_without_a_backup_is_told(used: Board, tmp_path: Path) -> None:
    ended = used.run("restore", tmp_path, tmp_path / "back")
    assert "There is no backup in that folder." in ended.err
