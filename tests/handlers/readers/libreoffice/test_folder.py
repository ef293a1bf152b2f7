"""Rooms that a sudden end left behind are swept; those in use are not."""

from __future__ import annotations

from pathlib import Path

from handlers.readers.libreoffice.folder import (
    FOLDER_PREFIX,
    new_conversion_folder,
    remove_unused_folders,
)


def test_what_a_killed_service_left_is_gone_with_the_next_conversion(rooms: Path) -> None:
    left = rooms / f"{FOLDER_PREFIX}left"
    left.mkdir()
    (left / "document.rtf").write_bytes(b"in clear")
    with new_conversion_folder(rooms) as room:
        assert not left.exists()
        assert room.folder.exists()
    assert list(rooms.iterdir()) == []


def test_a_room_in_use_is_left_alone(rooms: Path) -> None:
    with new_conversion_folder(rooms) as room:
        remove_unused_folders(rooms)
        with new_conversion_folder(rooms) as other:
            assert other.folder != room.folder
        assert room.folder.exists()


def test_what_only_looks_like_a_room_is_left_alone(rooms: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (rooms / f"{FOLDER_PREFIX}link").symlink_to(elsewhere)
    (rooms / f"{FOLDER_PREFIX}file").write_bytes(b"")
    remove_unused_folders(rooms)
    assert elsewhere.exists()
    assert len(list(rooms.iterdir())) == 2
