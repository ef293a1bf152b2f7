"""Each original has a key of its own, which goes from the board's keys to those of its case.

Failure modes 124 and 125.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import Process
from pathlib import Path

import pytest

from intake.backup import restore_backup, write_backup
from intake.data_keys import BOARD
from intake.database import RegisterDatabase
from intake.keys import make_missing_keys, read_keys, vault_key_name
from intake.vault import DocumentKeyMissing, SealBroken, Vault

CASE, OTHER = 12, 13


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_missing_keys(tmp_path / "keys")
    return tmp_path


def vault(folder: Path) -> Vault:
    return Vault(folder / "vault", read_keys(folder / "keys"))


def move(vault: Vault, mark: str, *owners: int) -> None:
    vault.document_keys.add_owners({mark: owners})
    vault.document_keys.keep_owners({mark: owners})


def ring(folder: Path, owner: int) -> Path:
    return folder / "vault" / "case-keys" / f"{owner}.documents"


def test_one_original_is_destroyed_with_its_key_and_no_other(folder: Path) -> None:
    ours = vault(folder)
    gone, kept = ours.store_original(b"one"), ours.store_original(b"another")
    said = ours.seal_with_document(b"read from it", "place", gone)
    blob = folder / "vault" / gone[:2] / gone[2:]
    before = blob.read_bytes()
    move(ours, gone)
    for each in (ours, vault(folder)):
        with pytest.raises(DocumentKeyMissing):
            each.read_original(gone)
        with pytest.raises(DocumentKeyMissing):
            each.unseal_bytes(said, "place")
        assert each.read_original(kept) == b"another"
    assert blob.read_bytes() == before  # what is left of it opens with nothing
    assert ours.store_original(b"one") == gone  # and may come anew, under another key
    assert vault(folder).read_original(gone) == b"one"
    with pytest.raises(SealBroken):
        ours.unseal_bytes(said, "place")


def test_all_of_a_case_is_destroyed_with_the_keys_of_the_case(folder: Path) -> None:
    ours = vault(folder)
    marks = [ours.store_original(data) for data in (b"a", b"b", b"c")]
    for mark, owner in zip(marks, (CASE, OTHER, BOARD), strict=True):
        move(ours, mark, owner)
    told = [ours.seal_bytes(b"told", "place", owner) for owner in (CASE, OTHER, BOARD)]
    for path in (folder / "vault" / "case-keys").glob(f"{CASE}.*.wrapped"):
        path.unlink()
    left = vault(folder)
    with pytest.raises(SealBroken):
        left.read_original(marks[0])
    with pytest.raises(SealBroken):
        left.unseal_bytes(told[0], "place")
    assert [left.read_original(mark) for mark in marks[1:]] == [b"b", b"c"]
    assert [left.unseal_bytes(each, "place") for each in told[1:]] == [b"told", b"told"]


def test_a_document_of_two_cases_opens_until_neither_has_its_key(folder: Path) -> None:
    ours = vault(folder)
    mark = ours.store_original(b"one")
    move(ours, mark, CASE, OTHER)
    assert ours.document_keys.owners(mark) == {CASE, OTHER}
    move(ours, mark, OTHER)
    assert vault(folder).read_original(mark) == b"one"
    move(ours, mark)
    with pytest.raises(DocumentKeyMissing):
        vault(folder).read_original(mark)


def test_a_key_is_taken_from_nobody_while_its_owner_does_not_have_it(folder: Path) -> None:
    ours = vault(folder)
    mark = ours.store_original(b"one")
    ours.document_keys.keep_owners({mark: {CASE}})
    assert ours.document_keys.owners(mark) == {BOARD}
    assert ours.read_original(mark) == b"one"


def test_a_key_that_is_destroyed_is_written_over_where_it_lay(folder: Path) -> None:
    ours = vault(folder)
    mark, kept = ours.store_original(b"one"), ours.store_original(b"another")
    before = ring(folder, BOARD).read_bytes()
    move(ours, mark)
    after = ring(folder, BOARD).read_bytes()
    assert len(after) == len(before)
    assert after[96:192] == bytes(96) and after[192:] == before[192:]
    assert bytes.fromhex(kept) in after
    ours.store_original(b"a third")  # takes the place that is free
    assert len(ring(folder, BOARD).read_bytes()) == len(before)


def test_another_key_of_the_board_changes_nothing_but_what_it_wraps(folder: Path) -> None:
    ours = vault(folder)
    marks = [ours.store_original(b"one"), ours.store_original(b"two")]
    move(ours, marks[1], CASE)
    kept = {
        p: p.read_bytes()
        for p in (folder / "vault").rglob("*")
        if p.suffix != ".wrapped" and p.is_file()
    }
    ours.rotate_keys()
    (folder / "keys" / vault_key_name(1)).unlink()
    assert {path: path.read_bytes() for path in kept} == kept
    assert [vault(folder).read_original(mark) for mark in marks] == [b"one", b"two"]
    assert vault(folder).seal_bytes(b"more", "place", CASE)[4:10] == bytes((0, 0, 0, CASE, 0, 2))


class Stopped(BaseException):
    """A kill."""


def stop_at(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """End at the so-many-th system call that writes; of what is written last half is."""
    left = [step]
    pwrite, fsync = os.pwrite, os.fsync

    def writing(descriptor: int, data: bytes, place: int) -> int:
        left[0] -= 1
        if left[0] == 0:
            pwrite(descriptor, data[: len(data) // 2], place)
            raise Stopped
        return pwrite(descriptor, data, place)

    def syncing(descriptor: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Stopped
        fsync(descriptor)

    monkeypatch.setattr(os, "pwrite", writing)
    monkeypatch.setattr(os, "fsync", syncing)


@pytest.mark.parametrize("step", range(1, 30))
def test_a_kill_at_any_write_of_a_move_loses_no_key(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """The new wrap is durable before the old one goes."""
    ours = vault(folder)
    marks = [ours.store_original(data) for data in (b"one", b"two", b"three")]
    stop_at(monkeypatch, step)
    try:
        for mark in marks[:2]:
            move(ours, mark, CASE)
        ended = False
    except Stopped:
        ended = True
    monkeypatch.undo()
    left = vault(folder)
    assert [left.read_original(mark) for mark in marks] == [b"one", b"two", b"three"]
    for mark in marks[:2]:
        move(left, mark, CASE)
        assert left.document_keys.owners(mark) == {CASE}
    assert [vault(folder).read_original(mark) for mark in marks] == [b"one", b"two", b"three"]
    assert ended or step > 20


@pytest.mark.parametrize("step", range(1, 12))
def test_a_kill_at_any_write_of_what_is_stored_leaves_it_to_be_stored_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    first = vault(folder).store_original(b"first")
    stop_at(monkeypatch, step)
    with suppress(Stopped):
        vault(folder).store_original(b"second")
    monkeypatch.undo()
    second = vault(folder).store_original(b"second")
    assert vault(folder).read_original(first) == b"first"
    assert vault(folder).read_original(second) == b"second"


def test_whoever_is_at_work_sees_what_others_did(folder: Path) -> None:
    one, other = vault(folder), vault(folder)
    mark = one.store_original(b"one")
    assert other.read_original(mark) == b"one"
    move(other, mark, CASE)
    assert one.document_keys.owners(mark) == {CASE}
    move(one, mark)
    with pytest.raises(DocumentKeyMissing):
        other.read_original(mark)


def _work(folder: Path, seed: int) -> None:
    ours, chance = vault(folder), random.Random(seed)
    try:
        for _ in range(40):
            mark = ours.store_original(b"%d" % chance.randrange(25))
            move(ours, mark, chance.choice([CASE, OTHER, 14]))
    finally:
        os._exit(0)


def test_of_several_at_once_none_loses_a_key_of_another(folder: Path) -> None:
    vault(folder).store_original(b"first")
    working = [Process(target=_work, args=(folder, seed)) for seed in range(3)]
    for each in working:
        each.start()
    for each in working:
        each.join()
    left = vault(folder)
    for n in range(25):
        mark = left.keyed_hash(b"%d" % n)
        if left.document_keys.owners(mark):
            assert left.read_original(mark) == b"%d" % n
    assert sum(bool(left.document_keys.owners(left.keyed_hash(b"%d" % n))) for n in range(25)) > 20


def test_half_a_key_at_the_end_is_passed_over_and_written_over(folder: Path) -> None:
    mark = vault(folder).store_original(b"one")
    with ring(folder, BOARD).open("ab") as file:
        file.write(b"SK" + bytes(50))
    other = vault(folder).store_original(b"other")
    for each, data in ((mark, b"one"), (other, b"other")):
        assert vault(folder).read_original(each) == data


@pytest.fixture
def database(folder: Path) -> Iterator[RegisterDatabase]:
    database = RegisterDatabase(folder / "register.db")
    yield database
    database.close()


def test_a_backup_forgets_a_key_that_was_destroyed(
    folder: Path, database: RegisterDatabase
) -> None:
    """It is brought up to date, and its registers of earlier days share the keys."""
    ours = vault(folder)
    gone, kept = ours.store_original(b"one"), ours.store_original(b"another")
    move(ours, gone, CASE)
    write_backup(database, vault(folder), folder / "backup")
    assert Vault(folder / "backup" / "vault", read_keys(folder / "keys")).read_original(gone)
    move(ours, gone)
    write_backup(database, vault(folder), folder / "backup")
    restore_backup(folder / "backup", folder / "restored")
    copy = Vault(folder / "restored" / "vault", read_keys(folder / "keys"))
    with pytest.raises(DocumentKeyMissing):
        copy.read_original(gone)
    assert copy.read_original(kept) == b"another"
