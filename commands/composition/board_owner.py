"""Refuses to open a board as somebody other than its owner, whose the register is: what that one
wrote there the service could not read (failure mode 109)."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from config.explained_error import ExplainedError
from config.refused_access import AccessRefused, has_name, user_name
from config.settings import Settings, Storage, load_settings

_ROOT = 0


class BoardOfAnotherUser(ExplainedError):
    sentence = "This board belongs to another user. Nothing was opened. Type instead:"

    def __init__(self, line: str) -> None:
        super().__init__(line)
        if os.geteuid() != _ROOT:
            self.sentence = (
                "This board belongs to another user. Nothing was opened. Where you may act as that"
                " user, type this; else ask whoever looks after this machine:"
            )


class BoardNeverBegun(ExplainedError):
    sentence = (
        "Nothing is kept where the settings say, and perhaps nothing ever was: no register is"
        " there, no vault and no keys. Is the path right, and is a disk not mounted?"
    )

    def __init__(self, settings: Path, kept: Storage) -> None:
        super().__init__(str(kept.register_file))
        self.explanation = (
            f"{self.sentence} The settings are {settings.absolute()}, the register would be"
            f" {kept.register_file}. To make a new board, put a folder that has no settings yet in"
            " place of DIR: `scr-intake init DIR` If all of it is lost, put the folder of a backup"
            " made --with-keys in place of DIR, and an empty one in that of TARGET:"
            " `scr-intake restore --with-keys DIR TARGET`"
        )


def load_own_settings(path: Path, *, begun: bool = False) -> Settings:
    """The settings of a board that has `begun`, once it is seen to be this user's. Raises
    BoardOfAnotherUser, which says the line to type, AccessRefused, BoardNeverBegun or
    InvalidUserFile."""
    if not _is_readable(path):
        _refuse_unreadable(path)
    settings = load_settings(path)
    kept = settings.storage
    if kept.register_file.parent.is_dir():
        _require_owner(kept.register_file)
    given = "CREDENTIALS_DIRECTORY" in os.environ  # the keys may lie there
    if begun and not (given or any(map(_is_there, (kept.register_file, kept.vault, kept.keys)))):
        raise BoardNeverBegun(path, kept)
    return settings


def _refuse_unreadable(path: Path) -> None:
    """A board is whose its folder is. What root alone may read says nothing of whose the board is:
    root would be sent to its owner, and the owner back to root."""
    place = _nearest_visible(path)
    folder = place.parent if place == path else place
    owner = folder.stat().st_uid
    if owner == os.geteuid() or (place == path and place.stat().st_uid == _ROOT):
        raise AccessRefused(path)
    raise BoardOfAnotherUser(line_for_owner(owner, sys.argv))


def _require_owner(register: Path) -> None:
    """Of a register and a folder of two owners, what is root's was left there by mistake; and else
    the register says whose it is."""
    place = register if _is_there(register) else register.parent
    folder, owner = register.parent.stat().st_uid, place.stat().st_uid
    odd = register.parent
    if owner == _ROOT != folder:
        owner, odd = folder, register
    if owner != os.geteuid():
        raise BoardOfAnotherUser(line_for_owner(owner, sys.argv))
    if odd.exists() and odd.stat().st_uid != owner:
        raise AccessRefused(odd)


def line_for_owner(uid: int, typed: list[str]) -> str:
    """The line that runs the same command as the owner: `typed` is the command line as it was. Only
    root may type the first two."""
    command = shlex.join(typed)
    if os.geteuid() != _ROOT:
        owner = user_name(uid) if has_name(uid) else shlex.quote(f"#{uid}")
        return f"sudo -u {owner} -- {command}"
    if has_name(uid):
        return f"runuser -u {user_name(uid)} -- {command}"
    return f"setpriv --reuid={uid} --clear-groups -- {command}"  # as on a restored disk


def _is_there(path: Path) -> bool:
    """Also so where we may not look."""
    try:
        return path.exists()
    except OSError:
        return True


def _is_readable(path: Path) -> bool:
    """Whether permissions let us read it: also so when it is not there."""
    try:
        path.stat()
    except PermissionError:
        return False
    except OSError:
        return True
    return os.access(path, os.R_OK)


def _nearest_visible(path: Path) -> Path:
    """The file, or the nearest folder above it of which we may know whose it is."""
    for place in (path, *path.absolute().parents):
        try:
            place.stat()
        except OSError:
            continue
        return place
    return Path("/")
