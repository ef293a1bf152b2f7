"""What the world may refuse a command, and the sentence people read about each.

Does: lists the exceptions that are about the world, not about us, and words them.
Trusts: their docstrings, which are written for people.
Never touches: anything else. It loads every room to know their exceptions, so it is loaded only
when something was refused.
Known limits: none.
"""

from __future__ import annotations

from commands.global_options import ATTENTION, USAGE
from commands.runtime import AnotherAtWork, NoPlace
from config.sentence import sentence_of
from config.user_file import Refused
from handlers.sandbox.protocol import NoWorker
from intake.database import (
    OnANetwork,
    RegisterLocked,
    RegisterMissing,
    RegisterUnreadable,
    SqliteTooOld,
)
from intake.disk_errors import DiskFull, NotWritable
from intake.drop.shared_folder import AnotherRegisters
from intake.keys import KeysExposed, KeysGiven, KeysMissing, KeysSpoiled, KeysWrong
from intake.vault import OriginalMissing, SealBroken, VaultMissing

# Each docstring is the sentence; what the exception carries is the path or version it is about.
_BY_DOCSTRING = (
    *(
        AnotherAtWork,
        AnotherRegisters,
        DiskFull,
        NoPlace,
        NotWritable,
        KeysExposed,
        KeysGiven,
        KeysMissing,
        KeysSpoiled,
    ),
    *(
        OnANetwork,
        OriginalMissing,
        RegisterLocked,
        RegisterMissing,
        RegisterUnreadable,
        SealBroken,
        SqliteTooOld,
        KeysWrong,
        VaultMissing,
    ),
)


def refusal(why: Exception) -> tuple[str, int] | None:
    """The sentence and the exit status, or None for what is not foreseen."""
    if isinstance(why, Refused):
        return str(why), USAGE
    if isinstance(why, NoWorker):
        return str(why), ATTENTION
    if isinstance(why, _BY_DOCSTRING):
        detail = f" ({why})" if why.args else ""
        return f"{sentence_of(why)}{detail}", ATTENTION
    return None
