"""Takes away what lies plain of a file that was withdrawn: the file itself, and what we put beside
it."""

from __future__ import annotations

import stat
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress

from intake.drop.scan import DONE_FOLDER, RETURNED_FOLDER
from intake.safe_files import OpenFolder, read_descriptor
from intake.source import ItemTooLarge, ItemUnreadable, ItemVanished


def remove_copies(
    folder: OpenFolder,
    is_withdrawn: Callable[[bytes], bool],
    returned_names: Collection[str],
) -> int:
    """Delete every file in a folder and its `done/` that is withdrawn, and what `returned/` has
    under these names; returns how many that were. Raises ItemUnreadable or OSError."""
    count = _remove(folder, is_withdrawn)
    with suppress(ItemVanished), folder.open_subfolder(DONE_FOLDER) as done:
        for name in _folders(done):
            with suppress(ItemVanished), done.open_subfolder(name) as dated:
                count += _remove(dated, is_withdrawn)
    with suppress(ItemVanished), folder.open_subfolder(RETURNED_FOLDER) as returned:
        for name in {name for name, _ in returned.list_entries()} & set(returned_names):
            returned.unlink_file(name)
            count += 1
        returned.sync_names()
    return count


def _remove(folder: OpenFolder, is_withdrawn: Callable[[bytes], bool]) -> int:
    gone = list(_withdrawn_names(folder, is_withdrawn))
    for name in gone:
        folder.unlink_file(name)
    if gone:
        folder.sync_names()
    return len(gone)


def _withdrawn_names(folder: OpenFolder, is_withdrawn: Callable[[bytes], bool]) -> Iterator[str]:
    for name, _ in folder.list_entries():
        with suppress(ItemVanished, ItemUnreadable, ItemTooLarge), folder.open_file(name) as file:
            if is_withdrawn(read_descriptor(file)):
                yield name


def _folders(folder: OpenFolder) -> list[str]:
    return [name for name, about in folder.list_entries() if stat.S_ISDIR(about.st_mode)]
