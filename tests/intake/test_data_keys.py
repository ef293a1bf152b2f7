"""What the vault seals with is wrapped by the keys folder, and wrapped anew when a key is added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake import data_keys
from intake.keys import (
    Keys,
    KeysMismatched,
    KeysMissing,
    make_missing_keys,
    read_keys,
    vault_key_name,
)
from intake.vault import Vault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_missing_keys(tmp_path / "keys")
    return tmp_path


def vault(folder: Path) -> Vault:
    return Vault(folder / "vault", read_keys(folder / "keys"))


def test_a_vault_opens_again_with_its_own_keys(folder: Path) -> None:
    mark = vault(folder).store_original(b"an original")
    assert vault(folder).read_original(mark) == b"an original"


def test_other_keys_are_told_before_anything_is_sealed_with_them(folder: Path) -> None:
    vault(folder).store_original(b"an original")
    make_missing_keys(folder / "others")
    others = read_keys(folder / "others")
    with pytest.raises(KeysMismatched):
        Vault(folder / "vault", others).check_keys()
    own = read_keys(folder / "keys")
    with pytest.raises(KeysMismatched):
        Vault(folder / "vault", Keys(others.vault, own.marks)).check_keys()


def test_after_a_rotation_the_old_key_is_not_needed_and_does_not_do(folder: Path) -> None:
    mark = vault(folder).store_original(b"an original")
    before = read_keys(folder / "keys")
    assert vault(folder).rotate_keys() == 2
    (folder / "keys" / vault_key_name(1)).unlink()
    assert vault(folder).read_original(mark) == b"an original"
    with pytest.raises(KeysMissing):
        Vault(folder / "vault", Keys(before.vault, before.marks)).check_keys()


def test_one_that_is_at_work_goes_on_through_a_rotation(folder: Path) -> None:
    """It opens what others seal with the new key, and seals with it itself."""
    at_work = vault(folder)
    old = at_work.store_original(b"before")
    vault(folder).rotate_keys()
    new = vault(folder).store_original(b"after")
    assert (at_work.read_original(new), at_work.read_original(old)) == (b"after", b"before")
    sealed = at_work.seal_bytes(b"more", "place")
    assert sealed[4:10] == bytes((0, 0, 0, 0, 0, 2))
    assert vault(folder).unseal_bytes(sealed, "place") == b"more"


@pytest.mark.parametrize("steps", range(1, 6))
def test_a_rotation_that_was_stopped_anywhere_loses_nothing_and_is_finished(
    folder: Path, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = [vault(folder).store_original(b"one")]
    vault(folder).rotate_keys()
    marks.append(vault(folder).store_original(b"two"))

    class Stopped(Exception):
        pass

    left = [steps]
    for name in ("write_durably", "add_vault_key"):
        whole = getattr(data_keys, name)

        def until(*words, whole=whole):  # type: ignore[no-untyped-def]
            left[0] -= 1
            if left[0] == 0:
                raise Stopped
            return whole(*words)

        monkeypatch.setattr(data_keys, name, until)
    stopped = False
    try:
        vault(folder).rotate_keys()
    except Stopped:
        stopped = True
    monkeypatch.undo()
    assert [vault(folder).read_original(mark) for mark in marks] == [b"one", b"two"]
    newest = vault(folder).rotate_keys() if stopped else 3
    for number in range(1, newest):
        (folder / "keys" / vault_key_name(number)).unlink(missing_ok=True)
    assert [vault(folder).read_original(mark) for mark in marks] == [b"one", b"two"]


def test_of_two_that_begin_a_vault_both_use_the_same_key(folder: Path) -> None:
    one, other = vault(folder), vault(folder)
    assert other.unseal_bytes(one.seal_bytes(b"data", "place"), "place") == b"data"
    assert one.unseal_bytes(other.seal_bytes(b"data", "place"), "place") == b"data"


def test_whoever_waited_for_the_lock_takes_the_key_that_was_begun_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both saw no key; what the first has sealed opens with no other key than its own."""
    sealed: list[bytes] = []
    lock = data_keys.lock_folder

    @contextmanager
    def locked_second(place: Path) -> Iterator[None]:
        monkeypatch.setattr(data_keys, "lock_folder", lock)
        sealed.append(vault(folder).seal_bytes(b"data", "place"))
        with lock(place):
            yield

    monkeypatch.setattr(data_keys, "lock_folder", locked_second)
    second = vault(folder)
    more = second.seal_bytes(b"more", "place")
    assert second.unseal_bytes(sealed[0], "place") == b"data"
    for each in (sealed[0], more):
        assert vault(folder).unseal_bytes(each, "place")
