"""Opens the register to look at it, as far as the service could work on it: nothing is written.

Whoever reads one that the service would refuse tells of another day, or of another board.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from commands.composition.runtime import SCHEMAS
from commands.exception_sentences import refusal_sentence
from config.refused_access import AccessRefused
from config.settings import Settings
from handlers.register.opening import refuse_unworkable_register
from handlers.register.register_refusals import refuse_missing_register, told_with_next_step
from intake.database import RegisterDatabase
from intake.keys import Keys, KeysExposed, KeysInvalid, KeysMissing, read_keys
from intake.vault import Vault


@contextmanager
def open_usable_register(
    settings: Settings, credentials: Path | None
) -> Iterator[RegisterDatabase]:
    """Raises what the service would be refused with; without keys, which are told elsewhere, as far
    as it can be known."""
    storage, keys = settings.storage, _keys(settings, credentials)
    with ExitStack() as opened:
        if keys is not None:
            lies = (storage.register_file, storage.vault, keys)
            opened.enter_context(told_with_next_step(*lies))
            refuse_missing_register(*lies)
        database = opened.enter_context(
            closing(RegisterDatabase.open_read_only(storage.register_file))
        )
        database.refuse_other_version(SCHEMAS)
        if keys is not None:
            vault, zone = Vault(storage.vault, keys), settings.board.zone_info
            refuse_unworkable_register(database, vault, keys, SCHEMAS, zone)
        yield database


@contextmanager
def open_if_usable(
    settings: Settings, credentials: Path | None
) -> Iterator[RegisterDatabase | None]:
    """None where the service could not work on it: that is told where the register is."""
    with ExitStack() as opened:
        try:
            database = opened.enter_context(open_usable_register(settings, credentials))
        except Exception as why:
            if refusal_sentence(why) is None:
                raise
            database = None
        yield database


def _keys(settings: Settings, credentials: Path | None) -> Keys | None:
    with suppress(KeysMissing, KeysExposed, KeysInvalid, AccessRefused):
        return read_keys(settings.storage.keys, credentials)
    return None
