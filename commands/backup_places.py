"""Where no backup may be made, or put back: in the folders that a board works in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from config.mailbox_settings import MaildirSettings
from config.outbox_settings import FilesTransportSettings
from config.settings import Settings
from intake.backup import SEALED_KEYS_FILE
from intake.earlier_registers import EARLIER_FOLDER, REGISTER_FILE, VAULT_FOLDER

_OF_BACKUP = (REGISTER_FILE, VAULT_FOLDER, EARLIER_FOLDER, SEALED_KEYS_FILE)


def place_of_board(settings: Settings, folder: Path) -> str:
    """Which of the board's places a backup in that folder would lie in, hold or write over, links
    followed; "" for none. Beside them in the board's folder it may lie."""
    for name, place in _board_places(settings):
        at = place.resolve()
        for each in (folder, *(folder / name for name in _OF_BACKUP)):
            there = each.resolve()
            if there == at or at in there.parents or there in at.parents:
                return f"{name}, {at}"
    return ""


def place_of_work(settings: Settings, folder: Path) -> str:
    """Which of the places that something is taken from, or kept in, a folder lies in; or ""."""
    there = folder.resolve()
    for name, place in _board_places(settings):
        if place.resolve() in (there, *there.parents):
            return f"{name}, {place.resolve()}"
    return ""


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
