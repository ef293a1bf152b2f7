"""Refuses to open a board as somebody other than the owner of its folder: what that one wrote there
the service could not read (failure mode 109)."""

from __future__ import annotations

import os
import pwd
import shlex
import sys
from pathlib import Path

from config.explained_error import ExplainedError
from config.settings import Settings, load_settings


class BoardOfAnotherUser(ExplainedError):
    sentence = "This board belongs to another user. Nothing was opened. Type instead:"


def load_own_settings(path: Path) -> Settings:
    """The settings of a board, once it is seen to be this user's. Raises BoardOfAnotherUser, which
    says the line to type, or InvalidUserFile."""
    if not _is_readable(path):
        _require_owner(_nearest_visible(path))
    settings = load_settings(path)
    folder = settings.storage.register_file.parent
    if folder.is_dir():
        _require_owner(folder)
    return settings


def _require_owner(folder: Path) -> None:
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        raise BoardOfAnotherUser(line_for_owner(owner, sys.argv))


def line_for_owner(uid: int, typed: list[str]) -> str:
    """The line that runs the same command as the owner: `typed` is the command line as it was."""
    command = shlex.join(typed)
    try:
        return f"runuser -u {pwd.getpwuid(uid).pw_name} -- {command}"
    except KeyError:  # a user of another machine, say on a restored disk
        return f"setpriv --reuid={uid} --clear-groups -- {command}"


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
