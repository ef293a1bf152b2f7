"""Where no backup may be made, or put back: in the folders that a board works in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from config.mailbox_settings import MaildirSettings
from config.outbox_settings import FilesTransportSettings
from config.settings import Settings
from intake.backup import SEALED_KEYS_FILE, SETTINGS_FILE
from intake.earlier_registers import EARLIER_FOLDER, REGISTER_FILE, VAULT_FOLDER

_OF_BACKUP = (REGISTER_FILE, VAULT_FOLDER, EARLIER_FOLDER, SEALED_KEYS_FILE, SETTINGS_FILE)


def board_place_in_way(settings: Settings, folder: Path) -> str:
    """How a folder lies to one of the board's places, so that a backup in it would lie in that,
    hold it or write over it, links followed: "lies in a drop folder, /srv/drop/GP"; "" for none.
    Beside them in the board's folder it may lie."""
    for name, place in _board_places(settings):
        at = place.resolve()
        if how := _lies(folder.resolve(), at):
            return f"{how} {name}, {at}"
        for each in _OF_BACKUP:
            if _lies((folder / each).resolve(), at):
                return f"has {each} in it, which leads into {name}, {at}"
    return ""


def place_of_work(settings: Settings, folder: Path) -> str:
    """Which of the places that something is taken from, or kept in, a folder is or lies in: "lies
    in a drop folder, /srv/drop"; or ""."""
    for name, place in _board_places(settings):
        if (how := _lies(folder.resolve(), place.resolve())) in ("is", "lies in"):
            return f"{how} {name}, {place.resolve()}"
    return ""


def _lies(there: Path, place: Path) -> str:
    if there == place:
        return "is"
    if place in there.parents:
        return "lies in"
    return "holds" if there in place.parents else ""


def _board_places(settings: Settings) -> Iterator[tuple[str, Path]]:
    storage = settings.storage
    yield "its register", storage.register_file
    yield "its vault", storage.vault
    yield "its keys", storage.keys
    for drop in settings.drop_folders:
        yield "a drop folder", drop.path
    for mailbox in settings.mailbox:
        if isinstance(mailbox, MaildirSettings):
            yield "a mailbox", mailbox.path
    for way in (settings.outbox, *settings.outbox.instead):
        if isinstance(way, FilesTransportSettings):
            yield "a folder for letters", way.path
    if settings.board.originals_folder is not None:
        yield "the folder for originals", settings.board.originals_folder
