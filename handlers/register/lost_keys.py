"""How keys that are away come back: from a backup that was made with them, where one is known.

The register tells where backups were made, and needs no keys for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shlex import join

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from config.english import join_with_and
from config.explained_error import ExplainedError
from handlers.register.last_backup import free_folder, known_places
from intake.backup import KEYS_FOLDER, SEALED_KEYS_FILE
from intake.database import RegisterDatabase
from intake.keys import KeysMissing

_MAX_PLACES = 5  # of backups that are named


@contextmanager
def told_with_backup_of_keys(register: Path, keys: Path) -> Iterator[None]:
    """A key that is missed inside is told with the backup that has it; `keys` is the folder that it
    belongs in."""
    try:
        yield
    except KeysMissing as why:
        raise KeysMissing(str(why), _lost_keys_step(register, keys)) from why


def _lost_keys_step(register: Path, keys: Path) -> str:
    """ "" where no backup is known."""
    places = list[Path]()
    with (
        suppress(ExplainedError, sqlite3.Error, OSError),
        closing(RegisterDatabase.open_read_only(register)) as database,
    ):
        places = known_places(database)
    held = next((place for place in places if _holds_keys(place)), None)
    if held is None:
        named = join_with_and([str(place) for place in places[:_MAX_PLACES]])
        among = f"In the backups that are known of, in {named}, none are found."
        return f"{among} {_ANY}" if named else ""
    target = free_folder(register.parent)
    taken = target / KEYS_FOLDER
    copied = (f"{taken}/.", f"{keys}/") if keys.is_dir() else (str(taken), str(keys))
    restore = ("scr-intake", "restore", "--with-keys", str(held), str(target))
    return (
        f"The backup in {held} has keys in it, under a passphrase. To take them out, beside a copy"
        f" of what it keeps: `{join(restore)}` Then put them where they were:"
        f" `{join(('cp', '-a', *copied))}`"
    )


_ANY = KeysMissing.fix


def _holds_keys(place: Path) -> bool:
    with suppress(OSError):  # a share that is away
        return (place / SEALED_KEYS_FILE).is_file()
    return False
