"""A directory held open, so that nothing on the way to a file can be swapped for a link."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from intake.safe_files import OpenFolder, read_descriptor
from intake.source import ItemUnreadable, ItemVanished


def test_the_folder_the_settings_name_may_be_a_link_and_none_below_it(tmp_path: Path) -> None:
    """Failure mode 22."""
    (tmp_path / "drop" / "GP").mkdir(parents=True)
    (tmp_path / "link").symlink_to("drop")
    (tmp_path / "drop" / "POL").symlink_to("GP")
    with OpenFolder.open_path(tmp_path / "link") as root:
        with root.open_subfolder("GP"):
            pass
        with pytest.raises(ItemUnreadable), root.open_subfolder("POL"):
            pass


def test_a_folder_swapped_for_a_link_still_leads_where_it_led(tmp_path: Path) -> None:
    """Failure mode 22: an agency's own case folder is the agency's to rename."""
    (tmp_path / "GP").mkdir()
    (tmp_path / "GP" / "it").write_bytes(b"its own")
    (tmp_path / "POL").mkdir()
    (tmp_path / "POL" / "it").write_bytes(b"another's")
    with OpenFolder.open_path(tmp_path) as root, root.open_subfolder("GP") as folder:
        (tmp_path / "GP").rename(tmp_path / "gone")
        (tmp_path / "GP").symlink_to("POL")
        with folder.open_file("it") as descriptor:
            assert read_descriptor(descriptor) == b"its own"
        with folder.make_subfolder("done") as shelf:
            folder.move_file("it", shelf, "it")
    assert (tmp_path / "gone" / "done" / "it").read_bytes() == b"its own"
    assert os.listdir(tmp_path / "POL") == ["it"]


def test_what_is_gone_has_vanished_and_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "it").write_bytes(b"")
    with pytest.raises(ItemVanished), OpenFolder.open_path(tmp_path / "nowhere"):
        pass
    with OpenFolder.open_path(tmp_path) as root:
        with pytest.raises(ItemVanished), root.open_subfolder("nowhere"):
            pass
        for way in (root.open_subfolder, root.make_subfolder):
            with pytest.raises(ItemUnreadable), way("it"):
                pass


def test_entries_come_by_name_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"bb")
    (tmp_path / "a").symlink_to("b")
    with OpenFolder.open_path(tmp_path) as root:
        found = root.list_entries()
    assert [name for name, _ in found] == ["a", "b"]
    assert [about.st_size for _, about in found] == [1, 2]


def test_a_folder_that_cannot_be_listed_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(_: object) -> None:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    with OpenFolder.open_path(tmp_path) as root:
        monkeypatch.setattr(os, "scandir", stale)
        with pytest.raises(ItemUnreadable):
            root.list_entries()
