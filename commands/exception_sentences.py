"""The exceptions that are about the world, not about us, and the sentence people read about each.

It loads every package to know their exceptions, so it is loaded only when something was refused.
"""

from __future__ import annotations

from commands.composition.board_owner import BoardNeverBegun, BoardOfAnotherUser
from commands.composition.lost_originals import OriginalLost
from commands.composition.runtime import RegisterFolderMissing, RegisterInUse
from commands.given_paths import permission_sentence
from commands.global_options import EXIT_ATTENTION, EXIT_USAGE
from commands.init import BoardBegunBefore
from config.refused_access import AccessRefused
from config.user_file import InvalidUserFile
from handlers.register.row_proofs import RowNotAsRecorded
from handlers.sandbox.protocol import WorkerUnavailable
from intake.chain_head import HeadMissing, RegisterOutdated
from intake.database import (
    RegisterLocked,
    RegisterOnNetwork,
    RegisterUnusable,
    SqliteTooOld,
)
from intake.disk_errors import DiskFull, NotWritable
from intake.drop.shared_folder import ShareClaimedElsewhere
from intake.journal import JournalBehind
from intake.keys import KeysExposed, KeysFromCredentials, KeysInvalid, KeysMismatched, KeysMissing
from intake.schema_steps import RegisterOfAnotherVersion
from intake.sealed_keys import KeysNotSealed, PassphraseShort, PassphraseWrong
from intake.source_claim import SourceClaimedElsewhere
from intake.vault import OriginalMissing, SealBroken, VaultMissing

# What the exception carries beside its sentence is the path or version it is about.
_EXPLAINED = (
    *(
        RegisterInUse,
        DiskFull,
        RegisterFolderMissing,
        NotWritable,
        KeysFromCredentials,
        KeysInvalid,
    ),
    *(
        BoardOfAnotherUser,
        HeadMissing,
        RegisterOutdated,
        RegisterOfAnotherVersion,
    ),
    *(
        RegisterOnNetwork,
        KeysNotSealed,
        PassphraseShort,
        PassphraseWrong,
        RegisterLocked,
        SqliteTooOld,
        KeysMismatched,
    ),
)
# These say all of it themselves.
_EXPLAINING = (
    *(BoardBegunBefore, RegisterUnusable, RowNotAsRecorded, ShareClaimedElsewhere),
    *(VaultMissing, JournalBehind, AccessRefused, BoardNeverBegun, KeysExposed, KeysMissing),
    OriginalLost,
)
_LOOK = "To see which, and what mends it: `scr-intake audit verify --originals`"


def refusal_sentence(why: Exception) -> tuple[str, int] | None:
    """The sentence and the exit status, or None for what is not foreseen."""
    if isinstance(why, InvalidUserFile):
        return str(why), EXIT_USAGE
    if isinstance(why, PermissionError) and (sentence := permission_sentence(why)) is not None:
        return sentence, EXIT_USAGE
    if isinstance(why, WorkerUnavailable):
        return str(why), EXIT_ATTENTION
    if isinstance(why, SourceClaimedElsewhere):
        return f"{why.args[0]}: {why.sentence} {why.fix}", EXIT_ATTENTION
    if isinstance(why, OriginalMissing | SealBroken):  # what they carry tells a person nothing
        return f"{why.sentence} {_LOOK}", EXIT_ATTENTION
    if isinstance(why, _EXPLAINING):
        return why.explanation, EXIT_ATTENTION
    if isinstance(why, NotWritable) and why.args:
        return f"{why.sentence} ({why}) {why.fix}", EXIT_ATTENTION
    if isinstance(why, BoardOfAnotherUser):
        return f"{why.sentence}\n{why}", EXIT_ATTENTION
    if isinstance(why, _EXPLAINED):
        detail = f" ({why})" if why.args else ""
        return f"{why.sentence}{detail}", EXIT_ATTENTION
    return None
