"""The keys: made once, readable by the service alone."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from intake.keys import (
    FIRST_VAULT_KEY_FILE,
    MARKS_KEY_FILE,
    Keys,
    KeysExposed,
    KeysFromCredentials,
    KeysInvalid,
    KeysMissing,
    add_vault_key,
    make_missing_keys,
    read_keys,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_missing_keys(tmp_path / "keys")
    return tmp_path / "keys"


def test_keys_are_made_apart_and_readable_by_us_alone(folder: Path) -> None:
    keys = read_keys(folder)
    assert len(keys.vault) == len(keys.marks) == 32
    assert keys.vault != keys.marks
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        FIRST_VAULT_KEY_FILE: 0o600,
        MARKS_KEY_FILE: 0o600,
    }


def test_making_them_again_leaves_them_alone(folder: Path) -> None:
    before = read_keys(folder)
    make_missing_keys(folder)
    assert read_keys(folder) == before


def test_a_folder_that_was_there_is_closed_to_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_missing_keys(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", [FIRST_VAULT_KEY_FILE, MARKS_KEY_FILE])
def test_a_key_that_is_not_there_is_missed(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(KeysMissing):
        read_keys(folder)


def test_a_folder_that_is_not_there_is_missed(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing):
        read_keys(tmp_path / "keys")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
@pytest.mark.parametrize("name", [FIRST_VAULT_KEY_FILE, MARKS_KEY_FILE])
def test_a_key_that_others_can_touch_is_refused(folder: Path, name: str, mode: int) -> None:
    (folder / name).chmod(mode)
    with pytest.raises(KeysExposed):
        read_keys(folder)


@pytest.mark.parametrize("mode", [0o720, 0o702])
def test_a_folder_where_others_could_put_keys_of_theirs_is_refused(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    with pytest.raises(KeysExposed):
        read_keys(folder)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not a key at all\n",
        b"\xff\xfe\n",
        base64.b64encode(bytes(31)),
        base64.b64encode(bytes(33)),
        base64.b64encode(bytes(32))[:-1],
        b"*" + base64.b64encode(bytes(32)),
        base64.b64encode(bytes(32)) * 2,
    ],
)
def test_a_file_that_holds_no_key_is_refused(folder: Path, text: bytes) -> None:
    (folder / FIRST_VAULT_KEY_FILE).write_bytes(text)
    with pytest.raises(KeysInvalid):
        read_keys(folder)


def test_a_key_copied_with_another_line_end_is_the_same_key(folder: Path) -> None:
    before = read_keys(folder)
    path = folder / FIRST_VAULT_KEY_FILE
    path.write_bytes(path.read_bytes().strip() + b"\r\n")
    assert read_keys(folder) == before


def test_keys_are_never_printed(keys: Keys) -> None:
    assert repr(keys) == str(keys) == f"{keys}" == "Keys()"


def test_a_mark_depends_on_the_key_the_purpose_and_the_data(keys: Keys) -> None:
    mark = keys.keyed_hash("content", b"data")
    assert len(mark) == 64
    assert mark == keys.keyed_hash("content", b"data")
    others = {
        keys.keyed_hash("content", b"datum"),
        keys.keyed_hash("address", b"data"),
        Keys(keys.vault, bytes(32)).keyed_hash("content", b"data"),
    }
    assert mark not in others
    assert len(others) == 3
    assert Keys(bytes(32), keys.marks).keyed_hash("content", b"data") == mark


def test_each_purpose_has_a_secret_of_its_own(keys: Keys) -> None:
    assert (
        len({keys.derived_key("record"), keys.derived_key("content"), keys.marks, keys.vault}) == 4
    )


def test_systemds_credential_is_read_where_there_is_no_folder(folder: Path, tmp_path: Path) -> None:
    """`LoadCredential=keys:FOLDER` gives each file of it as keys_NAME."""
    given = tmp_path / "credentials"
    given.mkdir(mode=0o500)
    given.chmod(0o700)
    for path in folder.iterdir():
        (given / f"keys_{path.name}").write_bytes(path.read_bytes())
        (given / f"keys_{path.name}").chmod(0o400)
    keys = read_keys(folder)
    folder.rename(tmp_path / "away")
    found = read_keys(folder, given)
    assert (found.vault, found.marks) == (keys.vault, keys.marks)
    with pytest.raises(KeysFromCredentials):
        add_vault_key(folder, 2)


def test_the_newest_key_seals_and_the_older_ones_are_at_hand(folder: Path) -> None:
    before = read_keys(folder)
    add_vault_key(folder, 2)
    keys = read_keys(folder)
    assert (keys.number, keys.vault_key_by_number(1)) == (2, before.vault)
    assert keys.vault_key_by_number(3) is None
