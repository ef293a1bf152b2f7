"""Says of a place that may not be read or written whose it is, what its mode is, and what to type.

That is never the same as a place that is not there, or one that was damaged (failure mode 109).
"""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from config.explained_error import ExplainedError

_WHOLE = stat.S_IRWXU
_FILE = stat.S_IRUSR | stat.S_IWUSR
_OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class RefusedAccess:
    """`place` is what stands in the way: the thing itself, or a folder above it. `says` and `fix`
    are sentences; the second ends with the line to type."""

    place: Path
    says: str
    fix: str

    @property
    def in_brackets(self) -> str:
        """In the midst of a sentence."""
        says = self.says.removeprefix("Permission is refused: ").rstrip(".")
        return f"{says}; {self.fix[:1].lower()}{self.fix[1:].replace('`', '').rstrip('.')}"

    @property
    def explanation(self) -> str:
        return f"{self.says} {self.fix}"


class AccessRefused(ExplainedError):
    """Refuses to go on, with all there is to say in `explanation`."""

    sentence = "Permission is refused to the user who runs this."

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        refused = find_refusal(path)
        self.sentence, self.fix = refused.says, refused.fix
        self.explanation = refused.explanation


def find_refusal(path: Path) -> RefusedAccess:
    """What keeps this process from reading and writing what lies there, or from making it."""
    place = _in_the_way(path.absolute())
    try:
        about = place.stat()
    except OSError:
        return RefusedAccess(place, f"Permission is refused in {place}.", _ASK)
    me, mode = os.geteuid(), stat.S_IMODE(about.st_mode)
    says = f"Permission is refused: {place} belongs to {user_name(about.st_uid)}, mode {mode:04o}"
    needed = _WHOLE if stat.S_ISDIR(about.st_mode) else _FILE
    says += "." if about.st_uid == me else f", and this runs as {user_name(me)}."
    if about.st_uid != me:
        return RefusedAccess(place, says, f"Type as root: `{_chown(place, about, me)}`")
    if mode & needed != needed:
        letters = "rwx" if stat.S_ISDIR(about.st_mode) else "rw"
        return RefusedAccess(place, says, f"Type: `chmod u+{letters} {quote(str(place))}`")
    return RefusedAccess(place, says, _ASK)


def user_name(uid: int) -> str:
    """The name of a user of this machine, or the number of one of another."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # as on a disk that was restored
        return str(uid)


def has_name(uid: int) -> bool:
    """Whether this machine knows that user."""
    return user_name(uid) != str(uid)


def _chown(place: Path, about: os.stat_result, uid: int) -> str:
    """With all that is in it, where it is a folder that nobody else was to look into: in one that
    others work with as well, each file may be somebody's."""
    private = stat.S_ISDIR(about.st_mode) and not about.st_mode & _OF_OTHERS
    return f"chown {'-R ' if private else ''}{user_name(uid)}: {quote(str(place))}"


def _in_the_way(path: Path) -> Path:
    """The first folder on the way that may not be entered; else what lies there, or the folder in
    which it would be made."""
    for folder in reversed(path.parents):
        if not os.access(folder, os.X_OK):
            return folder
    return path if os.path.lexists(path) else path.parent


_ASK = (
    "Its owner and mode allow it: see whether its disk is read-only, and what rules the machine"
    " has besides."
)
