"""A place in memory is told from one on a disk by what it is, not by what it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.readers.libreoffice import converter
from handlers.readers.libreoffice.converter import (
    find_memory_folder,
    first_memory_folder,
    is_memory_folder,
)
from handlers.readers.libreoffice.folder import NoConversionMemory


def mounted(kind: str) -> list[Path]:
    """The folders that the system's own table says are of this kind."""
    lines = Path("/proc/self/mounts").read_text().splitlines()
    return [Path(line.split()[1]) for line in lines if line.split()[2] == kind]


def test_it_agrees_with_the_systems_own_table() -> None:
    tmpfs = mounted("tmpfs")
    assert all(map(is_memory_folder, tmpfs))
    others = [
        path for kind in ("ext4", "xfs", "btrfs", "overlay", "proc") for path in mounted(kind)
    ]
    assert others
    assert not any(map(is_memory_folder, others))


def test_a_folder_on_a_disk_or_none_at_all_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "is_memory_folder", lambda folder: folder.name == "kept")
    with pytest.raises(NoConversionMemory):
        first_memory_folder([Path("/"), Path("/no/such")], 0)
    assert not is_memory_folder(Path("/no/such"))


def test_one_without_room_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "is_memory_folder", lambda _: True)
    assert first_memory_folder([tmp_path], 1) == tmp_path
    with pytest.raises(NoConversionMemory):
        first_memory_folder([tmp_path], 1 << 62)


def test_a_conversion_is_given_such_a_place() -> None:
    assert is_memory_folder(find_memory_folder(1_000))
