"""The folder in which the administrator finds originals that they asked for: filled by a mail of
theirs, cleared after some days.

Of what lies in it only folders of ours are touched: a day's, and in it one for each entry.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from commands.composition.original_files import OriginalFile
from config.settings import Settings
from intake.drop.scan import numbered_names

FOLDER_NAME = "for-administrator"
KEPT_DAYS = 5  # calendar days
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def originals_folder(settings: Settings) -> Path:
    """Beside the first drop folder, unless the settings name another."""
    return settings.board.originals_folder or settings.drop_folders[0].path.parent / FOLDER_NAME


def put_for_administrator(
    folder: Path, entry_id: int, files: Sequence[OriginalFile], today: date
) -> Path:
    """Where they lie now: in a folder of that day's own, and of that entry's. A copy of what had
    its number before a restore stays where it is. Whoever may read the folder may read them.
    Raises OSError."""
    day, original = folder / today.isoformat(), files[0]
    names = numbered_names(_folder_name(entry_id))
    there = next(day / name for name in names if _is_for(day / name / original.name, original))
    for each in (folder, there.parent, there):
        with suppress(FileExistsError):
            each.mkdir(mode=0o750)
        if each.is_symlink():
            raise NotADirectoryError(str(each))
    for file in files:
        path = there / file.name
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
        with os.fdopen(os.open(path, flags, 0o640), "wb") as copy:
            copy.write(file.content)
    return there


def clear_older(folder: Path, today: date) -> None:
    """Takes away what has lain there for `KEPT_DAYS`."""
    before = today - timedelta(days=KEPT_DAYS)
    for day in _days(folder):
        if date.fromisoformat(day.name) < before:
            shutil.rmtree(day, ignore_errors=True)


def forget_handed_out(folder: Path, entries: Iterable[int]) -> int:
    """Take away the copies of these entries, on whatever day they were asked for; how many."""
    found = [
        path
        for day in _days(folder)
        for id in entries
        for path in (day / _folder_name(id), *day.glob(f"{_folder_name(id)} (*)"))
    ]
    there = [path for path in found if path.is_dir() and not path.is_symlink()]
    for path in there:
        shutil.rmtree(path, ignore_errors=True)
    return len(there)


def _folder_name(entry_id: int) -> str:
    return f"entry-{entry_id}"


def _is_for(path: Path, original: OriginalFile) -> bool:
    """Whether that original may lie there: it does already, or nothing else does."""
    if path.is_symlink() or path.parent.is_symlink() or not path.exists():
        return True  # a link is refused once it is opened
    return path.read_bytes() == original.content


def _days(folder: Path) -> list[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    return [
        path
        for path in folder.iterdir()
        if _DAY.fullmatch(path.name) and _is_day(path.name) and path.is_dir()
        and not path.is_symlink()
    ]  # fmt: skip


def _is_day(name: str) -> bool:
    try:
        date.fromisoformat(name)
    except ValueError:
        return False
    return True
