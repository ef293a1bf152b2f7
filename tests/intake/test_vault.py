"""The vault: originals byte for byte, encrypted, each under a name that says nothing."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.keys import Keys
from intake.vault import OriginalMissing, SealBroken, Vault

SEALS = Vault(Path(tempfile.mkdtemp()) / "vault", Keys(vault=bytes(range(32)), marks=bytes(32)))


def blobs(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name not in ("keys", "case-keys")
    )


@given(st.binary(max_size=2000), st.text(max_size=40))
def test_what_is_sealed_opens_as_it_was(data: bytes, about: str) -> None:
    assert SEALS.unseal_bytes(SEALS.seal_bytes(data, about), about) == data


@given(st.binary(min_size=8, max_size=500))
def test_sealed_bytes_hold_nothing_of_what_they_seal(data: bytes) -> None:
    """Eight bytes in a row: fewer might be there by chance, or be those that begin every seal."""
    sealed = SEALS.seal_bytes(data, "place")
    assert not any(data[i : i + 8] in sealed for i in range(len(data) - 7))


@given(st.binary(max_size=200), st.text(max_size=20), st.text(max_size=20))
def test_a_seal_opens_only_in_the_place_it_was_made_for(data: bytes, one: str, other: str) -> None:
    if one == other:
        other += "x"
    with pytest.raises(SealBroken):
        SEALS.unseal_bytes(SEALS.seal_bytes(data, one), other)


def test_one_flipped_bit_anywhere_is_refused() -> None:
    sealed = SEALS.seal_bytes(b"a short original", "place")
    for bit in range(len(sealed) * 8):
        spoiled = bytearray(sealed)
        spoiled[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            SEALS.unseal_bytes(bytes(spoiled), "place")


def test_sealed_bytes_cut_short_anywhere_are_refused() -> None:
    sealed = SEALS.seal_bytes(b"a short original", "place")
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            SEALS.unseal_bytes(sealed[:length], "place")


def test_another_key_does_not_open_it(keys: Keys) -> None:
    other = Vault(Path("/nowhere"), Keys(vault=bytes(32), marks=keys.marks))
    with pytest.raises(SealBroken):
        other.unseal_bytes(SEALS.seal_bytes(b"data", "place"), "place")


def test_the_same_bytes_are_sealed_differently_each_time() -> None:
    assert SEALS.seal_bytes(b"data", "place") != SEALS.seal_bytes(b"data", "place")


@pytest.mark.parametrize("data", [b"", b"x", os.urandom(5_000_000)], ids=["empty", "x", "5 MB"])
def test_what_is_put_comes_back_byte_for_byte(vault: Vault, data: bytes) -> None:
    assert vault.read_original(vault.store_original(data)) == data


def test_a_name_in_the_vault_says_nothing_and_is_ours_alone(vault: Vault, tmp_path: Path) -> None:
    mark = vault.store_original(b"Zebedee Quillfeather")
    (blob,) = blobs(tmp_path / "vault")
    assert blob.parent.name + blob.name == mark
    assert b"Zebedee" not in blob.read_bytes()
    assert blob.stat().st_mode & 0o777 == 0o600
    for folder in (blob.parent, tmp_path / "vault"):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_the_same_bytes_again_are_not_written_again(vault: Vault, tmp_path: Path) -> None:
    mark = vault.store_original(b"data")
    (blob,) = blobs(tmp_path / "vault")
    before = blob.read_bytes(), blob.stat().st_mtime_ns, blob.stat().st_ino
    assert vault.store_original(b"data") == mark
    assert blobs(tmp_path / "vault") == [blob]
    assert (blob.read_bytes(), blob.stat().st_mtime_ns, blob.stat().st_ino) == before


def test_the_same_bytes_again_mend_what_the_disk_has_spoiled(vault: Vault, tmp_path: Path) -> None:
    """Otherwise the source would be told that it may forget what nobody can read."""
    mark = vault.store_original(b"data")
    (blob,) = blobs(tmp_path / "vault")
    blob.write_bytes(b"")
    with pytest.raises(SealBroken):
        vault.read_original(mark)
    vault.store_original(b"data")
    assert vault.read_original(mark) == b"data"


def test_put_again_syncs_the_folder_that_a_crash_may_have_left_unsynced(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 61: after a crash between rename and fsync the blob is there, and not yet for
    good."""
    vault.store_original(b"data")
    (blob,) = blobs(tmp_path / "vault")
    synced: list[Path] = []
    monkeypatch.setattr(
        os, "fsync", lambda d: synced.append(Path(os.readlink(f"/proc/self/fd/{d}")))
    )
    vault.store_original(b"data")
    assert synced == [blob.parent, tmp_path / "vault"]


@pytest.mark.parametrize("step", ["mkdir", "open", "fsync", "rename"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_what_cannot_be_put_leaves_nothing_behind_and_can_be_put_later(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    """Failure mode 60."""

    def goes_wrong(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, step, goes_wrong)
    with pytest.raises(OSError, match=os.strerror(code)):
        vault.store_original(b"data")
    monkeypatch.undo()
    assert blobs(tmp_path / "vault") == []
    assert vault.read_original(vault.store_original(b"data")) == b"data"


def test_an_original_that_is_not_there_is_missed(vault: Vault) -> None:
    with pytest.raises(OriginalMissing):
        vault.read_original(vault.keyed_hash(b"never put"))


def test_a_disk_that_will_not_say_is_not_a_missing_original(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = vault.store_original(b"data")

    def goes_wrong(_: Path) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "read_bytes", goes_wrong)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        vault.read_original(mark)


def test_an_original_under_another_ones_name_is_refused(vault: Vault, tmp_path: Path) -> None:
    one, other = vault.store_original(b"one"), vault.store_original(b"other")
    paths = {blob.parent.name + blob.name: blob for blob in blobs(tmp_path / "vault")}
    paths[one].write_bytes(paths[other].read_bytes())
    with pytest.raises(SealBroken):
        vault.read_original(one)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=50), max_size=8))
def test_as_many_blobs_as_there_are_different_contents(contents: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        vault = Vault(Path(folder), Keys(vault=bytes(32), marks=bytes(32)))
        marks = [vault.store_original(content) for content in contents]
        assert [vault.read_original(mark) for mark in marks] == contents
        assert len(blobs(Path(folder))) == len(set(contents))


def test_every_original_is_listed_by_its_mark_and_none_that_is_being_written(
    tmp_path: Path,
) -> None:
    vault = Vault(tmp_path / "vault", Keys(vault=bytes(range(32)), marks=bytes(32)))
    mark = vault.store_original(b"an original")
    (stored,) = (path for path in (tmp_path / "vault").glob("??/*"))
    stored.with_name(f".{stored.name}").write_bytes(b"half")
    assert list(vault.list_marks()) == [mark]


def test_an_original_in_the_place_of_another_of_its_length_is_seen_without_opening_it(
    tmp_path: Path,
) -> None:
    vault = Vault(tmp_path / "vault", Keys(vault=bytes(range(32)), marks=bytes(32)))
    one, other = vault.store_original(b"the one"), vault.store_original(b"another")
    assert vault.holds_seal_of(one, 7)
    assert vault.holds_seal_of(one, None)
    paths = [tmp_path / "vault" / mark[:2] / mark[2:] for mark in (one, other)]
    paths[0].write_bytes(paths[1].read_bytes())
    assert not vault.holds_seal_of(one, 7)
    assert not vault.holds_seal_of(one, None)
    assert not vault.holds_seal_of(other, 8)
